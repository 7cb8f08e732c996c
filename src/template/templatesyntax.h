// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Tocsin {

struct TemplateHelper;

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
    enum class Variable { None, Index, Key, First, Last, WebhookName, DeliveryId, DeliveryAttempt, DeliveryTest };

    std::size_t frame = 0;
    std::vector<PathSegment> segments;
    Variable variable = Variable::None; ///< up to Last of the `#each` at `frame`

    /// Says where an item stands among the others.
    bool isPosition() const
    {
        return variable == Variable::Index || variable == Variable::First || variable == Variable::Last;
    }
    bool operator==(const TemplatePath &) const = default;
};

/// How many blocks may stand in one another; a chained `else if` counts.
inline constexpr std::size_t maximumBlockDepth = 64;
/// How many subexpressions may stand in one another.
inline constexpr std::size_t maximumCallDepth = 16;

/// What a placeholder, a block or a helper is given: a path, a literal, or what another helper makes.
struct TemplateExpression
{
    enum class Kind { Path, Literal, Call };

    Kind kind = Kind::Path;
    std::size_t begin = 0; ///< the slice of the source
    std::size_t end = 0;
    QString written; ///< as it is written, for messages
    std::uint32_t id = 0; ///< equal for those that always have the same value, see identifyExpressions()
    TemplatePath path; ///< Path
    bool mayRepeat = false; ///< a path in it comes from the event, and not only through objects of the schema
    std::uint32_t frame = 0; ///< the innermost that a path in it begins at
    std::string schemaPath; ///< Path: from the event, as PayloadSchema knows it; empty where that is not known
    Json literal; ///< Literal
    const TemplateHelper *helper = nullptr; ///< Call
    std::vector<TemplateExpression> arguments; ///< Call
    std::vector<TemplateExpression> named; ///< Call: `name=value`, in order, each name once
    std::string name; ///< of one of `named`

    bool isPath() const { return kind == Kind::Path; }
    /// Every path in it, its own included.
    void forEachPath(const std::function<void(const TemplateExpression &)> &visit) const;
};

/// A node of a template's syntax tree: a slice of its text, a placeholder, a secret or a block.
struct TemplateNode
{
    enum class Kind { Text, Value, Secret, Condition, Each };

    Kind kind = Kind::Text;
    std::size_t begin = 0; ///< the slice of the source
    std::size_t end = 0;
    TemplateExpression expression; ///< Value, Condition, Each; of Each always a path
    bool asJson = false; ///< Value: `{{json path}}`
    bool negated = false; ///< Condition: `#unless`
    bool usesPosition = false; ///< Each: a condition in its body asks for the position of its item
    std::string key; ///< Secret
    std::vector<TemplateNode> body;
    std::vector<TemplateNode> inverse;
};

using TemplateNodes = std::vector<TemplateNode>;

/// Gives each condition of a tree, and what it is made of, its id, from 1, and what is said of all paths in it.
void identifyExpressions(TemplateNodes &nodes);

} // namespace Tocsin
