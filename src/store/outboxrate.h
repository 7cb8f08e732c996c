// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"

namespace Tocsin {

// How many attempts a webhook's rate leaves. They are counted by whole seconds, over the last 61 of them, so that no 60
// seconds have more; each counts when it is claimed, whatever becomes of it, unless it is given back unsent.

/// What of a rate is left now.
struct RateBudget
{
    int left = 0; ///< attempts
    qint64 nextAt = 0; ///< ms, the database's time: when there is more, where nothing is left
};

/// `now` in ms, the database's time.
Result<RateBudget> rateBudget(Database &database, qint64 target, int ratePerMinute, qint64 now);
Result<void> countAttempts(Database &database, qint64 target, int attempts, qint64 now);
/// One that was claimed at `claimedAt` was not made.
Result<void> uncountAttempt(Database &database, qint64 target, qint64 claimedAt);

} // namespace Tocsin
