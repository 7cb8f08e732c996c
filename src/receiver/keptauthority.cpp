// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keptauthority.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace Tocsin {

namespace {

constexpr int yearsValid = 10;
constexpr int fewestDays = 30; // that it still has to be good for
constexpr qint64 mostBytes = 64 * 1024;

} // namespace

Result<CertificateAuthority> keptAuthority(const QString &file, const QString &commonName)
{
    const auto now = QDateTime::currentDateTimeUtc();
    if (QFile stored(file); stored.open(QIODevice::ReadOnly)) {
        auto authority = CertificateAuthority::read(stored.read(mostBytes));
        if (authority && authority->notAfter() > now.addDays(fewestDays)) {
            return authority;
        }
    }
    auto made = CertificateAuthority::create(commonName, {.notAfter = now.addYears(yearsValid)});
    if (!made) {
        return made;
    }
    QDir().mkpath(QFileInfo(file).path());
    QSaveFile fresh(file);
    const bool isKept = fresh.open(QIODevice::WriteOnly) && fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && fresh.write(made->certificate() + made->key()) > 0 && fresh.commit();
    if (!isKept) {
        return Error{.message = QCoreApplication::translate("Tocsin::CertificateAuthority",
                                                            "The receiver's authority cannot be kept in %1: %2.")
                                    .arg(file, fresh.errorString()),
                     .where = file};
    }
    return made;
}

} // namespace Tocsin
