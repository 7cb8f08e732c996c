// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "attemptoutcome.h"

#include "deliverer.h"
#include "retryschedule.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace Tocsin {

using std::chrono::milliseconds;

namespace {

constexpr int statusGone = 410; // RFC 9110 §15.5.11

std::optional<milliseconds> requestedDelay(const Invocation &invocation)
{
    if (invocation.error && invocation.error->retryAfter) {
        return *invocation.error->retryAfter;
    }
    return invocation.response ? retryAfterDelay(invocation.response->headers, QDateTime::currentDateTimeUtc())
                               : std::nullopt;
}

/// Whether the same event, sent again, must fail in the same way.
bool isHopeless(const Invocation &invocation)
{
    return invocation.error
        && (invocation.error->kind == ErrorKind::Template
            || (invocation.error->kind == ErrorKind::TooLarge && invocation.sent == 0));
}

} // namespace

bool isGone(const Invocation &invocation)
{
    return invocation.response && invocation.response->status == statusGone;
}

bool isLostWithKeptConnection(const Invocation &invocation)
{
    return invocation.error && invocation.error->kind == ErrorKind::Reset && invocation.connectionReused
        && invocation.sent > 0 && !invocation.timings.receive;
}

bool isSecretsFault(const Invocation &invocation)
{
    return invocation.error && invocation.error->kind == ErrorKind::Secret && invocation.sent == 0;
}

bool isRefusal(const Invocation &invocation)
{
    return invocation.response && (invocation.response->status == 401 || invocation.response->status == 403);
}

FinishedAttempt attemptOutcome(const QString &owner, const ClaimedDelivery &claimed, const Invocation &invocation)
{
    FinishedAttempt attempt{.deliveryId = claimed.delivery.id,
                            .owner = owner,
                            .attempt = claimed.attempt,
                            .outcome = AttemptOutcome::Delivered,
                            .countsAsTry = true,
                            .retryIn = {},
                            .deadReason = {},
                            .invocation = invocation};
    if (isGone(invocation)) {
        attempt.outcome = AttemptOutcome::Dead;
        attempt.deadReason = Deliverer::say("The target answered 410 Gone, so the webhook was deactivated.");
        return attempt;
    }
    if (invocation.verdict == Verdict::Successful) {
        return attempt;
    }
    const auto delay = retryDelay(claimed.webhook->retryDelays, claimed.tryNumber,
                                  QRandomGenerator::global()->generateDouble(), requestedDelay(invocation));
    if (isHopeless(invocation)) {
        attempt.outcome = AttemptOutcome::Dead;
    } else if (!delay) {
        attempt.outcome = AttemptOutcome::Dead;
        // As the list of attempts counts them: those before a replay, and repeats that are no try, have their numbers,
        // too.
        attempt.deadReason = Deliverer::say("Given up at attempt %1: %2", claimed.attempt, invocation.reason);
    } else {
        attempt.outcome = AttemptOutcome::Retry;
        attempt.retryIn = *delay;
    }
    return attempt;
}

} // namespace Tocsin
