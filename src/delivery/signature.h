// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httprequest.h"
#include "result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace Tocsin {

/// What names a message for its receiver, signed or not: `webhook-id`, `webhook-timestamp` (Standard Webhooks 1.0).
HttpFields messageFields(const QByteArray &messageId, const QDateTime &at);

/// The same and `webhook-signature`. Each secret is as signingKeys() reads it; the previous one, if there is one, signs
/// too while receivers change over. An error names the field and never tells the secret.
Result<HttpFields> signatureFields(const QString &secret, const QString &previousSecret, const QByteArray &messageId,
                                   const QDateTime &at, const QByteArray &body);

} // namespace Tocsin
