// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxcauses.h"
#include "outboxhealth.h"
#include "outboxlanes.h"
#include "outboxqueries.h"
#include "outboxreading.h"
#include "outboxrules.h"
#include "outboxtransaction.h"
#include "sentencejson.h"

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int stepSize = 500; // deliveries

/// What fails for its own sake, or for a secret's, says nothing about the webhook's target.
bool isTargetsFault(const Invocation &invocation)
{
    return !invocation.error
        || (invocation.error->kind != ErrorKind::Template && invocation.error->kind != ErrorKind::Cancelled
            && invocation.error->kind != ErrorKind::Secret);
}

Result<qint64> chainOf(OutboxTransaction &transaction, const QString &fingerprints, const Invocation &invocation)
{
    if (fingerprints.isEmpty()) {
        return 0;
    }
    if (const auto met = transaction.chains.constFind(fingerprints); met != transaction.chains.constEnd()) {
        return *met;
    }
    const auto known = selectNumber(transaction.database, OutboxStatement::SelectChain, {fingerprints});
    if (!known) {
        return known.error();
    }
    qint64 id = known->value_or(0);
    if (!*known) {
        const auto inserted =
            transaction.database.run(sql(OutboxStatement::InsertChain), {fingerprints, chainDocument(invocation)});
        if (!inserted) {
            return inserted.error();
        }
        id = inserted->insertedId();
    }
    transaction.chains.insert(fingerprints, id);
    return id;
}

/// Answers with the bytes that it takes.
Result<qint64> addAttempt(OutboxTransaction &transaction, qint64 delivery, int number, const Invocation &invocation)
{
    const auto stored = storedAttempt(invocation);
    const auto chain = chainOf(transaction, stored.chainFingerprints, invocation);
    if (!chain) {
        return chain.error();
    }
    const auto inserted =
        change(transaction.database, OutboxStatement::InsertAttempt, {delivery, number, *chain, stored.document});
    return inserted ? Result<qint64>(stored.document.size()) : inserted.error();
}

struct Row
{
    qint64 id = 0;
    qint64 target = 0;
    qint64 next = 0; ///< in its lane
    qint64 epoch = 0;
    qint64 webhookVersion = 0; ///< of the document that it was claimed with
    qint64 bytes = 0; ///< that it takes so far
    qint64 lane = 0;
    qint64 event = 0;
    bool isAsked = false;
    bool isOvertaken = false;
    std::optional<qint64> expiresAt{}; ///< ms, the database's time
    QString integrationId;
    QString status;
    qint64 countedFrom = 0; ///< the same
};

/// The row of an attempt that is still its owner's.
Result<std::optional<Row>> claimedRow(Database &database, const FinishedAttempt &attempt)
{
    std::optional<Row> row;
    const qint64 id = deliveryNumber(attempt.deliveryId);
    const auto read = forEach(database, OutboxStatement::SelectClaimed,
                              {id, sqlText(attempt.owner), attempt.attempt - 1}, [&](const Rows &rows) {
                                  row = Row{.id = id,
                                            .target = rows.value(0).toLongLong(),
                                            .next = rows.value(1).toLongLong(),
                                            .epoch = rows.value(2).toLongLong(),
                                            .webhookVersion = rows.value(3).toLongLong(),
                                            .bytes = rows.value(4).toLongLong(),
                                            .lane = rows.value(5).toLongLong(),
                                            .event = rows.value(6).toLongLong(),
                                            .isAsked = rows.value(7).toBool(),
                                            .isOvertaken = rows.value(8).toBool(),
                                            .expiresAt = rows.value(9).isNull() ? std::optional<qint64>()
                                                                                : rows.value(9).toLongLong(),
                                            .integrationId = rows.value(10).toString(),
                                            .status = rows.value(11).toString(),
                                            .countedFrom = rows.value(12).toLongLong()};
                              });
    return read ? Result<std::optional<Row>>(row) : read.error();
}

/// Whether the webhook was changed since: how the attempt failed says nothing about the document that is there now.
/// What an epoch has left behind is to die in any case.
bool isOutdated(OutboxTransaction &transaction, const Row &row, const FinishedAttempt &attempt)
{
    const auto &target = transaction.targets.all().at(row.target);
    return attempt.outcome != AttemptOutcome::Delivered && target.webhook && row.epoch == target.epoch
        && row.webhookVersion != target.version;
}

/// To be tried again at once, with the document that is there now.
FinishedAttempt outdated(const FinishedAttempt &attempt)
{
    FinishedAttempt result = attempt;
    result.outcome = AttemptOutcome::Retry;
    result.countsAsTry = false;
    result.retryIn = {};
    result.deadReason = {};
    return result;
}

Result<void> noteDeath(OutboxTransaction &transaction, OutboxTarget &target, const Sentence &reason)
{
    return target.webhook
        ? addHealthReason(transaction, target, HealthReason::Died, Outbox::say("A delivery died. %1", reason))
        : Result<void>();
}

/// What becomes of a delivery by an attempt, and why.
struct Ending
{
    DeliveryState state = DeliveryState::Delivered;
    Sentence reason;
    QString cause;
    std::optional<HoldingRule> heldBy{};
    bool isCondemned = false; ///< it dies of something else than the attempt
};

/// Whether a newer status makes another attempt pointless, where the rules say so.
Result<std::optional<Sentence>> reasonToStop(OutboxTransaction &transaction, const OutboxTarget &target, const Row &row,
                                             bool isMutedNow)
{
    const bool isNewestKept = target.webhook && target.webhook->keep == KeptEvents::Newest;
    if (!isNewestKept && !isMutedNow) {
        return std::optional<Sentence>();
    }
    const auto newer = isNewer(transaction.database, row.next, row.event);
    if (!newer) {
        return newer.error();
    }
    return *newer || row.isOvertaken ? std::optional(isNewestKept ? newerReason() : mutedReason())
                                     : std::optional<Sentence>();
}

Result<Ending> endingOf(OutboxTransaction &transaction, const Row &row, const FinishedAttempt &attempt)
{
    const auto &target = transaction.targets.all().at(row.target);
    Ending ending{.reason = attempt.invocation.reason, .cause = causeOf(attempt.invocation)};
    if (attempt.outcome == AttemptOutcome::Delivered) {
        return ending;
    }
    const bool isRetry = attempt.outcome == AttemptOutcome::Retry;
    ending.state = DeliveryState::Dead;
    if (row.epoch != target.epoch) {
        const Sentence &reason = isRetry ? target.epochReason : attempt.deadReason;
        ending.reason = reason.isEmpty() ? ending.reason : reason;
        ending.cause = isRetry ? causeOfWebhook() : ending.cause;
        ending.isCondemned = isRetry;
        return ending;
    }
    const bool isMutedNow = !row.isAsked && isMuted(transaction, target, row.integrationId);
    const auto stop = reasonToStop(transaction, target, row, isMutedNow);
    if (!stop) {
        return stop.error();
    }
    if (*stop) {
        ending.state = DeliveryState::Superseded;
        ending.reason = **stop;
    } else if (!isRetry) {
        ending.reason = attempt.deadReason.isEmpty() ? ending.reason : attempt.deadReason;
    } else if (row.expiresAt && *row.expiresAt <= transaction.time()) {
        ending.reason = ageReason(target);
        ending.cause = causeOfAge();
        ending.isCondemned = true;
    } else {
        ending.state = DeliveryState::Waiting;
        ending.heldBy = isMutedNow ? std::optional(HoldingRule::Mute) : std::nullopt;
    }
    return ending;
}

Result<void> countEnding(OutboxTransaction &transaction, const Row &row, const FinishedAttempt &attempt,
                         const Ending &ending, qint64 bytes)
{
    auto &target = transaction.targets.all().at(row.target);
    using Counted = OutboxTransaction::Ending;
    const bool isForgettable = ending.state == DeliveryState::Delivered || ending.state == DeliveryState::Superseded;
    transaction.count(row.target, DeliveryState::Sending, ending.state);
    transaction.countForgettable(isForgettable ? row.bytes + bytes : 0);
    transaction.countEnding(row.target,
                            ending.state == DeliveryState::Delivered  ? Counted::Delivered
                                : ending.state == DeliveryState::Dead ? Counted::Dead
                                                                      : Counted::Failed);
    if (ending.isCondemned) {
        transaction.countCondemned(target, ending.reason);
    }
    const bool isDelivered = attempt.outcome == AttemptOutcome::Delivered;
    const bool saysSomething = isDelivered || (attempt.countsAsTry && isTargetsFault(attempt.invocation));
    if (saysSomething && row.webhookVersion == target.version) {
        transaction.noteAttempt(target, isDelivered);
        if (const auto noted = noteHealth(transaction, target, isDelivered, attempt.invocation.reason); !noted) {
            return noted;
        }
    }
    if (ending.state == DeliveryState::Dead && row.epoch == target.epoch) {
        if (const auto noted = noteDeath(transaction, target, ending.reason); !noted) {
            return noted;
        }
    }
    if (!isDelivered) {
        const bool isInDoubt = attempt.invocation.sent > 0 && !attempt.invocation.response;
        const auto doubted = isInDoubt ? doubtDelivered(transaction, row.lane) : Result<void>();
        return doubted && isFinished(ending.state) && target.settle.count() > 0
            ? forgetSettled(transaction, row.lane, row.countedFrom)
            : doubted;
    }
    const auto kept = change(transaction.database, OutboxStatement::UpdateDeliveredStatus,
                             {row.status, row.status, row.lane, row.status, row.status});
    return kept ? Result<void>() : kept.error();
}

/// `bytes` are those of the attempt. Answers with the state that it left the delivery in.
Result<DeliveryState> endAttempt(OutboxTransaction &transaction, const Row &row, const FinishedAttempt &attempt,
                                 qint64 bytes)
{
    const auto ending = endingOf(transaction, row, attempt);
    if (!ending) {
        return ending.error();
    }
    const auto &invocation = attempt.invocation;
    const bool finished = isFinished(ending->state);
    const QVariant total =
        invocation.timings.total ? QVariant(invocation.timings.total->count()) : QVariant(QMetaType(QMetaType::Double));
    const qint64 dueAt = ending->heldBy ? notByItself : transaction.time() + qint64(attempt.retryIn.count());
    const auto ended =
        change(transaction.database, OutboxStatement::EndAttempt,
               {toString(ending->state), finished ? 0 : 1, dueAt, transaction.time(),
                finished ? QVariant(transaction.now) : QVariant(QMetaType(QMetaType::LongLong)),
                invocation.response ? invocation.response->status : 0, sentenceToColumn(ending->reason), total,
                sqlText(ending->cause), attempt.countsAsTry ? 1 : 0, bytes, toColumn(ending->heldBy), row.id});
    if (!ended) {
        return ended.error();
    }
    if (const auto counted = countEnding(transaction, row, attempt, *ending, bytes); !counted) {
        return counted.error();
    }
    transaction.attemptsEnded = true;
    transaction.workArrived = true; // at least there is room again
    const auto &target = transaction.targets.all().at(row.target);
    transaction.epochBegan = transaction.epochBegan || row.epoch != target.epoch; // the next in its lane is to die too
    const auto promoted = finished ? promote(transaction, row.next) : Result<void>();
    return promoted ? Result<DeliveryState>(ending->state) : promoted.error();
}

} // namespace

Result<void> letDie(OutboxTransaction &transaction, const OutboxTarget &target, const IdleDelivery &delivery,
                    const Sentence &reason, const QString &cause)
{
    const auto died = change(transaction.database, OutboxStatement::CondemnDelivery,
                             {transaction.now, sentenceToColumn(reason), cause, delivery.id});
    if (!died) {
        return died.error();
    }
    transaction.count(target.id, delivery.state, DeliveryState::Dead);
    transaction.countEnding(target.id, OutboxTransaction::Ending::Dead);
    transaction.countCondemned(target, reason);
    return cause == causeOfWebhook() || delivery.isMuted
        ? Result<void>() // nothing was tried that failed
        : noteDeath(transaction, transaction.targets.all().at(target.id), reason);
}

Result<void> condemn(OutboxTransaction &transaction, const OutboxTarget &target, const IdleDelivery &delivery,
                     const Sentence &reason, const QString &cause)
{
    auto died = letDie(transaction, target, delivery, reason, cause);
    return died ? promote(transaction, delivery.next) : died;
}

Result<RecordedAttempts> finishAttempts(OutboxTransaction &transaction, const QList<FinishedAttempt> &attempts)
{
    RecordedAttempts recorded;
    for (const auto &attempt : attempts) {
        const auto row = claimedRow(transaction.database, attempt);
        if (!row) {
            return row.error();
        }
        if (!*row) {
            continue;
        }
        const bool isOfOlder = isOutdated(transaction, **row, attempt);
        const auto bytes = addAttempt(transaction, (*row)->id, attempt.attempt, attempt.invocation);
        if (!bytes) {
            return bytes.error();
        }
        const auto done = endAttempt(transaction, **row, isOfOlder ? outdated(attempt) : attempt, *bytes);
        if (!done) {
            return done.error();
        }
        ++recorded.count;
        if (isOfOlder) {
            recorded.outdated.insert(attempt.deliveryId);
        }
        if (*done == DeliveryState::Superseded) {
            recorded.superseded.insert(attempt.deliveryId);
        }
    }
    return recorded;
}

Result<bool> deactivate(OutboxTransaction &transaction, const QString &webhookId, qint64 webhookVersion,
                        const Sentence &reason)
{
    auto *target = transaction.targets.ofWebhook(webhookId);
    if (!target || !target->webhook) {
        return Error{.message = Outbox::tr("There is no webhook with the id “%1”.").arg(webhookId),
                     .where = u"id"_s,
                     .position = {}};
    }
    if (target->version != webhookVersion) {
        return false;
    }
    if (const auto counted = change(transaction.database, OutboxStatement::CountWebhookVersion, {}); !counted) {
        return counted.error();
    }
    Webhook webhook = *target->webhook;
    webhook.active = false;
    const auto written = change(transaction.database, OutboxStatement::DeactivateWebhook,
                                {QString::fromStdString(writeJson(toJson(webhook))), transaction.now, webhookId});
    if (!written) {
        return written.error();
    }
    const auto version = selectNumber(transaction.database, OutboxStatement::SelectWebhookVersion, {webhookId});
    if (!version) {
        return version.error();
    }
    target->webhook = std::make_shared<const Webhook>(webhook);
    target->version = version->value_or(0);
    transaction.changed = true;
    transaction.epochBegan = true;
    const auto noted = addHealthReason(transaction, *target, HealthReason::Gone, reason);
    const auto begun = noted ? transaction.targets.beginEpoch(transaction.database, *target, reason) : noted;
    return begun ? Result<bool>(true) : begun.error();
}

Result<OutboxStep> sweepCondemned(OutboxTransaction &transaction)
{
    constexpr std::array selections{OutboxStatement::SelectCondemnedPending, OutboxStatement::SelectCondemnedWaiting};
    OutboxStep step;
    for (const auto &[id, target] : transaction.targets.all()) {
        int found = target.epoch > 0 ? 1 : 0;
        while (found > 0 && step.done < stepSize) { // each that dies lets the next in its lane come forward
            found = 0;
            for (const auto selection : selections) {
                QList<IdleDelivery> rows;
                const auto read =
                    forEach(transaction.database, selection, {id, target.epoch, stepSize}, [&](const Rows &row) {
                        rows.append({.id = row.value(0).toLongLong(),
                                     .next = row.value(1).toLongLong(),
                                     .state = *deliveryStateFromString(row.value(2).toString())});
                    });
                if (!read) {
                    return read.error();
                }
                for (const auto &row : std::as_const(rows)) {
                    if (const auto died = condemn(transaction, target, row, target.epochReason, causeOfWebhook());
                        !died) {
                        return died.error();
                    }
                }
                found += static_cast<int>(rows.size());
            }
            step.done += found;
        }
        step.isLast = step.isLast && found == 0;
    }
    return step;
}

} // namespace Tocsin
