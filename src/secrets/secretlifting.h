// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhook.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace Tocsin {

/// A webhook whose secrets have been taken out, and what to write to the keychain: key to value.
struct LiftedWebhook
{
    Webhook webhook;
    QHash<QString, QString> secrets;
};

/// Puts a reference `${secret:<webhook id>/…}` in the place of each secret that stands there literally: the values of
/// headers marked secret, the OAuth client secret, the signing secrets, the client key, and what urlSecretPlaces(),
/// bodySecretPlaces() and tokenUrlSecretPlaces() find and can be lifted, but for the places (SecretPlace::what) in
/// `keptAsText`. A text
/// that already refers to a secret stays; a scheme word (`Bearer`) before a header's value stays too, so that the
/// authentication type can still be read off. A header is marked when its name is in `secretHeaders`, or looks secret
/// and is not in `plainHeaders` (both in lower case). The rest of URL and body template stays as it is to the byte,
/// but for comments within a secret. The
/// webhook must have its id.
LiftedWebhook liftSecrets(const Webhook &webhook, const QSet<QString> &secretHeaders = {},
                          const QSet<QString> &plainHeaders = {}, const QSet<QString> &keptAsText = {});

/// Makes the references in URL, body template and token endpoint's URL for which `typed` has a value (by key) refer to
/// secrets of the webhook's own, with these values; a value that is itself a reference takes its place as it is. Other
/// keys are left, and with them secrets that others refer to.
LiftedWebhook withTypedSecrets(const Webhook &webhook, const QHash<QString, QString> &typed);

/// Every key that the webhook refers to, each once, in the order of the document.
QStringList referencedKeys(const Webhook &webhook);

} // namespace Tocsin
