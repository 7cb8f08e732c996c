// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatesyntax.h"

#include <QString>
#include <QStringList>

#include <string_view>
#include <vector>

namespace Tocsin {

/// A word that begins with @, and what it stands for.
struct TemplateVariable
{
    std::string_view name;
    TemplatePath::Variable variable = TemplatePath::Variable::None; ///< None: `@root`, where a path begins
    bool needsEach = false;
    const char *description; ///< of the context `Tocsin::BodyTemplate`, to be translated

    QString translatedDescription() const;
};

const std::vector<TemplateVariable> &templateVariables();
const TemplateVariable *findVariable(std::string_view name); ///< null where there is none
QStringList variableNames();

} // namespace Tocsin
