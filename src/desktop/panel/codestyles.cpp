// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codestyles.h"

#include "templatetokens.h"

#include <algorithm>
#include <cctype>

namespace Tocsin {

namespace {

using namespace std::string_view_literals;

CodeStyle styleOf(TemplateToken::Kind kind)
{
    switch (kind) {
    case TemplateToken::Kind::Key:
        return CodeStyle::Key;
    case TemplateToken::Kind::String:
        return CodeStyle::String;
    case TemplateToken::Kind::Number:
        return CodeStyle::Number;
    case TemplateToken::Kind::Keyword:
        return CodeStyle::Word;
    case TemplateToken::Kind::Placeholder:
        return CodeStyle::Placeholder;
    case TemplateToken::Kind::Block:
        return CodeStyle::Block;
    case TemplateToken::Kind::Comment:
        return CodeStyle::Comment;
    case TemplateToken::Kind::Secret:
        return CodeStyle::Secret;
    case TemplateToken::Kind::Error:
        return CodeStyle::Error;
    case TemplateToken::Kind::Punctuation:
        break;
    }
    return CodeStyle::Text;
}

void styleTemplate(std::string_view text, std::vector<CodeStyle> &styles)
{
    for (const TemplateToken &token : tokenize(text)) {
        std::fill_n(styles.begin() + long(token.offset), token.length, styleOf(token.kind));
    }
}

/// The end of the JSON string that starts at `at`: after its quote, or the end of its line.
std::size_t endOfString(std::string_view text, std::size_t at)
{
    auto end = at + 1;
    while (end < text.size() && text[end] != '\n') {
        if (text[end] == '"') {
            return end + 1;
        }
        const bool isEscape = text[end] == '\\' && end + 1 < text.size() && text[end + 1] != '\n';
        end += isEscape ? 2 : 1;
    }
    return end;
}

bool isWordByte(char byte)
{
    return std::isalnum(static_cast<unsigned char>(byte)) || byte == '_';
}

void styleJson(std::string_view text, std::vector<CodeStyle> &styles)
{
    for (std::size_t at = 0; at < text.size();) {
        const char byte = text[at];
        auto end = at + 1;
        CodeStyle style = CodeStyle::Text;
        if (byte == '"') {
            end = endOfString(text, at);
            const auto next = text.find_first_not_of(" \t"sv, end);
            style = next != std::string_view::npos && text[next] == ':' ? CodeStyle::Key : CodeStyle::String;
        } else if (byte == '-' || std::isdigit(static_cast<unsigned char>(byte))) {
            end = std::min(text.find_first_not_of("+-.0123456789eE"sv, at), text.size());
            style = CodeStyle::Number;
        } else if (isWordByte(byte)) {
            end = std::size_t(std::find_if_not(text.begin() + long(at), text.end(), isWordByte) - text.begin());
            const auto word = text.substr(at, end - at);
            style = word == "true"sv || word == "false"sv || word == "null"sv ? CodeStyle::Word : CodeStyle::Text;
        }
        std::fill(styles.begin() + long(at), styles.begin() + long(end), style);
        at = end;
    }
}

} // namespace

std::vector<CodeStyle> codeStyles(std::string_view text, CodeLanguage language)
{
    std::vector<CodeStyle> styles(text.size(), CodeStyle::Text);
    if (language == CodeLanguage::BodyTemplate) {
        styleTemplate(text, styles);
    } else if (language == CodeLanguage::JsonText) {
        styleJson(text, styles);
    }
    return styles;
}

} // namespace Tocsin
