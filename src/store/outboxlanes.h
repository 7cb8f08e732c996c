// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"

namespace Tocsin {

class OutboxTransaction;

/// The unfinished deliveries of one target and integration: they go out one after the other, in the order in which they
/// joined. Only the head may be claimed.
struct OutboxLane
{
    qint64 id = 0;
    qint64 last = 0; ///< the delivery that joined last; 0: all have finished
};

/// The lane of a target and an integration; made where there is none.
Result<OutboxLane> laneOf(Database &database, qint64 target, const QString &integrationId);
Result<OutboxLane> laneWithId(Database &database, qint64 id);

/// Puts a delivery behind the last. It has been written without a next one, as head where there is no last.
Result<void> joinLane(Database &database, const OutboxLane &lane, qint64 delivery);

/// Makes the delivery that followed a finished one (0: none did) the head of their lane.
Result<void> promote(OutboxTransaction &transaction, qint64 next);

} // namespace Tocsin
