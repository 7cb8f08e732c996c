// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a replay by a filter would send again.
#include "outboxqueries.h"
#include "outboxreading.h"

#include <algorithm>
#include <iterator>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Where none of them is finished, they themselves: nothing is found then.
QList<DeliveryState> finishedAmong(const QList<DeliveryState> &states)
{
    QList<DeliveryState> finished;
    std::copy_if(states.begin(), states.end(), std::back_inserter(finished), isFinished);
    return finished.isEmpty() ? states : finished;
}

/// By what the rows say, not by a clock: another process's may be ahead.
Result<qint64> lastFinish(Database &database, const QList<DeliveryState> &states)
{
    qint64 last = 0;
    for (const auto state : states) {
        const auto finished = selectNumber(database, OutboxStatement::SelectLastFinish, {toString(state)});
        if (!finished) {
            return finished.error();
        }
        last = std::max(last, finished->value_or(0));
    }
    return last;
}

} // namespace

Result<DeliveryFilter> boundReplay(Database &database, const DeliveryFilter &filter)
{
    auto bound = filter;
    bound.before.clear();
    bound.states = finishedAmong(filter.states.isEmpty() ? allDeliveryStates() : filter.states);
    if (!bound.upTo.isEmpty() && bound.finishedUntil) {
        return bound;
    }
    const auto newest = selectNumber(database, OutboxStatement::SelectLastDelivery, {});
    const auto last = newest ? lastFinish(database, bound.states) : newest.error();
    if (!last) {
        return last.error();
    }
    if (bound.upTo.isEmpty()) {
        bound.upTo = QString::number(newest->value_or(0));
    }
    if (!bound.finishedUntil) {
        bound.finishedUntil = utcMoment(*last);
    }
    return bound;
}

Result<ReplayForecast> selectReplayForecast(Database &database, const DeliveryFilter &asked)
{
    const auto bound = boundReplay(database, asked);
    if (!bound) {
        return bound.error();
    }
    ReplayForecast forecast;
    forecast.filter = *bound;
    auto found = *bound; // with the unfinished ones, which have no time at which they finished
    found.states = asked.states.isEmpty() ? allDeliveryStates() : asked.states;
    found.finishedUntil.reset();
    auto conditions = deliveryConditions(database, found);
    if (!conditions) {
        return conditions.error();
    }
    conditions.value().add(u"(d.finished_at IS NULL OR d.finished_at <= ?)"_s,
                           {bound->finishedUntil->toMSecsSinceEpoch()});
    const auto read =
        forEach(database, replayForecastSql(conditions->texts), conditions->values, [&forecast](const Rows &rows) {
            const auto state = deliveryStateFromString(rows.value(3).toString());
            const qint64 count = rows.value(4).toLongLong();
            if (!state || !isFinished(*state)) {
                forecast.unfinished += count;
                return;
            }
            if (!rows.value(2).toBool()) {
                forecast.ofRemoved += count;
                return;
            }
            forecast.count += count;
            const QString id = rows.value(0).toString();
            const auto known = std::find_if(forecast.webhooks.begin(), forecast.webhooks.end(),
                                            [&id](const auto &share) { return share.webhookId == id; });
            if (known != forecast.webhooks.end()) {
                known->count += count;
            } else {
                forecast.webhooks.append({.webhookId = id, .webhookName = rows.value(1).toString(), .count = count});
            }
        });
    if (!read) {
        return read.error();
    }
    std::stable_sort(forecast.webhooks.begin(), forecast.webhooks.end(),
                     [](const auto &one, const auto &other) { return one.count > other.count; });
    return forecast;
}

} // namespace Tocsin
