// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QStringList>

namespace Tocsin {

/// Pending: may be sent as soon as its turn comes. Sending: claimed by a process. Waiting: for a retry, or as a rule of
/// its webhook says (HoldingRule). Delivered, Dead and Superseded (a newer status made it pointless) are finished; a
/// person can replay them.
enum class DeliveryState { Pending, Sending, Waiting, Delivered, Dead, Superseded };

QList<DeliveryState> allDeliveryStates();
/// The word in documents and in the database (`pending`); not translated.
QString toString(DeliveryState state);
std::optional<DeliveryState> deliveryStateFromString(const QString &text);
bool isFinished(DeliveryState state);

/// What an unfinished delivery waits for, other than its turn or a retry.
enum class HoldingRule {
    Settle, ///< its status has to last
    Mute, ///< of its webhook or its integration
    Rate, ///< of its webhook
};

/// The word in documents (`settle`); not translated.
QString toString(HoldingRule rule);
std::optional<HoldingRule> holdingRuleFromString(const QString &text);

/// The duty to get one event to one webhook.
struct Delivery
{
    QString id; ///< a number: greater for what was accepted later
    QString messageId; ///< `msg_…`, sent as `webhook-id`, the same on every attempt
    QString eventId; ///< `evt_…`
    QString eventOwnId{}; ///< IntegrationEvent::ownId
    QString webhookId;
    QString webhookName; ///< as it is now, or was last
    QString integrationId;
    QString integrationName;
    QString integrationType;
    IntegrationStatus status = IntegrationStatus::Active;
    DeliveryState state = DeliveryState::Pending;
    int attempts = 0; ///< that ended
    QDateTime createdAt; ///< UTC, as all of them
    std::optional<QDateTime> nextAttemptAt; ///< while waiting: not before; none: a mute without an end
    std::optional<HoldingRule> heldBy{}; ///< while it is not finished
    std::optional<QDateTime> expiresAt{}; ///< while it is not finished: then it dies of its age
    std::optional<QDateTime> finishedAt;
    int lastHttpStatus = 0; ///< 0: no answer
    Sentence lastReason; ///< about the last attempt, or why it died
    std::optional<Milliseconds> lastTotal; ///< of the last attempt

    bool operator==(const Delivery &) const = default;
};

/// A delivery that does not go out as soon as its turn comes.
struct HeldDelivery
{
    QString id;
    QString webhookName;
    std::optional<HoldingRule> rule{};
    std::optional<QDateTime> until{}; ///< none: a mute without an end

    bool operator==(const HeldDelivery &) const = default;
};

/// What became of an event that was accepted.
struct AcceptedEvent
{
    QString eventId;
    bool suppressed = false; ///< recorded, not delivered
    QString suppressedReason; ///< one sentence
    QStringList deliveryIds;
    QList<HeldDelivery> held{}; ///< of these
    QStringList supersededIds{}; ///< older deliveries that it made pointless
    QString ownId{}; ///< IntegrationEvent::ownId
    bool isDuplicate = false; ///< one with its id and content was taken before: all else is what was said of that one

    bool operator==(const AcceptedEvent &) const = default;
};

/// An event that was not taken: its id is another one's.
struct RefusedEvent
{
    qsizetype number = 0; ///< of those given, from 0
    QString ownId;
    QString reason; ///< one sentence

    bool operator==(const RefusedEvent &) const = default;
};

/// What became of events that were given.
struct EventAcceptance
{
    QList<AcceptedEvent> accepted; ///< in their order
    QList<RefusedEvent> refused;

    bool operator==(const EventAcceptance &) const = default;
};

Json toJson(const Delivery &delivery);
Json toJson(const HeldDelivery &held);
Json toJson(const AcceptedEvent &event);

} // namespace Tocsin
