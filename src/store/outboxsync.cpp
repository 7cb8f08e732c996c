// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxsync.h"

#include "firing.h"
#include "outboxinsertion.h"
#include "outboxqueries.h"
#include "outboxrules.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The event that tells an integration's status.
struct TellingEvent
{
    qint64 id = 0;
    qint64 bytes = 0; ///< that count as forgettable so far
};

Result<QList<IntegrationEvent>> syncable(Database &database, const Webhook &webhook)
{
    QList<IntegrationEvent> matching;
    const auto read = forEach(database, OutboxStatement::SelectSyncable, {}, [&](const Rows &rows) {
        const auto status = integrationStatusFromString(rows.value(3).toString());
        const IntegrationEvent event{.integrationId = rows.value(0).toString(),
                                     .integrationName = rows.value(1).toString(),
                                     .integrationType = rows.value(2).toString(),
                                     .status = status.value_or(IntegrationStatus::Active),
                                     .document = {}};
        if (status && !firingObstacles(webhook, event)) {
            matching.append(event);
        }
    });
    return read ? Result<QList<IntegrationEvent>>(matching) : read.error();
}

/// What is known of an integration whose last event was forgotten.
Json documentOf(const IntegrationEvent &event, const QString &issues, qint64 since)
{
    const auto known = parseJson(issues.toUtf8());
    return Json{{"event_type", "IntegrationStatusChanged"},
                {"event_time", toJson(utcMoment(since).toString(Qt::ISODateWithMs))},
                {"data",
                 Json{{"id", toJson(event.integrationId)},
                      {"name", toJson(event.integrationName)},
                      {"type", toJson(event.integrationType)},
                      {"status", toJson(toString(event.status))},
                      {"issues", known && known->is_array() ? *known : Json::array()}}}};
}

Result<TellingEvent> insertEvent(OutboxTransaction &transaction, const IntegrationEvent &event, const Json &document)
{
    const auto bytes = jsonBytes(document);
    qint64 id = 0;
    {
        const auto inserted = transaction.database.run(sql(OutboxStatement::InsertEvent),
                                                       {newNonce(), sqlText(event.integrationId),
                                                        sqlText(event.integrationName), sqlText(event.integrationType),
                                                        toString(event.status), transaction.now, 0, 0, 0, bytes});
        if (!inserted) {
            return inserted.error();
        }
        id = inserted->insertedId();
    }
    const auto kept =
        change(transaction.database, OutboxStatement::UpdateLastEvent, {id, sqlText(event.integrationId)});
    return kept ? Result<TellingEvent>({.id = id, .bytes = 0}) : kept.error();
}

Result<TellingEvent> tellingEvent(OutboxTransaction &transaction, const IntegrationEvent &event)
{
    TellingEvent telling;
    QString issues;
    qint64 since = 0;
    const auto read = forEach(transaction.database, OutboxStatement::SelectLastEvent, {sqlText(event.integrationId)},
                              [&](const Rows &rows) {
                                  telling = {.id = rows.value(0).toLongLong(), .bytes = rows.value(1).toLongLong()};
                                  issues = rows.value(2).toString();
                                  since = rows.value(3).toLongLong();
                              });
    if (!read) {
        return read.error();
    }
    return telling.id != 0 ? Result<TellingEvent>(telling)
                           : insertEvent(transaction, event, documentOf(event, issues, since));
}

Result<QString> syncOne(OutboxTransaction &transaction, const OutboxTarget &target, const IntegrationEvent &event)
{
    auto &database = transaction.database;
    const auto telling = tellingEvent(transaction, event);
    const auto lane = telling ? laneOf(database, target.id, sqlText(event.integrationId)) : telling.error();
    if (!lane) {
        return lane.error();
    }
    if (target.webhook->keep == KeptEvents::Newest) {
        const auto rows = rowsOf(database, *lane);
        if (!rows) {
            return rows.error();
        }
        for (auto one = rows->crbegin(); one != rows->crend(); ++one) {
            const auto row = laneRow(database, one->id);
            const auto ended = row && row->isIdle()
                ? supersede(transaction, target.id, lane->id, *row,
                            Outbox::say("The current status was asked for, and only the newest one is kept."))
                : Result<void>();
            if (!row || !ended) {
                return row ? ended.error() : row.error();
            }
        }
    }
    const auto joined = laneWithId(database, lane->id);
    const auto place = joined ? placeBeforeHeld(database, *joined) : joined.error();
    if (!place) {
        return place.error();
    }
    const auto taken = change(database, OutboxStatement::TakeEvent, {telling->id});
    const auto id = taken
        ? insertDelivery(
            transaction, target, *joined, *place,
            {.event = telling->id, .bytes = telling->bytes, .heldBy = {}, .dueAt = transaction.time(), .isAsked = true})
        : taken.error();
    if (!id) {
        return id.error();
    }
    transaction.countForgettable(-telling->bytes);
    return QString::number(*id);
}

} // namespace

Result<QStringList> syncWebhook(OutboxTransaction &transaction, const QString &webhookId)
{
    const auto *target = transaction.targets.ofWebhook(webhookId);
    if (!target || !target->webhook) {
        return Error{.message = Outbox::tr("There is no webhook with the id “%1”.").arg(webhookId),
                     .where = u"id"_s,
                     .position = {}};
    }
    if (!target->isActive()) {
        return Error{.message = Outbox::tr("The webhook “%1” is inactive: activate it first.").arg(target->name),
                     .where = u"active"_s,
                     .position = {}};
    }
    const auto events = syncable(transaction.database, *target->webhook);
    if (!events) {
        return events.error();
    }
    QStringList ids;
    for (const auto &event : *events) {
        const auto id = syncOne(transaction, *target, event);
        if (!id) {
            return id.error();
        }
        ids.append(*id);
    }
    transaction.workArrived = transaction.workArrived || !ids.isEmpty();
    return ids;
}

} // namespace Tocsin
