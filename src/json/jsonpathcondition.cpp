// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonpathcondition.h"

#include "jsonpathnodes.h"
#include "utf8.h"

#include <algorithm>

namespace Tocsin {

using namespace JsonPathSyntax;

namespace {

/// Nodes that are nothing but their value.
class BareNodes
{
public:
    using Node = const Json *;

    static const Json &valueOf(Node node) { return *node; }
    static Node child(Node, const std::string &, const Json &value) { return &value; }
    static Node child(Node, std::size_t, const Json &value) { return &value; }
};

bool areEqual(const Json *left, const Json *right)
{
    return left && right ? jsonEquals(*left, *right) : left == right;
}

bool isLess(const Json *left, const Json *right)
{
    if (!left || !right) {
        return false;
    }
    if (left->is_string() && right->is_string()) {
        // The order of UTF-8 bytes is the order of the code points.
        return left->get_ref<const std::string &>() < right->get_ref<const std::string &>();
    }
    return compareJsonNumbers(*left, *right) == std::partial_ordering::less;
}

} // namespace

const Json *followSingularQuery(const Query &query, const Json &start)
{
    const Json *node = &start;
    for (const Segment &segment : query.segments) {
        const Selector &selector = segment.selectors.front();
        if (const auto *name = std::get_if<NameSelector>(&selector)) {
            node = findMember(*node, name->name);
        } else {
            const auto *array = node->get_ptr<const Json::array_t *>();
            const std::size_t size = array ? array->size() : 0;
            const std::size_t index = elementIndex(std::get_if<IndexSelector>(&selector)->index, size);
            node = index < size ? &(*array)[index] : nullptr;
        }
        if (!node) {
            return nullptr;
        }
    }
    return node;
}

JsonPathConditions::JsonPathConditions(const Json &document)
    : m_document(document)
{
}

std::vector<const Json *> JsonPathConditions::select(const Query &query, const Json &current)
{
    BareNodes tracker;
    return selectNodes(query, query.relative ? &current : &m_document, tracker, *this);
}

bool JsonPathConditions::holds(const Condition &condition, const Json &current)
{
    const bool result = std::visit([&](const auto &test) { return isTrue(test, current); }, condition.test);
    return result != condition.negated;
}

bool JsonPathConditions::isTrue(const Query &query, const Json &current)
{
    const Json &start = query.relative ? current : m_document;
    if (query.singular) {
        return followSingularQuery(query, start) != nullptr;
    }
    BareNodes tracker;
    return !selectNodes(query, &start, tracker, *this, Wanted::AnyNode).empty();
}

bool JsonPathConditions::isTrue(const FunctionCall &call, const Json &current)
{
    Json computed;
    const Json *subject = valueOf(call.arguments.front(), current, computed);
    if (!subject || !subject->is_string()) {
        return false;
    }
    const IRegexp *regexp = regexpFor(call, current);
    if (!regexp) {
        return false;
    }
    const auto &text = subject->get_ref<const std::string &>();
    return call.function == Function::Match ? regexp->matches(text) : regexp->found(text);
}

bool JsonPathConditions::isTrue(const Comparison &comparison, const Json &current)
{
    Json leftComputed;
    Json rightComputed;
    const Json *left = valueOf(comparison.left, current, leftComputed);
    const Json *right = valueOf(comparison.right, current, rightComputed);
    switch (comparison.comparison) {
    case Operator::Equal:
        return areEqual(left, right);
    case Operator::NotEqual:
        return !areEqual(left, right);
    case Operator::Less:
        return isLess(left, right);
    case Operator::LessOrEqual:
        return isLess(left, right) || areEqual(left, right);
    case Operator::Greater:
        return isLess(right, left);
    case Operator::GreaterOrEqual:
        return isLess(right, left) || areEqual(left, right);
    }
    return false;
}

bool JsonPathConditions::isTrue(const AnyOf &anyOf, const Json &current)
{
    return std::any_of(anyOf.conditions.begin(), anyOf.conditions.end(),
                       [&](const Condition &condition) { return holds(condition, current); });
}

bool JsonPathConditions::isTrue(const AllOf &allOf, const Json &current)
{
    return std::all_of(allOf.conditions.begin(), allOf.conditions.end(),
                       [&](const Condition &condition) { return holds(condition, current); });
}

const Json *JsonPathConditions::valueOf(const Argument &argument, const Json &current, Json &computed)
{
    if (const auto *literal = std::get_if<Literal>(&argument)) {
        return &literal->value;
    }
    if (const auto *query = std::get_if<Query>(&argument)) {
        return followSingularQuery(*query, query->relative ? current : m_document);
    }
    return valueOf(**std::get_if<std::unique_ptr<FunctionCall>>(&argument), current, computed);
}

const Json *JsonPathConditions::valueOf(const FunctionCall &call, const Json &current, Json &computed)
{
    const Argument &argument = call.arguments.front();
    if (call.function == Function::Length) {
        Json inner;
        const Json *value = valueOf(argument, current, inner);
        if (!value || !(value->is_string() || value->is_structured())) {
            return nullptr;
        }
        computed = value->is_string() ? countCodePoints(value->get_ref<const std::string &>()) : value->size();
        return &computed;
    }
    const std::vector<const Json *> nodes = select(*std::get_if<Query>(&argument), current);
    if (call.function == Function::Count) {
        computed = nodes.size();
        return &computed;
    }
    return nodes.size() == 1 ? nodes.front() : nullptr;
}

const IRegexp *JsonPathConditions::regexpFor(const FunctionCall &call, const Json &current)
{
    if (std::holds_alternative<Literal>(call.arguments.back())) {
        return call.regexp.get();
    }
    Json computed;
    const Json *pattern = valueOf(call.arguments.back(), current, computed);
    if (!pattern || !pattern->is_string()) {
        return nullptr;
    }
    const auto &text = pattern->get_ref<const std::string &>();
    if (!m_regexp || m_pattern != text) {
        m_pattern = text;
        m_regexp = IRegexp::compile(text);
    }
    return m_regexp.get();
}

} // namespace Tocsin
