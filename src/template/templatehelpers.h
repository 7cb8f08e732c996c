// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string_view>
#include <vector>

namespace Tocsin {

/// What a helper that makes a value does.
enum class TemplateFunction : std::uint8_t {
    None,
    Equal,
    NotEqual,
    And,
    Or,
    Not,
    In,
    Map,
    Default,
    Join,
    Count,
    Upper,
    Lower,
    Truncate,
    Replace,
    Date,
    AsJson
};

/// A word of the template language that stands before what it works on.
struct TemplateHelper
{
    enum class Kind {
        Block, ///< `{{#each path}}…{{/each}}`
        Value ///< `{{count path}}`, `(eq path "text")`
    };
    static constexpr std::size_t anyNumber = 64;

    Kind kind = Kind::Value;
    std::string_view name;
    TemplateFunction function = TemplateFunction::None; ///< Value
    std::size_t fewest = 1; ///< arguments without a name
    std::size_t most = 1;
    std::string_view example; ///< how it is written, in its braces or parentheses
    const char *arguments; ///< "one path", as in "takes one path"; translated as the description is
    const char *description; ///< of the context `Tocsin::BodyTemplate`, to be translated

    QString translatedArguments() const;
    QString translatedDescription() const;
    bool makesTruth() const { return function >= TemplateFunction::Equal && function <= TemplateFunction::In; }
    /// Whether it takes arguments with a name.
    bool takesNamed() const { return function == TemplateFunction::Map || function == TemplateFunction::Date; }
};

/// Every helper there is: what the parser takes, and what completions and hints tell.
const std::vector<TemplateHelper> &templateHelpers();
const TemplateHelper *findHelper(TemplateHelper::Kind kind, std::string_view name); ///< null where there is none
QStringList helperNames(TemplateHelper::Kind kind);

} // namespace Tocsin
