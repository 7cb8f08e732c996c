// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatescope.h"

#include "templatehelpers.h"
#include "templatelexer.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr std::string_view wordEnds = " \t\r\n{}()\"~";
constexpr auto nowhere = std::string_view::npos;

struct ScopeWord
{
    std::string_view text;
    std::size_t begin = 0;
};

/// Words and where they begin, the sign of a block being part of the first.
std::vector<ScopeWord> scopeWords(std::string_view source, std::size_t begin, std::size_t end)
{
    std::vector<ScopeWord> words;
    while (begin < end) {
        const auto from = std::min(source.find_first_not_of(wordEnds, begin), end);
        const auto to = std::min(source.find_first_of(wordEnds, from), end);
        if (from < to) {
            words.push_back({.text = source.substr(from, to - from), .begin = from});
        }
        begin = std::max(to, from + 1);
    }
    return words;
}

/// A block that is open: the words of its head, or of its last `{{else …}}`.
struct OpenBlock
{
    std::string name;
    std::vector<ScopeWord> head;
};

std::vector<OpenBlock> openBlocks(std::string_view source)
{
    TemplateProblems ignored({});
    std::vector<OpenBlock> open;
    for (const Token &token : tokensOf(source, ignored)) {
        if (token.kind == Token::Kind::Open) {
            auto head = scopeWords(source, token.innerBegin, token.innerEnd);
            open.push_back({.name = head.empty() ? std::string() : std::string(head.front().text), .head = head});
        } else if (token.kind == Token::Kind::Else && !open.empty()) {
            open.back().head = scopeWords(source, token.innerBegin, token.innerEnd);
        } else if (token.kind == Token::Kind::Close && !open.empty()) {
            open.pop_back();
        }
    }
    return open;
}

/// The braces that are open at `cursor`, in its line.
std::size_t openingBefore(std::string_view source, std::size_t cursor)
{
    const auto newLine = cursor == 0 ? nowhere : source.rfind('\n', cursor - 1);
    const auto lineBegin = newLine == nowhere ? 0 : newLine + 1;
    const auto line = source.substr(lineBegin, cursor - lineBegin);
    const auto found = line.rfind("{{");
    if (found == nowhere || line.find("}}", found) != nowhere) {
        return nowhere;
    }
    auto opening = found;
    while (opening > 0 && line[opening - 1] == '{') {
        --opening;
    }
    std::size_t backslashes = 0;
    while (backslashes < opening && line[opening - backslashes - 1] == '\\') {
        ++backslashes;
    }
    return backslashes % 2 == 1 ? nowhere : lineBegin + opening;
}

} // namespace

TemplateScope scopeAt(std::string_view source, std::size_t offset)
{
    TemplateScope scope{.blocks = {}, .contexts = {{.path = {}, .schemaPath = QString()}}};
    TemplateProblems ignored({});
    std::size_t eachDepth = 0;
    for (const OpenBlock &block : openBlocks(source.substr(0, offset))) {
        scope.blocks.push_back(block.name);
        const bool isEach = !block.head.empty() && block.head.front().text == "each";
        const bool isWith = !block.head.empty() && block.head.front().text == "with";
        if (block.head.size() != 2 || !(isEach || isWith)) {
            continue;
        }
        const auto path = parsePath(block.head[1].text, 0, scope.contexts, ignored);
        scope.contexts.push_back(path ? contextInside(*path, isEach, eachDepth)
                                      : TemplateContext{.path = {}, .schemaPath = std::nullopt});
        eachDepth += isEach ? 1 : 0;
    }
    return scope;
}

std::optional<BracesText> bracesAround(std::string_view source, std::size_t cursor)
{
    const auto opening = openingBefore(source, cursor);
    if (opening == nowhere) {
        return std::nullopt;
    }
    const auto inner = std::min(source.find_first_not_of("{~", opening), cursor);
    if (cursor < opening + 2 || source.substr(inner).starts_with('!')) {
        return std::nullopt;
    }
    BracesText braces;
    braces.begin = opening;
    const auto before = source.substr(inner, cursor - inner).find_last_of(wordEnds);
    braces.wordBegin = before == nowhere ? inner : inner + before + 1;
    braces.wordEnd = std::min(source.find_first_of(wordEnds, cursor), source.size());
    const auto close = std::min(source.find_first_of("{}\n", braces.wordEnd), source.size());
    braces.isClosed = source.substr(close).starts_with("}}");
    braces.hasMoreWords = braces.isClosed && !scopeWords(source, braces.wordEnd, close).empty();
    auto words = scopeWords(source, inner, braces.wordBegin);
    if (!words.empty() && words.front().text == "else") {
        words.erase(words.begin()); // what follows is written as the head of a block is
    }
    braces.isFirstWord = words.empty();
    if (!words.empty()) {
        braces.firstWord = std::string(words.front().text);
        const auto name = words.front().text.substr(words.front().text.starts_with('#') ? 1 : 0);
        const bool takesPath =
            isHelper(TemplateHelper::Kind::Block, name) || isHelper(TemplateHelper::Kind::Value, name);
        braces.hasPath = !takesPath || words.size() > 1;
    }
    return braces;
}

std::optional<BracesText> bracesAtPlace(std::string_view source, std::size_t offset)
{
    if (offset >= source.size()) {
        return std::nullopt;
    }
    // On the braces themselves the cursor would stand before or behind them.
    auto cursor = offset + 1;
    while (cursor < source.size() && source[cursor - 1] == '{' && source[cursor] == '{') {
        ++cursor;
    }
    while (cursor > 1 && source[cursor - 1] == '}') {
        --cursor;
    }
    auto braces = bracesAround(source, cursor);
    if (!braces || !braces->isClosed) {
        return std::nullopt;
    }
    const auto close = source.find("}}", braces->wordBegin);
    const auto words = scopeWords(source, braces->begin, close);
    const bool isOnWord = std::any_of(words.begin(), words.end(), [offset](const ScopeWord &word) {
        return offset >= word.begin && offset < word.begin + word.text.size();
    });
    if (words.empty()) {
        return std::nullopt;
    }
    return isOnWord ? braces : bracesAround(source, words.back().begin + 1);
}

} // namespace Tocsin
