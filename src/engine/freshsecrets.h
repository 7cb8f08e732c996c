// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "secretlifting.h"

namespace Tocsin {

/// The key for a new value: `<key>/<number>`, where `key` is `<webhook id>/<what>`. A part that would make it longer
/// than a key may be is shortened to its digest.
QString freshKey(const QString &webhookId, const QString &key, qint64 number);

/// Whether two keys are of one webhook and for one thing, with whatever numbers.
bool isForTheSame(const QString &key, const QString &otherKey);

/// withTypedSecrets() and liftSecrets(), with a fresh key for each value: no document refers to it yet, and none will
/// to what it held before. References that stand in the document already stay as they are.
LiftedWebhook liftAfresh(const WebhookInput &input, const QSet<QString> &keptAsText, qint64 number);

} // namespace Tocsin
