// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

namespace Tocsin {

/// Whether the target said that it will never take anything again (410, RFC 9110 §15.5.11).
bool isGone(const Invocation &invocation);
/// Whether the request was lost with a connection that had been kept alive: not a byte came back. The target may have
/// closed it before, as it may at any time (RFC 9112 §9.6), so that says nothing about the target.
bool isLostWithKeptConnection(const Invocation &invocation);
/// Whether nothing was sent since a secret, or what the document makes of it, cannot be used: its owner has to mend it.
bool isSecretsFault(const Invocation &invocation);
/// Whether the target did not know the sender, or did not let it.
bool isRefusal(const Invocation &invocation);

/// What an invocation means for the delivery that it was made for, by the webhook's retry schedule.
FinishedAttempt attemptOutcome(const QString &owner, const ClaimedDelivery &claimed, const Invocation &invocation);

} // namespace Tocsin
