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

/// Steps that it takes to look through a text: many bytes are one.
std::uint64_t stepsThrough(std::size_t bytes)
{
    constexpr std::size_t bytesInAStep = 16;
    return 1 + bytes / bytesInAStep;
}

} // namespace

const Json::object_t::value_type *findJsonMember(const Json &value, const std::string &name, StepBudget &budget)
{
    constexpr std::size_t membersInAStep = 4;
    const auto *object = value.get_ptr<const Json::object_t *>();
    if (!object) {
        return nullptr;
    }
    const auto found =
        std::find_if(object->begin(), object->end(), [&name](const auto &member) { return member.first == name; });
    budget.take(1 + static_cast<std::uint64_t>(found - object->begin()) / membersInAStep);
    return found == object->end() ? nullptr : &*found;
}

const Json *followSingularQuery(const Query &query, const Json &start, StepBudget &budget)
{
    const Json *node = &start;
    for (const Segment &segment : query.segments) {
        const Selector &selector = segment.selectors.front();
        if (const auto *name = std::get_if<NameSelector>(&selector)) {
            const auto *member = findJsonMember(*node, name->name, budget);
            node = member ? &member->second : nullptr;
        } else {
            const auto *array = node->get_ptr<const Json::array_t *>();
            const std::size_t size = array ? array->size() : 0;
            const std::size_t index = elementIndex(std::get_if<IndexSelector>(&selector)->index, size);
            node = index < size ? &(*array)[index] : nullptr;
            budget.take();
        }
        if (!node) {
            return nullptr;
        }
    }
    return node;
}

JsonPathConditions::JsonPathConditions(const Json &document, StepBudget &budget)
    : m_document(document)
    , m_budget(budget)
{
}

void JsonPathConditions::select(const Query &query, const Json &current,
                                const std::function<bool(const Json *node)> &visit)
{
    const Json &start = query.relative ? current : m_document;
    if (query.singular) {
        if (const Json *node = followSingularQuery(query, start, m_budget); node && !m_budget.isSpent()) {
            visit(node);
        }
        return;
    }
    BareNodes tracker;
    NodeWalk walk(query, tracker, *this, m_budget, [&visit](const Json *node) { return visit(node); });
    walk.run(&start);
}

/// How many nodes a query selects, and the first of them.
JsonPathConditions::Finding JsonPathConditions::find(const Query &query, const Json &current, Wanted wanted)
{
    if (!query.relative) {
        if (const auto known = m_fromRoot.find(&query); known != m_fromRoot.end()) {
            m_budget.take();
            return known->second;
        }
    }
    Finding found;
    select(query, current, [&found, wanted](const Json *node) {
        found.first = found.first ? found.first : node;
        ++found.count;
        return wanted == Wanted::AllNodes;
    });
    if (!query.relative) {
        m_fromRoot.emplace(&query, found);
    }
    return found;
}

bool JsonPathConditions::areEqual(const Json *left, const Json *right)
{
    return left && right ? jsonEquals(*left, *right, m_budget) : left == right;
}

bool JsonPathConditions::isLess(const Json *left, const Json *right)
{
    if (!left || !right) {
        return false;
    }
    if (left->is_string() && right->is_string()) {
        // The order of UTF-8 bytes is the order of the code points.
        const auto &leftText = left->get_ref<const std::string &>();
        const auto &rightText = right->get_ref<const std::string &>();
        m_budget.take(stepsThrough(std::min(leftText.size(), rightText.size())));
        return leftText < rightText;
    }
    return isJsonNumber(*left) && m_budget.take(jsonNumberSteps(*left, *right))
        && compareJsonNumbers(*left, *right) == std::partial_ordering::less;
}

bool JsonPathConditions::holds(const Condition &condition, const Json &current)
{
    const bool result = std::visit([&](const auto &test) { return isTrue(test, current); }, condition.test);
    return result != condition.negated;
}

bool JsonPathConditions::isTrue(const Query &query, const Json &current)
{
    return find(query, current, Wanted::AnyNode).count > 0;
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
    if (!m_budget.take(regexp->stepsFor(text))) {
        return false;
    }
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
        return find(*query, current, Wanted::AnyNode).first;
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
        const auto *text = value->get_ptr<const std::string *>();
        m_budget.take(stepsThrough(text ? text->size() : 0));
        computed = text ? countCodePoints(*text) : value->size();
        return &computed;
    }
    const Finding found = find(*std::get_if<Query>(&argument), current, Wanted::AllNodes);
    if (call.function == Function::Count) {
        computed = found.count;
        return &computed;
    }
    return found.count == 1 ? found.first : nullptr;
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
        if (!m_budget.take(IRegexp::stepsToCompile(text))) {
            return nullptr;
        }
        m_pattern = text;
        m_regexp = IRegexp::compile(text);
    }
    return m_regexp.get();
}

} // namespace Tocsin
