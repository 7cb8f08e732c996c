// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonescape.h"

namespace Tocsin {

namespace {

std::string escapedOnce(std::string_view text)
{
    constexpr std::string_view plain = "\b\f\n\r\t\"\\";
    constexpr std::string_view letters = "bfnrt\"\\";
    constexpr std::string_view digits = "0123456789abcdef";
    std::string escaped;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (const auto letter = plain.find(c); letter != std::string_view::npos) {
            escaped += '\\';
            escaped += letters[letter];
        } else if (byte < 0x20) {
            escaped += "\\u00";
            escaped += digits[byte >> 4U];
            escaped += digits[byte & 0xFU];
        } else {
            escaped += c;
        }
    }
    return escaped;
}

} // namespace

JsonEscape::JsonEscape(std::size_t level)
{
    for (std::size_t byte = 0; byte < m_written.size(); ++byte) {
        m_written[byte] = std::string(1, static_cast<char>(byte));
        for (std::size_t i = 0; i < level; ++i) {
            m_written[byte] = escapedOnce(m_written[byte]);
        }
        m_isSpecial[byte] = m_written[byte].size() != 1;
    }
}

} // namespace Tocsin
