// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Tocsin {

/// Every prepared statement of the outbox, in one place; () holds what is bound, -> what the rows hold.
enum class OutboxStatement {
    SelectClock, ///< () -> boot, boot_offset, shift, latest
    UpdateClock, ///< (boot, boot_offset, shift, latest)

    SelectTargets, ///< () -> id, webhook_id, webhook_name, failures, epoch, epoch_reason, removed, settle, maximum_age,
                   ///< health
    SelectWebhookVersions, ///< () -> id, version
    SelectWebhookDocument, ///< (id) -> document
    CountWebhookVersion, ///< (): the next DeactivateWebhook's version is a new one
    DeactivateWebhook, ///< (document, changed_at, id)
    SelectWebhookVersion, ///< (id) -> version
    InsertTarget, ///< (webhook_id, webhook_name, health)
    UpdateTargetName, ///< (webhook_name, id)
    UpdateTargetFailures, ///< (failures, id)
    UpdateTargetEpoch, ///< (epoch, epoch_reason, removed, id)
    UpdateTargetRules, ///< (settle, maximum_age, id)
    UpdateTargetHealth, ///< (health, id)
    SelectHealth, ///< () -> target, reason, detail
    InsertHealth, ///< (target, reason, detail)
    DeleteHealth, ///< (target, reason)
    DateSettling, ///< (settle in ms, target)
    DateExpiring, ///< (maximum age in ms, the same, target); 0: none

    SelectIntegrationStatus, ///< (id) -> status, turned_at
    UpsertIntegrationStatus, ///< (id, name, name_folded, type, status, since, last_event_at, issues, turned_at)
    UpdateLastEvent, ///< (event, id)
    InsertEvent, ///< (nonce, integration_id, integration_name, integration_type, status, accepted_at, suppressed,
                 ///< deliveries, bytes, document)
    InsertOwnId, ///< (event, own_id)
    SelectTakenIds, ///< (hash, taken_at: later ones only) -> digests, taken_at, answer; the last one first
    InsertTakenId, ///< (hash, digests, taken_at, answer)
    SelectLanesOfIntegration, ///< (integration_id) -> id, last delivery or 0, target, settled_status
    SelectSettledStatus, ///< (lane) -> settled_status, settled_at, delivered_status
    UpdateSettledStatus, ///< (status, settled_at, lane)
    ForgetSettledStatus, ///< (lane, settled_at): it was not told
    DoubtDelivered, ///< (lane): what was delivered last is not known
    UpdateDeliveredStatus, ///< (status, status, lane, status, status)
    SelectLane, ///< (target, integration_id) -> id, last delivery where that is unfinished, or null
    SelectLaneWithId, ///< (id) -> the same
    InsertLane, ///< (target, integration_id)
    UpdateLane, ///< (last_delivery, id)
    UpdateNext, ///< (next, id)
    UpdatePrevious, ///< (previous, id), of one that is not the head
    MoveBehind, ///< (previous, id): becomes the last
    SelectLaneRow, ///< (id) -> previous, next, state, head, asked, overtaken, rule, due_at, bytes, counted_from
    SelectEventOf, ///< (id) -> event
    InsertDelivery, ///< (nonce, event, target, epoch, created_at, due_at, scheduled_at, lane, head, bytes, previous,
                    ///< next, state, rule, asked, counted_from, expires_at)

    MarkOvertaken, ///< (id)
    SupersedeDelivery, ///< (finished_at, last_reason, id)
    HoldDelivery, ///< (rule, due_at, scheduled_at, id)
    FreeDelivery, ///< (due_at, scheduled_at, id)
    SelectExpired, ///< (time, limit) -> id, target, lane
    SelectNextExpiry, ///< () -> expires_at
    SelectKept, ///< (id) -> integration id, name, type, status, delivered_status of its lane, counted_from
    SelectUnmutedHeads, ///< (target, target, limit) -> id, target, lane, integration_id
    SelectSendingHeads, ///< (target) -> the same
    SelectHeldByMute, ///< (target, id, limit) -> the same
    SelectLastOfLanes, ///< (integration_id) -> the same
    SelectMutes, ///< () -> kind, subject, until, is_wall, set_at, applied
    UpsertMute, ///< (kind, subject, until, is_wall, set_at, applied)
    DeleteMute, ///< (kind, subject)
    SelectIntegrationRow, ///< (id) -> 1
    TakeFromRate, ///< (target, second)
    SelectRate, ///< (target, second: later ones) -> second, attempts; the first one first
    AddToRate, ///< (target, second, attempts)
    DeleteRate, ///< (target, second): that one and those before
    SelectSyncable, ///< () -> id, name, type, status, of integrations that have one
    SelectLastEvent, ///< (id of an integration) -> its last event's id and bytes, or nulls, issues, since
    SelectTargetDocument, ///< (webhook_id) -> id, document
    SelectHead, ///< (id) -> head
    TakeEvent, ///< (id): one more delivery needs it

    SelectLeases, ///< () -> owner, boot, expires_at, length
    UpsertLease, ///< (owner, boot, expires_at, length)
    DeleteLease, ///< (owner)
    SelectSending, ///< () -> target, count
    SelectHeld, ///< (owner) -> id, target, epoch, lane, claimed at
    ReleaseDelivery, ///< (id, owner)
    TellWhyHeld, ///< (last_reason, id, owner)
    MendSchedule, ///< (now, now, now): what was scheduled by a clock that was ahead
    SelectPending, ///< (target, epoch, now, limit) -> deliveryColumns, tries, document or null where it is long, next,
                   ///< its length in bytes, lane
    SelectDue, ///< (target, now, epoch, now, limit) -> the same
    SelectEventDocument, ///< (id of a delivery) -> document
    ClaimDelivery, ///< (owner, webhook_version, now, id); `scheduled_at` says from now on when it was claimed
    SelectNextDue, ///< (target) -> due_at

    SelectClaimed, ///< (id, owner, attempts so far) -> target, next, epoch, webhook_version, bytes, lane, event, asked,
                   ///< overtaken, expires_at, integration id, status, counted_from
    InsertAttempt, ///< (delivery, number, certificate_chain, document)
    SelectChain, ///< (fingerprints) -> id
    InsertChain, ///< (fingerprints, document)
    EndAttempt, ///< (state, head, due_at, scheduled_at, finished_at, last_http_status, last_reason, last_total_ms,
                ///< cause, tries, bytes, rule, id); tries and bytes are added
    PromoteNext, ///< (id)
    AddToTally, ///< (target, state, deliveries)
    AddOutcomes, ///< (minute, target, delivered, failed, dead)

    SelectCondemnedPending, ///< (target, epoch, limit) -> id, next, state
    SelectCondemnedWaiting, ///< the same
    CondemnDelivery, ///< (finished_at, last_reason, cause, id)
    SelectReplayed, ///< (id) -> target, lane, state, bytes
    ReplayDelivery, ///< (head, previous, next, epoch, due_at, scheduled_at, counted_from, expires_at, id)
    SelectDead, ///< (target, id, limit) -> id
    SelectLastFinish, ///< (state) -> finished_at of the last one, or null

    SelectRetention, ///< () -> maximum_age, maximum_bytes
    UpsertRetention, ///< (maximum_age, maximum_bytes)
    SelectForgettable, ///< () -> bytes
    AddForgettable, ///< (bytes)
    SelectFinished, ///< (state, finished_at, limit) -> id, event, target, bytes
    SelectAttempts, ///< (delivery) -> id, document, chain's document
    DeleteAttempt, ///< (id)
    DeleteDelivery, ///< (id)
    LetGoOfEvent, ///< (id)
    SelectUnneededEvents, ///< (accepted_at, limit) -> id, bytes
    DeleteUnneededEvent, ///< (id): if no delivery needs it
    DeleteOutcomes, ///< (minute)
    DeleteTakenIds, ///< (taken_at, limit)
    SelectIndexed, ///< () -> the last attempt whose text can be searched
    SelectUnindexed, ///< (id, limit) -> id, document
    InsertText, ///< (id, request, response)
    DeleteText, ///< (id, request, response)

    SelectDelivery, ///< (id) -> shownColumns, document
    SelectCounts, ///< () -> webhook_id, state, deliveries
    SelectFirstDelivery, ///< () -> id or null
    SelectLastDelivery, ///< () -> id or null
    SelectAcceptedFrom, ///< (id) -> created_at, of the first one from there
    SelectFirstAttempt, ///< () -> id or null
    SelectLastAttempt, ///< () -> id or null
    SelectAttemptFrom, ///< (id) -> document, of the first one from there
    CountState, ///< (state, id, limit) -> how many there are from that id on, up to the limit
    SelectOlderMatching, ///< (words, id, id, skipped) -> id of an attempt with the words, newest first; from, before
    SelectMatching, ///< (words, id, id, limit, webhook_id or empty, integration_id or empty) -> id, state, document:
                    ///< null where the state says how it ended
    SelectOldest, ///< (state) -> created_at
    SelectTimeline, ///< (bucket, minute) -> minute, delivered, failed, dead
    SelectTargetTimeline, ///< (bucket, minute, webhook_id) -> the same
    SelectIntegrationTimeline, ///< (bucket, integration_id, webhook_id or empty, ms) -> the same; failed is 0
    SelectTimelines, ///< (bucket, minute) -> minute, delivered, failed, dead, webhook_id
    SelectLastDeliveries, ///< () -> shownColumns
    SelectIntegrationStates ///< () -> id, name, type, status, since, last_event_at, issues
};

inline constexpr int outboxStatementCount = static_cast<int>(OutboxStatement::SelectIntegrationStates) + 1;

const QString &sql(OutboxStatement statement);

/// A page of deliveries: `conditions` are on d (delivery), e (event) and t (target). Binds their values, then the
/// limit.
QString deliveryListSql(const QStringList &conditions);
/// The ids alone of such a page: -> id. Binds the same.
QString deliveryIdsSql(const QStringList &conditions);
/// -> webhook_id, webhook_name, cause, count, finished_at of the first and the last, last_reason and id of the newest.
QString deathCausesSql(const QStringList &conditions);
/// A step through what can be replayed, in the order of ids: -> id. The conditions name states; binds their values, the
/// id before the first one, the last one, and a limit.
QString replayableSql(const QStringList &conditions);
/// -> webhook_id, webhook_name, whether the webhook is there, state, count; most first. The conditions name states.
QString replayForecastSql(const QStringList &conditions);
/// () -> state, count; of the newest ones, as many as its last value says. At least one condition.
QString matchingCountsSql(const QStringList &conditions);
/// The condition for deliveries that ended in a time (from, before), or with an attempt of these numbers (from,
/// before).
QString endedCondition();
/// The condition for deliveries of an event. Binds its own id, its number and its nonce.
QString eventCondition();
/// The condition for deliveries with a matching text. Binds the words, id and id as above, and a limit.
QString textCondition();

} // namespace Tocsin
