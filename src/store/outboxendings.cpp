// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxcauses.h"
#include "outboxlanes.h"
#include "outboxqueries.h"
#include "outboxreading.h"
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
                                            .bytes = rows.value(4).toLongLong()};
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

/// `bytes` are those of the attempt.
Result<void> endAttempt(OutboxTransaction &transaction, const Row &row, const FinishedAttempt &attempt, qint64 bytes)
{
    auto &target = transaction.targets.all().at(row.target);
    const auto &invocation = attempt.invocation;
    auto state = DeliveryState::Delivered;
    Sentence reason = invocation.reason;
    QString cause = causeOf(invocation);
    if (attempt.outcome == AttemptOutcome::Retry && row.epoch == target.epoch) {
        state = DeliveryState::Waiting;
    } else if (attempt.outcome != AttemptOutcome::Delivered) {
        state = DeliveryState::Dead;
        const Sentence deadReason = attempt.outcome == AttemptOutcome::Retry ? target.epochReason : attempt.deadReason;
        reason = deadReason.isEmpty() ? reason : deadReason;
        cause = attempt.outcome == AttemptOutcome::Retry ? causeOfWebhook() : cause;
    }
    const bool finished = isFinished(state);
    const QVariant total =
        invocation.timings.total ? QVariant(invocation.timings.total->count()) : QVariant(QMetaType(QMetaType::Double));
    const auto ended =
        change(transaction.database, OutboxStatement::EndAttempt,
               {toString(state), finished ? 0 : 1, transaction.now + qint64(attempt.retryIn.count()), transaction.now,
                finished ? QVariant(transaction.now) : QVariant(QMetaType(QMetaType::LongLong)),
                invocation.response ? invocation.response->status : 0, sentenceToColumn(reason), total, sqlText(cause),
                attempt.countsAsTry ? 1 : 0, bytes, row.id});
    if (!ended) {
        return ended.error();
    }
    using Ending = OutboxTransaction::Ending;
    transaction.count(row.target, DeliveryState::Sending, state);
    transaction.countForgettable(state == DeliveryState::Delivered ? row.bytes + bytes : 0);
    transaction.countEnding(row.target,
                            state == DeliveryState::Delivered  ? Ending::Delivered
                                : state == DeliveryState::Dead ? Ending::Dead
                                                               : Ending::Failed);
    if (state == DeliveryState::Dead && attempt.outcome == AttemptOutcome::Retry) {
        transaction.countCondemned(target, target.epochReason);
    }
    const bool saysSomething =
        attempt.outcome == AttemptOutcome::Delivered || (attempt.countsAsTry && isTargetsFault(invocation));
    if (saysSomething && row.webhookVersion == target.version) {
        transaction.noteAttempt(target, attempt.outcome == AttemptOutcome::Delivered);
    }
    transaction.attemptsEnded = true;
    transaction.workArrived = true; // at least there is room again
    transaction.epochBegan = transaction.epochBegan || row.epoch != target.epoch; // the next in its lane is to die too
    return finished ? promote(transaction, row.next) : Result<void>();
}

} // namespace

Result<void> condemn(OutboxTransaction &transaction, const OutboxTarget &target, const IdleDelivery &delivery,
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
    return promote(transaction, delivery.next);
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
    const auto begun = transaction.targets.beginEpoch(transaction.database, *target, reason);
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
