// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpathquery.h"

#include <memory>
#include <string>
#include <vector>

namespace Tocsin {

/// The node that a singular query selects, null for none. No allocation.
const Json *followSingularQuery(const JsonPathSyntax::Query &query, const Json &start);

/// Decides the filters of one evaluation (RFC 9535 §2.3.5). One thread, one document.
class JsonPathConditions
{
public:
    explicit JsonPathConditions(const Json &document);

    bool holds(const JsonPathSyntax::Condition &condition, const Json &current);
    std::vector<const Json *> select(const JsonPathSyntax::Query &query, const Json &current);

private:
    bool isTrue(const JsonPathSyntax::Query &query, const Json &current);
    bool isTrue(const JsonPathSyntax::FunctionCall &call, const Json &current);
    bool isTrue(const JsonPathSyntax::Comparison &comparison, const Json &current);
    bool isTrue(const JsonPathSyntax::AnyOf &anyOf, const Json &current);
    bool isTrue(const JsonPathSyntax::AllOf &allOf, const Json &current);

    /// Null is Nothing (RFC 9535 §2.4.1). What is computed rather than found is kept in `computed`.
    const Json *valueOf(const JsonPathSyntax::Argument &argument, const Json &current, Json &computed);
    const Json *valueOf(const JsonPathSyntax::FunctionCall &call, const Json &current, Json &computed);
    const IRegexp *regexpFor(const JsonPathSyntax::FunctionCall &call, const Json &current);

    const Json &m_document;
    /// The last regular expression that came from a document: most often all nodes meet the same one.
    std::string m_pattern;
    std::shared_ptr<const IRegexp> m_regexp;
};

} // namespace Tocsin
