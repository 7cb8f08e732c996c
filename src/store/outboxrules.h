// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outboxlanes.h"
#include "outboxtransaction.h"

#include <limits>

namespace Tocsin {

// What the rules of webhooks and mutes make of deliveries: which one waits, which one is superseded, which one dies of
// its age.

/// When what a mute holds is due: not before that has ended, which nobody waits for by a time of its own.
inline constexpr qint64 notByItself = std::numeric_limits<qint64>::max() / 4;

/// What an event has made of its integration's status.
struct StatusTurn
{
    std::optional<IntegrationStatus> before; ///< none: it was not known
    IntegrationStatus now = IntegrationStatus::Active;
    bool isChange = false;
    qint64 turnedAt = 0; ///< ms, the database's time: when it turned to the one before
};

/// Before an event's deliveries join their lanes: supersedes what it makes pointless, whether or not the event fires
/// the webhooks; answers with the ids.
Result<QStringList> overtakeOlder(OutboxTransaction &transaction, const IntegrationEvent &event,
                                  const StatusTurn &turn);

/// How a new delivery of a webhook begins.
struct DeliveryStart
{
    std::optional<HoldingRule> heldBy{};
    qint64 dueAt = 0; ///< ms, the database's time
    std::optional<qint64> expiresAt{};
};

DeliveryStart startOf(const OutboxTransaction &transaction, const OutboxTarget &target, const QString &integrationId,
                      const StatusTurn &turn);
/// When what begins to count now dies of its age.
QVariant expiryOf(const OutboxTransaction &transaction, const OutboxTarget &target);
/// What a lane that was just made is to know of the status before.
Result<void> rememberSettled(OutboxTransaction &transaction, const OutboxTarget &target, qint64 lane,
                             const StatusTurn &turn);

/// A status that had settled was not told: coming back to it is news. `countedFrom` is its delivery's.
Result<void> forgetSettled(OutboxTransaction &transaction, qint64 lane, qint64 countedFrom);
/// A request of which nobody knows whether it arrived: so nobody knows which status was delivered last.
Result<void> doubtDelivered(OutboxTransaction &transaction, qint64 lane);

/// Ends one that is not on its way: a newer status has made it pointless.
Result<void> supersede(OutboxTransaction &transaction, qint64 target, qint64 lane, const LaneRow &row,
                       const Sentence &reason);
/// Of one that a newer status has overtaken; none: it is not known which.
Sentence newerReason(std::optional<IntegrationStatus> newer = std::nullopt);
Sentence mutedReason(); ///< the same while it was muted

/// Of a lane that is muted: keeps the newest event waiting, and supersedes the others; what a person asked for stays.
Result<void> holdMuted(OutboxTransaction &transaction, const OutboxTarget &target, const OutboxLane &lane);
bool isMuted(const OutboxTransaction &transaction, const OutboxTarget &target, const QString &integrationId);

/// Applies mutes that are new, and ends those whose time has come.
Result<OutboxStep> settleMutes(OutboxTransaction &transaction);

/// Lets those die that were not delivered within the maximum age.
Result<void> expireOld(OutboxTransaction &transaction);
Sentence ageReason(const OutboxTarget &target);

/// What becomes of one whose turn it is.
enum class TurnFate {
    Goes,
    Passes, ///< not this one: it waits for something, or has ended
};

/// A head that could be claimed.
struct TurnCandidate
{
    qint64 id = 0;
    qint64 lane = 0;
    qint64 event = 0;
    QString integrationId;
    IntegrationStatus status = IntegrationStatus::Active;
};

Result<TurnFate> turnFate(OutboxTransaction &transaction, const OutboxTarget &target, const TurnCandidate &candidate);
/// Whether the delivery behind one (0: none) is of a newer event.
Result<bool> isNewer(Database &database, qint64 next, qint64 event);

} // namespace Tocsin
