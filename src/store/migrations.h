// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace Tocsin {

/// One step of the schema, from the file sql/<version>-<subject>.sql.
struct Migration
{
    int version = 0; ///< the schema's version after it; from 1, without gaps
    QStringList statements;
};

/// All of them, oldest first.
QList<Migration> migrations();

/// The version that this program writes: the last migration's.
int newestSchemaVersion();

} // namespace Tocsin
