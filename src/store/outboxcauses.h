// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "outbox.h"

namespace Tocsin {

// What deliveries failed of, as the database keeps it, and those that died of the same.

/// DeathCause::key of a failure; empty: the invocation does not say.
QString causeOf(const Invocation &invocation);
QString causeOfWebhook(); ///< of what befell the webhook
QString causeOfEvent(); ///< of an event that cannot be read
QString causeOfAge(); ///< of what was not delivered in time

Result<QList<DeathCause>> selectDeathCauses(Database &database, const DeliveryFilter &filter);

} // namespace Tocsin
