// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpathquery.h"
#include "stepbudget.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace Tocsin {

/// The member of that name, null where `value` is no object or has none; looking through a long object takes steps.
const Json::object_t::value_type *findJsonMember(const Json &value, const std::string &name, StepBudget &budget);

/// The node that a singular query selects, null for none. No allocation.
const Json *followSingularQuery(const JsonPathSyntax::Query &query, const Json &start, StepBudget &budget);

/// Decides the filters of one evaluation (RFC 9535 §2.3.5). Once the budget is spent, what it says means nothing. One
/// thread, one document, one query, which both stay while it is used.
class JsonPathConditions
{
public:
    JsonPathConditions(const Json &document, StepBudget &budget);

    bool holds(const JsonPathSyntax::Condition &condition, const Json &current);
    /// Hands over the nodes that a query selects, until `visit` says that it is enough.
    void select(const JsonPathSyntax::Query &query, const Json &current,
                const std::function<bool(const Json *node)> &visit);

private:
    /// What a query found.
    struct Finding
    {
        std::size_t count = 0; ///< of nodes; where any one was wanted, 0 or 1
        const Json *first = nullptr;
    };

    bool isTrue(const JsonPathSyntax::Query &query, const Json &current);
    bool isTrue(const JsonPathSyntax::FunctionCall &call, const Json &current);
    bool isTrue(const JsonPathSyntax::Comparison &comparison, const Json &current);
    bool isTrue(const JsonPathSyntax::AnyOf &anyOf, const Json &current);
    bool isTrue(const JsonPathSyntax::AllOf &allOf, const Json &current);

    bool areEqual(const Json *left, const Json *right);
    bool isLess(const Json *left, const Json *right);

    enum class Wanted { AllNodes, AnyNode };
    Finding find(const JsonPathSyntax::Query &query, const Json &current, Wanted wanted);

    /// Null is Nothing (RFC 9535 §2.4.1). What is computed rather than found is kept in `computed`.
    const Json *valueOf(const JsonPathSyntax::Argument &argument, const Json &current, Json &computed);
    const Json *valueOf(const JsonPathSyntax::FunctionCall &call, const Json &current, Json &computed);
    const IRegexp *regexpFor(const JsonPathSyntax::FunctionCall &call, const Json &current);

    const Json &m_document;
    StepBudget &m_budget;
    /// Queries from the root find the same for every node that a filter looks at.
    std::unordered_map<const JsonPathSyntax::Query *, Finding> m_fromRoot;
    /// The last regular expression that came from a document: most often all nodes meet the same one.
    std::string m_pattern;
    std::shared_ptr<const IRegexp> m_regexp;
};

} // namespace Tocsin
