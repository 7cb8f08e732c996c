// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxtimes.h"

#include "outboxqueries.h"

#include <limits>

namespace Tocsin {

namespace {

/// `timeFrom` answers with the time of the first row from a number on.
template <typename TimeFrom>
Result<qint64> firstSince(Database &database, OutboxStatement first, OutboxStatement last, qint64 since,
                          TimeFrom timeFrom)
{
    const auto lowest = selectNumber(database, first, {});
    const auto highest = selectNumber(database, last, {});
    if (!lowest || !highest) {
        return lowest ? highest.error() : lowest.error();
    }
    qint64 low = lowest->value_or(0);
    qint64 high = highest->value_or(0) + 1;
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        const Result<qint64> time = timeFrom(middle);
        if (!time) {
            return time.error();
        }
        if (*time < since) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

qint64 endOf(const Invocation &invocation)
{
    const auto length = invocation.timings.total.value_or(Milliseconds(0));
    return invocation.startedAt.toMSecsSinceEpoch() + static_cast<qint64>(length.count());
}

} // namespace

Result<qint64> firstAcceptedSince(Database &database, qint64 since)
{
    return firstSince(database, OutboxStatement::SelectFirstDelivery, OutboxStatement::SelectLastDelivery, since,
                      [&](qint64 number) -> Result<qint64> {
                          const auto time = selectNumber(database, OutboxStatement::SelectAcceptedFrom, {number});
                          return time ? Result<qint64>(time->value_or(since)) : time.error();
                      });
}

Result<qint64> endOfAttempt(Database &database, qint64 number)
{
    QByteArray document;
    const auto read = forEach(database, OutboxStatement::SelectAttemptFrom, {number},
                              [&](const Rows &rows) { document = rows.value(0).toByteArray(); });
    if (!read || document.isEmpty()) {
        return read ? Result<qint64>(std::numeric_limits<qint64>::max()) : read.error();
    }
    const auto attempt = readAttempt(document, {});
    return attempt ? endOf(*attempt) : Result<qint64>(damaged(database, QString::number(number), attempt.error()));
}

Result<qint64> firstAttemptSince(Database &database, qint64 since)
{
    return firstSince(database, OutboxStatement::SelectFirstAttempt, OutboxStatement::SelectLastAttempt, since,
                      [&](qint64 number) { return endOfAttempt(database, number); });
}

} // namespace Tocsin
