// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatelexer.h"

#include "json.h"
#include "secrettext.h"
#include "templatewords.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct LexerText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

constexpr std::string_view secretOpening = "${secret:";

class Lexer
{
public:
    Lexer(std::string_view source, TemplateProblems &problems)
        : m_source(source)
        , m_problems(problems)
    {
    }

    std::vector<Token> tokens()
    {
        while (m_at < m_source.size()) {
            const auto next = m_source.find_first_of("{$", m_at);
            if (next == std::string_view::npos) {
                break;
            }
            m_at = next;
            if (startsWith("{{")) {
                braces();
            } else if (startsWith("$${")) {
                text(m_textBegin, m_at);
                m_textBegin = m_at + 1;
                m_at += 3;
            } else if (startsWith(secretOpening)) {
                secret();
            } else {
                ++m_at;
            }
        }
        text(m_textBegin, m_source.size());
        stripWhiteSpace();
        return std::move(m_tokens);
    }

private:
    /// Where a text is found next: what was found counts until it is passed, so that looking ahead is linear.
    struct Finder
    {
        std::string_view sought;
        std::size_t from = 1;
        std::size_t found = 0;

        std::size_t next(std::string_view source, std::size_t begin)
        {
            if (begin < from || found < begin) {
                from = begin;
                found = source.find(sought, begin);
            }
            return found;
        }
    };

    struct Strip
    {
        std::size_t token; ///< the token after which, or before which, white space goes
        bool left;
    };

    bool startsWith(std::string_view what, std::size_t ahead = 0) const
    {
        return m_source.substr(std::min(m_at + ahead, m_source.size())).starts_with(what);
    }

    void text(std::size_t begin, std::size_t end)
    {
        if (begin < end) {
            m_tokens.push_back(
                {.kind = Token::Kind::Text, .begin = begin, .end = end, .innerBegin = begin, .innerEnd = end});
        }
    }

    // An odd number of backslashes: the last one makes the braces literal. An even number are JSON's own.
    void braces()
    {
        std::size_t backslashes = 0;
        while (backslashes < m_at - m_textBegin && m_source[m_at - backslashes - 1] == '\\') {
            ++backslashes;
        }
        if (backslashes % 2 == 1) {
            text(m_textBegin, m_at - 1);
            m_textBegin = m_at;
            m_at += 2;
            return;
        }
        text(m_textBegin, m_at);
        if (startsWith("{{!")) {
            comment();
        } else if (startsWith("{{{")) {
            raw();
        } else {
            expression();
        }
        m_textBegin = m_at;
    }

    void comment()
    {
        const auto begin = m_at;
        const bool isLong = startsWith("{{!--");
        const auto end = m_source.find(isLong ? "--" : "}}", m_at + (isLong ? 5 : 3));
        auto close = end;
        if (isLong) {
            while (close != std::string_view::npos && !m_source.substr(close + 2).starts_with("}}")
                   && !m_source.substr(close + 2).starts_with("~}}")) {
                close = m_source.find("--", close + 1);
            }
        }
        if (close == std::string_view::npos) {
            m_problems.error(begin,
                             isLong ? LexerText::tr("This comment is not closed by --}}.")
                                    : LexerText::tr("This comment is not closed by }}."));
            m_at = m_source.size();
            return;
        }
        const bool strips = isLong && m_source[close + 2] == '~';
        m_at = close + (isLong ? 4 : 2) + (strips ? 1 : 0);
        m_tokens.push_back(
            {.kind = Token::Kind::Comment, .begin = begin, .end = m_at, .innerBegin = begin, .innerEnd = begin});
        if (strips) {
            m_strips.push_back({.token = m_tokens.size(), .left = false});
        }
    }

    void raw()
    {
        const auto begin = m_at;
        m_problems.error(
            begin, LexerText::tr("{{{raw}}} is not needed: values are escaped for where they stand; write {{path}}."));
        const auto close = m_rawCloses.next(m_source, m_at);
        const auto line = m_lines.next(m_source, m_at);
        m_at = close == std::string_view::npos || line < close ? m_at + 3 : close + 3;
    }

    // The place of the closing braces; npos where the expression is not closed. Names in [brackets] and texts in quotes
    // may hold braces, a text no two that close.
    std::size_t closingOf(std::size_t from, std::size_t *openQuote)
    {
        for (auto at = from; at < m_source.size(); ++at) {
            const auto c = m_source[at];
            if ((c == '"' || c == '\'') && beginsText(m_source[at - 1])) {
                const auto end = endOfText(m_source, at);
                const auto close = m_closes.next(m_source, at);
                if (end == std::string_view::npos || close < end) {
                    const bool isLeftOpen = m_opens.next(m_source, at) < close; // these braces, not the text
                    *openQuote = isLeftOpen || close == std::string_view::npos ? std::string_view::npos : at;
                    return isLeftOpen ? std::string_view::npos : close;
                }
                at = end - 1;
                continue;
            }
            if (c == '}') {
                return m_source.substr(at).starts_with("}}") ? at : std::string_view::npos;
            }
            if (c == '{') {
                return std::string_view::npos;
            }
            if (c == '[') {
                const auto bracket = m_brackets.next(m_source, at);
                if (bracket == std::string_view::npos || m_lines.next(m_source, at) < bracket) {
                    return std::string_view::npos;
                }
                at = bracket;
            }
        }
        return std::string_view::npos;
    }

    void expression()
    {
        const auto begin = m_at;
        auto openQuote = std::string_view::npos;
        const auto close = closingOf(m_at + 2, &openQuote);
        if (openQuote != std::string_view::npos) {
            m_problems.error(openQuote,
                             LexerText::tr("This text in quotes is not closed before the braces are; %1 cannot stand "
                                           "in it.")
                                 .arg(u"}}"_s));
            m_at = close + 2;
            return;
        }
        if (close == std::string_view::npos) {
            m_problems.error(begin, LexerText::tr("This {{ is not closed by }}."));
            m_at += 2;
            return;
        }
        m_at = close + 2;
        Token token{
            .kind = Token::Kind::Expression, .begin = begin, .end = m_at, .innerBegin = begin + 2, .innerEnd = close};
        if (token.innerBegin < token.innerEnd && m_source[token.innerBegin] == '~') {
            ++token.innerBegin;
            m_strips.push_back({.token = m_tokens.size(), .left = true});
        }
        if (token.innerBegin < token.innerEnd && m_source[token.innerEnd - 1] == '~') {
            --token.innerEnd;
            m_strips.push_back({.token = m_tokens.size() + 1, .left = false});
        }
        trim(token);
        if (classify(token)) {
            trim(token);
            m_tokens.push_back(token);
        } else if (!m_strips.empty() && m_strips.back().token > m_tokens.size()) {
            m_strips.back().token = m_tokens.size();
        }
    }

    void trim(Token &token) const
    {
        while (token.innerBegin < token.innerEnd && isJsonSpace(m_source[token.innerBegin])) {
            ++token.innerBegin;
        }
        while (token.innerBegin < token.innerEnd && isJsonSpace(m_source[token.innerEnd - 1])) {
            --token.innerEnd;
        }
    }

    // Sets the kind by the sign after the braces; false for what is left out.
    bool classify(Token &token)
    {
        const auto inner = m_source.substr(token.innerBegin, token.innerEnd - token.innerBegin);
        if (inner.empty()) {
            m_problems.error(token.begin, LexerText::tr("These braces are empty: write a path, as in {{data.name}}."));
            return false;
        }
        switch (inner.front()) {
        case '!': // behind a ~
            token.kind = Token::Kind::Comment;
            token.innerEnd = token.innerBegin;
            return true;
        case '&':
            m_problems.error(token.begin,
                             LexerText::tr("{{&raw}} is not needed: values are escaped for where they stand; write "
                                           "{{path}}."));
            return false;
        case '>':
            m_problems.error(
                token.begin,
                LexerText::tr("Partials ({{> name}}) are not available: write their text in this template."));
            return false;
        case '*':
            m_problems.error(token.begin, LexerText::tr("Decorators ({{* name}}) are not available: leave it out."));
            return false;
        case '#':
            if (inner.size() > 1 && (inner[1] == '>' || inner[1] == '*')) {
                m_problems.error(token.begin,
                                 inner[1] == '>'
                                     ? LexerText::tr("Partial blocks ({{#> name}}) are not available: write "
                                                     "their text in this template.")
                                     : LexerText::tr("Inline partials ({{#* inline}}) are not available: write "
                                                     "their text in this template."));
                return false;
            }
            token.kind = Token::Kind::Open;
            ++token.innerBegin;
            return true;
        case '/':
            token.kind = Token::Kind::Close;
            ++token.innerBegin;
            return true;
        case '^':
            token.kind = Token::Kind::Else;
            ++token.innerBegin;
            if (inner.size() > 1) {
                m_problems.error(
                    token.begin,
                    LexerText::tr("{{^name}} blocks are not available: write {{#unless name}}…{{/unless}}."));
                token.innerEnd = token.innerBegin;
            }
            return true;
        default:
            break;
        }
        if (inner == "else" || (inner.starts_with("else") && isJsonSpace(inner[4]))) {
            token.kind = Token::Kind::Else;
            token.innerBegin += 4;
        }
        return true;
    }

    void secret()
    {
        text(m_textBegin, m_at);
        const auto keyBegin = m_at + secretOpening.size();
        const auto close = m_source.find('}', keyBegin);
        const auto key = m_source.substr(keyBegin, close == std::string_view::npos ? close : close - keyBegin);
        if (close == std::string_view::npos || key.find('\n') != std::string_view::npos) {
            m_problems.error(m_at, LexerText::tr("The secret reference is not closed: write it as ${secret:KEY}."));
            m_at += secretOpening.size();
        } else if (!isSecretKey(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())))) {
            m_problems.error(m_at,
                             LexerText::tr("A secret's key is 1 to 128 of the characters A–Z, a–z, 0–9, '.', '_', "
                                           "'-' and '/': ${secret:KEY}."));
            m_at = close + 1;
        } else {
            m_tokens.push_back({.kind = Token::Kind::Secret,
                                .begin = m_at,
                                .end = close + 1,
                                .innerBegin = keyBegin,
                                .innerEnd = close});
            m_at = close + 1;
        }
        m_textBegin = m_at;
    }

    void stripWhiteSpace()
    {
        for (const auto &[index, left] : m_strips) {
            if (left) {
                for (auto i = index; i > 0 && m_tokens[i - 1].kind == Token::Kind::Text; --i) {
                    auto &token = m_tokens[i - 1];
                    while (token.end > token.begin && isJsonSpace(m_source[token.end - 1])) {
                        --token.end;
                    }
                    if (token.end > token.begin) {
                        break;
                    }
                }
                continue;
            }
            for (auto i = index; i < m_tokens.size() && m_tokens[i].kind == Token::Kind::Text; ++i) {
                auto &token = m_tokens[i];
                while (token.begin < token.end && isJsonSpace(m_source[token.begin])) {
                    ++token.begin;
                }
                if (token.begin < token.end) {
                    break;
                }
            }
        }
    }

    std::string_view m_source;
    TemplateProblems &m_problems;
    std::vector<Token> m_tokens;
    std::vector<Strip> m_strips;
    std::size_t m_at = 0;
    std::size_t m_textBegin = 0;
    Finder m_opens{.sought = "{{"};
    Finder m_closes{.sought = "}}"};
    Finder m_rawCloses{.sought = "}}}"};
    Finder m_brackets{.sought = "]"};
    Finder m_lines{.sought = "\n"};
};

} // namespace

std::vector<Token> tokensOf(std::string_view source, TemplateProblems &problems)
{
    return Lexer(source, problems).tokens();
}

} // namespace Tocsin
