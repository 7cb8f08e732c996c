// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
constexpr int concurrency = 50;
}

/// What dead deliveries died of, and the replay of those that died alike.
class TestOutboxCauses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_webhook = m_profile->addWebhook(u"hook"_s, [](Webhook &webhook) { webhook.concurrency = concurrency; });
    }
    void cleanup() { m_profile.reset(); }

    void whatDiedAlikeIsOneCause()
    {
        const auto ids = accept(6);
        die(ids.at(0), failed(ErrorKind::Http, 401, u"authentication_config"_s));
        die(ids.at(1), failed(ErrorKind::Http, 401, u"authentication_config"_s));
        die(ids.at(2), failed(ErrorKind::Http, 403, u"authentication_config"_s));
        die(ids.at(3), failed(ErrorKind::Tls, 0, u"tls.ca_certificates"_s));
        die(ids.at(4), failed(ErrorKind::Http, 401, u"authentication_config"_s));
        QVERIFY(ask().end(u"me"_s, ids.at(5), 1, AttemptOutcome::Delivered));

        const auto found = causes({});
        QCOMPARE(found.size(), 3);
        QCOMPARE(found.at(0).count, 3);
        QCOMPARE(found.at(0).webhookId, m_webhook);
        QCOMPARE(found.at(0).webhookName, u"hook"_s);
        QVERIFY(found.at(0).kind == ErrorKind::Http);
        QCOMPARE(found.at(0).httpStatus, 401);
        QCOMPARE(found.at(0).field, u"authentication_config"_s);
        QCOMPARE(found.at(0).newestId, ids.at(4));
        QCOMPARE(found.at(0).first, finishedAt(ids.at(0)));
        QCOMPARE(found.at(0).last, finishedAt(ids.at(4)));
        QVERIFY(found.at(1).kind == ErrorKind::Tls);
        QCOMPARE(found.at(1).httpStatus, 0);
        QCOMPARE(found.at(1).field, u"tls.ca_certificates"_s);
        QCOMPARE(found.at(2).httpStatus, 403);
        QCOMPARE(list({.cause = found.at(0).key}), (QStringList{ids.at(4), ids.at(1), ids.at(0)}));
    }

    void eachWebhookHasItsOwn()
    {
        const QString other = m_profile->addWebhook(u"other"_s);
        const auto ids = accept(1);
        QCOMPARE(ids.size(), 2);
        for (const QString &id : ids) {
            die(id, failed(ErrorKind::Timeout, 0, u"timeout_in_sec"_s));
        }
        QCOMPARE(causes({}).size(), 2);
        const auto others = causes({.webhookId = other});
        QCOMPARE(others.size(), 1);
        QCOMPARE(others.at(0).webhookName, u"other"_s);
        QCOMPARE(causes({.integrationId = u"nothing"_s}).size(), 0);
        QCOMPARE(causes({.since = QDateTime::currentDateTimeUtc().addDays(1)}).size(), 0);
        QCOMPARE(causes({.since = QDateTime::currentDateTimeUtc().addDays(-1)}).size(), 2);
    }

    void whatBefellTheWebhookIsACause()
    {
        QCOMPARE(accept(3).size(), 3);
        QVERIFY(answerOf<int>(
            [&](QObject *context, auto reply) { m_profile->outbox->release(u"me"_s, {}, context, reply); }));
        const auto stored = webhooksOf(*m_profile->store);
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
            m_profile->outbox->deactivateWebhook(m_webhook, stored->first().version, Sentence(u"It was gone."_s),
                                                 context, reply);
        }));
        QTRY_COMPARE_WITH_TIMEOUT(causes({}).value(0).count, 3, 60'000);
        const auto cause = causes({}).constFirst();
        QVERIFY(cause.befellWebhook && !cause.kind);
        QCOMPARE(cause.reason, u"It was gone."_s);
    }

    void thoseAreReplayedAndNoOthers()
    {
        const auto ids = accept(5);
        const auto unauthorized = failed(ErrorKind::Http, 401, u"authentication_config"_s);
        die(ids.at(0), unauthorized);
        die(ids.at(1), unauthorized);
        die(ids.at(2), failed(ErrorKind::Http, 500, {}));
        const auto seen = causes({.cause = {}}).constFirst();
        QCOMPARE(seen.count, 2);
        m_profile->clock.advance(1000);
        die(ids.at(3), unauthorized); // after it was looked at
        QCOMPARE(replay({.webhookId = seen.webhookId, .cause = seen.key, .finishedUntil = seen.last}), 2);
        QCOMPARE(state(ids.at(0)), u"pending"_s);
        QCOMPARE(state(ids.at(1)), u"pending"_s);
        QCOMPARE(state(ids.at(2)), u"dead"_s);
        QCOMPARE(state(ids.at(3)), u"dead"_s);
        QCOMPARE(state(ids.at(4)), u"sending"_s);
        QCOMPARE(replay({.webhookId = seen.webhookId, .cause = seen.key, .finishedUntil = seen.last}), 0);
    }

    void manyAreReplayedInSteps()
    {
        constexpr int many = 1203; // more than two steps
        const auto ids = accept(many);
        QCOMPARE(ids.size(), many);
        auto claimed = ids.first(concurrency);
        while (!claimed.isEmpty()) {
            QList<FinishedAttempt> attempts;
            for (const QString &id : std::as_const(claimed)) {
                attempts.append(attemptOf(id, failed(ErrorKind::Template, 0, u"body_template"_s)));
            }
            QCOMPARE(*ask().finish(attempts), claimed.size());
            claimed = ask().claimIds(u"me"_s, 1000);
        }
        const auto cause = causes({}).constFirst();
        QCOMPARE(cause.count, many);
        const auto some = ids.first(many - 100); // by their ids
        QCOMPARE(*ask().replay(some), some.size());
        QCOMPARE(causes({}).constFirst().count, 100);
        QVERIFY(!ask().replay(some + QStringList{u"999999"_s}));
        QCOMPARE(replay({.webhookId = m_webhook, .cause = cause.key, .finishedUntil = cause.last}), 100);
        QCOMPARE(causes({}).size(), 0);
    }

    void idsAreAllOfAList()
    {
        const auto ids = accept(7);
        die(ids.at(3), failed(ErrorKind::Http, 500, {}));
        const auto all = idsOf({.limit = 1000});
        QCOMPARE(all.size(), 7);
        QCOMPARE(QString::number(all.constFirst()), ids.constLast());
        QVERIFY(std::is_sorted(all.rbegin(), all.rend()));
        QCOMPARE(idsOf({.states = {DeliveryState::Dead}}), QList{ids.at(3).toLongLong()});
        QCOMPARE(idsOf({.before = ids.at(2), .limit = 1}), QList{ids.at(1).toLongLong()});
    }

    void anIntegrationsTimeline()
    {
        const auto ids = accept(3);
        die(ids.at(0), failed(ErrorKind::Http, 500, {}));
        QVERIFY(ask().end(u"me"_s, ids.at(1), 1, AttemptOutcome::Delivered));
        const auto timeline = [this](const QString &integration, const QString &webhook) {
            DeliveryFilter filter;
            filter.integrationId = integration;
            filter.webhookId = webhook;
            filter.since = QDateTime::currentDateTimeUtc().addSecs(-3600);
            const auto outcomes = answerOf<MatchingOutcomes>([&](QObject *context, auto reply) {
                m_profile->outbox->matchingTimeline(filter, std::chrono::minutes(7 * 24 * 60), context, reply);
            });
            return outcomes ? outcomes->spans : QList<DeliveryOutcomes>();
        };
        QCOMPARE(timeline(u"0"_s, {}).size(), 1);
        QCOMPARE(timeline(u"0"_s, {}).constFirst().dead, 1);
        QCOMPARE(timeline(u"0"_s, {}).constFirst().delivered, 0);
        QCOMPARE(timeline(u"1"_s, m_webhook).constFirst().delivered, 1);
        QCOMPARE(timeline(u"1"_s, u"other"_s).size(), 0);
        QCOMPARE(timeline(u"2"_s, {}).size(), 0);
    }

    /// Until version 9 nothing but the attempts knew why a delivery had died.
    void anOlderProfileLearnsItsCauses()
    {
        const auto ids = accept(3);
        die(ids.at(0), failed(ErrorKind::Http, 401, u"authentication_config"_s));
        die(ids.at(1), failed(ErrorKind::Http, 401, u"authentication_config"_s));
        auto longOne = failed(ErrorKind::Http, 401, u"authentication_config"_s);
        longOne.response->body = QByteArray(100'000, 'x'); // kept compressed
        die(ids.at(2), longOne);
        const QString path = m_profile->folder.filePath(u"tocsin.db"_s);
        const auto expected = causes({});
        m_profile->outbox.reset();
        m_profile->store.reset();
        backToVersionNine(path);
        Store store(m_profile->folder.path());
        QVERIFY(openStore(store).isOk());
        Outbox outbox(m_profile->folder.path());
        QVERIFY(AskedOutbox{outbox}.open().isOk());
        const auto found =
            answerOf<QList<DeathCause>>([&](QObject *context, auto reply) { outbox.deathCauses({}, context, reply); });
        QCOMPARE(found->size(), 2);
        QCOMPARE(found->at(0).key, expected.at(0).key);
        QCOMPARE(found->at(0).count, 2);
        QCOMPARE(found->at(1).key, QString());
        QVERIFY(!found->at(1).kind);
    }

private:
    AskedOutbox ask() const { return AskedOutbox{*m_profile->outbox}; }

    /// Of as many integrations, named by their numbers; claimed as far as the webhook's concurrency lets.
    QStringList accept(int count)
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(QString::number(i), IntegrationStatus::Error));
        }
        QStringList ids;
        for (const auto &accepted : *ask().accept(events)) {
            ids.append(accepted.deliveryIds);
        }
        ask().claimIds(u"me"_s);
        return ids;
    }

    static Invocation failed(ErrorKind kind, int status, const QString &field)
    {
        auto invocation = invocationOf(Verdict::Failed, status);
        if (status == 0) {
            invocation.response.reset();
        }
        invocation.error = InvocationError{.kind = kind,
                                           .message = Sentence(u"It failed."_s),
                                           .hint = {},
                                           .field = field,
                                           .causes = {},
                                           .position = {}};
        return invocation;
    }

    static FinishedAttempt attemptOf(const QString &id, const Invocation &invocation)
    {
        return {.deliveryId = id,
                .owner = u"me"_s,
                .attempt = 1,
                .outcome = AttemptOutcome::Dead,
                .retryIn = {},
                .deadReason = {},
                .invocation = invocation};
    }

    void die(const QString &id, const Invocation &invocation)
    {
        m_profile->clock.advance(10);
        QCOMPARE(*ask().finish({attemptOf(id, invocation)}), 1);
    }

    QList<DeathCause> causes(const DeliveryFilter &filter) const
    {
        const auto found = answerOf<QList<DeathCause>>(
            [&](QObject *context, auto reply) { m_profile->outbox->deathCauses(filter, context, reply); });
        return found ? *found : QList<DeathCause>();
    }
    int replay(const DeliveryFilter &filter) const
    {
        const auto replayed = answerOf<int>(
            [&](QObject *context, auto reply) { m_profile->outbox->replayMatchingDead(filter, context, reply); });
        return replayed ? *replayed : -1;
    }
    QList<qint64> idsOf(const DeliveryFilter &filter) const
    {
        const auto ids = answerOf<QList<qint64>>(
            [&](QObject *context, auto reply) { m_profile->outbox->listIds(filter, context, reply); });
        return ids ? *ids : QList<qint64>();
    }
    QStringList list(const DeliveryFilter &filter) const
    {
        QStringList ids;
        for (const auto &delivery : *ask().list(filter)) {
            ids.append(delivery.id);
        }
        return ids;
    }
    QString state(const QString &id) const { return toString((*ask().delivery(id))->delivery.state); }
    QDateTime finishedAt(const QString &id) const { return *(*ask().delivery(id))->delivery.finishedAt; }

    static void backToVersionNine(const QString &path)
    {
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"older"_s);
            database.setDatabaseName(path);
            QVERIFY(database.open());
            QStringList statements{u"DROP INDEX delivery_ruled"_s, u"DROP INDEX delivery_expiring"_s};
            for (const auto &table : {u"clock"_s, u"rate"_s, u"mute"_s, u"health"_s}) {
                statements += u"DROP TABLE "_s % table;
            }
            for (const auto &column : {u"lane DROP COLUMN delivered_status"_s, u"lane DROP COLUMN settled_status"_s,
                                       u"lane DROP COLUMN settled_at"_s, u"integration DROP COLUMN turned_at"_s,
                                       u"integration DROP COLUMN last_event"_s, u"target DROP COLUMN settle"_s,
                                       u"target DROP COLUMN maximum_age"_s, u"target DROP COLUMN health"_s,
                                       u"delivery DROP COLUMN previous"_s, u"delivery DROP COLUMN rule"_s,
                                       u"delivery DROP COLUMN asked"_s, u"delivery DROP COLUMN overtaken"_s,
                                       u"delivery DROP COLUMN counted_from"_s, u"delivery DROP COLUMN expires_at"_s}) {
                statements += u"ALTER TABLE "_s % column;
            }
            statements += {u"DROP TABLE event_own_id"_s, u"DROP TABLE taken_id"_s, u"DROP INDEX delivery_dead"_s,
                           u"ALTER TABLE delivery DROP COLUMN cause"_s, u"PRAGMA user_version = 9"_s};
            for (const auto &statement : std::as_const(statements)) {
                QSqlQuery query(database);
                QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(u"older"_s);
    }

    std::unique_ptr<TestProfile> m_profile;
    QString m_webhook;
};

QTEST_GUILESS_MAIN(TestOutboxCauses)
#include "tst_outboxcauses.moc"
