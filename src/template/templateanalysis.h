// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templateproblems.h"
#include "templatesyntax.h"

#include <optional>
#include <string_view>
#include <unordered_map>

namespace Tocsin {

/// Where a placeholder stands in the JSON text.
struct ValuePlace
{
    bool inString = false; ///< else it is a value of its own
    std::size_t level = 0; ///< how many strings are around it
    std::optional<std::size_t> array; ///< the innermost array literal, by the place of its bracket

    bool operator==(const ValuePlace &) const = default;
};

/// An array literal with one element, whose brackets stand in the same block.
struct SingleElementArray
{
    std::size_t opening = 0;
    std::size_t closing = 0;
};

/// What is known of a template whose every rendering is JSON, as far as that can be told without the values.
struct TemplateAnalysis
{
    std::unordered_map<const TemplateNode *, ValuePlace> places;
    std::unordered_map<std::size_t, SingleElementArray> arrays; ///< by opening
    bool isProven = true; ///< else what is rendered has to be read again
};

/// Reads the JSON text around the placeholders, in every way the blocks may go; reports where it cannot be JSON.
TemplateAnalysis analyse(const TemplateNodes &nodes, std::string_view source, TemplateProblems &problems);

} // namespace Tocsin
