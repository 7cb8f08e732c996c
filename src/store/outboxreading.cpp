// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxreading.h"

#include "outboxholds.h"
#include "outboxqueries.h"
#include "outboxsearch.h"
#include "outboxtimes.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

Delivery readShown(const Rows &rows)
{
    auto delivery = readDelivery(rows);
    delivery.webhookId = rows.value(deliveryColumnCount).toString();
    delivery.webhookName = rows.value(deliveryColumnCount + 1).toString();
    delivery.eventOwnId = rows.value(deliveryColumnCount + 2).toString();
    return delivery;
}

/// What the statements on spans bind first: their width, and the minute at which the first one starts.
QVariantList spanValues(const QDateTime &since, std::chrono::minutes bucket)
{
    const qint64 width = std::max<qint64>(1, bucket.count());
    const qint64 first = since.toMSecsSinceEpoch() / minuteLength;
    return {width, first - first % width};
}

DeliveryOutcomes readSpan(const Rows &rows)
{
    return {.start = utcMoment(rows.value(0).toLongLong() * minuteLength),
            .delivered = rows.value(1).toLongLong(),
            .failed = rows.value(2).toLongLong(),
            .dead = rows.value(3).toLongLong()};
}

DeliveryConditions conditionsOf(const DeliveryFilter &filter)
{
    DeliveryConditions conditions;
    if (!filter.states.isEmpty()) {
        QVariantList words;
        for (const auto state : filter.states) {
            words.append(toString(state));
        }
        const QStringList marks(filter.states.size(), u"?"_s);
        conditions.add(u"d.state IN ("_s % marks.join(u", "_s) % u')', words);
    }
    if (!filter.webhookId.isEmpty()) {
        conditions.add(u"d.target = (SELECT id FROM target WHERE webhook_id = ?)"_s, {filter.webhookId});
    }
    if (!filter.integrationId.isEmpty()) {
        conditions.add(u"d.lane IN (SELECT id FROM lane WHERE integration_id = ?)"_s, {filter.integrationId});
    }
    if (!filter.eventId.isEmpty()) {
        const auto row = eventRow(filter.eventId);
        conditions.add(eventCondition(), {filter.eventId, row.id, row.nonce});
    }
    if (filter.since) {
        conditions.add(u"d.created_at >= ?"_s, {filter.since->toMSecsSinceEpoch()});
    }
    if (filter.until) {
        conditions.add(u"d.created_at < ?"_s, {filter.until->toMSecsSinceEpoch()});
    }
    if (filter.cause) {
        conditions.add(u"d.cause = ?"_s, {sqlText(*filter.cause)});
    }
    if (!filter.httpStatuses.isEmpty()) {
        QVariantList bounds;
        for (const auto &range : filter.httpStatuses) {
            bounds << range.first << range.last;
        }
        const QStringList ranges(filter.httpStatuses.size(), u"d.last_http_status BETWEEN ? AND ?"_s);
        conditions.add(u'(' % ranges.join(u" OR "_s) % u')', bounds);
    }
    if (filter.finishedUntil) {
        conditions.add(u"d.finished_at <= ?"_s, {filter.finishedUntil->toMSecsSinceEpoch()});
    }
    if (!filter.upTo.isEmpty()) {
        conditions.add(u"d.id <= ?"_s, {deliveryNumber(filter.upTo)});
    }
    if (!filter.before.isEmpty()) {
        conditions.add(u"d.id < ?"_s, {deliveryNumber(filter.before)});
    }
    return conditions;
}

std::optional<QDateTime> momentOrNone(const QVariant &stored)
{
    const qint64 value = stored.toLongLong();
    return value == 0 ? std::optional<QDateTime>() : utcMoment(value);
}

} // namespace

void DeliveryConditions::add(const QString &text, const QVariantList &bound)
{
    texts.append(text);
    values.append(bound);
}

Result<DeliveryConditions> deliveryConditions(Database &database, const DeliveryFilter &filter)
{
    auto conditions = conditionsOf(filter);
    if (filter.since) {
        const auto first = firstAcceptedSince(database, filter.since->toMSecsSinceEpoch());
        if (!first) {
            return first.error();
        }
        conditions.add(u"d.id >= ?"_s, {*first});
    }
    const QString words = searchExpression(filter.text);
    if (words.isEmpty() && !filter.ended) {
        return conditions;
    }
    const auto attempts = filter.ended ? attemptsOf(database, filter) : Result<AttemptRange>(AttemptRange());
    if (!attempts) {
        return attempts.error();
    }
    if (!words.isEmpty()) {
        conditions.add(textCondition(), matchingValues(words, *attempts));
    } else {
        conditions.add(endedCondition(),
                       {filter.ended->start.toMSecsSinceEpoch(), filter.ended->end.toMSecsSinceEpoch(), attempts->first,
                        attempts->beyond});
    }
    return conditions;
}

Result<QList<Delivery>> listDeliveries(Database &database, const DeliveryFilter &filter, const OutboxClock &clock)
{
    const auto conditions = deliveryConditions(database, filter);
    if (!conditions) {
        return conditions.error();
    }
    QList<Delivery> deliveries;
    const auto read =
        forEach(database, deliveryListSql(conditions->texts), conditions->values + QVariantList{filter.limit},
                [&](const Rows &rows) { deliveries.append(readShown(rows)); });
    const auto explained = read ? explainHolds(database, clock, deliveries) : read;
    return explained ? Result<QList<Delivery>>(deliveries) : explained.error();
}

Result<QList<qint64>> listDeliveryIds(Database &database, const DeliveryFilter &filter)
{
    const auto conditions = deliveryConditions(database, filter);
    if (!conditions) {
        return conditions.error();
    }
    QList<qint64> ids;
    const auto read =
        forEach(database, deliveryIdsSql(conditions->texts), conditions->values + QVariantList{filter.limit},
                [&ids](const Rows &rows) { ids.append(rows.value(0).toLongLong()); });
    return read ? Result<QList<qint64>>(ids) : read.error();
}

Result<std::optional<DeliveryDetails>> selectDelivery(Database &database, const QString &idOrMessageId,
                                                      const OutboxClock &clock)
{
    std::optional<DeliveryDetails> details;
    QByteArray event;
    const qint64 id = deliveryNumber(idOrMessageId);
    auto read = forEach(database, OutboxStatement::SelectDelivery, {id}, [&](const Rows &rows) {
        details = DeliveryDetails{.delivery = readShown(rows), .event = {}, .attempts = {}};
        event = rows.value(deliveryColumnCount + 3).toByteArray();
    });
    if (!read) {
        return read.error();
    }
    if (!details || (details->delivery.messageId != idOrMessageId && details->delivery.id != idOrMessageId)) {
        return std::optional<DeliveryDetails>();
    }
    QList<Delivery> one{details->delivery};
    if (const auto explained = explainHolds(database, clock, one); !explained) {
        return explained.error();
    }
    details->delivery = one.constFirst();
    auto document = parseJson(event);
    if (!document) {
        return damaged(database, details->delivery.eventId, document.error());
    }
    details->event = std::move(document).value();
    std::optional<Error> fault;
    read = forEach(database, OutboxStatement::SelectAttempts, {id}, [&](const Rows &rows) {
        auto attempt = readAttempt(rows.value(1).toByteArray(), rows.value(2).toByteArray());
        if (attempt) {
            details->attempts.append(std::move(attempt).value());
        } else {
            fault = damaged(database, idOrMessageId, attempt.error());
        }
    });
    if (!read || fault) {
        return read ? *fault : read.error();
    }
    return details;
}

qint64 DeliveryCounts::unfinished() const
{
    return states.value(DeliveryState::Pending) + states.value(DeliveryState::Sending)
        + states.value(DeliveryState::Waiting);
}

Result<DeliveryCounts> countDeliveries(Database &database)
{
    DeliveryCounts counts;
    auto read = forEach(database, OutboxStatement::SelectCounts, {}, [&counts](const Rows &rows) {
        if (const auto state = deliveryStateFromString(rows.value(1).toString())) {
            const qint64 deliveries = rows.value(2).toLongLong();
            counts.states[*state] += deliveries;
            counts.webhooks[rows.value(0).toString()][*state] += deliveries;
        }
    });
    for (const auto state : allDeliveryStates()) {
        if (!read || isFinished(state)) {
            continue;
        }
        read = forEach(database, OutboxStatement::SelectOldest, {toString(state)}, [&counts](const Rows &rows) {
            const auto moment = utcMoment(rows.value(0).toLongLong());
            counts.oldestUnfinished = std::min(counts.oldestUnfinished.value_or(moment), moment);
        });
    }
    if (!read) {
        return read.error();
    }
    const auto forgettable = selectNumber(database, OutboxStatement::SelectForgettable, {});
    const auto used = database.usedBytes();
    if (!forgettable || !used) {
        return forgettable ? used.error() : forgettable.error();
    }
    counts.forgettableBytes = forgettable->value_or(0);
    counts.databaseBytes = *used;
    return counts;
}

namespace {

Result<MatchingDeliveries> countWhole(Database &database, const QString &webhookId)
{
    const auto counts = countDeliveries(database);
    if (!counts) {
        return counts.error();
    }
    return MatchingDeliveries{.states = webhookId.isEmpty() ? counts->states : counts->webhooks.value(webhookId)};
}

/// Each state for itself, along its index: a million of one do not hide the others.
Result<MatchingDeliveries> countFrom(Database &database, qint64 first)
{
    MatchingDeliveries matching;
    for (const auto state : allDeliveryStates()) {
        const auto count =
            selectNumber(database, OutboxStatement::CountState, {toString(state), first, Outbox::countedMatches});
        if (!count) {
            return count.error();
        }
        matching.states[state] = count->value_or(0);
        if (matching.states[state] >= Outbox::countedMatches) {
            matching.cut.insert(state);
        }
    }
    return matching;
}

Result<MatchingDeliveries> countNewest(Database &database, const DeliveryFilter &filter)
{
    const auto conditions = deliveryConditions(database, filter);
    if (!conditions) {
        return conditions.error();
    }
    MatchingDeliveries matching;
    qint64 counted = 0;
    const auto read = forEach(database, matchingCountsSql(conditions->texts),
                              conditions->values + QVariantList{Outbox::countedMatches}, [&](const Rows &rows) {
                                  if (const auto state = deliveryStateFromString(rows.value(0).toString())) {
                                      matching.states[*state] = rows.value(1).toLongLong();
                                      counted += rows.value(1).toLongLong();
                                  }
                              });
    if (!read) {
        return read.error();
    }
    bool isAll = counted < Outbox::countedMatches;
    if (const QString words = searchExpression(filter.text); !words.isEmpty()) {
        const auto attempts = attemptsOf(database, filter);
        const auto searched = attempts ? isSearchedThrough(database, words, *attempts) : attempts.error();
        if (!searched) {
            return searched.error();
        }
        isAll = isAll && *searched;
    }
    if (!isAll) {
        const auto states = allDeliveryStates();
        matching.cut = QSet<DeliveryState>(states.begin(), states.end());
    }
    return matching;
}

} // namespace

Result<MatchingDeliveries> countMatchingDeliveries(Database &database, const DeliveryFilter &asked)
{
    auto filter = asked;
    filter.before.clear();
    qint64 first = 0;
    if (filter.since) {
        const auto since = firstAcceptedSince(database, filter.since->toMSecsSinceEpoch());
        const auto oldest = selectNumber(database, OutboxStatement::SelectFirstDelivery, {});
        if (!since || !oldest) {
            return since ? oldest.error() : since.error();
        }
        first = *since > oldest->value_or(0) ? *since : 0;
    }
    const bool bySinceOnly = filter.states.isEmpty() && filter.integrationId.isEmpty() && filter.eventId.isEmpty()
        && !filter.until && !filter.ended && filter.text.isEmpty() && !filter.cause && filter.httpStatuses.isEmpty()
        && !filter.finishedUntil && filter.upTo.isEmpty();
    if (bySinceOnly && first == 0) {
        return countWhole(database, filter.webhookId);
    }
    return bySinceOnly && filter.webhookId.isEmpty() ? countFrom(database, first) : countNewest(database, filter);
}

Result<QList<DeliveryOutcomes>> selectTimeline(Database &database, const QDateTime &since, std::chrono::minutes bucket,
                                               const QString &webhookId)
{
    QVariantList values = spanValues(since, bucket);
    if (!webhookId.isEmpty()) {
        values.append(webhookId);
    }
    QList<DeliveryOutcomes> spans;
    const auto read =
        forEach(database, webhookId.isEmpty() ? OutboxStatement::SelectTimeline : OutboxStatement::SelectTargetTimeline,
                values, [&spans](const Rows &rows) { spans.append(readSpan(rows)); });
    return read ? Result<QList<DeliveryOutcomes>>(spans) : read.error();
}

Result<QList<DeliveryOutcomes>> selectIntegrationTimeline(Database &database, const DeliveryFilter &filter,
                                                          std::chrono::minutes bucket)
{
    const auto values = spanValues(filter.since.value_or(utcMoment(0)), bucket);
    QList<DeliveryOutcomes> spans;
    const auto read = forEach(
        database, OutboxStatement::SelectIntegrationTimeline,
        {values.at(0), filter.integrationId, sqlText(filter.webhookId), values.at(1).toLongLong() * minuteLength},
        [&spans](const Rows &rows) { spans.append(readSpan(rows)); });
    return read ? Result<QList<DeliveryOutcomes>>(spans) : read.error();
}

Result<QHash<QString, WebhookActivity>> selectActivity(Database &database, const QDateTime &since,
                                                       std::chrono::minutes bucket, const OutboxClock &clock)
{
    QHash<QString, WebhookActivity> webhooks;
    QList<Delivery> lastOnes;
    auto read = forEach(database, OutboxStatement::SelectLastDeliveries, {},
                        [&lastOnes](const Rows &rows) { lastOnes.append(readShown(rows)); });
    if (read) {
        read = explainHolds(database, clock, lastOnes);
    }
    for (auto &delivery : lastOnes) {
        const QString webhookId = delivery.webhookId;
        webhooks[webhookId].last = std::move(delivery);
    }
    if (read) {
        read =
            forEach(database, OutboxStatement::SelectTimelines, spanValues(since, bucket),
                    [&webhooks](const Rows &rows) { webhooks[rows.value(4).toString()].spans.append(readSpan(rows)); });
    }
    return read ? Result<QHash<QString, WebhookActivity>>(webhooks) : read.error();
}

Result<QList<IntegrationState>> selectIntegrationStates(Database &database, const OutboxClock &clock)
{
    const auto mutes = holdingMutes(database, clock);
    if (!mutes) {
        return mutes.error();
    }
    QHash<QString, Mute> muted; // by integration id
    for (const auto &mute : *mutes) {
        if (mute.subject.kind == MuteSubject::Kind::Integration) {
            muted.insert(mute.subject.id, mute);
        }
    }
    QList<IntegrationState> states;
    const auto read = forEach(database, OutboxStatement::SelectIntegrationStates, {}, [&](const Rows &rows) {
        auto issues = parseJson(rows.value(6).toString().toUtf8());
        states.append({.id = rows.value(0).toString(),
                       .name = rows.value(1).toString(),
                       .type = rows.value(2).toString(),
                       .status = integrationStatusFromString(rows.value(3).toString()),
                       .since = momentOrNone(rows.value(4)),
                       .lastEventAt = momentOrNone(rows.value(5)),
                       .issues = issues ? std::move(issues).value() : Json::array(),
                       .mute = muted.contains(rows.value(0).toString())
                           ? std::optional(muted.value(rows.value(0).toString()))
                           : std::nullopt});
    });
    return read ? Result<QList<IntegrationState>>(states) : read.error();
}

} // namespace Tocsin
