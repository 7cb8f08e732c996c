// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"
#include "outboxmutes.h"

namespace Tocsin {

// What is said of deliveries that a rule or a mute holds, on the reader's thread.

/// Says of each until when a mute or its webhook's rate holds it.
Result<void> explainHolds(Database &database, const OutboxClock &clock, QList<Delivery> &deliveries);

Result<QList<Mute>> holdingMutes(Database &database, const OutboxClock &clock);

} // namespace Tocsin
