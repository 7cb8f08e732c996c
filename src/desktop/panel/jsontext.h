// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace Tocsin {

/// JSON text laid out over lines with two spaces a level; nothing but white space between its tokens is changed, so
/// numbers and escapes stay as they came. What is cut off or not quite JSON is laid out as far as it goes. Levels
/// beyond the 32nd are indented like it, so that no input grows without bound.
std::string indentedJson(std::string_view text);

/// A value in a JSON text.
struct JsonPlace
{
    QString path; ///< JSONPath after the root: `.items[0]['odd key']`; empty for the root itself
    QString value; ///< as an expected value is written: a string's content, else its JSON text
    bool operator==(const JsonPlace &) const = default;
};

/// The string, number, true, false or null that stands at a byte offset (or whose member's name does); none elsewhere.
std::optional<JsonPlace> jsonPlaceAt(std::string_view text, std::size_t offset);

} // namespace Tocsin
