// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templateproblems.h"
#include "templatesyntax.h"

#include <optional>
#include <string_view>
#include <vector>

namespace Tocsin {

/// What `this` is at a place in the template: the event, an item of an `#each`, or what a `#with` names.
struct TemplateContext
{
    TemplatePath path;
    /// The same from the event, as PayloadSchema writes it; absent where the schema does not say what it is.
    std::optional<QString> schemaPath;
};

struct ParsedPath
{
    TemplatePath path;
    std::string schemaPath; ///< empty: not a path that the schema could know
};

/// Reads one path, seen from the innermost of `contexts`. What is not a path is reported, and so (as a warning) is a
/// path that the payload schema does not know; `mayBeText` where a text in quotes could stand as well.
std::optional<ParsedPath> parsePath(std::string_view text, std::size_t offset,
                                    const std::vector<TemplateContext> &contexts, TemplateProblems &problems,
                                    bool mayBeText = false);

/// How many of a path's segments lead from the event through objects of the schema alone.
std::size_t objectsOnTheWay(const TemplatePath &path);

/// What `this` is in the body of an `#each` (which is the `eachDepth`-th within another) or a `#with` over a path.
TemplateContext contextInside(const ParsedPath &path, bool isEach, std::size_t eachDepth);

/// The known path closest to one that the schema does not know (as PayloadSchema writes both), as it is written in the
/// context; empty if none is close.
QString nearestPath(const QString &schemaPath, const TemplateContext &context);

} // namespace Tocsin
