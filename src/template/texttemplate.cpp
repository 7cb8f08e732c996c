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

// Where the path begins, or the query: what stands before says whom to connect to.
std::size_t authorityEnd(std::string_view url)
{
    const auto scheme = url.find("://");
    return std::min(url.find_first_of("/?", scheme == std::string_view::npos ? 0 : scheme + 3), url.size());
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
        const auto end = authorityEnd(source);
        for (const auto &node : nodes) {
            if (node.kind != TemplateNode::Kind::Text && node.kind != TemplateNode::Kind::Secret && node.begin < end) {
                problems.error(node.begin,
                               TextTemplateText::tr("The host holds no placeholder: what a webhook is sent to must not "
                                                    "depend on an event. Placeholders stand in path and query."));
                break;
            }
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
