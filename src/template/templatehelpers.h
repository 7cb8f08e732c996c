// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <string_view>
#include <vector>

namespace Tocsin {

/// A word of the template language that stands before a path.
struct TemplateHelper
{
    enum class Kind {
        Block, ///< `{{#each path}}…{{/each}}`
        Value ///< `{{json path}}`
    };
    Kind kind = Kind::Value;
    std::string_view name;
    const char *description; ///< of the context `Tocsin::BodyTemplate`, to be translated

    QString translatedDescription() const;
};

/// Every helper there is: what the parser takes, and what completions and hints tell.
const std::vector<TemplateHelper> &templateHelpers();
bool isHelper(TemplateHelper::Kind kind, std::string_view name);
QStringList helperNames(TemplateHelper::Kind kind);

} // namespace Tocsin
