// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outboxlanes.h"
#include "outboxtargets.h"

namespace Tocsin {

/// What makes the ids of one profile unlike those of another.
qint64 newNonce();

/// A delivery that begins.
struct NewDelivery
{
    qint64 event = 0;
    qint64 bytes = 0; ///< that it takes: its part of the event's document
    std::optional<HoldingRule> heldBy{};
    qint64 dueAt = 0; ///< ms, the database's time
    bool isAsked = false; ///< a person wants it now
};

/// Writes it, and puts it into its place; answers with its id.
Result<qint64> insertDelivery(OutboxTransaction &transaction, const OutboxTarget &target, const OutboxLane &lane,
                              const LanePlace &place, const NewDelivery &delivery);

} // namespace Tocsin
