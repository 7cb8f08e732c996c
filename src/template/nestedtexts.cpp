// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nestedtexts.h"

#include "hexdigits.h"
#include "json.h"
#include "jsonreading.h"

#include <optional>

namespace Tocsin {

namespace {

// Undoes one level of a JSON string's escapes. Characters beyond ASCII do not matter here and pass as they are.
class Unescaper
{
public:
    enum class Outcome { Nothing, Character, End };

    Outcome feed(std::uint32_t c, std::uint32_t &character)
    {
        if (m_hexDigits > 0) {
            m_unicode = m_unicode << 4U | (static_cast<std::uint32_t>(hexDigit(c)) & 0xFU);
            character = m_unicode;
            return --m_hexDigits == 0 ? Outcome::Character : Outcome::Nothing;
        }
        if (m_afterBackslash) {
            m_afterBackslash = false;
            if (c == 'u') {
                m_hexDigits = 4;
                m_unicode = 0;
                return Outcome::Nothing;
            }
            constexpr std::string_view letters = "bfnrt";
            constexpr std::string_view meanings = "\b\f\n\r\t";
            const auto letter = c < 0x80 ? letters.find(static_cast<char>(c)) : std::string_view::npos;
            character = letter == std::string_view::npos ? c : static_cast<unsigned char>(meanings[letter]);
            return Outcome::Character;
        }
        if (c == '\\') {
            m_afterBackslash = true;
            return Outcome::Nothing;
        }
        character = c;
        return c == '"' ? Outcome::End : Outcome::Character;
    }

private:
    bool m_afterBackslash = false;
    int m_hexDigits = 0;
    std::uint32_t m_unicode = 0;
};

struct Symbol
{
    enum class Kind : std::uint8_t { Character, Placeholder, Block };
    Kind kind = Kind::Character;
    char character = 0;
    std::size_t offset = 0;

    bool is(char c) const { return kind == Kind::Character && character == c; }
};

class Collector
{
public:
    Collector(std::string_view source, std::size_t level)
        : m_source(source)
        , m_unescapers(level + 1)
    {
    }

    // False when the string has ended.
    bool collect(const TemplateNodes &nodes, std::size_t from, std::size_t offset)
    {
        for (auto i = from; i < nodes.size(); ++i) {
            const auto &node = nodes[i];
            switch (node.kind) {
            case TemplateNode::Kind::Text:
                if (!text(i == from ? offset : node.begin, node.end)) {
                    return false;
                }
                break;
            case TemplateNode::Kind::Value:
            case TemplateNode::Kind::Secret:
                m_symbols.push_back({.kind = Symbol::Kind::Placeholder, .offset = node.begin});
                break;
            case TemplateNode::Kind::Condition:
            case TemplateNode::Kind::Each: {
                m_symbols.push_back({.kind = Symbol::Kind::Block, .offset = node.begin});
                const auto &body = node.body;
                if (!body.empty() && !collect(body, 0, body.front().begin)) {
                    return false;
                }
                break;
            }
            }
        }
        return true;
    }

    const std::vector<Symbol> &symbols() const { return m_symbols; }

private:
    bool text(std::size_t begin, std::size_t end)
    {
        for (auto at = begin; at < end; ++at) {
            std::uint32_t character = static_cast<unsigned char>(m_source[at]);
            auto outcome = Unescaper::Outcome::Character;
            for (auto &unescaper : m_unescapers) {
                outcome = unescaper.feed(character, character);
                if (outcome != Unescaper::Outcome::Character) {
                    break;
                }
            }
            if (outcome == Unescaper::Outcome::End) {
                return false;
            }
            if (outcome == Unescaper::Outcome::Character) {
                m_symbols.push_back(
                    {.character = character > 0 && character < 0x80 ? static_cast<char>(character) : '?',
                     .offset = at});
            }
        }
        return true;
    }

    std::string_view m_source;
    std::vector<Unescaper> m_unescapers;
    std::vector<Symbol> m_symbols;
};

struct Span
{
    std::size_t end = 0; ///< the index after the closing bracket
    bool isWritten = false; ///< with quotes or colons
    bool holdsPlaceholder = false;
    bool holdsBlock = false;
};

// From the bracket at `from` to the one that closes it; absent where the brackets do not fit.
std::optional<Span> spanFrom(const std::vector<Symbol> &symbols, std::size_t from)
{
    Span span;
    std::vector<char> open;
    bool inString = false;
    for (auto i = from; i < symbols.size(); ++i) {
        const auto &symbol = symbols[i];
        const auto c = symbol.character;
        if (symbol.kind != Symbol::Kind::Character) {
            span.holdsPlaceholder = span.holdsPlaceholder || symbol.kind == Symbol::Kind::Placeholder;
            span.holdsBlock = span.holdsBlock || symbol.kind == Symbol::Kind::Block;
        } else if (inString) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
            span.isWritten = true;
        } else if (c == ':') {
            span.isWritten = true;
        } else if (c == '{' || c == '[') {
            open.push_back(c);
        } else if (c == '}' || c == ']') {
            if (open.back() != (c == '}' ? '{' : '[')) {
                return std::nullopt;
            }
            open.pop_back();
            if (open.empty()) {
                span.end = i + 1;
                return span;
            }
        }
    }
    return std::nullopt;
}

// Reads a text without regard to what its strings hold.
class PlainReader : public JsonReader
{
public:
    bool isJson(const std::vector<Symbol> &symbols, std::size_t from, std::size_t end)
    {
        JsonReading reading;
        for (auto i = from; i < end; ++i) {
            const auto &symbol = symbols[i];
            if (symbol.kind == Symbol::Kind::Placeholder
                    ? place(reading).has_value()
                    : feed(reading, static_cast<unsigned char>(symbol.character), 0).has_value()) {
                return false;
            }
        }
        return !finish(reading);
    }

protected:
    void stringOpened(std::size_t, std::size_t) override { }
    bool beginsText(std::size_t, std::size_t) override { return false; }
    void arrayClosed(std::size_t, std::size_t, bool) override { }
    void arrayHasComma(std::size_t) override { }
};

bool beginsLikeAnObject(const std::vector<Symbol> &symbols)
{
    std::size_t at = 0;
    const auto skipSpace = [&symbols, &at] {
        while (at < symbols.size() && symbols[at].kind == Symbol::Kind::Character
               && isJsonSpace(symbols[at].character)) {
            ++at;
        }
    };
    skipSpace();
    if (at == symbols.size() || !symbols[at].is('{')) {
        return false;
    }
    ++at;
    skipSpace();
    if (at == symbols.size() || !symbols[at].is('"')) {
        return false;
    }
    for (; at < symbols.size(); ++at) {
        if (symbols[at].kind == Symbol::Kind::Placeholder) {
            return true;
        }
    }
    return false;
}

} // namespace

NestedTexts findNestedTexts(const TemplateNodes &nodes, std::size_t index, std::string_view source, std::size_t level,
                            std::size_t quote)
{
    constexpr int mostAttempts = 64; // each may run to the string's end
    Collector collector(source, level);
    NestedTexts found;
    if (collector.collect(nodes, index, quote + 1)) {
        return found;
    }
    const auto &symbols = collector.symbols();
    found.looksLikeObject = beginsLikeAnObject(symbols);
    int attempts = 0;
    for (std::size_t at = 0; at < symbols.size() && attempts < mostAttempts;) {
        if (!symbols[at].is('{') && !symbols[at].is('[')) {
            ++at;
            continue;
        }
        const auto span = spanFrom(symbols, at);
        if (!span) {
            ++attempts;
            ++at;
            continue;
        }
        // Blocks may leave out what makes it JSON; then only the reading of the whole template can tell.
        if (span->isWritten && span->holdsPlaceholder
            && (span->holdsBlock || PlainReader().isJson(symbols, at, span->end))) {
            found.openings.push_back(symbols[at].offset);
        }
        at = span->end;
    }
    return found;
}

} // namespace Tocsin
