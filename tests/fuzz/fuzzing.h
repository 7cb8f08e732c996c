// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QByteArray>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace Tocsin::Fuzzing {

/// Ends the run where a property does not hold; libFuzzer then keeps the input.
inline void demand(bool holds, const char *property)
{
    if (!holds) {
        std::fprintf(stderr, "Does not hold: %s\n", property);
        std::abort();
    }
}

inline QByteArrayView bytes(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

/// The parts of an input, which stand apart by a line `---`; those that are missing are empty, the last one is the
/// rest.
template <std::size_t count>
std::array<QByteArrayView, count> parts(QByteArrayView input)
{
    static constexpr QByteArrayView separator("\n---\n");
    std::array<QByteArrayView, count> found;
    for (std::size_t i = 0; i < count; ++i) {
        const auto end = i + 1 < count ? input.indexOf(separator) : -1;
        found[i] = end < 0 ? input : input.first(end);
        input = end < 0 ? QByteArrayView() : input.sliced(end + separator.size());
    }
    return found;
}

inline std::string_view asText(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

/// Whether a text is JSON by another judge than parseJson(), which bounds depth and refuses what it could not keep;
/// where that judge refuses a number beyond a double, by ours.
inline bool isJson(std::string_view text)
{
    return Json::accept(text) || parseJson(QByteArrayView(text.data(), static_cast<qsizetype>(text.size()))).isOk();
}

/// Whether a fault's place lies in the text that it is about.
inline bool liesWithin(const TextPosition &position, QByteArrayView text)
{
    return position.isValid() && position.column > 0 && position.offset >= 0 && position.offset <= text.size();
}

} // namespace Tocsin::Fuzzing
