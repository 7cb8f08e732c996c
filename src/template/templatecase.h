// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonreading.h"
#include "templatesyntax.h"

#include <compare>
#include <cstdint>
#include <tuple>
#include <vector>

namespace Tocsin {

/// What is taken for granted about the value of one expression, or about whether it equals a literal, as sets of
/// possibilities.
struct TemplateFact
{
    static constexpr std::uint8_t falsy = 1;
    static constexpr std::uint8_t truthy = 2;
    static constexpr std::uint8_t anyTruth = falsy | truthy;
    static constexpr std::uint8_t noItems = 1;
    static constexpr std::uint8_t oneItem = 2;
    static constexpr std::uint8_t manyItems = 4;
    static constexpr std::uint8_t anyCount = noItems | oneItem | manyItems;

    std::uint32_t asked = 0; ///< TemplateExpression::id
    std::uint32_t equal = 0; ///< of the literal that it may equal; 0: its own truth counts
    std::uint32_t frame = 0; ///< the innermost that it depends on
    std::size_t scope = 0; ///< of what an array literal may be repeated for: behind its bracket; else 0
    std::uint8_t truth = anyTruth;
    std::uint8_t count = anyCount;
    const TemplateExpression *expression = nullptr;
    const Json *literal = nullptr; ///< of `equal`

    bool isOpen() const { return truth == anyTruth && count == anyCount; }
    bool isAbout(const TemplateFact &other) const
    {
        return asked == other.asked && equal == other.equal && scope == other.scope;
    }
    bool operator==(const TemplateFact &other) const
    {
        return isAbout(other) && truth == other.truth && count == other.count;
    }
    std::strong_ordering operator<=>(const TemplateFact &other) const
    {
        return std::tie(asked, equal, scope, truth, count)
            <=> std::tie(other.asked, other.equal, other.scope, other.truth, other.count);
    }
};

using TemplateFacts = std::vector<TemplateFact>; // in order

/// One way in which the values may fall, and how far the JSON text is read then.
struct TemplateCase
{
    JsonReading reading;
    TemplateFacts facts;
    bool isVague = false; ///< more was known once: the values may never fall so

    auto operator<=>(const TemplateCase &) const = default;
};

using TemplateCases = std::vector<TemplateCase>;

/// The case with more known about a value; false where that contradicts what is known.
bool assume(TemplateCase &which, const TemplateExpression &asked, std::uint8_t truth, std::uint8_t count);
/// The same about whether it equals a literal.
bool assumeEqual(TemplateCase &which, const TemplateExpression &asked, const TemplateExpression &literal, bool isEqual);
/// Without what is known about items of the `#each` at `frame` and further in.
void forgetFrame(TemplateCase &which, std::size_t frame);

/// Without what is known within array literals that have been closed.
void forgetClosed(TemplateCase &which);
/// Without what is known beside `kept`.
void forgetOthers(TemplateCase &which, const TemplateFacts &kept);

/// Fewer cases that mean the same: what differs in one thing only, and covers all of it, becomes one.
void simplify(TemplateCases &cases);

} // namespace Tocsin
