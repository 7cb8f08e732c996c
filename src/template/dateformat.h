// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "result.h"

#include <QTimeZone>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Tocsin {

/// A moment in milliseconds since 1970, UTC.
using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// The moment that an event's value means: seconds since 1970, as a number or as its digits in a text, or RFC 3339
/// text; what is finer than a millisecond is cut off. Absent where it is none, or not in the years 1 to 9999.
std::optional<Moment> momentOf(const Json &value);

/// How a time is written: `iso` (RFC 3339 in milliseconds), `unix` (whole seconds since 1970), or the letters of
/// QDateTime::toString(), names in English. Made once; append() from any thread.
class DateFormat
{
public:
    static constexpr auto zone = QLatin1StringView("zone");

    /// `timeZone` is a name of the IANA database; empty for UTC. An error's `where` is `zone` where that is at fault;
    /// else its position's offset points into the format.
    static Result<DateFormat> make(std::string_view format, std::string_view timeZone);

    /// The known name of a time zone that is closest to a word; empty where none is.
    static QString nearestZone(const QString &word);

    bool isUnix() const { return m_isUnix; }
    void append(std::string &out, Moment moment) const;

private:
    /// A run of one letter of the format, or text.
    struct Piece
    {
        char letter = 0; ///< 0: text
        std::size_t count = 0;
        std::string text;
    };
    struct Local;

    DateFormat() = default;
    void appendPiece(std::string &out, const Piece &piece, const Local &local) const;

    std::vector<Piece> m_pieces;
    std::optional<QTimeZone> m_zone; ///< absent for UTC
    bool m_isUnix = false;
    bool m_hasHalves = false; ///< AM and PM
};

} // namespace Tocsin
