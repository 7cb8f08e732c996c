// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxrate.h"

#include "outboxqueries.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr qint64 window = 61; // seconds
constexpr qint64 second = 1000; // ms

struct CountedSecond
{
    qint64 second = 0;
    qint64 attempts = 0;
};

} // namespace

Result<RateBudget> rateBudget(Database &database, qint64 target, int ratePerMinute, qint64 now)
{
    QList<CountedSecond> counted;
    qint64 sum = 0;
    const auto read =
        forEach(database, OutboxStatement::SelectRate, {target, now / second - window}, [&](const Rows &rows) {
            counted.append({rows.value(0).toLongLong(), rows.value(1).toLongLong()});
            sum += counted.constLast().attempts;
        });
    if (!read) {
        return read.error();
    }
    RateBudget budget{.left = static_cast<int>(std::max<qint64>(ratePerMinute - sum, 0))};
    for (auto one = counted.cbegin(); one != counted.cend() && sum >= ratePerMinute; ++one) {
        sum -= one->attempts;
        budget.nextAt = (one->second + window) * second;
    }
    return budget;
}

Result<void> countAttempts(Database &database, qint64 target, int attempts, qint64 now)
{
    const auto forgotten = change(database, OutboxStatement::DeleteRate, {target, now / second - window});
    const auto added =
        forgotten ? change(database, OutboxStatement::AddToRate, {target, now / second, attempts}) : forgotten;
    return added ? Result<void>() : added.error();
}

Result<void> uncountAttempt(Database &database, qint64 target, qint64 claimedAt)
{
    const auto taken = change(database, OutboxStatement::TakeFromRate, {target, claimedAt / second});
    return taken ? Result<void>() : taken.error();
}

} // namespace Tocsin
