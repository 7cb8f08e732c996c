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
    return inserted ? Result<OutboxLane>(OutboxLane{.id = inserted->insertedId(), .last = 0}) : inserted.error();
}

Result<OutboxLane> laneWithId(Database &database, qint64 id)
{
    return selectLane(database, OutboxStatement::SelectLaneWithId, {id});
}

Result<void> joinLane(Database &database, const OutboxLane &lane, qint64 delivery)
{
    if (lane.last != 0) {
        const auto linked = change(database, OutboxStatement::UpdateNext, {delivery, lane.last});
        if (!linked) {
            return linked.error();
        }
    }
    const auto updated = change(database, OutboxStatement::UpdateLane, {delivery, lane.id});
    return updated ? Result<void>() : updated.error();
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
