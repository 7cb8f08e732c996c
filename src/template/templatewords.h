// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Tocsin {

/// What stands apart by itself inside braces.
struct BracesWord
{
    enum class Kind {
        Word, ///< a path, a number, the name of a helper
        Text, ///< in quotes
        Open, ///< `(`
        Close, ///< `)`
        Equals ///< `=`, behind a word
    };
    Kind kind = Kind::Word;
    std::string_view text; ///< all of it, of a text its quotes, too
    std::size_t begin = 0; ///< bytes of the source
    bool isClosed = true; ///< Text: by the quote that opened it

    std::size_t end() const { return begin + text.size(); }
    bool isWord(std::string_view word) const { return kind == Kind::Word && text == word; }
    /// Text: what it means; a backslash before the quote is none of it.
    std::string content() const;
};

/// The words of what stands inside braces, which begins at `offset` of the source. Names in [brackets] may hold white
/// space.
std::vector<BracesWord> bracesWords(std::string_view text, std::size_t offset);

/// Whether a text in quotes begins at a quote that follows on `before`.
bool beginsText(char before);
/// The place behind the quote that closes what the one at `quote` opens; npos where there is none.
std::size_t endOfText(std::string_view source, std::size_t quote);

} // namespace Tocsin
