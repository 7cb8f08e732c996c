// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "store.h"

namespace Tocsin {

// What Store does, on the database's thread. Each function that writes is one transaction.

Result<QList<StoredWebhook>> selectWebhooks(Database &database);
Result<std::optional<StoredWebhook>> selectWebhook(Database &database, const QString &idOrName);
Result<QList<Webhook>> saveWebhooks(Database &database, const QList<Webhook> &webhooks,
                                    const QHash<QString, qint64> &basedOn);
Result<void> setActive(Database &database, const QString &id, bool active);
Result<void> deleteWebhook(Database &database, const QString &id);

Result<void> insertInvocation(Database &database, const Invocation &invocation);
Result<QList<Invocation>> selectInvocations(Database &database, const QString &webhookId);

Result<QList<KnownIntegration>> selectIntegrations(Database &database);
Result<void> saveIntegration(Database &database, const KnownIntegration &integration);

Result<QStringList> selectSecretKeys(Database &database);
Result<QList<MadeSecretKey>> selectMadeSecretKeys(Database &database);
Result<QList<MadeSecretKey>> selectStaleSecretKeys(Database &database, const QDateTime &madeBefore);
Result<qint64> nextSecretNumber(Database &database);
Result<void> insertSecretKeys(Database &database, const QList<MadeSecretKey> &keys);
Result<void> deleteSecretKey(Database &database, const QString &key);

Result<QString> profileId(Database &database);

Result<QMap<QString, QString>> selectSettings(Database &database);
Result<void> saveSetting(Database &database, const QString &key, const QString &value);

} // namespace Tocsin
