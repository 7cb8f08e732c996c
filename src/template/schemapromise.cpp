// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemapromise.h"

#include "json.h"
#include "payloadschema.h"

#include <QStringList>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

SchemaPromise schemaPromiseOf(const QString &path)
{
    const auto *schema = &PayloadSchema::instance().document();
    bool isRequired = true;
    for (const auto &name : path.split(u'.')) {
        if (schema->contains("items")) {
            schema = &(*schema)["items"];
            isRequired = false;
        }
        const auto key = name.toStdString();
        if (!schema->contains("properties") || !(*schema)["properties"].contains(key)) {
            return {};
        }
        const auto &required = schema->contains("required") ? (*schema)["required"] : Json();
        isRequired = isRequired && std::find(required.begin(), required.end(), key) != required.end();
        schema = &(*schema)["properties"][key];
    }
    const auto &type = (*schema)["type"];
    QStringList values;
    if (isRequired && schema->contains("enum")) {
        for (const auto &value : (*schema)["enum"]) {
            values.append(toQString(value.get_ref<const std::string &>()));
        }
    }
    return {.isTruthy = isRequired && (type == "object" || schema->contains("minLength") || schema->contains("enum")),
            .isArray = type == "array",
            .isObject = type == "object" && isRequired,
            .hasNoItems = type.is_array() || type == "string" || type == "number",
            .values = values};
}

} // namespace Tocsin
