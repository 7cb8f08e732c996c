// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templateproblems.h"

#include <string_view>
#include <vector>

namespace Tocsin {

/// A piece of a template's text. Every token is a slice of the source, so a byte of it has its place there.
struct Token
{
    enum class Kind {
        Text, ///< written as it stands
        Comment, ///< `{{! … }}`: nothing, but white space beside it is not beside what stands behind it
        Expression, ///< `{{…}}`
        Open, ///< `{{#…}}`
        Close, ///< `{{/…}}`
        Else, ///< `{{else}}`, `{{else …}}`, `{{^}}`
        Secret ///< `${secret:KEY}`
    };
    Kind kind = Kind::Text;
    std::size_t begin = 0; ///< of the whole token
    std::size_t end = 0;
    std::size_t innerBegin = 0; ///< of what stands inside the braces, or of the key
    std::size_t innerEnd = 0;
};

/// Cuts a template into tokens. White space beside `~` is gone. What Handlebars knows and this template
/// does not (raw output, partials, decorators) is reported and left out.
std::vector<Token> tokensOf(std::string_view source, TemplateProblems &problems);

} // namespace Tocsin
