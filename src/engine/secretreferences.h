// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store.h"

#include <QHash>
#include <QList>
#include <QString>

namespace Tocsin {

/// Where a webhook refers to a secret.
struct SecretReference
{
    QString field; ///< as in Problem::field
    QString key;

    bool operator==(const SecretReference &) const = default;
};

/// Every reference, in the document's order, with its field; referencedKeys() has the keys alone.
QList<SecretReference> secretReferences(const Webhook &webhook);

/// The webhook with its references to the keys in `renamed` turned into references to their new names.
Webhook withRenamedSecrets(const Webhook &webhook, const QHash<QString, QString> &renamed);

/// The keys that no stored webhook refers to.
QStringList unreferenced(const QStringList &keys, const QList<StoredWebhook> &stored);

/// Whether the key belongs to the webhook (`<id>/…`).
bool isOwnSecret(const QString &webhookId, const QString &key);

} // namespace Tocsin
