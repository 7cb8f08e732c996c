// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codestyles.h"

#include <algorithm>
#include <cctype>

namespace Tocsin {

namespace {

using namespace std::string_view_literals;

bool isWordByte(char byte)
{
    return std::isalnum(static_cast<unsigned char>(byte)) || byte == '_';
}

class Styler
{
public:
    Styler(std::string_view text, CodeLanguage language)
        : m_text(text)
        , m_isTemplate(language == CodeLanguage::BodyTemplate)
        , m_styles(text.size(), CodeStyle::Text)
    {
    }

    std::vector<CodeStyle> run(std::size_t enough)
    {
        while (m_at < std::min(m_text.size(), enough)) {
            const char byte = m_text[m_at];
            if (skipsEmbedded())
                continue;
            if (byte == '"')
                string();
            else if (byte == '-' || std::isdigit(static_cast<unsigned char>(byte)))
                number();
            else if (isWordByte(byte))
                word();
            else
                ++m_at;
        }
        m_styles.resize(m_at);
        return std::move(m_styles);
    }

private:
    bool startsWith(std::string_view what) const { return m_text.substr(m_at).substr(0, what.size()) == what; }

    void fill(std::size_t from, std::size_t to, CodeStyle style)
    {
        std::fill(m_styles.begin() + from, m_styles.begin() + to, style);
    }

    /// Styles and skips a mustache or a secret reference at the current place, if there is one.
    bool skipsEmbedded()
    {
        if (!m_isTemplate)
            return false;
        if (startsWith("\\{{"sv)) {
            m_at += 3;
            return true;
        }
        if (startsWith("$${"sv)) {
            m_at += 3;
            return true;
        }
        if (startsWith("{{"sv)) {
            mustache();
            return true;
        }
        if (startsWith("${secret:"sv)) {
            const auto end = std::min(m_text.find_first_of("}\n\""sv, m_at), m_text.size());
            const auto after = end < m_text.size() && m_text[end] == '}' ? end + 1 : end;
            fill(m_at, after, CodeStyle::Secret);
            m_at = after;
            return true;
        }
        return false;
    }

    void mustache()
    {
        auto inner = m_at + 2;
        if (inner < m_text.size() && m_text[inner] == '~')
            ++inner;
        const auto rest = m_text.substr(std::min(inner, m_text.size()));
        const auto closing = rest.starts_with("!--"sv) ? "--"sv : ""sv;
        auto end =
            m_text.find("}}"sv, closing.empty() ? inner : std::min(m_text.find(closing, inner + 3), m_text.size()));
        end = end == std::string_view::npos ? std::min(m_text.find('\n', m_at), m_text.size()) : end + 2;
        CodeStyle style = CodeStyle::Placeholder;
        if (rest.starts_with('!'))
            style = CodeStyle::Comment;
        else if (rest.starts_with('#') || rest.starts_with('/') || rest.starts_with('^') || rest.starts_with("else"sv))
            style = CodeStyle::Block;
        fill(m_at, end, style);
        m_at = end;
    }

    void string()
    {
        const auto start = m_at++;
        m_styles[start] = CodeStyle::String;
        while (m_at < m_text.size() && m_text[m_at] != '\n') {
            if (skipsEmbedded())
                continue;
            m_styles[m_at] = CodeStyle::String;
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size() && m_text[m_at + 1] != '\n') {
                m_styles[m_at + 1] = CodeStyle::String;
                m_at += 2;
                continue;
            }
            const bool isEnd = m_text[m_at] == '"';
            ++m_at;
            if (isEnd)
                break;
        }
        const auto next = m_text.find_first_not_of(" \t"sv, m_at);
        if (next != std::string_view::npos && m_text[next] == ':')
            std::replace(m_styles.begin() + start, m_styles.begin() + m_at, CodeStyle::String, CodeStyle::Key);
    }

    void number()
    {
        const auto end = std::min(m_text.find_first_not_of("+-.0123456789eE"sv, m_at), m_text.size());
        fill(m_at, end, CodeStyle::Number);
        m_at = end;
    }

    void word()
    {
        auto end = m_at;
        while (end < m_text.size() && isWordByte(m_text[end]))
            ++end;
        const auto text = m_text.substr(m_at, end - m_at);
        if (text == "true"sv || text == "false"sv || text == "null"sv)
            fill(m_at, end, CodeStyle::Word);
        m_at = end;
    }

    std::string_view m_text;
    bool m_isTemplate;
    std::vector<CodeStyle> m_styles;
    std::size_t m_at = 0;
};

} // namespace

std::vector<CodeStyle> codeStyles(std::string_view text, CodeLanguage language, std::size_t enough)
{
    if (language == CodeLanguage::Text)
        return std::vector<CodeStyle>(std::min(text.size(), enough), CodeStyle::Text);
    return Styler(text, language).run(enough);
}

} // namespace Tocsin
