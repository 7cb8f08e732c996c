// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretjournal.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QUrl>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto suffix = ".pending"_L1;

QDir folderOf(const QString &profile)
{
    return QDir(profile + "/pending-secrets"_L1);
}

} // namespace

SecretJournal::SecretJournal(const QString &path)
    : m_path(path)
    , m_lock(path + ".lock"_L1)
{
    m_lock.setStaleLockTime(0); // stale only when its process is gone
}

Result<std::unique_ptr<SecretJournal>> SecretJournal::begin(const QString &profile, const QString &webhookId)
{
    const QDir folder = folderOf(profile);
    const QString name = QString::fromLatin1(QUrl::toPercentEncoding(webhookId)) + suffix;
    std::unique_ptr<SecretJournal> journal(new SecretJournal(folder.filePath(name)));
    const bool isThere = folder.mkpath(u"."_s);
    if (!isThere || !journal->m_lock.tryLock(0)) {
        if (isThere && journal->m_lock.error() == QLockFile::LockFailedError) {
            return Error{
                .message = QCoreApplication::translate(
                    "Tocsin::SecretJournal", "Another change of this webhook is under way; wait until it has ended.")};
        }
        return Error{.message = QCoreApplication::translate("Tocsin::SecretJournal",
                                                            "The profile's folder %1 cannot be written to.")
                                    .arg(QDir::toNativeSeparators(profile))};
    }
    QFile mark(journal->m_path);
    if (!mark.open(QIODevice::WriteOnly)) {
        return Error{.message = QCoreApplication::translate("Tocsin::SecretJournal",
                                                            "The profile's folder %1 cannot be written to: %2.")
                                    .arg(QDir::toNativeSeparators(profile), mark.errorString())};
    }
    return journal;
}

QStringList SecretJournal::marked(const QString &profile)
{
    QStringList ids;
    const auto names = folderOf(profile).entryList({u"*"_s + suffix}, QDir::Files);
    for (const QString &name : names) {
        ids.append(QUrl::fromPercentEncoding(name.chopped(suffix.size()).toLatin1()));
    }
    return ids;
}

void SecretJournal::settle()
{
    QFile::remove(m_path);
}

} // namespace Tocsin
