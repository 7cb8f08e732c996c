// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatesyntax.h"

#include <string_view>
#include <vector>

namespace Tocsin {

/// What a look ahead into a string found.
struct NestedTexts
{
    /// Where an object or array begins that is written with quotes or colons, closes again in the string and holds a
    /// placeholder: the candidates for JSON in the string.
    std::vector<std::size_t> openings;
    /// The string begins like an object and holds a placeholder, whatever comes of it.
    bool looksLikeObject = false;
};

/// Looks through the string whose opening quote is at `quote`, in the node `index` of `nodes`: it stands in `level`
/// strings, each written with the escapes of the one around it. Of a block, what its body holds is looked at.
NestedTexts findNestedTexts(const TemplateNodes &nodes, std::size_t index, std::string_view source, std::size_t level,
                            std::size_t quote);

} // namespace Tocsin
