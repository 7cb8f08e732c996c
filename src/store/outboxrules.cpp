// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxrules.h"

#include "firing.h"
#include "outboxcauses.h"
#include "outboxqueries.h"
#include "sentencejson.h"
#include "spantext.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int expiredAtOnce = 500;

qint64 inMilliseconds(std::chrono::seconds time)
{
    return std::chrono::milliseconds(time).count();
}

Sentence settlingReason(std::chrono::seconds settle)
{
    return Outbox::say("Its status did not last the settle time of %1.", spanInWords(settle));
}

Sentence returnedReason(IntegrationStatus status)
{
    return Outbox::say("The integration came back to %1 within the settle time, so there is nothing to tell.",
                       toString(status));
}

/// A lane of an integration, as an event meets it.
struct MetLane
{
    OutboxLane lane;
    qint64 target = 0;
    QString settledStatus;
};

Result<QList<MetLane>> lanesOf(Database &database, const QString &integrationId)
{
    QList<MetLane> lanes;
    const auto read =
        forEach(database, OutboxStatement::SelectLanesOfIntegration, {integrationId}, [&lanes](const Rows &rows) {
            lanes.append({.lane = {.id = rows.value(0).toLongLong(), .last = rows.value(1).toLongLong()},
                          .target = rows.value(2).toLongLong(),
                          .settledStatus = rows.value(3).toString()});
        });
    return read ? Result<QList<MetLane>>(lanes) : read.error();
}

bool hadSettled(const OutboxTransaction &transaction, const OutboxTarget &target, const StatusTurn &turn)
{
    return transaction.time() - turn.turnedAt >= inMilliseconds(target.webhook->settle);
}

/// Why a newer event makes an older delivery pointless; none: it does not.
std::optional<Sentence> overtakingReason(const OutboxTransaction &transaction, const Webhook &webhook, bool muted,
                                         const StatusTurn &turn, const LaneRow &row)
{
    if (webhook.keep == KeptEvents::Newest) {
        return newerReason(turn.isChange ? std::optional(turn.now) : std::nullopt);
    }
    if (row.isAsked) {
        return std::nullopt;
    }
    if (muted) {
        return mutedReason();
    }
    const bool isSettling = row.heldBy == HoldingRule::Settle && row.dueAt > transaction.time();
    return isSettling && turn.isChange ? std::optional(settlingReason(webhook.settle)) : std::nullopt;
}

Result<void> overtakeIn(OutboxTransaction &transaction, const OutboxTarget &target, const MetLane &met, bool muted,
                        const StatusTurn &turn, QStringList &superseded)
{
    const auto rows = rowsOf(transaction.database, met.lane);
    if (!rows) {
        return rows.error();
    }
    const bool marksSending = muted || target.webhook->keep == KeptEvents::Newest;
    // The last first: then each knows the one before it as it is.
    for (auto row = rows->crbegin(); row != rows->crend(); ++row) {
        if (!row->isIdle()) {
            const auto marked =
                marksSending ? change(transaction.database, OutboxStatement::MarkOvertaken, {row->id}) : Result<int>(0);
            if (!marked) {
                return marked.error();
            }
            continue;
        }
        const auto reason = overtakingReason(transaction, *target.webhook, muted, turn, *row);
        if (!reason) {
            continue;
        }
        const auto now = laneRow(transaction.database, row->id);
        const auto ended = now ? supersede(transaction, target.id, met.lane.id, *now, *reason) : now.error();
        if (!ended) {
            return ended;
        }
        superseded.prepend(QString::number(row->id));
    }
    return {};
}

} // namespace

Sentence newerReason(std::optional<IntegrationStatus> newer)
{
    return newer ? Outbox::say("The integration turned %1 before this was sent, and only the newest status is kept.",
                               toString(*newer))
                 : Outbox::say("A newer status came, and only the newest one is kept.");
}

Sentence mutedReason()
{
    return Outbox::say("It was muted, and a newer status came: of those, only the newest one is kept.");
}

Sentence ageReason(const OutboxTarget &target)
{
    const auto age = target.webhook->maximumAge.value_or(std::chrono::seconds(0));
    return Outbox::say("It was not delivered within its maximum age of %1.", spanInWords(age));
}

Result<QStringList> overtakeOlder(OutboxTransaction &transaction, const IntegrationEvent &event, const StatusTurn &turn)
{
    QStringList superseded;
    if (!transaction.targets.haveRules()) {
        return superseded;
    }
    const auto lanes = lanesOf(transaction.database, sqlText(event.integrationId));
    if (!lanes) {
        return lanes.error();
    }
    for (const auto &met : *lanes) {
        const auto &target = transaction.targets.all().at(met.target);
        if (!target.webhook) {
            continue;
        }
        const bool muted = isMuted(transaction, target, event.integrationId);
        const bool settles = target.webhook->settle.count() > 0;
        if (settles) {
            if (const auto kept = rememberSettled(transaction, target, met.lane.id, turn); !kept) {
                return kept.error();
            }
        }
        if (met.lane.last == 0 || !(muted || settles || target.webhook->keep == KeptEvents::Newest)) {
            continue;
        }
        if (const auto done = overtakeIn(transaction, target, met, muted, turn, superseded); !done) {
            return done.error();
        }
    }
    return superseded;
}

Result<void> rememberSettled(OutboxTransaction &transaction, const OutboxTarget &target, qint64 lane,
                             const StatusTurn &turn)
{
    if (!turn.isChange || !turn.before || !hadSettled(transaction, target, turn)) {
        return {};
    }
    const auto kept = change(transaction.database, OutboxStatement::UpdateSettledStatus,
                             {toString(*turn.before), turn.turnedAt, lane});
    return kept ? Result<void>() : kept.error();
}

Result<void> forgetSettled(OutboxTransaction &transaction, qint64 lane, qint64 countedFrom)
{
    const auto forgotten = change(transaction.database, OutboxStatement::ForgetSettledStatus, {lane, countedFrom});
    return forgotten ? Result<void>() : forgotten.error();
}

Result<void> doubtDelivered(OutboxTransaction &transaction, qint64 lane)
{
    const auto doubted = change(transaction.database, OutboxStatement::DoubtDelivered, {lane});
    return doubted ? Result<void>() : doubted.error();
}

DeliveryStart startOf(const OutboxTransaction &transaction, const OutboxTarget &target, const QString &integrationId,
                      const StatusTurn &turn)
{
    if (isMuted(transaction, target, integrationId)) {
        return {.heldBy = HoldingRule::Mute, .dueAt = notByItself};
    }
    // One that says again what has lasted already was asked for by force.
    const auto settle = turn.isChange ? target.webhook->settle : std::chrono::seconds(0);
    return {.heldBy = settle.count() > 0 ? std::optional(HoldingRule::Settle) : std::nullopt,
            .dueAt = transaction.time() + inMilliseconds(settle)};
}

QVariant expiryOf(const OutboxTransaction &transaction, const OutboxTarget &target)
{
    return target.webhook && target.webhook->maximumAge
        ? QVariant(transaction.time() + inMilliseconds(*target.webhook->maximumAge))
        : QVariant(QMetaType(QMetaType::LongLong));
}

Result<void> supersede(OutboxTransaction &transaction, qint64 target, qint64 lane, const LaneRow &row,
                       const Sentence &reason)
{
    const auto ended = change(transaction.database, OutboxStatement::SupersedeDelivery,
                              {transaction.now, sentenceToColumn(reason), row.id});
    if (!ended) {
        return ended.error();
    }
    transaction.count(target, row.state, DeliveryState::Superseded);
    transaction.countForgettable(row.bytes);
    auto forgotten = forgetSettled(transaction, lane, row.countedFrom);
    return forgotten ? leaveLane(transaction, lane, row) : forgotten;
}

bool isMuted(const OutboxTransaction &transaction, const OutboxTarget &target, const QString &integrationId)
{
    const auto &mutes = transaction.targets.mutes();
    return !mutes.isEmpty() && mutes.isMuted(target.webhookId, integrationId, transaction.now, transaction.time());
}

Result<void> holdMuted(OutboxTransaction &transaction, const OutboxTarget &target, const OutboxLane &lane)
{
    auto &database = transaction.database;
    const auto rows = rowsOf(database, lane);
    if (!rows) {
        return rows.error();
    }
    bool isNewest = true;
    for (auto one = rows->crbegin(); one != rows->crend(); ++one) {
        if (!one->isIdle() || one->isAsked) {
            continue;
        }
        const auto row = laneRow(database, one->id); // as it is by now
        if (!row) {
            return row.error();
        }
        const bool isKept = std::exchange(isNewest, false) && !row->isOvertaken;
        if (!isKept) {
            if (const auto ended = supersede(transaction, target.id, lane.id, *row, mutedReason()); !ended) {
                return ended;
            }
            continue;
        }
        if (row->heldBy != HoldingRule::Mute) {
            const auto held = change(database, OutboxStatement::HoldDelivery,
                                     {toColumn(HoldingRule::Mute), notByItself, transaction.time(), row->id});
            if (!held) {
                return held.error();
            }
            transaction.count(target.id, row->state, DeliveryState::Waiting);
        }
        if (row->next != 0) { // what a person asked for goes before it
            if (const auto left = leaveLane(transaction, lane.id, *row); !left) {
                return left;
            }
            const auto moved = change(database, OutboxStatement::MoveBehind, {lane.last, row->id});
            if (!moved) {
                return moved.error();
            }
            if (const auto joined = joinLane(database, lane, endOf(lane), row->id); !joined) {
                return joined;
            }
        }
    }
    return {};
}

Result<void> expireOld(OutboxTransaction &transaction)
{
    struct Expired
    {
        qint64 id = 0;
        qint64 target = 0;
        qint64 lane = 0;
    };
    QList<Expired> expired;
    const auto read = forEach(transaction.database, OutboxStatement::SelectExpired, {transaction.time(), expiredAtOnce},
                              [&expired](const Rows &rows) {
                                  expired.append({.id = rows.value(0).toLongLong(),
                                                  .target = rows.value(1).toLongLong(),
                                                  .lane = rows.value(2).toLongLong()});
                              });
    if (!read) {
        return read;
    }
    for (const auto &one : std::as_const(expired)) {
        const auto &target = transaction.targets.all().at(one.target);
        const auto row = laneRow(transaction.database, one.id);
        if (!row) {
            return row.error();
        }
        if (!target.webhook) {
            continue; // it dies of that
        }
        const IdleDelivery delivery{
            .id = row->id, .next = row->next, .state = row->state, .isMuted = row->heldBy == HoldingRule::Mute};
        const auto died = letDie(transaction, target, delivery, ageReason(target), causeOfAge());
        const auto forgotten = died ? forgetSettled(transaction, one.lane, row->countedFrom) : died;
        const auto left = forgotten ? leaveLane(transaction, one.lane, *row) : forgotten;
        if (!left) {
            return left;
        }
    }
    transaction.workArrived = transaction.workArrived || expired.size() == expiredAtOnce;
    return {};
}

Result<bool> isNewer(Database &database, qint64 next, qint64 event)
{
    const auto following = next == 0 ? Result<std::optional<qint64>>(std::optional<qint64>())
                                     : selectNumber(database, OutboxStatement::SelectEventOf, {next});
    return following ? Result<bool>(following->value_or(0) > event) : following.error();
}

namespace {

/// Whether there is a newer status, which the filters may not match, and which may have come under another rule.
Result<bool> isStale(Database &database, const LaneRow &row, const TurnCandidate &candidate)
{
    const auto newer = isNewer(database, row.next, candidate.event);
    if (!newer || *newer || row.isOvertaken) {
        return newer ? Result<bool>(true) : newer;
    }
    bool isOther = false;
    const auto read =
        forEach(database, OutboxStatement::SelectIntegrationStatus, {sqlText(candidate.integrationId)},
                [&](const Rows &rows) { isOther = rows.value(0).toString() != toString(candidate.status); });
    return read ? Result<bool>(isOther) : read.error();
}

/// Whether a status that has settled is the one that the target has heard of, with no other that lasted in between.
/// Where nothing was ever delivered, the one before the change.
Result<bool> isReturn(Database &database, const LaneRow &row, const TurnCandidate &candidate)
{
    bool isOne = false;
    const auto read = forEach(database, OutboxStatement::SelectSettledStatus, {candidate.lane}, [&](const Rows &rows) {
        const auto status = toString(candidate.status);
        const auto delivered = rows.value(2).toString();
        isOne = rows.value(0).toString() == status && (delivered.isEmpty() || delivered == status)
            && rows.value(1).toLongLong() < row.countedFrom; // else it is this one that has settled
    });
    return read ? Result<bool>(isOne) : read.error();
}

} // namespace

Result<TurnFate> turnFate(OutboxTransaction &transaction, const OutboxTarget &target, const TurnCandidate &candidate)
{
    auto &database = transaction.database;
    const auto row = laneRow(database, candidate.id);
    if (!row) {
        return row.error();
    }
    const auto ends = [&](const Sentence &reason) -> Result<TurnFate> {
        const auto ended = supersede(transaction, target.id, candidate.lane, *row, reason);
        return ended ? Result<TurnFate>(TurnFate::Passes) : ended.error();
    };
    if (!row->isAsked && isMuted(transaction, target, candidate.integrationId)) {
        const auto lane = laneWithId(database, candidate.lane);
        const auto held = lane ? holdMuted(transaction, target, *lane) : lane.error();
        return held ? Result<TurnFate>(TurnFate::Passes) : held.error();
    }
    if (target.webhook->keep == KeptEvents::Newest) {
        const auto newer = row->isAsked ? Result<bool>(row->isOvertaken) : isStale(database, *row, candidate);
        if (!newer) {
            return newer.error();
        }
        if (*newer) {
            return ends(newerReason());
        }
    }
    if (row->heldBy == HoldingRule::Settle) {
        const auto returned = isReturn(database, *row, candidate);
        if (!returned) {
            return returned.error();
        }
        if (*returned) {
            return ends(returnedReason(candidate.status));
        }
    }
    return TurnFate::Goes;
}

} // namespace Tocsin
