// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxholds.h"

#include "databaseclock.h"
#include "outboxqueries.h"
#include "outboxrate.h"

namespace Tocsin {

namespace {

/// A webhook whose rate leaves nothing now.
struct SpentRate
{
    bool isSpent = false;
    qint64 nextAt = 0; ///< ms, wall
};

Result<SpentRate> spentRate(Database &database, const DatabaseClock &clock, const QString &webhookId)
{
    qint64 target = 0;
    QByteArray document;
    const auto read = forEach(database, OutboxStatement::SelectTargetDocument, {webhookId}, [&](const Rows &rows) {
        target = rows.value(0).toLongLong();
        document = rows.value(1).toString().toUtf8();
    });
    if (!read) {
        return read.error();
    }
    const auto json = document.contains("rate_per_minute") ? parseJson(document) : Result<Json>(Json());
    const auto rate = json && json->is_object() ? webhookFromJson(*json).webhook.ratePerMinute : std::nullopt;
    if (!rate) {
        return SpentRate{};
    }
    const auto budget = rateBudget(database, target, *rate, clock.now);
    return budget ? Result<SpentRate>({.isSpent = budget->left == 0, .nextAt = budget->nextAt + clock.shift})
                  : budget.error();
}

Result<void> explainRates(Database &database, const DatabaseClock &clock, QList<Delivery> &deliveries)
{
    QHash<QString, SpentRate> rates; // by webhook id
    const QDateTime now = utcMoment(clock.now + clock.shift);
    for (auto &delivery : deliveries) {
        const bool isDue = delivery.state == DeliveryState::Pending
            || (delivery.state == DeliveryState::Waiting && !delivery.heldBy && delivery.nextAttemptAt <= now);
        if (!isDue) {
            continue;
        }
        auto rate = rates.constFind(delivery.webhookId);
        if (rate == rates.constEnd()) {
            const auto spent = spentRate(database, clock, delivery.webhookId);
            if (!spent) {
                return spent.error();
            }
            rate = rates.insert(delivery.webhookId, *spent);
        }
        if (!rate->isSpent) {
            continue;
        }
        const auto isHead = selectNumber(database, OutboxStatement::SelectHead, {deliveryNumber(delivery.id)});
        if (!isHead) {
            return isHead.error();
        }
        if (isHead->value_or(0) == 1) { // the others wait for their turn
            delivery.heldBy = HoldingRule::Rate;
            delivery.nextAttemptAt = utcMoment(rate->nextAt);
        }
    }
    return {};
}

} // namespace

Result<void> explainHolds(Database &database, const OutboxClock &clock, QList<Delivery> &deliveries)
{
    const bool isNeeded =
        std::any_of(deliveries.cbegin(), deliveries.cend(), [](const Delivery &one) { return !isFinished(one.state); });
    if (!isNeeded) {
        return {};
    }
    const auto time = currentClock(database, clock);
    OutboxMutes mutes;
    const auto read = time ? mutes.read(database) : time.error();
    if (!read) {
        return read;
    }
    for (auto &delivery : deliveries) {
        if (delivery.heldBy == HoldingRule::Mute) {
            const auto end =
                mutes.endOf(delivery.webhookId, delivery.integrationId, time->now + time->shift, time->now);
            delivery.nextAttemptAt = end ? std::optional(utcMoment(*end + time->shift)) : std::nullopt;
        }
    }
    return explainRates(database, *time, deliveries);
}

Result<QList<Mute>> holdingMutes(Database &database, const OutboxClock &clock)
{
    const auto time = currentClock(database, clock);
    const auto stored = time ? selectMutes(database) : time.error();
    if (!stored) {
        return stored.error();
    }
    QList<Mute> holding;
    for (const auto &mute : *stored) {
        if (!mute.hasEnded(time->now + time->shift, time->now)) {
            const auto until =
                mute.until ? std::optional(utcMoment(*mute.until + (mute.isWall ? 0 : time->shift))) : std::nullopt;
            holding.append({.subject = mute.subject, .since = utcMoment(mute.setAt), .until = until});
        }
    }
    return holding;
}

} // namespace Tocsin
