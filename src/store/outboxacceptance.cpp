// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firing.h"
#include "outboxinsertion.h"
#include "outboxlanes.h"
#include "outboxownids.h"
#include "outboxqueries.h"
#include "outboxrate.h"
#include "outboxrules.h"
#include "outboxtransaction.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The event's own time (seconds since 1970, or text), now where it has none that can be read.
qint64 eventTime(const IntegrationEvent &event, qint64 now)
{
    const auto time = event.document.find("event_time");
    if (time == event.document.end()) {
        return now;
    }
    if (isJsonNumber(*time)) {
        constexpr double latest = 253'402'300'799'999; // ms: the end of the year 9999, the last that RFC 3339 can write
        const double moment = toDouble(*time) * 1000;
        return moment > 0 && moment <= latest ? static_cast<qint64>(moment) : now;
    }
    const auto moment = time->is_string() ? timeFromRfc3339(toQString(time->get_ref<const std::string &>()))
                                          : Result<QDateTime>(Error{});
    return moment ? moment->toMSecsSinceEpoch() : now;
}

/// Keeps the integration's new status.
Result<StatusTurn> rememberStatus(OutboxTransaction &transaction, const IntegrationEvent &event)
{
    StatusTurn turn{.before = {}, .now = event.status};
    const auto read = forEach(transaction.database, OutboxStatement::SelectIntegrationStatus, {event.integrationId},
                              [&turn](const Rows &rows) {
                                  turn.before = integrationStatusFromString(rows.value(0).toString());
                                  turn.turnedAt = rows.value(1).toLongLong();
                              });
    if (!read) {
        return read.error();
    }
    turn.isChange = turn.before != event.status;
    const auto data = event.document.find("data");
    const bool hasIssues = data != event.document.end() && data->contains("issues");
    const auto issues = QString::fromStdString(hasIssues ? writeJson((*data)["issues"]) : "[]");
    const QString folded =
        event.integrationName.normalized(QString::NormalizationForm_C).toCaseFolded(); // as the store's other names
    const auto changed = change(transaction.database, OutboxStatement::UpsertIntegrationStatus,
                                {sqlText(event.integrationId), sqlText(event.integrationName), sqlText(folded),
                                 sqlText(event.integrationType), toString(event.status),
                                 eventTime(event, transaction.now), transaction.now, issues, transaction.time()});
    return changed ? Result<StatusTurn>(turn) : changed.error();
}

/// `bytes` is its part of the event's document.
Result<HeldDelivery> addDelivery(OutboxTransaction &transaction, const OutboxTarget &target, qint64 event, qint64 bytes,
                                 const QString &integrationId, const StatusTurn &turn)
{
    const auto lane = laneOf(transaction.database, target.id, integrationId);
    if (!lane) {
        return lane.error();
    }
    if (lane->isNew && target.webhook->settle.count() > 0) {
        if (const auto kept = rememberSettled(transaction, target, lane->id, turn); !kept) {
            return kept.error();
        }
    }
    const auto start = startOf(transaction, target, integrationId, turn);
    const auto id = insertDelivery(transaction, target, *lane, endOf(*lane),
                                   {.event = event, .bytes = bytes, .heldBy = start.heldBy, .dueAt = start.dueAt});
    if (!id) {
        return id.error();
    }
    HeldDelivery held{.id = QString::number(*id), .webhookName = target.name, .rule = start.heldBy, .until = {}};
    if (start.heldBy == HoldingRule::Settle) {
        held.until = utcMoment(transaction.wallOf(start.dueAt));
    } else if (start.heldBy == HoldingRule::Mute) {
        const auto end =
            transaction.targets.mutes().endOf(target.webhookId, integrationId, transaction.now, transaction.time());
        held.until = end ? std::optional(utcMoment(transaction.wallOf(*end))) : std::nullopt;
    } else if (target.webhook->ratePerMinute) {
        const auto budget =
            rateBudget(transaction.database, target.id, *target.webhook->ratePerMinute, transaction.time());
        if (!budget) {
            return budget.error();
        }
        if (budget->left == 0) {
            held.rule = HoldingRule::Rate;
            held.until = utcMoment(transaction.wallOf(budget->nextAt));
        }
    }
    return held;
}

Result<AcceptedEvent> acceptEvent(OutboxTransaction &transaction, const IntegrationEvent &event, bool force)
{
    const auto turn = rememberStatus(transaction, event);
    if (!turn) {
        return turn.error();
    }
    AcceptedEvent accepted;
    accepted.suppressed = isSuppressed(turn->before, event.status, force);
    QList<const OutboxTarget *> fired;
    if (accepted.suppressed) {
        accepted.suppressedReason = suppressedReason(event);
    } else {
        for (const auto &[id, target] : transaction.targets.all()) {
            if (target.webhook && !firingObstacles(*target.webhook, event)) {
                fired.append(&target);
            }
        }
        auto superseded = overtakeOlder(transaction, event, *turn);
        if (!superseded) {
            return superseded.error();
        }
        accepted.supersededIds = std::move(superseded).value();
    }
    const qint64 nonce = newNonce();
    const auto document = jsonBytes(event.document);
    const qint64 ownBytes = fired.isEmpty() ? document.size() : 0;
    qint64 number = 0;
    {
        const auto inserted = transaction.database.run(
            sql(OutboxStatement::InsertEvent),
            {nonce, sqlText(event.integrationId), sqlText(event.integrationName), sqlText(event.integrationType),
             toString(event.status), transaction.now, accepted.suppressed ? 1 : 0, fired.size(), ownBytes, document});
        if (!inserted) {
            return inserted.error();
        }
        number = inserted->insertedId();
    }
    if (!event.ownId.isEmpty()) {
        const auto kept = change(transaction.database, OutboxStatement::InsertOwnId, {number, event.ownId});
        if (!kept) {
            return kept.error();
        }
    }
    if (const auto kept =
            change(transaction.database, OutboxStatement::UpdateLastEvent, {number, sqlText(event.integrationId)});
        !kept) {
        return kept.error();
    }
    transaction.countForgettable(ownBytes);
    accepted.ownId = event.ownId;
    accepted.eventId = eventIdOf(number, static_cast<quint64>(nonce));
    for (const auto *target : fired) {
        const auto held = addDelivery(transaction, *target, number, document.size() / fired.size(),
                                      sqlText(event.integrationId), *turn);
        if (!held) {
            return held.error();
        }
        accepted.deliveryIds.append(held->id);
        if (held->rule) {
            accepted.held.append(*held);
        }
        transaction.workArrived = true;
    }
    transaction.changed = true;
    return accepted;
}

} // namespace

Result<void> acceptOwnEvent(OutboxTransaction &transaction, const IntegrationEvent &event)
{
    const auto accepted = acceptEvent(transaction, event, false);
    return accepted ? Result<void>() : accepted.error();
}

Result<EventAcceptance> acceptEvents(OutboxTransaction &transaction, const QList<IntegrationEvent> &events,
                                     const EventTaking &taking)
{
    using Kind = OwnIdFate::Kind;
    const auto fates = ownIdFates(transaction, events, taking.door);
    if (!fates) {
        return fates.error();
    }
    EventAcceptance acceptance;
    for (std::size_t i = 0; i < fates->size(); ++i) {
        if (const auto &fate = fates->at(i); fate.kind == Kind::Refused) {
            const auto number = static_cast<qsizetype>(i);
            acceptance.refused.append({.number = number, .ownId = events.at(number).ownId, .reason = fate.reason});
        }
    }
    if (!acceptance.refused.isEmpty() && !taking.leavesRefusedOut) {
        return acceptance;
    }
    QHash<std::size_t, AcceptedEvent> repeatable; ///< by their numbers: those that were new, with an id
    for (std::size_t i = 0; i < fates->size(); ++i) {
        const auto &fate = fates->at(i);
        if (fate.kind == Kind::Known) {
            acceptance.accepted.append(fate.answer);
        } else if (fate.kind == Kind::Repeats) {
            acceptance.accepted.append(repeatable.value(fate.repeated));
            acceptance.accepted.last().isDuplicate = true;
        } else if (fate.kind == Kind::New) {
            auto accepted = acceptEvent(transaction, events.at(static_cast<qsizetype>(i)), taking.isForced);
            if (!accepted) {
                return accepted.error();
            }
            if (!fate.key.isEmpty()) {
                if (const auto kept = keepOwnId(transaction, fate, *accepted); !kept) {
                    return kept.error();
                }
                repeatable.insert(i, *accepted);
            }
            acceptance.accepted.append(std::move(accepted).value());
        }
    }
    return acceptance;
}

} // namespace Tocsin
