// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatewords.h"

namespace Tocsin {

namespace {

constexpr std::string_view betweenWords = " \t\r\n";

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

} // namespace

std::string BracesWord::content() const
{
    std::string content;
    const auto quote = text.front();
    const auto inner = text.substr(1, text.size() - (isClosed ? 2 : 1));
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] == '\\' && i + 1 < inner.size() && inner[i + 1] == quote) {
            ++i;
        }
        content += inner[i];
    }
    return content;
}

bool beginsText(char before)
{
    return betweenWords.find(before) != std::string_view::npos || before == '(' || before == '=' || before == '{'
        || before == '~' || before == ')';
}

std::size_t endOfText(std::string_view source, std::size_t quote)
{
    for (auto at = quote + 1; at < source.size(); ++at) {
        if (source[at] == '\\' && at + 1 < source.size() && source[at + 1] == source[quote]) {
            ++at;
        } else if (source[at] == source[quote]) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

std::vector<BracesWord> bracesWords(std::string_view text, std::size_t offset)
{
    using Kind = BracesWord::Kind;
    std::vector<BracesWord> words;
    std::size_t at = 0;
    const auto add = [&](Kind kind, std::size_t end, bool isClosed = true) {
        words.push_back({.kind = kind, .text = text.substr(at, end - at), .begin = offset + at, .isClosed = isClosed});
        at = end;
    };
    while (at < text.size()) {
        const auto c = text[at];
        if (betweenWords.find(c) != std::string_view::npos) {
            ++at;
        } else if (c == '(') {
            add(Kind::Open, at + 1);
        } else if (c == ')') {
            add(Kind::Close, at + 1);
        } else if (c == '=' && !words.empty() && words.back().kind == Kind::Word) {
            add(Kind::Equals, at + 1);
        } else if (isQuote(c) && (at == 0 || beginsText(text[at - 1]))) {
            const auto end = endOfText(text, at);
            add(Kind::Text, end == std::string_view::npos ? text.size() : end, end != std::string_view::npos);
        } else {
            auto end = at;
            bool inBrackets = false;
            while (end < text.size()
                   && (inBrackets || std::string_view(" \t\r\n()=").find(text[end]) == std::string_view::npos
                       || (end == at && text[end] == '='))) {
                inBrackets = text[end] == '[' || (inBrackets && text[end] != ']');
                ++end;
            }
            add(Kind::Word, end);
        }
    }
    return words;
}

} // namespace Tocsin
