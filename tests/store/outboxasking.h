// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "asking.h"
#include "outbox.h"

#include <QTemporaryDir>

#include <atomic>

namespace Tocsin {

inline const auto day = qint64(24) * 3600 * 1000; // ms

/// Clocks that a test sets: the system's, moved by what is added to them.
struct TestClock
{
    std::shared_ptr<std::atomic<qint64>> wallMoved = std::make_shared<std::atomic<qint64>>(0);
    std::shared_ptr<std::atomic<qint64>> steadyMoved = std::make_shared<std::atomic<qint64>>(0);
    std::optional<qint64> wallStands{};
    std::optional<qint64> steadyStands{};

    /// Stands from now on, but for what is added: then nothing depends on how long a test takes.
    void stop()
    {
        const auto system = OutboxClock::system();
        wallStands = system.wall();
        steadyStands = system.steady();
    }
    OutboxClock clock() const
    {
        auto clock = OutboxClock::system();
        const auto moved = [](const std::function<qint64()> &system, const std::optional<qint64> &stands,
                              const std::shared_ptr<std::atomic<qint64>> &by) -> std::function<qint64()> {
            return [system, stands, by] {
                return (stands ? *stands : system()) + *by;
            };
        };
        clock.wall = moved(clock.wall, wallStands, wallMoved);
        clock.steady = moved(clock.steady, steadyStands, steadyMoved);
        clock.sinceBoot = moved(clock.sinceBoot, steadyStands, steadyMoved);
        return clock;
    }
    void advance(qint64 milliseconds) const
    {
        *wallMoved += milliseconds;
        *steadyMoved += milliseconds;
    }
};

inline IntegrationEvent eventOf(const QString &id, IntegrationStatus status, const QString &extra = {})
{
    const Json document{{"event_type", "integration.status_changed"},
                        {"event_time", "2026-01-02T03:04:05Z"},
                        {"data",
                         Json{{"id", toJson(id)},
                              {"name", toJson(QString(QStringLiteral("name of ") % id))},
                              {"type", "postgresql"},
                              {"status", toJson(toString(status))},
                              {"issues", Json::array({Json{{"status", "Error"}, {"message", toJson(extra)}}})}}}};
    return {.integrationId = id,
            .integrationName = QStringLiteral("name of ") % id,
            .integrationType = QStringLiteral("postgresql"),
            .status = status,
            .document = document};
}

inline Invocation invocationOf(Verdict verdict, int status, const QByteArray &body = "{}")
{
    Invocation invocation;
    invocation.startedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    invocation.verdict = verdict;
    invocation.reason =
        Sentence(verdict == Verdict::Successful ? QStringLiteral("It was accepted.")
                                                : QStringLiteral("The target answered %1.").arg(status));
    invocation.request = SentRequest{.method = QStringLiteral("POST"),
                                     .url = QStringLiteral("https://example.org/hook"),
                                     .headers = {{QStringLiteral("X-Sent"), QStringLiteral("value")}},
                                     .body = "{\"sent\": \"something\"}"};
    invocation.response = ReceivedResponse{.status = status,
                                           .reasonPhrase = {},
                                           .httpVersion = QStringLiteral("1.1"),
                                           .headers = {},
                                           .body = body,
                                           .truncated = false};
    invocation.timings.total = Milliseconds(12.5);
    return invocation;
}

/// The outbox's functions, waited for.
struct AskedOutbox
{
    Outbox &outbox;

    Result<void> open() const
    {
        return answerOf<void>([&](QObject *context, auto reply) { outbox.open(context, reply); });
    }
    Result<QList<AcceptedEvent>> accept(const QList<IntegrationEvent> &events, bool force = false) const
    {
        return answerOf<QList<AcceptedEvent>>(
            [&](QObject *context, auto reply) { outbox.accept(events, force, context, reply); });
    }
    /// Events of one integration, each a change; the ids of the deliveries in order.
    QStringList acceptInTurn(const QString &integration, int count) const
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(integration, i % 2 == 0 ? IntegrationStatus::Error : IntegrationStatus::Warning));
        }
        QStringList ids;
        const auto accepted = accept(events);
        for (const auto &event : accepted ? *accepted : QList<AcceptedEvent>()) {
            ids.append(event.deliveryIds);
        }
        return ids;
    }
    Result<QList<ClaimedDelivery>> claim(const ClaimRequest &request) const
    {
        return answerOf<QList<ClaimedDelivery>>(
            [&](QObject *context, auto reply) { outbox.claim(request, context, reply); });
    }
    QStringList claimIds(const QString &owner, int maximum = 64) const
    {
        QStringList ids;
        const auto claimed = claim({.owner = owner, .maximum = maximum});
        for (const auto &one : claimed ? *claimed : QList<ClaimedDelivery>()) {
            ids.append(one.delivery.id);
        }
        return ids;
    }
    Result<int> finish(const QList<FinishedAttempt> &attempts) const
    {
        const auto recorded = record(attempts);
        return recorded ? Result<int>(recorded->count) : recorded.error();
    }
    Result<RecordedAttempts> record(const QList<FinishedAttempt> &attempts) const
    {
        return answerOf<RecordedAttempts>(
            [&](QObject *context, auto reply) { outbox.finish(attempts, context, reply); });
    }
    Result<int> end(const QString &owner, const QString &id, int attempt, AttemptOutcome outcome,
                    std::chrono::milliseconds retryIn = {}) const
    {
        const bool good = outcome == AttemptOutcome::Delivered;
        return finish({{.deliveryId = id,
                        .owner = owner,
                        .attempt = attempt,
                        .outcome = outcome,
                        .retryIn = retryIn,
                        .deadReason = {},
                        .invocation = invocationOf(good ? Verdict::Successful : Verdict::Failed, good ? 200 : 500)}});
    }
    Result<QList<Delivery>> list(const DeliveryFilter &filter = {}) const
    {
        return answerOf<QList<Delivery>>([&](QObject *context, auto reply) { outbox.list(filter, context, reply); });
    }
    Result<std::optional<DeliveryDetails>> delivery(const QString &id) const
    {
        return answerOf<std::optional<DeliveryDetails>>(
            [&](QObject *context, auto reply) { outbox.delivery(id, context, reply); });
    }
    Result<DeliveryCounts> counts() const
    {
        return answerOf<DeliveryCounts>([&](QObject *context, auto reply) { outbox.counts(context, reply); });
    }
    std::optional<qint64> nextDue() const
    {
        const auto due = answerOf<std::optional<std::chrono::milliseconds>>(
            [&](QObject *context, auto reply) { outbox.nextDue(context, reply); });
        return due && *due ? std::optional<qint64>((*due)->count()) : std::nullopt;
    }
    Result<int> replay(const QStringList &ids) const
    {
        return answerOf<int>([&](QObject *context, auto reply) { outbox.replay(ids, context, reply); });
    }
    Result<int> prune(const Retention &retention) const
    {
        return answerOf<int>([&](QObject *context, auto reply) { outbox.prune(retention, context, reply); });
    }
    Result<int> pruneAsBefore() const
    {
        return answerOf<int>([&](QObject *context, auto reply) { outbox.prune(context, reply); });
    }
};

/// A profile with an outbox whose clock is the test's.
struct TestProfile
{
    QTemporaryDir folder;
    TestClock clock;
    std::unique_ptr<Store> store = std::make_unique<Store>(folder.path());
    std::unique_ptr<Outbox> outbox = std::make_unique<Outbox>(folder.path(), nullptr, clock.clock());
    AskedOutbox ask{*outbox};

    bool open() const { return openStore(*store).isOk() && ask.open().isOk(); }
    QString addWebhook(const QString &name, const std::function<void(Webhook &)> &change = {}) const
    {
        auto webhook = webhookNamed(name);
        if (change) {
            change(webhook);
        }
        const auto saved = save(*store, webhook);
        return saved ? saved->id : QString();
    }
};

} // namespace Tocsin
