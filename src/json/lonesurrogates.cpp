// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lonesurrogates.h"

#include <charconv>
#include <optional>

namespace Tocsin {

namespace {

constexpr qsizetype unitLength = 6; // \uXXXX

/// The UTF-16 code unit whose escape stands at this place.
std::optional<unsigned> escapedUnit(const QByteArray &text, qsizetype at)
{
    if (at + unitLength > text.size() || text.at(at) != '\\' || text.at(at + 1) != 'u') {
        return std::nullopt;
    }
    unsigned unit = 0;
    const char *const end = text.constData() + at + unitLength;
    const auto [stop, problem] = std::from_chars(text.constData() + at + 2, end, unit, 16);
    return problem == std::errc() && stop == end ? std::optional(unit) : std::nullopt;
}

} // namespace

int replaceLoneSurrogates(QByteArray &text)
{
    int count = 0;
    qsizetype at = text.indexOf('\\');
    while (at >= 0) {
        qsizetype next = at + 2;
        if (const auto unit = escapedUnit(text, at)) {
            next = at + unitLength;
            const bool isHigh = *unit >= 0xD800 && *unit <= 0xDBFF;
            const bool isLow = *unit >= 0xDC00 && *unit <= 0xDFFF;
            const auto other = isHigh ? escapedUnit(text, next) : std::nullopt;
            if (other && *other >= 0xDC00 && *other <= 0xDFFF) {
                next += unitLength;
            } else if (isHigh || isLow) {
                text.replace(at, unitLength, "\\ufffd");
                ++count;
            }
        }
        at = next < text.size() ? text.indexOf('\\', next) : -1;
    }
    return count;
}

} // namespace Tocsin
