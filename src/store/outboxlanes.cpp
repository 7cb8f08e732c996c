// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxlanes.h"

#include "outboxqueries.h"
#include "outboxtransaction.h"

namespace Tocsin {

namespace {

Result<OutboxLane> selectLane(Database &database, OutboxStatement statement, const QVariantList &values)
{
    OutboxLane lane;
    const auto read = forEach(database, statement, values, [&lane](const Rows &rows) {
        lane = {.id = rows.value(0).toLongLong(), .last = rows.value(1).toLongLong()};
    });
    return read ? Result<OutboxLane>(lane) : read.error();
}

} // namespace

Result<OutboxLane> laneOf(Database &database, qint64 target, const QString &integrationId)
{
    const auto known = selectLane(database, OutboxStatement::SelectLane, {target, integrationId});
    if (!known || known->id != 0) {
        return known;
    }
    const auto inserted = database.run(sql(OutboxStatement::InsertLane), {target, integrationId});
    return inserted ? Result<OutboxLane>(OutboxLane{.id = inserted->insertedId(), .last = 0, .isNew = true})
                    : inserted.error();
}

Result<OutboxLane> laneWithId(Database &database, qint64 id)
{
    return selectLane(database, OutboxStatement::SelectLaneWithId, {id});
}

QString toColumn(std::optional<HoldingRule> rule)
{
    return rule ? toString(*rule) : QStringLiteral("");
}

std::optional<HoldingRule> ruleFromColumn(const QString &column)
{
    for (const auto rule : {HoldingRule::Settle, HoldingRule::Mute}) {
        if (toString(rule) == column) {
            return rule;
        }
    }
    return std::nullopt;
}

Result<LaneRow> laneRow(Database &database, qint64 delivery)
{
    LaneRow row;
    const auto read = forEach(database, OutboxStatement::SelectLaneRow, {delivery}, [&](const Rows &rows) {
        row = {.id = delivery,
               .previous = rows.value(0).toLongLong(),
               .next = rows.value(1).toLongLong(),
               .state = deliveryStateFromString(rows.value(2).toString()).value_or(DeliveryState::Pending),
               .isHead = rows.value(3).toBool(),
               .isAsked = rows.value(4).toBool(),
               .isOvertaken = rows.value(5).toBool(),
               .heldBy = ruleFromColumn(rows.value(6).toString()),
               .dueAt = rows.value(7).toLongLong(),
               .bytes = rows.value(8).toLongLong(),
               .countedFrom = rows.value(9).toLongLong()};
        row.previous = row.isHead ? 0 : row.previous; // what was before it has finished
    });
    return read ? Result<LaneRow>(row) : read.error();
}

Result<QList<LaneRow>> rowsOf(Database &database, const OutboxLane &lane)
{
    QList<LaneRow> lastFirst;
    for (qint64 id = lane.last; id != 0;) {
        const auto row = laneRow(database, id);
        if (!row) {
            return row.error();
        }
        lastFirst.append(*row);
        id = row->previous;
    }
    return QList<LaneRow>(lastFirst.crbegin(), lastFirst.crend());
}

LanePlace endOf(const OutboxLane &lane)
{
    return {.previous = lane.last, .next = 0};
}

Result<LanePlace> placeBeforeHeld(Database &database, const OutboxLane &lane)
{
    auto place = endOf(lane);
    while (place.previous != 0) {
        const auto row = laneRow(database, place.previous);
        if (!row) {
            return row.error();
        }
        if (!row->heldBy || !row->isIdle()) {
            break;
        }
        place = {.previous = row->previous, .next = row->id};
    }
    return place;
}

Result<void> joinLane(Database &database, const OutboxLane &lane, const LanePlace &place, qint64 delivery)
{
    if (place.previous != 0) {
        const auto linked = change(database, OutboxStatement::UpdateNext, {delivery, place.previous});
        if (!linked) {
            return linked.error();
        }
    }
    const auto updated = place.next != 0 ? change(database, OutboxStatement::UpdatePrevious, {delivery, place.next})
                                         : change(database, OutboxStatement::UpdateLane, {delivery, lane.id});
    return updated ? Result<void>() : updated.error();
}

Result<void> leaveLane(OutboxTransaction &transaction, qint64 lane, const LaneRow &row)
{
    auto &database = transaction.database;
    if (row.next == 0) {
        const auto updated = change(database, OutboxStatement::UpdateLane, {row.previous, lane});
        if (!updated) {
            return updated.error();
        }
    }
    if (row.isHead) {
        return promote(transaction, row.next);
    }
    const auto linked = change(database, OutboxStatement::UpdateNext, {row.next, row.previous});
    const auto linkedBack =
        linked && row.next != 0 ? change(database, OutboxStatement::UpdatePrevious, {row.previous, row.next}) : linked;
    return linkedBack ? Result<void>() : linkedBack.error();
}

Result<void> promote(OutboxTransaction &transaction, qint64 next)
{
    if (next == 0) {
        return {};
    }
    const auto promoted = change(transaction.database, OutboxStatement::PromoteNext, {next});
    if (!promoted) {
        return promoted.error();
    }
    transaction.workArrived = true;
    return {};
}

} // namespace Tocsin
