// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firing.h"
#include "outboxmutes.h"
#include "outboxqueries.h"
#include "outboxrules.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mutedAtOnce = 500; // lanes

/// What a mute holds, or is to hold.
struct MutedRow
{
    qint64 id = 0;
    qint64 target = 0;
    qint64 lane = 0;
    QString integrationId;
};

Result<QList<MutedRow>> selectMuted(Database &database, OutboxStatement statement, const QVariantList &values)
{
    QList<MutedRow> found;
    const auto read = forEach(database, statement, values, [&found](const Rows &rows) {
        found.append({.id = rows.value(0).toLongLong(),
                      .target = rows.value(1).toLongLong(),
                      .lane = rows.value(2).toLongLong(),
                      .integrationId = rows.value(3).toString()});
    });
    return read ? Result<QList<MutedRow>>(found) : read.error();
}

/// Those that wait, but not for this mute. Those of a webhook in parts: they find no more when all is done.
Result<QList<MutedRow>> selectToHold(OutboxTransaction &transaction, const MuteSubject &subject)
{
    auto &database = transaction.database;
    if (subject.kind == MuteSubject::Kind::Integration) {
        return selectMuted(database, OutboxStatement::SelectLastOfLanes, {sqlText(subject.id)});
    }
    const auto *target = transaction.targets.ofWebhook(subject.id);
    return target ? selectMuted(database, OutboxStatement::SelectUnmutedHeads, {target->id, target->id, mutedAtOnce})
                  : Result<QList<MutedRow>>(QList<MutedRow>());
}

/// Of each lane of an integration. Others may have joined behind it since the mute ended.
Result<QList<MutedRow>> selectHeldOf(Database &database, const QString &integrationId)
{
    const auto lasts = selectMuted(database, OutboxStatement::SelectLastOfLanes, {integrationId});
    if (!lasts) {
        return lasts.error();
    }
    QList<MutedRow> held;
    for (const auto &last : *lasts) {
        const auto rows = rowsOf(database, {.id = last.lane, .last = last.id});
        if (!rows) {
            return rows.error();
        }
        for (const auto &row : *rows) {
            if (row.heldBy == HoldingRule::Mute) {
                held.append(
                    {.id = row.id, .target = last.target, .lane = last.lane, .integrationId = last.integrationId});
            }
        }
    }
    return held;
}

Result<QList<MutedRow>> selectHeld(OutboxTransaction &transaction, const StoredMute &mute)
{
    auto &database = transaction.database;
    if (mute.subject.kind == MuteSubject::Kind::Integration) {
        return selectHeldOf(database, sqlText(mute.subject.id));
    }
    const auto *target = transaction.targets.ofWebhook(mute.subject.id);
    return target ? selectMuted(database, OutboxStatement::SelectHeldByMute, {target->id, mute.released, mutedAtOnce})
                  : Result<QList<MutedRow>>(QList<MutedRow>());
}

/// An event's integration, as a filter looks at it.
struct KeptEvent
{
    IntegrationEvent event;
    QString deliveredStatus; ///< of its lane
    qint64 acceptedAt = 0; ///< ms, the database's time
};

Result<KeptEvent> keptEvent(Database &database, qint64 delivery)
{
    KeptEvent kept;
    const auto read = forEach(database, OutboxStatement::SelectKept, {delivery}, [&kept](const Rows &rows) {
        kept = {.event = {.integrationId = rows.value(0).toString(),
                          .integrationName = rows.value(1).toString(),
                          .integrationType = rows.value(2).toString(),
                          .status =
                              integrationStatusFromString(rows.value(3).toString()).value_or(IntegrationStatus::Active),
                          .document = {}},
                .deliveredStatus = rows.value(4).toString(),
                .acceptedAt = rows.value(5).toLongLong()};
    });
    return read ? Result<KeptEvent>(kept) : read.error();
}

/// Why what a mute kept is not sent after it; none: it is. Where others go before it, they say last what is so.
std::optional<Sentence> reasonAgainst(const OutboxTarget &target, const KeptEvent &kept, bool isFirst)
{
    if (isFirst && kept.deliveredStatus == toString(kept.event.status)) {
        return Outbox::say("When the mute ended, the integration had the status that was delivered last.");
    }
    if (filterObstacles(target.webhook->filters, kept.event)) {
        return Outbox::say("When the mute ended, the webhook's filters did not match it.");
    }
    return std::nullopt;
}

Result<void> letGo(OutboxTransaction &transaction, const MutedRow &muted)
{
    auto &database = transaction.database;
    const auto &target = transaction.targets.all().at(muted.target);
    const auto row = laneRow(database, muted.id);
    if (!row) {
        return row.error();
    }
    if (row->heldBy != HoldingRule::Mute || !row->isIdle() || !target.webhook
        || isMuted(transaction, target, muted.integrationId)) {
        return {};
    }
    const auto kept = keptEvent(database, muted.id);
    if (!kept) {
        return kept.error();
    }
    if (const auto reason = reasonAgainst(target, *kept, row->isHead)) {
        return supersede(transaction, target.id, muted.lane, *row, *reason);
    }
    const qint64 settled = kept->acceptedAt + std::chrono::milliseconds(target.webhook->settle).count();
    const bool settles = settled > transaction.time();
    const auto freed = settles
        ? change(database, OutboxStatement::HoldDelivery,
                 {toColumn(HoldingRule::Settle), settled, transaction.time(), muted.id})
        : change(database, OutboxStatement::FreeDelivery, {transaction.time(), transaction.time(), muted.id});
    if (!freed) {
        return freed.error();
    }
    if (!settles) {
        transaction.count(target.id, row->state, DeliveryState::Pending);
    }
    transaction.workArrived = true;
    transaction.changed = true;
    return {};
}

Result<void> holdAll(OutboxTransaction &transaction, const QList<MutedRow> &rows)
{
    for (const auto &row : rows) {
        const auto &target = transaction.targets.all().at(row.target);
        if (!target.webhook) {
            continue; // its deliveries die of that
        }
        const auto lane = laneWithId(transaction.database, row.lane);
        const auto held = lane ? holdMuted(transaction, target, *lane) : lane.error();
        if (!held) {
            return held;
        }
    }
    return {};
}

Result<OutboxStep> holdWaiting(OutboxTransaction &transaction, StoredMute mute)
{
    const auto rows = selectToHold(transaction, mute.subject);
    if (!rows) {
        return rows.error();
    }
    if (const auto held = holdAll(transaction, *rows); !held) {
        return held.error();
    }
    if (rows->size() == mutedAtOnce && mute.subject.kind == MuteSubject::Kind::Webhook) {
        return OutboxStep{.done = mutedAtOnce, .isLast = false};
    }
    // What waits behind one that is being sent.
    const auto *webhooks = transaction.targets.ofWebhook(mute.subject.id);
    const auto behind = mute.subject.kind == MuteSubject::Kind::Webhook && webhooks
        ? selectMuted(transaction.database, OutboxStatement::SelectSendingHeads, {webhooks->id})
        : Result<QList<MutedRow>>(QList<MutedRow>());
    const auto done = behind ? holdAll(transaction, *behind) : behind.error();
    if (!done) {
        return done.error();
    }
    mute.isApplied = true;
    const auto written = transaction.targets.mutes().set(transaction.database, mute);
    const bool isOver = mute.hasEnded(transaction.now, transaction.time()); // and is to be let go of
    return written ? Result<OutboxStep>({.done = static_cast<int>(rows->size()), .isLast = !isOver}) : written.error();
}

Result<OutboxStep> letGoOfHeld(OutboxTransaction &transaction, StoredMute *mute)
{
    const auto rows = selectHeld(transaction, *mute);
    if (!rows) {
        return rows.error();
    }
    for (const auto &row : *rows) {
        if (const auto done = letGo(transaction, row); !done) {
            return done.error();
        }
        mute->released = row.id;
    }
    if (rows->size() == mutedAtOnce && mute->subject.kind == MuteSubject::Kind::Webhook) {
        return OutboxStep{.done = mutedAtOnce, .isLast = false};
    }
    const MuteSubject subject = mute->subject;
    const auto forgotten = transaction.targets.mutes().forget(transaction.database, subject);
    return forgotten ? Result<OutboxStep>({.done = static_cast<int>(rows->size())}) : forgotten.error();
}

} // namespace

Result<OutboxStep> settleMutes(OutboxTransaction &transaction)
{
    auto &mutes = transaction.targets.mutes();
    OutboxStep step;
    for (const auto &subject : mutes.unsettled(transaction.now, transaction.time())) {
        if (step.done >= mutedAtOnce) {
            step.isLast = false;
            break;
        }
        auto *mute = mutes.find(subject);
        const auto done = mute->isApplied ? letGoOfHeld(transaction, mute) : holdWaiting(transaction, *mute);
        if (!done) {
            return done.error();
        }
        step.done += done->done;
        step.isLast = step.isLast && done->isLast;
        transaction.changed = true;
    }
    return step;
}

} // namespace Tocsin
