// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

namespace Tocsin {

/// Whether the target said that it will never take anything again (410, RFC 9110 §15.5.11).
bool isGone(const Invocation &invocation);

/// What an invocation means for the delivery that it was made for, by the webhook's retry schedule.
FinishedAttempt attemptOutcome(const QString &owner, const ClaimedDelivery &claimed, const Invocation &invocation);

} // namespace Tocsin
