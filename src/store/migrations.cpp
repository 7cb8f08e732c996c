// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrations.h"

#include <QDir>
#include <QFile>

void initialiseStoreResources()
{
    Q_INIT_RESOURCE(store_sql); // a static library's resources are not registered by themselves everywhere
}

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList statementsOf(const QString &text)
{
    QStringList statements;
    QString statement;
    for (const auto &line : text.split(u'\n')) {
        if (line.startsWith(u"--"_s)) {
            continue;
        }
        statement += line % u'\n';
        if (line.endsWith(u';')) {
            statements.append(statement.trimmed());
            statement.clear();
        }
    }
    return statements;
}

} // namespace

QList<Migration> migrations()
{
    initialiseStoreResources();
    constexpr int versionDigits = 4;
    QList<Migration> result;
    const QDir folder(u":/tocsin/store/sql"_s);
    for (const auto &name : folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            result.append({name.first(versionDigits).toInt(), statementsOf(QString::fromUtf8(file.readAll()))});
            Q_ASSERT(result.last().version == result.size());
        }
    }
    return result;
}

int newestSchemaVersion()
{
    static const int version = static_cast<int>(migrations().size());
    return version;
}

} // namespace Tocsin
