// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatehelpers.h"

#include "json.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

QString TemplateHelper::translatedDescription() const
{
    return QCoreApplication::translate("Tocsin::BodyTemplate", description);
}

const std::vector<TemplateHelper> &templateHelpers()
{
    using Kind = TemplateHelper::Kind;
    static const std::vector<TemplateHelper> helpers{
        {.kind = Kind::Value,
         .name = "json",
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes a value as JSON, objects and arrays as a whole.")},
        {.kind = Kind::Block,
         .name = "each",
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes its body once for each item of an array.")},
        {.kind = Kind::Block,
         .name = "if",
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                          "Writes its body where the value is neither empty nor missing.")},
        {.kind = Kind::Block,
         .name = "unless",
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes its body where the value is empty or missing.")},
        {.kind = Kind::Block,
         .name = "with",
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                          "Paths in its body begin at the value: {{name}} instead of {{data.name}}.")},
    };
    return helpers;
}

bool isHelper(TemplateHelper::Kind kind, std::string_view name)
{
    const auto &all = templateHelpers();
    return std::any_of(all.begin(), all.end(),
                       [&](const TemplateHelper &helper) { return helper.kind == kind && helper.name == name; });
}

QStringList helperNames(TemplateHelper::Kind kind)
{
    QStringList names;
    for (const auto &helper : templateHelpers()) {
        if (helper.kind == kind) {
            names.append(toQString(helper.name));
        }
    }
    return names;
}

} // namespace Tocsin
