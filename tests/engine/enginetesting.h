// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "await.h"
#include "engine.h"

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QTest>

namespace Tocsin {

inline Webhook sampleWebhook(const QString &name)
{
    Webhook webhook;
    webhook.name = name;
    webhook.url = QStringLiteral("https://localhost:1/hook");
    webhook.bodyTemplate = QStringLiteral("{\"id\": \"{{data.id}}\"}");
    return webhook;
}

inline Result<void> openProfile(Engine &engine)
{
    return await<Result<void>>([&engine](QObject *context, auto reply) { engine.open(context, std::move(reply)); });
}

inline Result<Webhook> ended(EngineJob *job)
{
    return awaitSignal(job, &EngineJob::finished);
}

inline QList<StoredWebhook> storedWebhooks(Engine &engine)
{
    const auto list = await<Result<QList<StoredWebhook>>>(
        [&engine](QObject *context, auto reply) { engine.store().webhooks(context, std::move(reply)); });
    return list ? *list : QList<StoredWebhook>();
}

inline QStringList rememberedKeys(Engine &engine)
{
    const auto keys = await<Result<QStringList>>(
        [&engine](QObject *context, auto reply) { engine.store().secretKeys(context, std::move(reply)); });
    return keys ? *keys : QStringList();
}

/// The secret's value; null where there is none.
inline QString secretValue(Engine &engine, const QString &key)
{
    const auto outcome = awaitSignal(engine.secrets().read(key), &SecretJob::finished);
    return outcome.isOk() ? outcome.value : QString();
}

/// The files under a folder whose bytes hold the text, as UTF-8 or UTF-16.
inline QStringList filesWith(const QString &folder, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const QByteArray utf16(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    QStringList found;
    int files = 0;
    QDirIterator entries(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        QFile file(entries.next());
        if (!file.open(QIODevice::ReadOnly)) {
            found.append(file.fileName());
            continue;
        }
        ++files;
        const QByteArray bytes = file.readAll();
        if (bytes.contains(utf8) || bytes.contains(utf16)) {
            found.append(file.fileName());
        }
    }
    return files == 0 ? QStringList{QStringLiteral("(no file was there)")} : found;
}

} // namespace Tocsin
