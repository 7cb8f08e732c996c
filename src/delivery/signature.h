// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httprequest.h"
#include "result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace Tocsin {

/// The fields of Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`. `secrets` is one key or
/// several with spaces between (while they rotate), each `whsec_` and base64, or plain text. An error never tells it.
Result<HttpFields> signatureFields(const QString &secrets, const QByteArray &messageId, const QDateTime &at,
                                   const QByteArray &body);

} // namespace Tocsin
