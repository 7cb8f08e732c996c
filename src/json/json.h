// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"
#include "stepbudget.h"

#include <QByteArrayView>
#include <QString>

#include <nlohmann/json.hpp>

#include <compare>
#include <limits>
#include <string>

namespace Tocsin {

/// The one JSON type. Member order and the digits of numbers survive a round trip; its strings are UTF-8. A number is
/// an integer of 64 bits (signed or unsigned) or a double where these are written with the digits that were read, else
/// a value of its own kind that only isJsonNumber(), toDouble() and the comparisons below know.
using Json = nlohmann::ordered_json;

/// How deep arrays and objects may nest in a text that is parsed.
inline constexpr int maximumJsonDepth = 512;

/// Parses one JSON text (RFC 8259). The error names the place (line and column) and says what was expected there;
/// what is not UTF-8, holds a lone surrogate (then the error's `where` is the value's path, `a.b[0].c`), nests too
/// deeply or holds more than the limits allow is refused. Of a member that is given twice (RFC 8259 §4 leaves its
/// meaning open) the last value counts, at the first's place; or it is refused, and the error's `where` is its path
/// (`a.b[0].c`). Any thread.
enum class RepeatedMembers { LastCounts, Refused };

/// What a text may hold at most, so that reading it takes no more memory than its reader has. A value takes up to 200
/// bytes while it is read and 100 afterwards, beside the bytes of its text.
struct JsonLimits
{
    static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    std::size_t values = any; ///< arrays and objects count, and each of their values; names do not
};

Result<Json> parseJson(QByteArrayView text, RepeatedMembers repeated = RepeatedMembers::LastCounts,
                       const JsonLimits &limits = {});
Result<Json> parseJson(QByteArrayView text, const JsonLimits &limits);

/// Whether parseJson() takes a text, without making the value: takes hardly more memory than the longest string in it.
Result<void> checkJson(QByteArrayView text, const JsonLimits &limits = {});

enum class JsonFormat { Compact, Indented };
/// Writes JSON text; Indented uses two spaces. Strings that are not UTF-8 have the offending bytes replaced by U+FFFD.
std::string writeJson(const Json &value, JsonFormat format = JsonFormat::Compact);

/// What writeJson() writes, no more than `maximumSize` bytes of it, whole characters. Takes no longer than that needs.
struct JsonBeginning
{
    std::string text;
    bool isWhole = true;
};
JsonBeginning writeJsonBeginning(const Json &value, std::size_t maximumSize);

/// Whether two values are the same JSON: members in any order, and numbers as their digits say, however long and
/// however they are written (1000, 1e3 and 1000.00 are equal, 9007199254740993 and 9007199254740992.0 are not).
bool jsonEquals(const Json &left, const Json &right);
/// Within a budget; false once that is spent.
bool jsonEquals(const Json &left, const Json &right, StepBudget &budget);

/// What may stand around the tokens of JSON (RFC 8259 §2).
constexpr bool isJsonSpace(char32_t c)
{
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r';
}

/// Of any kind.
bool isJsonNumber(const Json &value);
/// The nearest double, infinite where the number is larger than any; 0 where the value is no number.
double toDouble(const Json &number);
/// How two JSON numbers compare, as their digits say (exponents beyond ±10^18 count as that); unordered where one of
/// them is no number.
std::partial_ordering compareJsonNumbers(const Json &left, const Json &right);

QString toQString(std::string_view utf8);
Json toJson(const QString &text);

} // namespace Tocsin
