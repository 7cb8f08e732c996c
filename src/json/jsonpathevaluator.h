// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpath.h"
#include "jsonpathquery.h"

#include <vector>

namespace Tocsin {

/// The nodes that a query selects in a document, in the order of RFC 9535 §2.1.2. Works level by level: neither a deep
/// document nor a long expression costs stack.
std::vector<const Json *> evaluateJsonPath(const JsonPathSyntax::Query &query, const Json &document);
std::vector<JsonPath::Node> evaluateJsonPathWithPaths(const JsonPathSyntax::Query &query, const Json &document);

} // namespace Tocsin
