// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace Tocsin {

/// A piece of a template's text, for colouring.
struct TemplateToken
{
    enum class Kind {
        Key, ///< a JSON string before a colon, with its quotes
        String, ///< with its quotes; ends where a placeholder stands in it and goes on behind
        Number,
        Keyword, ///< true, false, null
        Punctuation,
        Placeholder, ///< `{{path}}`
        Block, ///< `{{#each …}}`, `{{else}}`, `{{/each}}`
        Comment,
        Secret, ///< `${secret:KEY}`
        Error ///< what is no template language, not closed, or no JSON
    };
    Kind kind = Kind::Punctuation;
    std::size_t offset = 0; ///< in UTF-8 bytes
    std::size_t length = 0;

    bool operator==(const TemplateToken &) const = default;
};

/// The tokens of a template, in order; white space is left out. Works on any text, finished or not.
std::vector<TemplateToken> tokenize(std::string_view source);

} // namespace Tocsin
