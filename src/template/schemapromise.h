// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Tocsin {

/// What the payload schema promises of the value at a path.
struct SchemaPromise
{
    bool isTruthy = false; ///< it is there, and neither empty nor null
    bool isArray = false;
    bool isObject = false;
    bool hasNoItems = false; ///< a string or a number
    QStringList values; ///< the texts of which it is always one; empty where it is not bound to any
};

/// Nothing is promised of a path that the schema does not know. Items of an array are reached through its name.
SchemaPromise schemaPromiseOf(const QString &path);

} // namespace Tocsin
