// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatescope.h"

#include "templatehelpers.h"
#include "templatelexer.h"
#include "templatewords.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr std::string_view wordEnds = " \t\r\n{}()=\"~";
constexpr auto nowhere = std::string_view::npos;

/// A block that is open: the words of its head, or of its last `{{else …}}`.
struct OpenBlock
{
    std::string name;
    std::vector<BracesWord> head;
};

std::vector<OpenBlock> openBlocks(std::string_view source)
{
    TemplateProblems ignored({});
    std::vector<OpenBlock> open;
    for (const Token &token : tokensOf(source, ignored)) {
        if (token.kind == Token::Kind::Open) {
            auto head =
                bracesWords(source.substr(token.innerBegin, token.innerEnd - token.innerBegin), token.innerBegin);
            open.push_back({.name = head.empty() ? std::string() : std::string(head.front().text), .head = head});
        } else if (token.kind == Token::Kind::Else && !open.empty()) {
            open.back().head =
                bracesWords(source.substr(token.innerBegin, token.innerEnd - token.innerBegin), token.innerBegin);
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

/// Where the braces close behind a place that is in no text, or what does not belong to them begins.
std::size_t closingBehind(std::string_view source, std::size_t at)
{
    while (at < source.size() && std::string_view("{}\n").find(source[at]) == nowhere) {
        const bool isText = (source[at] == '"' || source[at] == '\'') && at > 0 && beginsText(source[at - 1]);
        const auto end = isText ? endOfText(source, at) : nowhere;
        at = end == nowhere ? at + 1 : end;
    }
    return at;
}

/// The helper that a word behind braces or a parenthesis names, with its sign; null where it is none.
const TemplateHelper *helperOf(std::string_view word)
{
    if (word.starts_with('#')) {
        return findHelper(TemplateHelper::Kind::Block, word.substr(1));
    }
    const auto *value = findHelper(TemplateHelper::Kind::Value, word);
    return value ? value : findHelper(TemplateHelper::Kind::Block, word);
}

/// The call that a word behind these would belong to.
struct CallAtPlace
{
    std::string head; ///< empty: the word begins it
    std::size_t given = 0; ///< without those that have a name
    bool isInParentheses = false;
};

CallAtPlace callAt(const std::vector<BracesWord> &words)
{
    using Kind = BracesWord::Kind;
    std::vector<CallAtPlace> calls(1);
    bool isNamed = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto &word = words[i];
        const bool isName = i + 1 < words.size() && words[i + 1].kind == Kind::Equals;
        if (word.kind == Kind::Equals || isName) {
            isNamed = true;
            continue;
        }
        if (word.kind == Kind::Open) {
            calls.push_back({.head = {}, .given = 0, .isInParentheses = true});
        } else if (word.kind == Kind::Close && calls.size() > 1) {
            calls.pop_back();
            ++calls.back().given;
        } else if (word.kind == Kind::Word && calls.back().head.empty()) {
            // What follows `else` is written as the head of a block is.
            calls.back().head = i == 0 && word.text == "else" ? std::string() : std::string(word.text);
        } else if (!isNamed) {
            ++calls.back().given;
        }
        isNamed = false;
    }
    return calls.back();
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
    auto words = bracesWords(source.substr(inner, cursor - inner), inner);
    braces.isInText = !words.empty() && !words.back().isClosed;
    braces.wordBegin = cursor;
    if (!words.empty() && words.back().kind == BracesWord::Kind::Word && words.back().end() == cursor) {
        braces.wordBegin = words.back().begin;
        words.pop_back();
    }
    braces.wordEnd = std::min(source.find_first_of(wordEnds, cursor), source.size());
    const auto close = closingBehind(source, braces.wordEnd);
    braces.isClosed = source.substr(close).starts_with("}}");
    braces.hasMoreWords =
        braces.isClosed && source.substr(braces.wordEnd, close - braces.wordEnd).find_first_not_of(wordEnds) != nowhere;
    const bool isValue = !words.empty() && words.back().kind == BracesWord::Kind::Equals; // of a name
    const auto call = callAt(words);
    braces.isFirstWord = call.head.empty();
    braces.isInParentheses = call.isInParentheses;
    braces.firstWord = call.head;
    const auto *helper = helperOf(call.head);
    braces.isFull = !braces.isFirstWord && !isValue && call.given >= (helper ? helper->most : 0);
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
    const auto inner = std::min(source.find_first_not_of("{~", braces->begin), cursor);
    const auto close = closingBehind(source, braces->wordEnd);
    const auto words = bracesWords(source.substr(inner, close - std::min(inner, close)), inner);
    const bool isOnWord = std::any_of(words.begin(), words.end(), [offset](const BracesWord &word) {
        return offset >= word.begin && offset < word.end();
    });
    if (words.empty()) {
        return std::nullopt;
    }
    return isOnWord ? braces : bracesAround(source, words.back().begin + 1);
}

} // namespace Tocsin
