// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <string>
#include <string_view>

namespace Tocsin {

/// One Unicode scalar value and how many bytes it took (0 where the bytes are not UTF-8, or at the end).
struct CodePoint
{
    char32_t value = 0;
    int length = 0;
};

/// Decodes the code point at byte `offset`. Overlong forms, surrogates and values above U+10FFFF are not UTF-8.
CodePoint decodeUtf8(std::string_view text, std::size_t offset);

/// Appends a Unicode scalar value (neither a surrogate nor above U+10FFFF).
void appendUtf8(std::string &text, char32_t codePoint);

/// The byte offset of the first byte that is not UTF-8, npos where all is well.
std::size_t firstInvalidUtf8(std::string_view text);

/// How many code points a UTF-8 text has.
std::size_t countCodePoints(std::string_view utf8);

/// The line (ended by LF) and column (in code points) of byte `offset`, which may be the text's end.
TextPosition textPosition(std::string_view text, std::size_t offset);

} // namespace Tocsin
