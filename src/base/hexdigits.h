// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace Tocsin {

/// What a hexadecimal digit of either case stands for, 0 to 15; -1: it is none.
constexpr int hexDigit(char32_t c)
{
    if (c >= U'0' && c <= U'9') {
        return static_cast<int>(c - U'0');
    }
    const char32_t lower = c | 0x20U;
    return lower >= U'a' && lower <= U'f' ? static_cast<int>(lower - U'a') + 10 : -1;
}

/// The UTF-16 unit that the text's first four characters write, as behind a `\u` (RFC 8259 §7).
constexpr std::optional<char32_t> hexUnit(std::string_view text)
{
    constexpr std::size_t digits = 4;
    if (text.size() < digits) {
        return std::nullopt;
    }
    char32_t value = 0;
    for (const char c : text.substr(0, digits)) {
        const int digit = hexDigit(static_cast<unsigned char>(c));
        if (digit < 0) {
            return std::nullopt;
        }
        value = value << 4U | static_cast<char32_t>(digit);
    }
    return value;
}

} // namespace Tocsin
