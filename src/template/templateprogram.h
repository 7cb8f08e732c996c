// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dateformat.h"
#include "jsonescape.h"
#include "templateanalysis.h"
#include "templatehelpers.h"
#include "templatesyntax.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace Tocsin {

/// A path made ready for looking up.
struct ProgramPath
{
    struct Segment
    {
        static constexpr std::size_t noIndex = std::numeric_limits<std::size_t>::max();
        std::string name;
        std::size_t index = noIndex;
        std::uint32_t id = 0; ///< equal for equal names
    };

    std::size_t frame = 0;
    std::vector<Segment> segments;
    TemplatePath::Variable variable = TemplatePath::Variable::None;
    std::size_t schemaArray = 0; ///< how many segments lead to the first array of the schema; 0: to none
    std::size_t objects = 0; ///< how many segments lead through objects of the schema alone
    bool isWhole = false; ///< means the list, also where an array literal is repeated for its items
};

/// A helper's call, or what it is given.
struct ProgramExpression
{
    using Kind = TemplateExpression::Kind;

    Kind kind = Kind::Path;
    TemplateFunction function = TemplateFunction::None; ///< Call
    ProgramPath path;
    Json literal;
    std::vector<ProgramExpression> arguments;
    std::vector<ProgramExpression> named; ///< map: without `else`
    std::string name; ///< of one of `named`
    std::vector<ProgramExpression> otherwise; ///< map: what stands behind `else=`; empty or one
    std::string separator; ///< join
    std::size_t length = 0; ///< truncate
    std::vector<std::pair<std::string, std::string>> replacements; ///< replace: what is sought, what stands instead
    std::optional<DateFormat> format; ///< date
};

/// One step of rendering.
struct ProgramStep
{
    enum class Kind : std::uint8_t {
        Literal, ///< appends `literal`
        Value, ///< appends the value at `path`
        Computed, ///< appends the value of `expression`
        Secret, ///< appends the secret `literal`
        Condition, ///< `body` or `inverse`, by the truth of the value at `path`
        Decision, ///< the same by the truth of `expression`
        Each, ///< `body` for each item of `path`, `inverse` where there is none
        Repeat ///< an array literal's one element: `body` for each item that a path of `candidates` goes through
    };

    Kind kind = Kind::Literal;
    bool isPlaced = true; ///< Value, Computed, Secret: false where no rendering reaches it, as far as is known
    bool inString = false; ///< Value, Computed, Secret: stands in a string
    bool asJson = false; ///< Value, Computed: as JSON text, in a string too
    bool negated = false; ///< Condition, Decision
    std::size_t offset = 0; ///< in the template
    std::size_t level = 0; ///< Value, Computed, Secret: strings around it
    std::string literal;
    ProgramPath path;
    std::shared_ptr<const ProgramExpression> expression;
    std::vector<ProgramPath> candidates;
    std::vector<ProgramStep> body;
    std::vector<ProgramStep> inverse;
};

/// A template ready to be rendered.
struct TemplateProgram
{
    std::vector<ProgramStep> steps;
    std::vector<JsonEscape> escapes; ///< by level
    std::vector<std::string> secretKeys; ///< in order, each once
    std::size_t literalSize = 0;
    bool isProven = true;
    bool isUrl = false; ///< what placeholders write is percent-encoded
};

TemplateProgram makeProgram(const TemplateNodes &nodes, const TemplateAnalysis &analysis, std::string_view source);

} // namespace Tocsin
