// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxinsertion.h"

#include "outboxqueries.h"
#include "outboxrules.h"

#include <QRandomGenerator>

namespace Tocsin {

qint64 newNonce()
{
    return static_cast<qint64>(QRandomGenerator::global()->generate64());
}

Result<qint64> insertDelivery(OutboxTransaction &transaction, const OutboxTarget &target, const OutboxLane &lane,
                              const LanePlace &place, const NewDelivery &delivery)
{
    const auto state = delivery.heldBy ? DeliveryState::Waiting : DeliveryState::Pending;
    qint64 id = 0;
    {
        const auto inserted = transaction.database.run(
            sql(OutboxStatement::InsertDelivery),
            {newNonce(), delivery.event, target.id, target.epoch, transaction.now, delivery.dueAt, transaction.time(),
             lane.id, place.previous == 0 ? 1 : 0, delivery.bytes, place.previous, place.next, toString(state),
             toColumn(delivery.heldBy), delivery.isAsked ? 1 : 0, transaction.time(), expiryOf(transaction, target)});
        if (!inserted) {
            return inserted.error();
        }
        id = inserted->insertedId();
    }
    if (const auto joined = joinLane(transaction.database, lane, place, id); !joined) {
        return joined.error();
    }
    transaction.count(target.id, {}, state);
    return id;
}

} // namespace Tocsin
