// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatehelpers.h"

#include "json.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

QString TemplateHelper::translatedArguments() const
{
    return QCoreApplication::translate("Tocsin::BodyTemplate", arguments);
}

QString TemplateHelper::translatedDescription() const
{
    return QCoreApplication::translate("Tocsin::BodyTemplate", description);
}

const std::vector<TemplateHelper> &templateHelpers()
{
    using Kind = TemplateHelper::Kind;
    using Function = TemplateFunction;
    constexpr auto any = TemplateHelper::anyNumber;
    static const std::vector<TemplateHelper> helpers{
        {.kind = Kind::Value,
         .name = "eq",
         .function = Function::Equal,
         .fewest = 2,
         .most = 2,
         .example = "eq data.status \"Error\"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "two values"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                          "True where two values are the same; a text is never the same as a number.")},
        {.kind = Kind::Value,
         .name = "ne",
         .function = Function::NotEqual,
         .fewest = 2,
         .most = 2,
         .example = "ne data.status \"Active\"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "two values"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True where two values differ.")},
        {.kind = Kind::Value,
         .name = "and",
         .function = Function::And,
         .fewest = 2,
         .most = any,
         .example = "and data.issues (eq data.status \"Error\")",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "two values or more"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True where all of its values are neither empty nor missing.")},
        {.kind = Kind::Value,
         .name = "or",
         .function = Function::Or,
         .fewest = 2,
         .most = any,
         .example = "or data.name data.id",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "two values or more"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True where one of its values is neither empty nor missing.")},
        {.kind = Kind::Value,
         .name = "not",
         .function = Function::Not,
         .fewest = 1,
         .most = 1,
         .example = "not data.issues",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "True where a value is empty or missing.")},
        {.kind = Kind::Value,
         .name = "in",
         .function = Function::In,
         .fewest = 2,
         .most = any,
         .example = "in data.status \"Error\" \"Warning\"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "a value and those that it may be"),
         .description = QT_TRANSLATE_NOOP(
             "Tocsin::BodyTemplate", "True where a value is one of those that follow; of an array, one of its items.")},
        {.kind = Kind::Value,
         .name = "map",
         .function = Function::Map,
         .fewest = 1,
         .most = 1,
         .example = "map data.status Error=\"critical\" Warning=\"warning\" else=\"info\"",
         .arguments =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value, and what is written for each text that it may be"),
         .description = QT_TRANSLATE_NOOP(
             "Tocsin::BodyTemplate",
             "Writes another value for each text that a value may be; behind else= what stands for all others.")},
        {.kind = Kind::Value,
         .name = "default",
         .function = Function::Default,
         .fewest = 2,
         .most = 2,
         .example = "default data.name \"unknown\"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "a value and what stands in its place"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                               "Writes a value, or another one where it is missing, null, false or an empty text.")},
        {.kind = Kind::Value,
         .name = "join",
         .function = Function::Join,
         .fewest = 1,
         .most = 2,
         .example = "join data.issues.message \", \"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "a list and the text between its items"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                               "Writes the items of a list in a row; in the text between them \\n is a line break.")},
        {.kind = Kind::Value,
         .name = "count",
         .function = Function::Count,
         .fewest = 1,
         .most = 1,
         .example = "count data.issues",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes how many items an array has, or members an object.")},
        {.kind = Kind::Value,
         .name = "upper",
         .function = Function::Upper,
         .fewest = 1,
         .most = 1,
         .example = "upper data.status",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes a text in capital letters.")},
        {.kind = Kind::Value,
         .name = "lower",
         .function = Function::Lower,
         .fewest = 1,
         .most = 1,
         .example = "lower data.status",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes a text in small letters.")},
        {.kind = Kind::Value,
         .name = "truncate",
         .function = Function::Truncate,
         .fewest = 2,
         .most = 2,
         .example = "truncate data.name 100",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "a value and the number of characters"),
         .description = QT_TRANSLATE_NOOP(
             "Tocsin::BodyTemplate",
             "Writes no more than so many characters of a text, the … at its end included; an emoji counts as two or "
             "more, as in JavaScript and Java (UTF-16).")},
        {.kind = Kind::Value,
         .name = "replace",
         .function = Function::Replace,
         .fewest = 3,
         .most = any - 1,
         .example = "replace data.id \"/\" \":\"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                        "a value, and pairs of a text in quotes and what stands in its place"),
         .description = QT_TRANSLATE_NOOP(
             "Tocsin::BodyTemplate",
             "Writes a text with another text in the place of each that it names; \\n is a line break.")},
        {.kind = Kind::Value,
         .name = "date",
         .function = Function::Date,
         .fewest = 1,
         .most = 2,
         .example = "date event_time \"yyyy-MM-dd HH:mm\" tz=\"Europe/Berlin\"",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "a time and how it is written"),
         .description = QT_TRANSLATE_NOOP(
             "Tocsin::BodyTemplate",
             "Writes a time by the letters of its format, as “iso” or as “unix”; in UTC where no tz= is given.")},
        {.kind = Kind::Value,
         .name = "json",
         .function = Function::AsJson,
         .fewest = 1,
         .most = 1,
         .example = "json data.issues",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes a value as JSON, objects and arrays as a whole.")},
        {.kind = Kind::Block,
         .name = "each",
         .function = Function::None,
         .fewest = 1,
         .most = 1,
         .example = "#each data.issues",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one path"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes its body once for each item of an array.")},
        {.kind = Kind::Block,
         .name = "if",
         .function = Function::None,
         .fewest = 1,
         .most = 1,
         .example = "#if (eq data.status \"Error\")",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                          "Writes its body where the value is neither empty nor missing.")},
        {.kind = Kind::Block,
         .name = "unless",
         .function = Function::None,
         .fewest = 1,
         .most = 1,
         .example = "#unless data.issues",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one value"),
         .description =
             QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "Writes its body where the value is empty or missing.")},
        {.kind = Kind::Block,
         .name = "with",
         .function = Function::None,
         .fewest = 1,
         .most = 1,
         .example = "#with data",
         .arguments = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate", "one path"),
         .description = QT_TRANSLATE_NOOP("Tocsin::BodyTemplate",
                                          "Paths in its body begin at the value: {{name}} instead of {{data.name}}.")},
    };
    return helpers;
}

const TemplateHelper *findHelper(TemplateHelper::Kind kind, std::string_view name)
{
    const auto &all = templateHelpers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const TemplateHelper &helper) {
        return helper.kind == kind && helper.name == name;
    });
    return found == all.end() ? nullptr : &*found;
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
