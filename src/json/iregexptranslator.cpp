// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "iregexptranslator.h"

#include "utf8.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace Tocsin {

namespace {

constexpr std::size_t maximumPatternSize = 4096;
constexpr int maximumGroupDepth = 100;
constexpr int maximumRepetition = 1000;

void appendHexadecimal(std::string &text, char32_t codePoint)
{
    constexpr std::string_view digits = "0123456789abcdef";
    text += "\\x{";
    for (int shift = 20; shift >= 0; shift -= 4) {
        text += digits[(codePoint >> shift) & 0xF];
    }
    text += '}';
}

/// The code points without a character, as ranges of a character class: RE2 does not know the category Cn.
const std::string &unassignedRanges()
{
    static const std::string ranges = [] {
        std::string text;
        std::optional<char32_t> first;
        for (char32_t codePoint = 0; codePoint <= QChar::LastValidCodePoint + 1; ++codePoint) {
            const bool unassigned =
                codePoint <= QChar::LastValidCodePoint && QChar::category(codePoint) == QChar::Other_NotAssigned;
            if (unassigned && !first) {
                first = codePoint;
            } else if (!unassigned && first) {
                appendHexadecimal(text, *first);
                text += '-';
                appendHexadecimal(text, codePoint - 1);
                first.reset();
            }
        }
        return text;
    }();
    return ranges;
}

/// Checks a pattern against RFC 9485 §4 and writes it down for RE2.
class IRegexpTranslator
{
public:
    explicit IRegexpTranslator(std::string_view pattern)
        : m_pattern(pattern)
    {
    }

    std::optional<std::string> translate()
    {
        if (m_pattern.size() > maximumPatternSize || firstInvalidUtf8(m_pattern) != std::string_view::npos) {
            return std::nullopt;
        }
        if (!alternatives(0) || !atEnd()) {
            return std::nullopt;
        }
        return std::move(m_result);
    }

private:
    bool atEnd() const { return m_at >= m_pattern.size(); }
    bool isAt(char character) const { return !atEnd() && m_pattern[m_at] == character; }
    bool isAtAnyOf(std::string_view characters) const
    {
        return !atEnd() && characters.find(m_pattern[m_at]) != std::string_view::npos;
    }
    bool take(char character)
    {
        if (!isAt(character)) {
            return false;
        }
        ++m_at;
        return true;
    }

    void appendLiteral(char32_t codePoint)
    {
        if (codePoint < 0x80 && !QChar::isLetterOrNumber(codePoint)) {
            appendHexadecimal(m_result, codePoint);
        } else {
            appendUtf8(m_result, codePoint);
        }
    }

    bool alternatives(int depth)
    {
        if (!branch(depth)) {
            return false;
        }
        while (take('|')) {
            m_result += '|';
            if (!branch(depth)) {
                return false;
            }
        }
        return true;
    }

    bool branch(int depth)
    {
        bool first = true;
        while (!atEnd() && !isAtAnyOf("|)")) {
            if (!anchor(first) && !(atom(depth) && quantifier())) {
                return false;
            }
            first = false;
        }
        return true;
    }

    bool anchor(bool first)
    {
        const std::size_t next = m_at + 1;
        const char following = next < m_pattern.size() ? m_pattern[next] : '|';
        if (isAt('^') && first && std::string_view("*+?{").find(following) == std::string_view::npos) {
            m_result += "\\A";
        } else if (isAt('$') && (following == '|' || following == ')')) {
            m_result += "\\z";
        } else {
            return false;
        }
        ++m_at;
        return true;
    }

    bool atom(int depth)
    {
        if (take('(')) {
            if (depth == maximumGroupDepth) {
                return false;
            }
            m_result += "(?:";
            if (!alternatives(depth + 1) || !take(')')) {
                return false;
            }
            m_result += ')';
            return true;
        }
        if (take('.')) {
            m_result += "[^\\n\\r]";
            return true;
        }
        if (take('[')) {
            return characterClass();
        }
        if (isAt('\\')) {
            return category(false) || escapedCharacter();
        }
        if (isAtAnyOf("*+?{}]")) {
            return false;
        }
        appendLiteral(next());
        return true;
    }

    char32_t next()
    {
        const CodePoint codePoint = decodeUtf8(m_pattern, m_at);
        m_at += static_cast<std::size_t>(codePoint.length);
        return codePoint.value;
    }

    bool quantifier()
    {
        if (isAtAnyOf("*+?")) {
            m_result += m_pattern[m_at++];
            return true;
        }
        if (!take('{')) {
            return true;
        }
        const std::optional<int> least = count();
        if (!least) {
            return false;
        }
        m_result += '{' + std::to_string(*least);
        if (take(',')) {
            m_result += ',';
            if (!isAt('}')) {
                const std::optional<int> most = count();
                if (!most || *most < *least) {
                    return false;
                }
                m_result += std::to_string(*most);
            }
        }
        m_result += '}';
        return take('}');
    }

    std::optional<int> count()
    {
        if (!isAtAnyOf("0123456789")) {
            return std::nullopt;
        }
        int value = 0;
        while (isAtAnyOf("0123456789")) {
            value = value * 10 + (m_pattern[m_at++] - '0');
            if (value > maximumRepetition) {
                return std::nullopt;
            }
        }
        return value;
    }

    std::optional<char32_t> singleEscape()
    {
        if (!isAt('\\') || m_at + 1 >= m_pattern.size()) {
            return std::nullopt;
        }
        const char character = m_pattern[m_at + 1];
        if (std::string_view("()*+-.?[\\]^nrt{|}").find(character) == std::string_view::npos) {
            return std::nullopt;
        }
        m_at += 2;
        switch (character) {
        case 'n':
            return U'\n';
        case 'r':
            return U'\r';
        case 't':
            return U'\t';
        default:
            return static_cast<char32_t>(character);
        }
    }

    bool escapedCharacter()
    {
        const std::optional<char32_t> character = singleEscape();
        if (character) {
            appendLiteral(*character);
        }
        return character.has_value();
    }

    /// `\p{…}` and `\P{…}`, on their own or inside of brackets.
    bool category(bool inClass)
    {
        const std::string_view start = m_pattern.substr(m_at, 3);
        if (start != "\\p{" && start != "\\P{") {
            return false;
        }
        const std::size_t end = m_pattern.find('}', m_at);
        if (end == std::string_view::npos) {
            return false;
        }
        const std::string_view name = m_pattern.substr(m_at + 3, end - m_at - 3);
        constexpr std::array<std::string_view, 7> categories = {"Llmotu", "Mcen",  "Ndlo", "Pcdefios",
                                                                "Zlps",   "Sckmo", "Ccfno"};
        const bool known = std::any_of(categories.begin(), categories.end(), [name](std::string_view letters) {
            return !name.empty() && name.size() <= 2 && name[0] == letters[0]
                && (name.size() == 1 || letters.substr(1).find(name[1]) != std::string_view::npos);
        });
        if (!known) {
            return false;
        }
        const bool negated = start[1] == 'P';
        m_at = end + 1;
        std::string members;
        bool complemented = false;
        if (name == "C") {
            members = negated ? "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Z}" : "\\p{C}" + unassignedRanges();
        } else if (name == "Cn") {
            members = negated ? "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Z}\\p{C}" : unassignedRanges();
        } else {
            complemented = negated;
            members = (complemented ? "\\P{" : "\\p{") + std::string(name) + '}';
        }
        m_result += inClass ? members : '[' + members + ']';
        return true;
    }

    bool characterClass()
    {
        m_result += '[';
        // `[^]` is a class with the one member `^`.
        if (isAt('^') && m_pattern.substr(m_at + 1, 1) != "]") {
            ++m_at;
            m_result += '^';
        }
        bool first = true;
        while (!isAt(']')) {
            if (isAt('-')) {
                const bool last = m_pattern.substr(m_at + 1, 1) == "]";
                if (!first && !last) {
                    return false;
                }
                ++m_at;
                appendLiteral(U'-');
            } else if (!category(true) && !range()) {
                return false;
            }
            first = false;
        }
        ++m_at;
        m_result += ']';
        return !first;
    }

    bool range()
    {
        const std::optional<char32_t> from = classCharacter();
        if (!from) {
            return false;
        }
        appendLiteral(*from);
        if (!isAt('-') || m_pattern.substr(m_at + 1, 1) == "]") {
            return true;
        }
        ++m_at;
        const std::optional<char32_t> to = classCharacter();
        if (!to || *to < *from) {
            return false;
        }
        m_result += '-';
        appendLiteral(*to);
        return true;
    }

    std::optional<char32_t> classCharacter()
    {
        if (isAt('\\')) {
            return singleEscape();
        }
        if (atEnd() || isAtAnyOf("-[]")) {
            return std::nullopt;
        }
        return next();
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    std::string m_result;
};

} // namespace

std::optional<std::string> translateIRegexp(std::string_view pattern)
{
    return IRegexpTranslator(pattern).translate();
}

} // namespace Tocsin
