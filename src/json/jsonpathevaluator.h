// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpath.h"
#include "jsonpathquery.h"

#include <functional>
#include <vector>

namespace Tocsin {

/// Hands over the nodes that a query selects in a document, in the order of RFC 9535 §2.1.2, until `visit` says that it
/// is enough. False where the budget was spent before.
bool evaluateJsonPath(const JsonPathSyntax::Query &query, const Json &document, StepBudget &budget,
                      const std::function<bool(const Json &node)> &visit);
std::vector<JsonPath::Node> evaluateJsonPathWithPaths(const JsonPathSyntax::Query &query, const Json &document);

} // namespace Tocsin
