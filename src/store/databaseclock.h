// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "outboxclock.h"

namespace Tocsin {

/// The outbox's own time: see the table `clock`. It neither jumps nor goes back when the wall clock is set, is the same
/// for all processes, and goes on over a restart of the machine.
struct DatabaseClock
{
    QString boot;
    qint64 bootOffset = 0; ///< ms: the wall's time when the clock since the boot was 0
    qint64 shift = 0; ///< ms: what the wall is ahead of this time
    qint64 latest = 0; ///< ms: this time has been

    qint64 now = 0; ///< ms

    bool operator==(const DatabaseClock &) const = default;
};

/// What the clocks of the machine make of the one that was stored; it may have to be stored anew.
DatabaseClock continued(const DatabaseClock &stored, qint64 wall, qint64 sinceBoot, const QString &boot);

/// The stored one; its `now` is not set.
Result<DatabaseClock> storedClock(Database &database);
Result<DatabaseClock> currentClock(Database &database, const OutboxClock &clock);
Result<void> storeClock(Database &database, const DatabaseClock &clock);

} // namespace Tocsin
