// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "stepbudget.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace Tocsin {

/// A compiled JSONPath query (RFC 9535, complete). Compile once, evaluate many times, from any thread.
class JsonPath
{
public:
    /// One selected node and its normalized path (RFC 9535 §2.7).
    struct Node
    {
        const Json *value;
        std::string path;
    };

    /// The error's position points into `expression`.
    static Result<JsonPath> compile(std::string_view expression);

    /// The selected nodes, in order (RFC 9535 §2.1.2). Pointers into `document`, valid as long as it is unchanged.
    /// One node may be selected several times; each further `..` may multiply the nodes by the document's depth.
    std::vector<const Json *> select(const Json &document) const;
    std::vector<Node> selectWithPaths(const Json &document) const;
    /// Hands the same nodes over one after the other, until `visit` says that it is enough: takes no more memory than
    /// the document's nodes, however many are selected. False where the budget was spent before.
    bool visit(const Json &document, StepBudget &budget, const std::function<bool(const Json &node)> &visitNode) const;

    /// The first segment's name where the query starts with one name (`data` in `$.data.id`, `$['data']`), else empty.
    std::string_view firstName() const;
    const std::string &text() const;

private:
    struct Query;
    explicit JsonPath(std::shared_ptr<const Query> query);
    std::shared_ptr<const Query> m_query;
};

/// The normalized path (RFC 9535 §2.7) of a node within a document; empty where it is not there, or the budget is spent
/// before it is found.
std::string pathOfJson(const Json &document, const Json &node, StepBudget &budget);

} // namespace Tocsin
