// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outboxtransaction.h"

namespace Tocsin {

/// See Outbox::sync().
Result<QStringList> syncWebhook(OutboxTransaction &transaction, const QString &webhookId);

} // namespace Tocsin
