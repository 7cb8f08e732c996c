// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatetokens.h"

#include "json.h"

#include <algorithm>

namespace Tocsin {

namespace {

using TokenKind = TemplateToken::Kind;
constexpr auto npos = std::string_view::npos;

class Tokenizer
{
public:
    explicit Tokenizer(std::string_view source)
        : m_source(source)
    {
    }

    std::vector<TemplateToken> tokens()
    {
        while (m_at < m_source.size()) {
            if (!insert()) {
                m_inString ? stringPiece() : plain();
            }
        }
        return std::move(m_tokens);
    }

private:
    std::string_view rest() const { return m_source.substr(m_at); }

    void add(TokenKind kind, std::size_t length)
    {
        m_tokens.push_back({.kind = kind, .offset = m_at, .length = length});
        m_at += length;
    }

    std::size_t lineEnd() const { return std::min(m_source.find('\n', m_at), m_source.size()); }

    // What stands in the JSON text without being part of it; false where there is nothing of it here.
    bool insert()
    {
        if (rest().starts_with("{{")) {
            braces();
            return true;
        }
        if (rest().starts_with("${secret:")) {
            const auto close = m_source.find('}', m_at);
            const bool isClosed = close != npos && close < lineEnd();
            add(isClosed ? TokenKind::Secret : TokenKind::Error, (isClosed ? close + 1 : lineEnd()) - m_at);
            return true;
        }
        return false;
    }

    void braces()
    {
        if (rest().starts_with("{{!")) {
            const bool isLong = rest().starts_with("{{!--");
            auto close = m_source.find(isLong ? "--" : "}}", m_at + (isLong ? 5 : 3));
            while (isLong && close != npos && !m_source.substr(close + 2).starts_with("}}")
                   && !m_source.substr(close + 2).starts_with("~}}")) {
                close = m_source.find("--", close + 1);
            }
            const auto end = close == npos ? m_source.size() : m_source.find("}}", close) + 2;
            add(close == npos ? TokenKind::Error : TokenKind::Comment, end - m_at);
            return;
        }
        const auto close = m_source.find_first_of("{}\n", m_at + 2);
        if (close == npos || m_source.substr(close, 2) != "}}") {
            add(TokenKind::Error, rest().starts_with("{{{") ? 3 : 2);
            return;
        }
        auto inner = m_source.substr(m_at + 2, close - m_at - 2);
        while (!inner.empty() && (inner.front() == '~' || inner.front() == ' ')) {
            inner.remove_prefix(1);
        }
        auto kind = TokenKind::Placeholder;
        if (inner.empty() || inner.front() == '&' || inner.front() == '>' || inner.front() == '*') {
            kind = TokenKind::Error;
        } else if (inner.front() == '#' || inner.front() == '/' || inner.front() == '^' || inner == "else"
                   || inner.starts_with("else ") || inner.starts_with("else~")) {
            kind = TokenKind::Block;
        }
        add(kind, close + 2 - m_at);
    }

    // From a quote, or from behind what stands in the string, to the next of both.
    void stringPiece()
    {
        auto at = m_at;
        while (at < m_source.size()) {
            const auto here = m_source.substr(at);
            if (here.starts_with("\\{{")) {
                at += 3;
            } else if (here.starts_with('\\') && here.size() > 1 && here[1] != '\n') {
                at += 2;
            } else if (here.starts_with("$${")) {
                at += 3;
            } else if (here.starts_with('"') && !(at == m_at && m_isOpening)) {
                ++at;
                m_inString = false;
                break;
            } else if (here.starts_with("{{") || here.starts_with("${secret:")) {
                break;
            } else if (here.starts_with('\n')) {
                m_inString = false;
                m_stringKind = TokenKind::Error;
                break;
            } else {
                ++at;
            }
        }
        m_isOpening = false;
        if (at > m_at) {
            add(m_stringKind, at - m_at);
        }
    }

    // Looks ahead: a string is a key where a colon follows it.
    TokenKind kindOfString() const
    {
        for (auto at = m_at + 1; at < m_source.size() && m_source[at] != '\n'; ++at) {
            if (m_source[at] == '\\') {
                ++at;
            } else if (m_source[at] == '"') {
                const auto next = m_source.find_first_not_of(" \t\r\n", at + 1);
                return next != npos && m_source[next] == ':' ? TokenKind::Key : TokenKind::String;
            }
        }
        return TokenKind::String;
    }

    void plain()
    {
        const auto c = m_source[m_at];
        if (isJsonSpace(c)) {
            ++m_at;
        } else if (c == '"') {
            m_inString = true;
            m_isOpening = true;
            m_stringKind = kindOfString();
            stringPiece();
        } else if (std::string_view("{}[]:,").find(c) != npos) {
            add(TokenKind::Punctuation, 1);
        } else {
            word();
        }
    }

    void word()
    {
        const auto end = std::min(m_source.find_first_of("{}[]:,\"$ \t\r\n", m_at + 1), m_source.size());
        const auto text = m_source.substr(m_at, end - m_at);
        auto kind = TokenKind::Error;
        if (text == "true" || text == "false" || text == "null") {
            kind = TokenKind::Keyword;
        } else if ((text.front() == '-' || (text.front() >= '0' && text.front() <= '9'))
                   && text.find_first_not_of("0123456789+-.eE") == npos) {
            kind = TokenKind::Number;
        }
        add(kind, text.size());
    }

    std::string_view m_source;
    std::vector<TemplateToken> m_tokens;
    std::size_t m_at = 0;
    bool m_inString = false;
    bool m_isOpening = false; // at the string's first quote
    TokenKind m_stringKind = TokenKind::String;
};

} // namespace

std::vector<TemplateToken> tokenize(std::string_view source)
{
    return Tokenizer(source).tokens();
}

} // namespace Tocsin
