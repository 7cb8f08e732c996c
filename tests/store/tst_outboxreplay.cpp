// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"
#include "replayjob.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <numeric>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// The replay of all that a filter finds: what it counts beforehand, what it sends again, and what it leaves.
class TestOutboxReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_webhook = m_profile->addWebhook(u"hook"_s, [](Webhook &webhook) { webhook.concurrency = 64; });
    }
    void cleanup() { m_profile.reset(); }

    void filtersByTheLastStatus_data()
    {
        QTest::addColumn<QString>("statuses");
        QTest::addColumn<QList<int>>("found"); // places in what was accepted, newest first
        QTest::newRow("one") << u"503"_s << QList{2};
        QTest::newRow("a class") << u"5xx"_s << QList{2, 1};
        QTest::newRow("several") << u"404, 503"_s << QList{3, 2};
        QTest::newRow("no answer") << u"none"_s << QList{5, 4};
        QTest::newRow("a class and no answer") << u"2xx,NONE"_s << QList{5, 4, 0};
    }

    void filtersByTheLastStatus()
    {
        QFETCH(const QString, statuses);
        QFETCH(const QList<int>, found);
        const auto ids = accept(6);
        end(ids.at(0), AttemptOutcome::Delivered, 200);
        end(ids.at(1), AttemptOutcome::Dead, 500);
        end(ids.at(2), AttemptOutcome::Retry, 503);
        end(ids.at(3), AttemptOutcome::Dead, 404);
        end(ids.at(4), AttemptOutcome::Dead, 0); // the last one was not tried
        QStringList expected;
        for (const int place : found) {
            expected.append(ids.at(place));
        }
        const DeliveryFilter filter{.httpStatuses = *httpStatusesFromString(statuses)};
        QCOMPARE(list(filter), expected);
        const auto counted = answerOf<MatchingDeliveries>(
            [&](QObject *context, auto reply) { m_profile->outbox->countMatching(filter, context, reply); });
        const auto &states = counted->states;
        QCOMPARE(std::accumulate(states.begin(), states.end(), qint64(0)), found.size());
    }

    void replaysWhatItCounted()
    {
        const QString other = m_profile->addWebhook(u"other"_s, [](Webhook &webhook) { webhook.concurrency = 64; });
        const auto ids = accept(4); // two each
        QCOMPARE(ids.size(), 8);
        for (const QString &id : ids.first(5)) {
            end(id, AttemptOutcome::Dead, 500);
        }
        end(ids.at(5), AttemptOutcome::Delivered, 200);
        const auto dead = forecast({.states = {DeliveryState::Dead}});
        QCOMPARE(dead.count, 5);
        QCOMPARE(dead.unfinished, 0);
        QCOMPARE(dead.webhooks.size(), 2);
        QCOMPARE(dead.webhooks.at(0).webhookId, m_webhook);
        QCOMPARE(dead.webhooks.at(0).count, 3);
        QCOMPARE(dead.webhooks.at(1).webhookName, u"other"_s);
        QCOMPARE(dead.webhooks.at(1).count, 2);
        QCOMPARE(forecast({}).count, 6);
        QCOMPARE(forecast({}).unfinished, 2);
        QCOMPARE(forecast({.states = {DeliveryState::Sending}}).count, 0);
        QCOMPARE(forecast({.states = {DeliveryState::Sending}}).unfinished, 2);

        end(ids.at(6), AttemptOutcome::Dead, 500); // after it was counted
        QCOMPARE(replay(dead.filter).replayed, 5);
        QCOMPARE(states(ids), u"pending pending pending pending pending delivered dead sending"_s.split(u' '));
        QCOMPARE(replay(dead.filter).replayed, 0);
        QCOMPARE(replay({.states = {DeliveryState::Sending}}).replayed, 0);
        QCOMPARE(states(ids).last(), u"sending"_s);
    }

    void replaysAnyFinishedState()
    {
        const auto ids = accept(4);
        end(ids.at(0), AttemptOutcome::Delivered, 200);
        end(ids.at(1), AttemptOutcome::Dead, 500);
        end(ids.at(2), AttemptOutcome::Dead, 500);
        run(u"UPDATE delivery SET state = 'superseded' WHERE id = %1"_s.arg(ids.at(2)));
        run(u"UPDATE tally SET deliveries = deliveries - 1 WHERE state = 'dead'"_s);
        run(u"INSERT INTO tally (target, state, deliveries) SELECT target, 'superseded', 1 FROM delivery WHERE id = %1"_s
                .arg(ids.at(2)));
        QCOMPARE(list({.states = {DeliveryState::Superseded}}), QStringList{ids.at(2)});
        QCOMPARE(replay({.states = {DeliveryState::Superseded, DeliveryState::Delivered}}).replayed, 2);
        QCOMPARE(states(ids), u"pending dead pending sending"_s.split(u' '));
        QCOMPARE(ask().counts()->states.value(DeliveryState::Superseded), 0);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), 2);
    }

    void leavesOutThoseOfRemovedWebhooks()
    {
        const QString other = m_profile->addWebhook(u"other"_s, [](Webhook &webhook) { webhook.concurrency = 64; });
        const auto ids = accept(2);
        for (const QString &id : ids) {
            end(id, AttemptOutcome::Dead, 500);
        }
        QVERIFY(answerOf<void>(
            [&](QObject *context, auto reply) { m_profile->store->removeWebhook(other, context, reply); }));
        const auto found = forecast({.states = {DeliveryState::Dead}});
        QCOMPARE(found.count, 2);
        QCOMPARE(found.ofRemoved, 2);
        const auto outcome = replay(found.filter);
        QVERIFY(!outcome.fault);
        QCOMPARE(outcome.replayed, 2);
        QCOMPARE(forecast({.states = {DeliveryState::Dead}}).ofRemoved, 2);
    }

    void keepsTheOrderOfALane()
    {
        const auto ids = ask().acceptInTurn(u"db"_s, 3);
        for (const QString &id : ids) {
            QCOMPARE(ask().claimIds(u"me"_s), QStringList{id});
            end(id, AttemptOutcome::Dead, 500);
        }
        QCOMPARE(replay({.states = {DeliveryState::Dead}}).replayed, 3);
        for (const QString &id : ids) { // the oldest first
            QCOMPARE(ask().claimIds(u"me"_s), QStringList{id});
            QVERIFY(ask().end(u"me"_s, id, 2, AttemptOutcome::Delivered));
        }
    }

    /// What it sends again dies at once, and new ones come and die: each is replayed once, and those not at all.
    void replaysNothingTwice()
    {
        constexpr int many = 1203; // more than two steps
        acceptDead(many);
        auto *job = m_profile->outbox->replayMatching({.states = {DeliveryState::Dead}});
        int died = 0;
        connect(job, &ReplayJob::progressed, this, [&] {
            accept(1, u"meanwhile"_s);
            died += dieAll();
        });
        const auto outcome = ended(job);
        QVERIFY(!outcome.fault && !outcome.isStopped);
        QCOMPARE(outcome.replayed, many);
        QVERIFY(died > 0);
    }

    void othersWriteInBetweenAndItCanBeStopped()
    {
        constexpr int many = 1203;
        acceptDead(many);
        auto *job = m_profile->outbox->replayMatching({.states = {DeliveryState::Dead}});
        QList<qint64> heard;
        connect(job, &ReplayJob::progressed, this, [&](qint64 replayed) {
            heard.append(replayed);
            QCOMPARE(accept(1, u"meanwhile"_s).size(), 1);
            job->cancel();
        });
        const auto outcome = ended(job);
        QVERIFY(outcome.isStopped);
        QVERIFY2(outcome.replayed > 0 && outcome.replayed < many, qPrintable(QString::number(outcome.replayed)));
        QCOMPARE(heard, QList{outcome.replayed});
        QCOMPARE(forecast({.states = {DeliveryState::Dead}}).count, many - outcome.replayed);
        QCOMPARE(replay({.states = {DeliveryState::Dead}}).replayed, many - outcome.replayed);

        auto *stopped = m_profile->outbox->replayMatching({.states = {DeliveryState::Dead}});
        stopped->cancel(); // before it began
        QCOMPARE(ended(stopped).replayed, 0);
    }

    /// Where few of many are found, a step looks through a part of them.
    void findsFewAmongMany()
    {
        const auto ids = accept(3);
        end(ids.at(0), AttemptOutcome::Dead, 500);
        end(ids.at(2), AttemptOutcome::Dead, 503);
        // as though very many had been forgotten
        for (const auto &statement : {u"UPDATE attempt SET delivery = delivery + 1000000 WHERE delivery = %1"_s,
                                      u"UPDATE delivery SET id = id + 1000000 WHERE id = %1"_s}) {
            run(statement.arg(ids.at(2)));
        }
        QCOMPARE(replay({.states = {DeliveryState::Dead}, .httpStatuses = {{.first = 503, .last = 503}}}).replayed, 1);
        QCOMPARE(list({.states = {DeliveryState::Dead}}), QStringList{ids.at(0)});
        QCOMPARE(replay({.states = {DeliveryState::Dead, DeliveryState::Delivered}}).replayed, 1);
    }

    void goesWithItsOutbox()
    {
        acceptDead(600);
        bool isHeard = false;
        auto *job = m_profile->outbox->replayMatching({.states = {DeliveryState::Dead}});
        connect(job, &ReplayJob::finished, this, [&isHeard] { isHeard = true; });
        m_profile->outbox.reset();
        QVERIFY(!isHeard);
    }

private:
    AskedOutbox ask() const { return AskedOutbox{*m_profile->outbox}; }

    /// Of as many integrations; claimed as far as the webhooks' concurrency lets. In the order of ids: those of one
    /// webhook alternate with the other's.
    QStringList accept(int count, const QString &prefix = {})
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(prefix + QString::number(m_integrations++), IntegrationStatus::Error));
        }
        QStringList ids;
        const auto accepted = ask().accept(events);
        for (const auto &event : *accepted) {
            ids.append(event.deliveryIds);
        }
        ask().claimIds(u"me"_s, 1000);
        return ids;
    }

    void acceptDead(int count)
    {
        QCOMPARE(accept(count).size(), count);
        while (dieAll() > 0) { }
    }

    /// Lets die what was claimed, and claims more.
    int dieAll()
    {
        QList<FinishedAttempt> attempts;
        const auto sending = ask().list({.states = {DeliveryState::Sending}, .limit = 1000});
        for (const auto &delivery : *sending) {
            attempts.append(attemptOf(delivery.id, AttemptOutcome::Dead, 500, delivery.attempts + 1));
        }
        const auto finished = ask().finish(attempts);
        ask().claimIds(u"me"_s, 1000);
        return *finished;
    }

    static FinishedAttempt attemptOf(const QString &id, AttemptOutcome outcome, int status, int attempt)
    {
        auto invocation =
            invocationOf(outcome == AttemptOutcome::Delivered ? Verdict::Successful : Verdict::Failed, status);
        if (status == 0) {
            invocation.response.reset();
        }
        if (outcome == AttemptOutcome::Dead) { // that says nothing about the target, which is not slowed down for it
            invocation.error = InvocationError{.kind = ErrorKind::Template,
                                               .message = Sentence(u"It failed."_s),
                                               .hint = {},
                                               .field = {},
                                               .causes = {},
                                               .position = {}};
        }
        return {.deliveryId = id,
                .owner = u"me"_s,
                .attempt = attempt,
                .outcome = outcome,
                .retryIn = std::chrono::hours(1),
                .deadReason = {},
                .invocation = invocation};
    }

    void end(const QString &id, AttemptOutcome outcome, int status)
    {
        m_profile->clock.advance(10);
        QCOMPARE(*ask().finish({attemptOf(id, outcome, status, 1)}), 1);
    }

    ReplayForecast forecast(const DeliveryFilter &filter) const
    {
        const auto found = answerOf<ReplayForecast>(
            [&](QObject *context, auto reply) { m_profile->outbox->forecastReplay(filter, context, reply); });
        return found ? *found : ReplayForecast();
    }

    static ReplayOutcome ended(ReplayJob *job)
    {
        std::optional<ReplayOutcome> ended;
        QObject context;
        connect(job, &ReplayJob::finished, &context, [&ended](const ReplayOutcome &outcome) { ended = outcome; });
        return QTest::qWaitFor([&ended] { return ended.has_value(); }, 60'000) ? *ended : ReplayOutcome();
    }
    ReplayOutcome replay(const DeliveryFilter &filter) const
    {
        return ended(m_profile->outbox->replayMatching(filter));
    }

    QStringList list(const DeliveryFilter &filter) const
    {
        QStringList ids;
        const auto found = ask().list(filter);
        for (const auto &delivery : *found) {
            ids.append(delivery.id);
        }
        return ids;
    }
    QStringList states(const QStringList &ids) const
    {
        QStringList words;
        for (const QString &id : ids) {
            words.append(toString((*ask().delivery(id))->delivery.state));
        }
        return words;
    }

    void run(const QString &statement) const
    {
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"beside"_s);
            database.setDatabaseName(m_profile->folder.filePath(u"tocsin.db"_s));
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(u"beside"_s);
    }

    std::unique_ptr<TestProfile> m_profile;
    QString m_webhook;
    int m_integrations = 0;
};

QTEST_GUILESS_MAIN(TestOutboxReplay)
#include "tst_outboxreplay.moc"
