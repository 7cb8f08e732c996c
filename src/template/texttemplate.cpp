// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "texttemplate.h"

#include "renderfault.h"
#include "templateparser.h"
#include "templateprogram.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

namespace {

struct TextTemplateText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

void placeAsText(const TemplateNodes &nodes, TemplateAnalysis &analysis)
{
    for (const auto &node : nodes) {
        analysis.places.emplace(&node, ValuePlace{.inString = true, .level = 0, .array = {}});
        placeAsText(node.body, analysis);
        placeAsText(node.inverse, analysis);
    }
}

// Where something other than plain text begins before the path or the query does, which say whom to connect to; npos
// where nothing does.
std::size_t strangerInAuthority(const TemplateNodes &nodes, std::string_view url)
{
    const bool isText = !nodes.empty() && nodes.front().kind == TemplateNode::Kind::Text && nodes.front().begin == 0;
    const auto text = url.substr(0, isText ? nodes.front().end : 0);
    const auto scheme = text.find("://");
    const bool isWhole = text.size() == url.size()
        || (scheme != std::string_view::npos && text.find_first_of("/?", scheme + 3) != std::string_view::npos);
    return isWhole ? std::string_view::npos : text.size();
}

} // namespace

struct TextTemplate::Program
{
    std::string source;
    TemplateProgram program;
};

TextTemplate::TextTemplate(std::shared_ptr<const Program> program)
    : m_program(std::move(program))
{
}

TextTemplate::Compilation TextTemplate::compile(std::string_view text, Use use, const QString &field)
{
    auto program = std::make_shared<Program>();
    program->source = std::string(text);
    const std::string_view source = program->source;
    TemplateProblems problems(source, field);
    const auto nodes = parseTemplate(source, problems);
    if (use == Use::Url) {
        const auto stranger = strangerInAuthority(nodes, source);
        if (stranger != std::string_view::npos && !source.substr(stranger).starts_with("${")) {
            problems.error(stranger,
                           TextTemplateText::tr("The host holds no placeholder: what a webhook is sent to must not "
                                                "depend on an event. Placeholders stand in path and query."));
        }
    }
    if (problems.hasErrors()) {
        return {.textTemplate = std::nullopt, .problems = problems.inOrder()};
    }
    TemplateAnalysis analysis;
    placeAsText(nodes, analysis);
    program->program = makeProgram(nodes, analysis, source);
    program->program.isUrl = use == Use::Url;
    return {.textTemplate = TextTemplate(std::move(program)), .problems = problems.inOrder()};
}

Result<std::string> TextTemplate::render(const Json &event, const BodyTemplate::SecretLookup &secrets,
                                         const RenderContext &context) const
{
    TemplateRenderer renderer(m_program->program, event, secrets, context);
    auto text = renderer.render();
    if (renderer.fault().kind != RenderFault::Kind::None) {
        return errorOf(renderer.fault(), m_program->source);
    }
    return text;
}

QStringList TextTemplate::secretKeys() const
{
    QStringList keys;
    for (const auto &key : m_program->program.secretKeys) {
        keys.append(QString::fromStdString(key));
    }
    return keys;
}

} // namespace Tocsin
