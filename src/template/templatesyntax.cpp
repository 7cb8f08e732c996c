// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatesyntax.h"

#include "templatehelpers.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace Tocsin {

namespace {

using Ids = std::unordered_map<std::string, std::uint32_t>;

std::string keyOf(const TemplatePath &path)
{
    auto key = std::to_string(path.frame) + ':' + std::to_string(static_cast<int>(path.variable));
    for (const auto &segment : path.segments) {
        key += ' ' + std::to_string(segment.name.size()) + ':' + segment.name;
    }
    return key;
}

// Numbers that are equal are written alike where that is easily told: 1.0 as 1.
std::string keyOf(const Json &literal)
{
    constexpr double largest = 1e15; // of those whose digits a double keeps
    const double number = literal.is_number_float() ? literal.get<double>() : largest;
    return '='
        + (number < largest && number > -largest && number == std::trunc(number)
               ? std::to_string(static_cast<std::int64_t>(number))
               : writeJson(literal));
}

void identify(TemplateExpression &expression, Ids &ids)
{
    std::string key;
    const auto include = [&](TemplateExpression &part) {
        identify(part, ids);
        expression.mayRepeat = expression.mayRepeat || part.mayRepeat;
        expression.frame = std::max(expression.frame, part.frame);
        return std::to_string(part.id);
    };
    switch (expression.kind) {
    case TemplateExpression::Kind::Path:
        expression.frame = static_cast<std::uint32_t>(expression.path.frame);
        key = keyOf(expression.path);
        break;
    case TemplateExpression::Kind::Literal:
        key = keyOf(expression.literal);
        break;
    case TemplateExpression::Kind::Call:
        key = expression.helper->name;
        for (auto &argument : expression.arguments) {
            key += ' ' + include(argument);
        }
        for (auto &value : expression.named) {
            key += ' ' + writeJson(value.name) + include(value);
        }
        break;
    }
    expression.id = ids.emplace(key, static_cast<std::uint32_t>(ids.size() + 1)).first->second;
}

void identify(TemplateNodes &nodes, Ids &ids)
{
    for (auto &node : nodes) {
        if (node.kind == TemplateNode::Kind::Condition || node.kind == TemplateNode::Kind::Each) {
            identify(node.expression, ids);
            identify(node.body, ids);
            identify(node.inverse, ids);
        }
    }
}

} // namespace

void identifyExpressions(TemplateNodes &nodes)
{
    Ids ids;
    identify(nodes, ids);
}

void TemplateExpression::forEachPath(const std::function<void(const TemplateExpression &)> &visit) const
{
    if (isPath()) {
        visit(*this);
    }
    for (const auto &argument : arguments) {
        argument.forEachPath(visit);
    }
    for (const auto &value : named) {
        value.forEachPath(visit);
    }
}

} // namespace Tocsin
