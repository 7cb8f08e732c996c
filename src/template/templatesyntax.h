// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Tocsin {

/// One step of a path: a member's name, and the index it means where it is applied to an array.
struct PathSegment
{
    std::string name;
    std::optional<std::size_t> index;

    bool operator==(const PathSegment &) const = default;
};

/// A path as it is looked up: from the event (frame 0) or from the item of the n-th enclosing `#each` (frame n). `../`,
/// `@root` and the context of `#with` are resolved into it already.
struct TemplatePath
{
    enum class Variable { None, Index, Key, First, Last };

    std::size_t frame = 0;
    std::vector<PathSegment> segments;
    Variable variable = Variable::None; ///< of the `#each` at `frame`

    bool operator==(const TemplatePath &) const = default;
};

/// How many blocks may stand in one another; a chained `else if` counts.
inline constexpr std::size_t maximumBlockDepth = 64;

/// A node of a template's syntax tree: a slice of its text, a placeholder, a secret or a block.
struct TemplateNode
{
    enum class Kind { Text, Value, Secret, Condition, Each };

    Kind kind = Kind::Text;
    std::size_t begin = 0; ///< the slice of the source
    std::size_t end = 0;
    TemplatePath path; ///< Value, Condition, Each
    QString written; ///< the path as it is written, for messages
    std::string schemaPath; ///< the path from the event, as PayloadSchema knows it; empty where that is not known
    bool asJson = false; ///< Value: `{{json path}}`
    bool negated = false; ///< Condition: `#unless`
    bool usesPosition = false; ///< Each: a condition in its body asks for the position of its item
    std::string key; ///< Secret
    std::vector<TemplateNode> body;
    std::vector<TemplateNode> inverse;
};

using TemplateNodes = std::vector<TemplateNode>;

} // namespace Tocsin
