// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"

#include "placeholdertext.h"
#include "renderfault.h"
#include "templateanalysis.h"
#include "templateparser.h"
#include "templateprogram.h"
#include "templaterenderer.h"
#include "texttemplate.h"
#include "utf8.h"
#include "webhook.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct RenderText
{
    static constexpr SentenceMaker say{"Tocsin::BodyTemplate"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

constexpr std::size_t maximumTemplateSize = 1024 * 1024;

// Where in the template the byte of the output came from.
std::size_t sourceOf(const std::vector<RenderTrace> &trace, std::size_t output)
{
    std::size_t source = 0;
    for (const auto &piece : trace) {
        if (piece.output > output) {
            break;
        }
        source = piece.source + (piece.isLiteral ? output - piece.output : 0);
    }
    return source;
}

} // namespace

struct BodyTemplate::Program
{
    std::string source;
    TemplateProgram program;
};

BodyTemplate::BodyTemplate(std::shared_ptr<const Program> program)
    : m_program(std::move(program))
{
}

BodyTemplate::Compilation BodyTemplate::compile(std::string_view text)
{
    auto program = std::make_shared<Program>();
    program->source = std::string(text);
    const std::string_view source = program->source;
    TemplateProblems problems(source);
    if (source.size() > maximumTemplateSize) {
        problems.error(0, RenderText::say("The template is larger than 1 MiB."));
        return {.bodyTemplate = std::nullopt, .problems = problems.inOrder()};
    }
    if (const auto bad = firstInvalidUtf8(source); bad != std::string_view::npos) {
        problems.error(bad, RenderText::say("The template is not UTF-8 from here on."));
        return {.bodyTemplate = std::nullopt, .problems = problems.inOrder()};
    }
    const auto nodes = parseTemplate(source, problems);
    if (!problems.hasErrors()) {
        const auto analysis = analyse(nodes, source, problems);
        if (!problems.hasErrors()) {
            program->program = makeProgram(nodes, analysis, source);
            return {.bodyTemplate = BodyTemplate(std::move(program)), .problems = problems.inOrder()};
        }
    }
    return {.bodyTemplate = std::nullopt, .problems = problems.inOrder()};
}

Result<std::string> BodyTemplate::render(const Json &event, const SecretLookup &secrets,
                                         const RenderContext &context) const
{
    const auto &program = m_program->program;
    TemplateRenderer renderer(program, event, secrets, context);
    auto body = renderer.render();
    if (renderer.fault().kind != RenderFault::Kind::None) [[unlikely]] {
        return errorOf(renderer.fault(), m_program->source);
    }
    if (program.isProven && !renderer.isDoubtful()) [[likely]] {
        return body;
    }
    const auto parsed = checkJson(QByteArrayView(body.data(), static_cast<qsizetype>(body.size())));
    if (parsed) {
        return body;
    }
    std::vector<RenderTrace> trace;
    TemplateRenderer(program, event, secrets, context).render(&trace);
    const auto at = parsed.error().position.offset;
    return Error::of(
        RenderText::say("With this event the template does not render to JSON: %1", parsed.error().toKeep()), notJson,
        textPosition(m_program->source, sourceOf(trace, at < 0 ? 0 : static_cast<std::size_t>(at))));
}

QStringList BodyTemplate::secretKeys() const
{
    QStringList keys;
    for (const auto &key : m_program->program.secretKeys) {
        keys.append(QString::fromStdString(key));
    }
    return keys;
}

RenderContext sampleContext(const QString &webhookName)
{
    return {.webhookName = webhookName.toStdString(),
            .deliveryId = "test_00000000-0000-0000-0000-000000000000",
            .attempt = 1,
            .isTest = true};
}

Problems checkPlaceholders(const Webhook &webhook)
{
    Problems problems;
    const auto check = [&problems](const QString &text, TextTemplate::Use use, const QString &field) {
        if (hasPlaceholders(text)) {
            problems += TextTemplate::compile(text.toStdString(), use, field).problems;
        }
    };
    check(webhook.url, TextTemplate::Use::Url, u"type.http_request.url"_s);
    for (const auto &header : webhook.headers) {
        check(header.value, TextTemplate::Use::Header, "type.http_request.headers."_L1 % header.name);
    }
    return problems;
}

Problems checkWebhook(const Webhook &webhook)
{
    auto problems = validate(webhook) + checkPlaceholders(webhook);
    if (!webhook.bodyTemplate.isEmpty()) { // validate() says so where it is missing
        problems += BodyTemplate::compile(webhook.bodyTemplate.toStdString()).problems;
    }
    return inFormOrder(problems);
}

} // namespace Tocsin
