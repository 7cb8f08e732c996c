// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "problem.h"
#include "secretplaces.h"

#include <QList>
#include <QSet>
#include <QString>

namespace Tocsin {

struct Webhook;

/// Headers that look like secrets and hold placeholders and no reference: what else stands there is not lifted. One
/// warning a header.
Problems readableHeaders(const Webhook &webhook);
/// These, and one warning at most of the body: of the first literal that looks like a secret and yet cannot be lifted
/// (SecretPlace::obstacle), with how many more there are. Places in `keptAsText` stay so by choice.
Problems readableSecrets(const Webhook &webhook, const QSet<QString> &keptAsText = {});
/// That of the body, where bodySecretPlaces() of the template are known.
Problems readableSecrets(const QString &bodyTemplate, QList<SecretPlace> places, const QSet<QString> &keptAsText);

} // namespace Tocsin
