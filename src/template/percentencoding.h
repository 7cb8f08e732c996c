// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace Tocsin {

/// Every byte but the unreserved ones of RFC 3986 §2.3 as %XX.
void appendPercentEncoded(std::string &out, std::string_view bytes);
/// Each %XX as its byte (RFC 3986 §2.1); what is none stays.
std::string percentDecoded(std::string_view text);

} // namespace Tocsin
