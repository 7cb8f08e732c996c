// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// TEMPLATE --- EVENT: what compiles renders to JSON or to an error, twice the same.
#include "bodytemplate.h"
#include "fuzzing.h"
#include "payloadschema.h"

using namespace Tocsin;
using namespace Tocsin::Fuzzing;
using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<QString> secretOf(const QString &key)
{
    return key == "absent"_L1 ? std::nullopt : std::optional(u"quo\"ted \\ {{data.name}} ${secret:other}\n é"_s);
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
    if (!compilation.bodyTemplate) {
        return 0;
    }

    const auto event = parseJson(eventText);
    const Json document = event ? *event : PayloadSchema::instance().mockEvent();
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
