// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxlanes.h"
#include "outboxqueries.h"
#include "outboxreading.h"
#include "outboxrules.h"
#include "outboxtransaction.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int replayStep = 500; // deliveries in one commit
constexpr qint64 idsAtOnce = 50'000; // looked through in one commit, where few of them are found

Result<void> replayOne(OutboxTransaction &transaction, qint64 id, bool *replayed)
{
    qint64 targetId = 0;
    qint64 laneId = 0;
    DeliveryState state = DeliveryState::Pending;
    qint64 bytes = 0;
    const auto read = forEach(transaction.database, OutboxStatement::SelectReplayed, {id}, [&](const Rows &rows) {
        bytes = rows.value(3).toLongLong();
        targetId = rows.value(0).toLongLong();
        laneId = rows.value(1).toLongLong();
        state = deliveryStateFromString(rows.value(2).toString()).value_or(state);
    });
    if (!read) {
        return read;
    }
    if (targetId == 0) {
        return Error{
            .message = Outbox::tr("There is no delivery with the id “%1”.").arg(id), .where = u"id"_s, .position = {}};
    }
    *replayed = isFinished(state);
    if (!*replayed) {
        return {};
    }
    const auto &target = transaction.targets.all().at(targetId);
    if (!target.webhook) {
        return Error{.message = Outbox::tr("The delivery %1 cannot be replayed: its webhook “%2” was removed.")
                                    .arg(QString::number(id), target.name),
                     .where = u"id"_s,
                     .position = {}};
    }
    const auto lane = laneWithId(transaction.database, laneId);
    if (!lane) {
        return lane.error();
    }
    const auto place = placeBeforeHeld(transaction.database, *lane);
    if (!place) {
        return place.error();
    }
    const auto changed =
        change(transaction.database, OutboxStatement::ReplayDelivery,
               {place->previous == 0 ? 1 : 0, place->previous, place->next, target.epoch, transaction.time(),
                transaction.time(), transaction.time(), expiryOf(transaction, target), id});
    if (!changed) {
        return changed.error();
    }
    if (const auto joined = joinLane(transaction.database, *lane, *place, id); !joined) {
        return joined;
    }
    transaction.count(targetId, state, DeliveryState::Pending);
    transaction.countForgettable(state == DeliveryState::Dead ? 0 : -bytes);
    transaction.workArrived = true;
    return {};
}

Result<OutboxStep> replayAll(OutboxTransaction &transaction, const QList<qint64> &ids, qint64 position)
{
    OutboxStep step{.done = 0, .isLast = true, .position = position};
    for (const qint64 id : ids) {
        bool replayed = false;
        if (const auto done = replayOne(transaction, id, &replayed); !done) {
            return done.error();
        }
        step.done += replayed ? 1 : 0;
        step.position = id;
    }
    step.isLast = ids.size() < replayStep;
    return step;
}

} // namespace

Result<int> replayDeliveries(OutboxTransaction &transaction, const QStringList &ids)
{
    int count = 0;
    for (const auto &id : ids) {
        bool replayed = false;
        if (const auto done = replayOne(transaction, deliveryNumber(id), &replayed); !done) {
            return done.error();
        }
        count += replayed ? 1 : 0;
    }
    return count;
}

Result<OutboxStep> replayDead(OutboxTransaction &transaction, const QString &webhookId, qint64 position)
{
    const auto *target = transaction.targets.ofWebhook(webhookId);
    if (!target) {
        return OutboxStep{.done = 0, .isLast = true, .position = position};
    }
    QList<qint64> ids;
    const auto read = forEach(transaction.database, OutboxStatement::SelectDead, {target->id, position, replayStep},
                              [&ids](const Rows &rows) { ids.append(rows.value(0).toLongLong()); });
    return read ? replayAll(transaction, ids, position) : read.error();
}

Result<OutboxStep> replayMatching(OutboxTransaction &transaction, const DeliveryFilter &asked, qint64 position)
{
    auto &database = transaction.database;
    const auto filter = boundReplay(database, asked);
    const auto conditions = filter ? deliveryConditions(database, *filter) : filter.error();
    if (!conditions) {
        return conditions.error();
    }
    const auto oldest = selectNumber(database, OutboxStatement::SelectFirstDelivery, {});
    if (!oldest) {
        return oldest.error();
    }
    const qint64 before = std::max(position, oldest->value_or(1) - 1);
    const qint64 last = deliveryNumber(filter->upTo);
    // These are looked for as a whole each time, and are few.
    const bool isFew = !filter->eventId.isEmpty() || !filter->text.isEmpty() || filter->ended;
    const qint64 end = isFew ? last : std::min(last, before + idsAtOnce);
    if (before >= last) {
        return OutboxStep{.done = 0, .isLast = true, .position = last};
    }
    QList<qint64> ids;
    const auto read =
        forEach(database, replayableSql(conditions->texts), conditions->values + QVariantList{before, end, replayStep},
                [&ids](const Rows &rows) { ids.append(rows.value(0).toLongLong()); });
    if (!read) {
        return read.error();
    }
    auto step = replayAll(transaction, ids, before);
    if (step && ids.size() < replayStep) {
        step = OutboxStep{.done = step->done, .isLast = end >= last, .position = end};
    }
    return step;
}

} // namespace Tocsin
