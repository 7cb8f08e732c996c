// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "sentence.h"

#include <map>

namespace Tocsin {

class OutboxTransaction;
struct OutboxTarget;

// Tocsin watches itself: what is wrong with a webhook is the status of an integration of its own, so that others can be
// told of it. One event when it turns, however many deliveries fail meanwhile, in the transaction that finds out.

/// What can be wrong with a webhook.
enum class HealthReason {
    Failures, ///< as many in a row as Outbox::failuresBeforeProbing
    Died, ///< a delivery
    Gone, ///< it was deactivated since its target answered 410
    Returned, ///< the same, and it is active again
    Ends, ///< a certificate or a secret
    Document, ///< cannot be used as it stands
};

using HealthReasons = std::map<HealthReason, Sentence>;

/// By target.
Result<std::map<qint64, HealthReasons>> selectHealthReasons(Database &database);

/// What an attempt says of its webhook; `reason` is why it failed.
Result<void> noteHealth(OutboxTransaction &transaction, OutboxTarget &target, bool hasSucceeded,
                        const Sentence &reason);
Result<void> addHealthReason(OutboxTransaction &transaction, OutboxTarget &target, HealthReason reason,
                             const Sentence &detail);
Result<void> removeHealthReason(OutboxTransaction &transaction, OutboxTarget &target, HealthReason reason);

/// See Outbox::noteCheck().
Result<bool> noteCheckedHealth(OutboxTransaction &transaction, const QString &webhookId, qint64 webhookVersion,
                               const Sentence &ends, const Sentence &fault);

/// Makes the events of the webhooks whose health has changed in this transaction.
Result<void> tellHealth(OutboxTransaction &transaction);

} // namespace Tocsin
