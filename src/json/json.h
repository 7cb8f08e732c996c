// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArrayView>
#include <QString>

#include <nlohmann/json.hpp>

#include <compare>
#include <string>

namespace Tocsin {

/// The one JSON type: member order and integers up to 64 bits (signed and unsigned) survive a round trip; other numbers
/// are doubles. Its strings are UTF-8.
using Json = nlohmann::ordered_json;

/// How deep arrays and objects may nest in a text that is parsed.
inline constexpr int maximumJsonDepth = 512;

/// Parses one JSON text (RFC 8259). The error names the place (line and column) and says what was expected there;
/// what is not UTF-8, holds a lone surrogate, nests too deeply or has a number too large for a double is refused.
/// Of a member that is given twice (RFC 8259 §4 leaves its meaning open) the last value counts, at the first's place;
/// or it is refused, and the error's `where` is its path (`a.b[0].c`). Any thread.
enum class RepeatedMembers { LastCounts, Refused };
Result<Json> parseJson(QByteArrayView text, RepeatedMembers repeated = RepeatedMembers::LastCounts);

enum class JsonFormat { Compact, Indented };
/// Writes JSON text; Indented uses two spaces. Strings that are not UTF-8 have the offending bytes replaced by U+FFFD.
std::string writeJson(const Json &value, JsonFormat format = JsonFormat::Compact);

/// Whether two values are the same JSON: members in any order, and numbers by their exact value, however they are
/// written (1 and 1.0 are equal, 9007199254740993 and 9007199254740992.0 are not).
bool jsonEquals(const Json &left, const Json &right);

/// What may stand around the tokens of JSON (RFC 8259 §2).
constexpr bool isJsonSpace(char32_t c)
{
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r';
}

/// How two JSON numbers compare, by their exact value; unordered where one of them is no number.
std::partial_ordering compareJsonNumbers(const Json &left, const Json &right);

QString toQString(std::string_view utf8);
Json toJson(const QString &text);

} // namespace Tocsin
