// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "percentencoding.h"

#include "hexdigits.h"

namespace Tocsin {

void appendPercentEncoded(std::string &out, std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isUnreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("-._~").find(c) != std::string_view::npos;
        if (isUnreserved) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        }
    }
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(static_cast<unsigned char>(text[i + 1])) : -1;
        const int low = high < 0 ? -1 : hexDigit(static_cast<unsigned char>(text[i + 2]));
        decoded += low < 0 ? text[i] : static_cast<char>(high * 16 + low);
        i += low < 0 ? 0 : 2;
    }
    return decoded;
}

} // namespace Tocsin
