// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace Tocsin {

enum class CodeLanguage { Text, JsonText, BodyTemplate };

/// What a byte of code is, as far as its look is concerned.
enum class CodeStyle : unsigned char {
    Text,
    Key, ///< a member's name, quotes included
    String,
    Number,
    Word, ///< true, false, null
    Placeholder, ///< `{{path}}`
    Block, ///< `{{#each …}}`, `{{else}}`, `{{/each}}`
    Comment, ///< `{{! … }}`
    Secret, ///< `${secret:KEY}`
};
inline constexpr int codeStyleCount = 9;

/// One style for each byte of `text` (UTF-8), at least for the first `enough`. Nothing but a BodyTemplate's comments
/// and placeholders spans lines: any text may be given from the beginning of a line on that is not in one of these.
std::vector<CodeStyle> codeStyles(std::string_view text, CodeLanguage language,
                                  std::size_t enough = std::string_view::npos);

} // namespace Tocsin
