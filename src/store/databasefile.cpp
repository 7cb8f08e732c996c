// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databasefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

namespace Tocsin {

namespace {

struct DatabaseFileText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DatabaseFile)
};

constexpr QFile::Permissions ownerFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions ownerFolder = ownerFile | QFile::ExeOwner;

Error fault(const QString &message, const QString &where)
{
    return {.message = message, .where = where, .position = {}};
}

Result<void> prepareFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.exists() && !info.isDir()) {
        return fault(DatabaseFileText::tr("The profile %1 is a file: a profile is a folder.").arg(folder), folder);
    }
    if (!info.exists()) {
        errno = 0;
        const QDir parent(info.absolutePath());
        if ((!parent.exists() && !QDir().mkpath(parent.path()))
            || (!parent.mkdir(info.fileName(), ownerFolder) && !QFileInfo(folder).isDir())) {
            return fault(DatabaseFileText::tr("The profile folder %1 cannot be made: %2.")
                             .arg(folder, withoutStop(qt_error_string(errno))),
                         folder);
        }
    } else if (!info.isWritable() || !info.isExecutable()) {
        return fault(DatabaseFileText::tr("The profile folder %1 is read-only: a profile needs a folder that "
                                          "may be written to.")
                         .arg(folder),
                     folder);
    }
    return {};
}

} // namespace

Result<DatabaseFile> prepareDatabaseFile(const QString &folder, const QString &path)
{
    if (auto made = prepareFolder(folder); !made) {
        return made.error();
    }
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerFile)) {
        return DatabaseFile::Empty;
    }
    const QFileInfo info(path); // made by another process meanwhile, perhaps
    if (!info.exists()) {
        return fault(
            DatabaseFileText::tr("The database %1 cannot be made: %2.").arg(path, withoutStop(file.errorString())),
            path);
    }
    if (!info.isFile()) {
        return fault(DatabaseFileText::tr("The database %1 is not a file: move away what stands there.").arg(path),
                     path);
    }
    if (!info.isReadable() || !info.isWritable()) {
        return fault(DatabaseFileText::tr("The database %1 is read-only: it needs to be read and written by the "
                                          "user Tocsin runs as.")
                         .arg(path),
                     path);
    }
    return info.size() == 0 ? DatabaseFile::Empty : DatabaseFile::Filled;
}

} // namespace Tocsin
