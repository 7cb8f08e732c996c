// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

namespace Tocsin {

/// Does what the statement says to a profile's database, as another program would; says why it could not, else nothing.
inline QString changeBeside(const QString &profile, const QString &statement)
{
    const auto name = QStringLiteral("beside");
    QString fault;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(profile + QStringLiteral("/tocsin.db"));
        if (!database.open()) {
            fault = database.lastError().text();
        } else if (QSqlQuery query(database); !query.exec(statement)) {
            fault = query.lastError().text();
        }
    }
    QSqlDatabase::removeDatabase(name);
    return fault;
}

} // namespace Tocsin
