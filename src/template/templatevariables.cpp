// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatevariables.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

QString TemplateVariable::translatedDescription() const
{
    return QCoreApplication::translate("Tocsin::BodyTemplate", description);
}

const std::vector<TemplateVariable> &templateVariables()
{
    using Variable = TemplatePath::Variable;
    static const std::vector<TemplateVariable> variables{
        {.name = "@root",
         .variable = Variable::None,
         .needsEach = false,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "The event, whatever block is around.")},
        {.name = "@index",
         .variable = Variable::Index,
         .needsEach = true,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "The number of the item, counted from 0.")},
        {.name = "@first",
         .variable = Variable::First,
         .needsEach = true,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True for the first item.")},
        {.name = "@last",
         .variable = Variable::Last,
         .needsEach = true,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True for the last item.")},
        {.name = "@key",
         .variable = Variable::Key,
         .needsEach = true,
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "The member's name, where {{#each}} goes through an object.")},
        {.name = "@webhook.name",
         .variable = Variable::WebhookName,
         .needsEach = false,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "The name of this webhook.")},
        {.name = "@delivery.id",
         .variable = Variable::DeliveryId,
         .needsEach = false,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                          "The delivery's id, the same in every attempt: the value of webhook-id.")},
        {.name = "@delivery.attempt",
         .variable = Variable::DeliveryAttempt,
         .needsEach = false,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "The number of the attempt, counted from 1.")},
        {.name = "@delivery.test",
         .variable = Variable::DeliveryTest,
         .needsEach = false,
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True in a Test.")},
    };
    return variables;
}

const TemplateVariable *findVariable(std::string_view name)
{
    const auto &all = templateVariables();
    const auto found = std::find_if(all.begin(), all.end(), [name](const TemplateVariable &variable) {
        return variable.name == name && variable.variable != TemplatePath::Variable::None;
    });
    return found == all.end() ? nullptr : &*found;
}

QStringList variableNames()
{
    QStringList names;
    for (const auto &variable : templateVariables()) {
        names.append(QString::fromUtf8(variable.name.data(), static_cast<qsizetype>(variable.name.size())));
    }
    return names;
}

} // namespace Tocsin
