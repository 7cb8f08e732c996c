// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <string>
#include <string_view>

namespace Tocsin {

/// The number that a text says (RFC 8259 §6; the caller has checked its grammar): an integer of 64 bits or a double
/// where that is written as the same text again, else one that keeps its digits (`1e400`, `0.10`, `-0`, twenty digits).
/// Any thread.
Json toJsonNumber(std::string_view text);

/// Appends a number as writeJson() writes it: the digits that it was read from. Not finite: null.
void appendJsonNumber(std::string &out, const Json &number);

/// Steps that compareJsonNumbers() takes: more for those that keep their digits.
std::uint64_t jsonNumberSteps(const Json &left, const Json &right);

} // namespace Tocsin
