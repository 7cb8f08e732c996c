// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "utf8.h"

#include <algorithm>

namespace Tocsin {

namespace {

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

} // namespace

CodePoint decodeUtf8(std::string_view text, std::size_t offset)
{
    if (offset >= text.size()) {
        return {};
    }
    const auto first = static_cast<unsigned char>(text[offset]);
    if (first < 0x80) {
        return {.value = first, .length = 1};
    }
    int length = 0;
    char32_t value = 0;
    char32_t smallest = 0;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        value = first & 0x1F;
        smallest = 0x80;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        value = first & 0x0F;
        smallest = 0x800;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        value = first & 0x07;
        smallest = 0x10000;
    } else {
        return {};
    }
    if (text.size() - offset < static_cast<std::size_t>(length)) {
        return {};
    }
    for (std::size_t i = 1; i < static_cast<std::size_t>(length); ++i) {
        if (!isContinuation(text[offset + i])) {
            return {};
        }
        value = (value << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3F);
    }
    if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return {};
    }
    return {.value = value, .length = length};
}

void appendUtf8(std::string &text, char32_t codePoint)
{
    const auto append = [&text](char32_t byte) {
        text += static_cast<char>(static_cast<unsigned char>(byte));
    };
    if (codePoint < 0x80) {
        append(codePoint);
    } else if (codePoint < 0x800) {
        append(0xC0 | (codePoint >> 6));
        append(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        append(0xE0 | (codePoint >> 12));
        append(0x80 | ((codePoint >> 6) & 0x3F));
        append(0x80 | (codePoint & 0x3F));
    } else {
        append(0xF0 | (codePoint >> 18));
        append(0x80 | ((codePoint >> 12) & 0x3F));
        append(0x80 | ((codePoint >> 6) & 0x3F));
        append(0x80 | (codePoint & 0x3F));
    }
}

std::size_t firstInvalidUtf8(std::string_view text)
{
    std::size_t offset = 0;
    while (offset < text.size()) {
        const CodePoint codePoint = decodeUtf8(text, offset);
        if (codePoint.length == 0) {
            return offset;
        }
        offset += static_cast<std::size_t>(codePoint.length);
    }
    return std::string_view::npos;
}

std::size_t countCodePoints(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char byte) { return !isContinuation(byte); }));
}

TextPosition textPosition(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t lineBreak = before.rfind('\n');
    const std::string_view line = lineBreak == std::string_view::npos ? before : before.substr(lineBreak + 1);
    return {.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
            .column = 1 + static_cast<int>(countCodePoints(line)),
            .offset = static_cast<qsizetype>(before.size())};
}

} // namespace Tocsin
