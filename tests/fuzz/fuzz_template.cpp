// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// TEMPLATE --- EVENT: what compiles renders to JSON or to an error, twice the same; as a URL it leads where it is
// written.
#include "bodytemplate.h"
#include "fuzzing.h"
#include "httpurl.h"
#include "payloadschema.h"
#include "texttemplate.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;
using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<QString> secretOf(const QString &key)
{
    return key == "absent"_L1 ? std::nullopt : std::optional(u"quo\"ted \\ {{data.name}} ${secret:other}\n é"_s);
}

// As a header's value, and as what stands behind a host.
void renderAsText(std::string_view text, const Json &event)
{
    for (const auto use : {TextTemplate::Use::Header, TextTemplate::Use::Url}) {
        const auto source = (use == TextTemplate::Use::Url ? "https://example.com/" : "") + std::string(text);
        const auto compilation = TextTemplate::compile(source, use, u"field"_s);
        demand(compilation.textTemplate.has_value() != hasErrors(compilation.problems),
               "no text template where there is an error");
        if (!compilation.textTemplate || !compilation.textTemplate->secretKeys().isEmpty()) {
            continue;
        }
        const auto made = compilation.textTemplate->render(event, secretOf, {});
        demand(compilation.textTemplate->render(event, secretOf, {}) == made, "a text renders twice the same");
        if (made && use == TextTemplate::Use::Url) {
            demand(made->starts_with("https://example.com/"), "a URL leads to its host");
            const auto url = parseHttpUrl(QString::fromStdString(*made), {});
            demand(!url || url->host == "example.com", "a URL is of its host");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [text, eventText] = parts<2>(bytes(data, size));
    const auto compilation = BodyTemplate::compile(asText(text));
    demand(BodyTemplate::compile(asText(text)).problems == compilation.problems, "a template compiles twice the same");
    for (const auto &problem : compilation.problems) {
        demand(!problem.message.isEmpty(), "a problem has words");
        demand(liesWithin(problem.position, text), "a problem's place lies in the template");
    }
    demand(compilation.bodyTemplate.has_value() != hasErrors(compilation.problems),
           "no template where there is an error");
    const auto event = parseJson(eventText);
    const Json document = event ? *event : PayloadSchema::instance().mockEvent();
    renderAsText(asText(text), document);
    if (!compilation.bodyTemplate) {
        return 0;
    }

    const auto body = compilation.bodyTemplate->render(document, secretOf);
    demand(compilation.bodyTemplate->render(document, secretOf) == body, "a template renders twice the same");
    if (body) {
        demand(body->size() <= maximumBodySize, "a body is no larger than it may be");
        demand(isJson(*body), "what renders is JSON");
    } else {
        demand(!body.error().message.isEmpty() && !body.error().where.isEmpty(), "a fault says what it is");
    }
    return 0;
}
