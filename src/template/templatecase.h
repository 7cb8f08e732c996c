// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonreading.h"
#include "templatesyntax.h"

#include <compare>
#include <cstdint>
#include <string>
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

    std::string key; ///< identifies what is asked
    std::size_t frame = 0; ///< the innermost that it depends on
    std::uint8_t truth = anyTruth;
    std::uint8_t count = anyCount;
    const TemplateExpression *asked = nullptr;
    const Json *literal = nullptr; ///< what it may equal; else its own truth counts

    bool isOpen() const { return truth == anyTruth && count == anyCount; }
    bool operator==(const TemplateFact &other) const
    {
        return key == other.key && truth == other.truth && count == other.count;
    }
    std::strong_ordering operator<=>(const TemplateFact &other) const
    {
        if (const auto order = key <=> other.key; order != 0) {
            return order;
        }
        if (const auto order = truth <=> other.truth; order != 0) {
            return order;
        }
        return count <=> other.count;
    }
};

using TemplateFacts = std::vector<TemplateFact>; // by key

/// One way in which the values may fall, and how far the JSON text is read then.
struct TemplateCase
{
    JsonReading reading;
    TemplateFacts facts;

    auto operator<=>(const TemplateCase &) const = default;
};

using TemplateCases = std::vector<TemplateCase>;

/// The key under which facts about an expression are kept.
std::string factKey(const TemplateExpression &expression);

/// The case with more known about a value; false where that contradicts what is known.
bool assume(TemplateCase &which, const TemplateExpression &asked, std::uint8_t truth, std::uint8_t count);
/// The same about whether it equals a literal, which has to live as long.
bool assumeEqual(TemplateCase &which, const TemplateExpression &asked, const Json &literal, bool isEqual);
/// Without what is known about items of the `#each` at `frame` and further in.
void forgetFrame(TemplateCase &which, std::size_t frame);

/// Fewer cases that mean the same: what differs in one thing only, and covers all of it, becomes one.
void simplify(TemplateCases &cases);

} // namespace Tocsin
