// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretjournal.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUrl>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto suffix = ".pending"_L1;

QDir folderOf(const QString &profile)
{
    return QDir(profile + "/pending-secrets"_L1);
}

QString markOf(const QString &profile, const QString &webhookId)
{
    return folderOf(profile).filePath(QString::fromLatin1(QUrl::toPercentEncoding(webhookId)) + suffix);
}

std::optional<QStringList> keysIn(const QString &path)
{
    QFile mark(path);
    if (!mark.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return QString::fromLatin1(mark.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

SecretJournal::SecretJournal(const QString &path)
    : m_path(path)
    , m_lock(path + ".lock"_L1)
{
}

Result<std::unique_ptr<SecretJournal>> SecretJournal::begin(const QString &profile, const QString &webhookId)
{
    std::unique_ptr<SecretJournal> journal(new SecretJournal(markOf(profile, webhookId)));
    const auto taking = folderOf(profile).mkpath(u"."_s) ? journal->m_lock.take() : ProcessLock::Taking::Failed;
    if (taking == ProcessLock::Taking::Busy) {
        return Error{
            .message = QCoreApplication::translate(
                "Tocsin::SecretJournal", "Another change of this webhook is under way; wait until it has ended.")};
    }
    if (taking == ProcessLock::Taking::Failed) {
        return Error{.message = QCoreApplication::translate("Tocsin::SecretJournal",
                                                            "The profile's folder %1 cannot be written to.")
                                    .arg(QDir::toNativeSeparators(profile))};
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

QStringList SecretJournal::neededKeys(const QString &profile, const QString &exceptWebhookId)
{
    QStringList keys;
    const auto ids = marked(profile);
    for (const QString &id : ids) {
        if (id != exceptWebhookId) {
            keys += keysIn(markOf(profile, id)).value_or(QStringList());
        }
    }
    return keys;
}

std::optional<QStringList> SecretJournal::markedKeys() const
{
    return keysIn(m_path);
}

Result<void> SecretJournal::mark(const QStringList &neededKeys)
{
    QSaveFile mark(m_path);
    const QByteArray keys = neededKeys.join(u'\n').toLatin1();
    if (!mark.open(QIODevice::WriteOnly) || mark.write(keys) != keys.size() || !mark.commit()) {
        return Error{.message = QCoreApplication::translate("Tocsin::SecretJournal", "%1 cannot be written: %2.")
                                    .arg(QDir::toNativeSeparators(m_path), mark.errorString())};
    }
    return {};
}

void SecretJournal::settle()
{
    QFile::remove(m_path);
}

} // namespace Tocsin
