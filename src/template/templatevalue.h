// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "jsonescape.h"

#include <string>

namespace Tocsin {

/// Handlebars' truth: false, null, "", 0 and [] are false.
bool isTruthy(const Json &value);

/// Appends a value as text: a string as it is, null as nothing, objects and arrays as compact JSON (no more of it than
/// the largest body holds).
void appendTextOf(std::string &out, const Json &value);
/// The same as it stands in strings.
void appendTextOf(std::string &out, const Json &value, const JsonEscape &escape);

} // namespace Tocsin
