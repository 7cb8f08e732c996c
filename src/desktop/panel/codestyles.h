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

/// One style for each byte of `text` (UTF-8). A string ends with its line at the latest, so that Text and JsonText may
/// be given line by line; a BodyTemplate is given whole, since its comments and placeholders may span lines.
std::vector<CodeStyle> codeStyles(std::string_view text, CodeLanguage language);

} // namespace Tocsin
