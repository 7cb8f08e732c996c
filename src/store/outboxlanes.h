// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "delivery.h"

#include <optional>

namespace Tocsin {

class OutboxTransaction;

/// The unfinished deliveries of one target and integration: they go out one after the other, in the order in which they
/// joined. Only the head may be claimed.
struct OutboxLane
{
    qint64 id = 0;
    qint64 last = 0; ///< the delivery that joined last; 0: all have finished
    bool isNew = false;
};

/// The lane of a target and an integration; made where there is none.
Result<OutboxLane> laneOf(Database &database, qint64 target, const QString &integrationId);
Result<OutboxLane> laneWithId(Database &database, qint64 id);

/// What a delivery waits by, as the database keeps it; empty: by none.
QString toColumn(std::optional<HoldingRule> rule);
std::optional<HoldingRule> ruleFromColumn(const QString &column);

/// An unfinished delivery in its lane.
struct LaneRow
{
    qint64 id = 0;
    qint64 previous = 0; ///< 0: it is the head
    qint64 next = 0; ///< 0: it is the last
    DeliveryState state = DeliveryState::Pending;
    bool isHead = false;
    bool isAsked = false; ///< a person wants it now
    bool isOvertaken = false;
    std::optional<HoldingRule> heldBy{};
    qint64 dueAt = 0; ///< ms, the database's time
    qint64 bytes = 0;
    qint64 countedFrom = 0; ///< ms, the same: it was accepted, or replayed

    bool isIdle() const { return state != DeliveryState::Sending; }
};

/// The unfinished ones, the head first.
Result<QList<LaneRow>> rowsOf(Database &database, const OutboxLane &lane);
Result<LaneRow> laneRow(Database &database, qint64 delivery);

/// Where a delivery joins a lane.
struct LanePlace
{
    qint64 previous = 0; ///< 0: it becomes the head
    qint64 next = 0;
};

LanePlace endOf(const OutboxLane &lane);
/// Before those at the end that wait for a rule.
Result<LanePlace> placeBeforeHeld(Database &database, const OutboxLane &lane);
/// Puts a delivery into its place. It has been written with its `previous`, `next` and, where that is 0, as head.
Result<void> joinLane(Database &database, const OutboxLane &lane, const LanePlace &place, qint64 delivery);
/// Takes a delivery that has finished, or goes to another place, out of its lane.
Result<void> leaveLane(OutboxTransaction &transaction, qint64 lane, const LaneRow &row);

/// Makes the delivery that followed a finished one (0: none did) the head of their lane.
Result<void> promote(OutboxTransaction &transaction, qint64 next);

} // namespace Tocsin
