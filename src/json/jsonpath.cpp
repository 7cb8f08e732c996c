// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonpath.h"

#include "jsonpathevaluator.h"
#include "jsonpathparser.h"

namespace Tocsin {

struct JsonPath::Query
{
    std::string text;
    JsonPathSyntax::Query syntax;
};

JsonPath::JsonPath(std::shared_ptr<const Query> query)
    : m_query(std::move(query))
{
}

Result<JsonPath> JsonPath::compile(std::string_view expression)
{
    Result<JsonPathSyntax::Query> syntax = JsonPathParser(expression).parse();
    if (!syntax) {
        return syntax.error();
    }
    return JsonPath(std::make_shared<const Query>(Query{std::string(expression), std::move(syntax).value()}));
}

std::vector<const Json *> JsonPath::select(const Json &document) const
{
    std::vector<const Json *> nodes;
    StepBudget budget;
    visit(document, budget, [&nodes](const Json &node) {
        nodes.push_back(&node);
        return true;
    });
    return nodes;
}

std::vector<JsonPath::Node> JsonPath::selectWithPaths(const Json &document) const
{
    return evaluateJsonPathWithPaths(m_query->syntax, document);
}

bool JsonPath::visit(const Json &document, StepBudget &budget,
                     const std::function<bool(const Json &node)> &visitNode) const
{
    return evaluateJsonPath(m_query->syntax, document, budget, visitNode);
}

std::string_view JsonPath::firstName() const
{
    const auto &segments = m_query->syntax.segments;
    if (segments.empty() || segments.front().descendant || segments.front().selectors.size() != 1) {
        return {};
    }
    const auto *name = std::get_if<JsonPathSyntax::NameSelector>(&segments.front().selectors.front());
    return name ? std::string_view(name->name) : std::string_view();
}

const std::string &JsonPath::text() const
{
    return m_query->text;
}

} // namespace Tocsin
