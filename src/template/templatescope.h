// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatepathparser.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Tocsin {

/// The blocks that are open at a place of a template, finished or not, and what paths begin at there.
struct TemplateScope
{
    std::vector<std::string> blocks; ///< their names, the innermost last
    std::vector<TemplateContext> contexts; ///< as the parser has them; the event first
};
TemplateScope scopeAt(std::string_view source, std::size_t offset);

/// What stands in the braces around a place, within its line. Offsets are bytes.
struct BracesText
{
    std::size_t begin = 0; ///< of the braces
    std::size_t wordBegin = 0; ///< the word at the place, its sign (`#`, `/`) included
    std::size_t wordEnd = 0;
    bool isFirstWord = true; ///< of the braces, or of the parentheses around
    bool isInParentheses = false;
    std::string firstWord; ///< where the word is a later one
    bool isFull = false; ///< before the word stands all that the helper takes
    bool isInText = false; ///< the place is within quotes
    bool hasMoreWords = false; ///< behind it
    bool isClosed = false;
};

/// Where a cursor stands behind open braces.
std::optional<BracesText> bracesAround(std::string_view source, std::size_t cursor);
/// The same of a byte of a closed placeholder, its braces included; a byte that is of no word counts as of the path.
std::optional<BracesText> bracesAtPlace(std::string_view source, std::size_t offset);

} // namespace Tocsin
