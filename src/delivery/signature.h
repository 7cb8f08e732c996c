// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httprequest.h"
#include "result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace Tocsin {

/// The fields of Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`. Each secret is
/// one key or several with spaces between, each `whsec_` and base64, or plain text; the previous one, if there is one,
/// signs too while receivers change over. An error names the field and never tells the secret.
Result<HttpFields> signatureFields(const QString &secret, const QString &previousSecret, const QByteArray &messageId,
                                   const QDateTime &at, const QByteArray &body);

} // namespace Tocsin
