// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace Tocsin {

/// How each byte is written inside JSON strings that stand in one another `level` times (RFC 8259 §7); level 0 leaves
/// everything as it is.
class JsonEscape
{
public:
    explicit JsonEscape(std::size_t level);

    void append(std::string &out, std::string_view text) const
    {
        const char *begin = text.data();
        const char *const end = begin + text.size();
        for (const char *at = begin; at != end; ++at) {
            const auto byte = static_cast<unsigned char>(*at);
            if (m_isSpecial[byte]) [[unlikely]] {
                out.append(begin, at);
                out.append(m_written[byte]);
                begin = at + 1;
            }
        }
        out.append(begin, end);
    }

private:
    std::array<bool, 256> m_isSpecial{};
    std::array<std::string, 128> m_written;
};

} // namespace Tocsin
