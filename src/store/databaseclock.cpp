// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databaseclock.h"

#include "outboxqueries.h"

#include <algorithm>
#include <cstdlib>

namespace Tocsin {

namespace {

// The two clocks are not read at the same moment: a smaller difference does not mean that one was set.
constexpr qint64 smallestStep = 500; // ms

} // namespace

DatabaseClock continued(const DatabaseClock &stored, qint64 wall, qint64 sinceBoot, const QString &boot)
{
    DatabaseClock clock = stored;
    const qint64 offset = wall - sinceBoot;
    const bool isSameBoot =
        stored.boot == boot && sinceBoot + stored.bootOffset - stored.shift >= stored.latest - smallestStep;
    if (!isSameBoot) {
        clock.boot = boot;
        clock.bootOffset = offset;
        clock.shift = std::min(stored.shift, wall - stored.latest); // it was set back meanwhile: time stands
    } else if (std::abs(offset - stored.bootOffset) > smallestStep) {
        clock.bootOffset = offset;
        clock.shift += offset - stored.bootOffset;
    }
    clock.now = sinceBoot + clock.bootOffset - clock.shift;
    return clock;
}

Result<DatabaseClock> storedClock(Database &database)
{
    DatabaseClock clock;
    const auto read = forEach(database, OutboxStatement::SelectClock, {}, [&clock](const Rows &rows) {
        clock = {.boot = rows.value(0).toString(),
                 .bootOffset = rows.value(1).toLongLong(),
                 .shift = rows.value(2).toLongLong(),
                 .latest = rows.value(3).toLongLong()};
    });
    return read ? Result<DatabaseClock>(clock) : read.error();
}

Result<DatabaseClock> currentClock(Database &database, const OutboxClock &clock)
{
    const auto stored = storedClock(database);
    return stored ? Result<DatabaseClock>(continued(*stored, clock.wall(), clock.sinceBoot(), sqlText(clock.boot)))
                  : stored.error();
}

Result<void> storeClock(Database &database, const DatabaseClock &clock)
{
    const auto changed =
        change(database, OutboxStatement::UpdateClock, {sqlText(clock.boot), clock.bootOffset, clock.shift, clock.now});
    return changed ? Result<void>() : changed.error();
}

} // namespace Tocsin
