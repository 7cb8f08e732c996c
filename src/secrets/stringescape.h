// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodyunits.h"

#include <optional>

namespace Tocsin {

/// Undoes the escapes of a JSON string (RFC 8259 §7), unit by unit.
class StringEscape
{
public:
    bool isOpen() const { return m_state != State::None; }
    bool isWithinDigits() const { return m_state == State::Digits; }

    void begin(const BodyUnit &backslash)
    {
        *this = {};
        m_state = State::Letter;
        m_begin = backslash.begin;
    }

    /// There is something within the escape that is no text.
    void cut() { m_isCut = true; }

    /// The character, once it is there. What ends an escape that JSON does not know is a character of its own.
    std::optional<BodyUnit> feed(const BodyUnit &unit)
    {
        m_isCut = m_isCut || unit.kind == BodyUnit::Kind::CutCharacter;
        auto character = unit.character;
        if (m_state == State::Letter && character == u'u') {
            m_state = State::Digits;
            return std::nullopt;
        }
        if (m_state == State::Letter) {
            constexpr QStringView letters = u"bfnrt";
            constexpr QStringView meanings = u"\b\f\n\r\t";
            if (const auto letter = letters.indexOf(character); letter >= 0) {
                character = meanings[letter].unicode();
            }
            return close(character, unit);
        }
        constexpr QStringView digits = u"0123456789abcdef";
        const auto digit = digits.indexOf(QChar(character).toLower());
        if (digit < 0) {
            cut();
            return close(character, unit);
        }
        m_code = static_cast<char16_t>(m_code * digits.size() + digit);
        return ++m_digits == 4 ? std::optional(close(m_code, unit)) : std::nullopt;
    }

private:
    enum class State { None, Letter, Digits };

    BodyUnit close(char16_t character, const BodyUnit &last)
    {
        m_state = State::None;
        return {.kind = m_isCut ? BodyUnit::Kind::CutCharacter : BodyUnit::Kind::Character,
                .character = character,
                .begin = m_begin,
                .end = last.end};
    }

    State m_state = State::None;
    int m_begin = 0;
    int m_digits = 0;
    char16_t m_code = 0;
    bool m_isCut = false;
};

} // namespace Tocsin
