// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace Tocsin {

/// Checks a pattern against the grammar of RFC 9485 §4 and IRegexp's bounds, and writes it down in RE2's dialect.
std::optional<std::string> translateIRegexp(std::string_view pattern);

} // namespace Tocsin
