// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxasking.h"
#include "outboxstatements.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using Status = IntegrationStatus;

namespace {

/// How SQLite would go about a statement, one step a line.
QStringList planOf(const QSqlDatabase &connection, const QString &statement)
{
    QSqlQuery query(connection);
    if (!query.prepare(u"EXPLAIN QUERY PLAN "_s % statement)) {
        return {u"SCAN: "_s % query.lastError().text()};
    }
    for (qsizetype i = 0; i < statement.count(u'?'); ++i) {
        query.addBindValue(1);
    }
    if (!query.exec()) {
        return {u"SCAN: "_s % query.lastError().text()};
    }
    QStringList steps;
    while (query.next()) {
        steps.append(query.value(3).toString());
    }
    return steps;
}

/// A step that costs more the more there is in the outbox.
bool growsWithTheBacklog(const QString &step)
{
    static const QStringList bounded{
        u"SCAN t"_s, // target, and t as its other name: a row a webhook
        u"SCAN webhook"_s,
        u"SCAN lease"_s,
        u"SCAN mute"_s,
        u"SCAN health"_s, // some rows a webhook
        u"SCAN y"_s,
        u"SCAN integration"_s,
        u"SCAN outcome"_s, // a row a minute and webhook
        u"SCAN CONSTANT ROW"_s,
        u"SCAN counted"_s, // as many as are asked for
        u"SCAN attempt_text VIRTUAL TABLE"_s,
    };
    return step.startsWith("SCAN"_L1)
        && std::none_of(bounded.begin(), bounded.end(), [&](const QString &start) { return step.startsWith(start); });
}

} // namespace

class TestOutboxHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
    }

    void filters_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("expected"); // names of integrations, newest first
        QTest::newRow("all") << u"all"_s << QStringList{u"d"_s, u"c"_s, u"b"_s, u"a"_s};
        QTest::newRow("one state") << u"delivered"_s << QStringList{u"a"_s};
        QTest::newRow("several states") << u"finished"_s << QStringList{u"b"_s, u"a"_s};
        QTest::newRow("an integration") << u"integration"_s << QStringList{u"c"_s};
        QTest::newRow("the webhook") << u"webhook"_s << QStringList{u"d"_s, u"c"_s, u"b"_s, u"a"_s};
        QTest::newRow("another webhook") << u"no webhook"_s << QStringList();
        QTest::newRow("since") << u"since"_s << QStringList{u"d"_s, u"c"_s};
        QTest::newRow("until") << u"until"_s << QStringList{u"b"_s, u"a"_s};
        QTest::newRow("a page") << u"limit"_s << QStringList{u"d"_s, u"c"_s};
        QTest::newRow("the next page") << u"before"_s << QStringList{u"b"_s, u"a"_s};
        QTest::newRow("a word of the response") << u"text:quota"_s << QStringList{u"b"_s};
        QTest::newRow("the beginning of a word") << u"text:quo"_s << QStringList{u"b"_s};
        QTest::newRow("any case") << u"text:QUOTA"_s << QStringList{u"b"_s};
        QTest::newRow("a word of the request") << u"text:something"_s << QStringList{u"b"_s, u"a"_s};
        QTest::newRow("two words") << u"text:something quota"_s << QStringList{u"b"_s};
        QTest::newRow("two words of two attempts") << u"text:fine quota"_s << QStringList();
        QTest::newRow("part of a header") << u"text:X-Sent:"_s << QStringList{u"b"_s, u"a"_s};
        QTest::newRow("what is an operator elsewhere") << u"text:quota\" OR NOT (* NEAR"_s << QStringList();
        QTest::newRow("what is no word") << u"text:\"*"_s << QStringList{u"d"_s, u"c"_s, u"b"_s, u"a"_s};
        QTest::newRow("deep in a body") << u"text:needle"_s << QStringList{u"a"_s};
        QTest::newRow("too deep in a body") << u"text:abyss"_s << QStringList();
    }

    void filters()
    {
        QFETCH(const QString, what);
        QFETCH(const QStringList, expected);
        const auto webhook = m_profile->addWebhook(u"w"_s);
        const auto a = acceptOne(u"a"_s);
        const auto b = acceptOne(u"b"_s);
        m_profile->clock.advance(1000);
        const QDateTime between = QDateTime::currentDateTimeUtc().addMSecs(500);
        m_profile->clock.advance(1000);
        acceptOne(u"c"_s);
        acceptOne(u"d"_s);
        QCOMPARE(ask().claimIds(u"me"_s, 2), QStringList({a, b}));
        const QByteArray deep =
            "fine " + QByteArray(8000, ' ') + "needle " + QByteArray(Outbox::searchedBytes, ' ') + "abyss";
        finishWith(a, AttemptOutcome::Delivered, invocationOf(Verdict::Successful, 200, deep));
        finishWith(b, AttemptOutcome::Dead, invocationOf(Verdict::Failed, 429, "quota exceeded"));

        DeliveryFilter filter;
        if (what == "delivered"_L1) {
            filter.states = {DeliveryState::Delivered};
        } else if (what == "finished"_L1) {
            filter.states = {DeliveryState::Delivered, DeliveryState::Dead};
        } else if (what == "integration"_L1) {
            filter.integrationId = u"c"_s;
        } else if (what.endsWith("webhook"_L1)) {
            filter.webhookId = what.startsWith("no"_L1) ? u"other"_s : webhook;
        } else if (what == "since"_L1) {
            filter.since = between;
        } else if (what == "until"_L1) {
            filter.until = between;
        } else if (what == "limit"_L1) {
            filter.limit = 2;
        } else if (what == "before"_L1) {
            filter.before = ask().list({.limit = 2})->last().id;
        } else if (what.startsWith("text:"_L1)) {
            filter.text = what.mid(5);
        }
        QStringList names;
        const auto listed = ask().list(filter);
        QVERIFY2(listed.isOk(), listed ? "" : qPrintable(listed.error().message));
        for (const auto &delivery : *listed) {
            names.append(delivery.integrationId);
        }
        QCOMPARE(names, expected);
    }

    void keepsAttemptsWhole()
    {
        m_profile->addWebhook(u"w"_s);
        const auto id = acceptOne(u"a"_s);
        QCOMPARE(ask().claimIds(u"me"_s), QStringList{id});
        auto invocation = invocationOf(Verdict::Successful, 200, QByteArray(200'000, 'x'));
        CertificateInfo certificate;
        certificate.subject = u"CN=example.org"_s;
        certificate.sha256Fingerprint = u"ab:cd"_s;
        certificate.pem = u"-----BEGIN CERTIFICATE-----"_s;
        invocation.tls = TlsInfo{.protocol = u"TLSv1.3"_s, .cipher = u"X"_s, .chain = {certificate}, .errors = {}};
        invocation.sent = 1;
        finishWith(id, AttemptOutcome::Delivered, invocation);
        const auto details = ask().delivery(id);
        QCOMPARE((*details)->attempts.size(), 1);
        QVERIFY((*details)->attempts.first() == invocation);
    }

    void countsAndDrawsWhatEnded()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        QStringList ids;
        for (const auto &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s}) {
            ids.append(acceptOne(name));
        }
        const QDateTime start = QDateTime::currentDateTimeUtc();
        QCOMPARE(ask().claimIds(u"me"_s, 3).size(), 3);
        QCOMPARE(*ask().end(u"me"_s, ids[0], 1, AttemptOutcome::Delivered), 1);
        QCOMPARE(*ask().end(u"me"_s, ids[1], 1, AttemptOutcome::Dead), 1);
        QCOMPARE(*ask().end(u"me"_s, ids[2], 1, AttemptOutcome::Retry, 10h), 1);
        m_profile->clock.advance(3 * 3600'000);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 1);
        QCOMPARE(*ask().end(u"me"_s, ids[3], 1, AttemptOutcome::Delivered), 1);

        const auto counts = ask().counts();
        const DeliveryCounts::States expected{
            {DeliveryState::Delivered, 2}, {DeliveryState::Dead, 1}, {DeliveryState::Waiting, 1}};
        for (const auto state : allDeliveryStates()) {
            QCOMPARE(counts->states.value(state), expected.value(state));
            QCOMPARE(counts->webhooks.value(webhook).value(state), expected.value(state));
        }
        QCOMPARE(counts->unfinished(), 1);
        QCOMPARE(counts->oldestUnfinished, (*ask().delivery(ids[2]))->delivery.createdAt);

        const auto spans = timeline(start, 60min, {});
        DeliveryOutcomes sum;
        for (const auto &span : spans) {
            QCOMPARE(span.start.time().minute(), 0);
            sum.delivered += span.delivered;
            sum.failed += span.failed;
            sum.dead += span.dead;
        }
        QCOMPARE(sum, (DeliveryOutcomes{.start = {}, .delivered = 2, .failed = 1, .dead = 1}));
        QVERIFY(spans.size() >= 2);
        QVERIFY(spans.first().start < spans.last().start);
        QCOMPARE(timeline(start, 60min, webhook), spans);
        QCOMPARE(timeline(start, 60min, u"other"_s), QList<DeliveryOutcomes>());
        QCOMPARE(timeline(start.addSecs(12 * 3600), 60min, {}), QList<DeliveryOutcomes>());

        const auto activity = answerOf<QHash<QString, WebhookActivity>>(
            [&](QObject *context, auto reply) { m_profile->outbox->activity(start, 60min, context, reply); });
        QVERIFY(activity);
        QCOMPARE(activity->keys(), QStringList{webhook});
        QCOMPARE(activity->value(webhook).spans, spans);
        QCOMPARE(activity->value(webhook).last, (*ask().delivery(ids[3]))->delivery);
    }

    void countsWhatWasAcceptedSince()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        acceptOne(u"a"_s);
        m_profile->clock.advance(day);
        const QDateTime later = QDateTime::currentDateTimeUtc().addDays(1).addSecs(-3600);
        acceptOne(u"b"_s);
        const auto dead = acceptOne(u"c"_s);
        QVERIFY(ask().claimIds(u"me"_s).contains(dead));
        QCOMPARE(*ask().end(u"me"_s, dead, 1, AttemptOutcome::Dead), 1);
        const auto count = [this](const DeliveryFilter &filter) {
            const auto counted = answerOf<MatchingDeliveries>(
                [&](QObject *context, auto reply) { m_profile->outbox->countMatching(filter, context, reply); });
            QHash<DeliveryState, qint64> states = counted ? counted->states : QHash<DeliveryState, qint64>();
            states.removeIf([](const auto &state) { return state.value() == 0; });
            return states;
        };
        using States = QHash<DeliveryState, qint64>;
        const States all{{DeliveryState::Sending, 2}, {DeliveryState::Dead, 1}};
        const States recent{{DeliveryState::Sending, 1}, {DeliveryState::Dead, 1}};
        QCOMPARE(count({}), all);
        QCOMPARE(count({.since = later.addDays(-2)}), all);
        QCOMPARE(count({.since = later}), recent);
        QCOMPARE(count({.since = later.addDays(2)}), States());
        QCOMPARE(count({.webhookId = webhook, .since = later.addDays(-2)}), all);
        QCOMPARE(count({.webhookId = webhook, .since = later}), recent);
        QCOMPARE(count({.webhookId = u"other"_s, .since = later.addDays(-2)}), States());
        QCOMPARE(count({.states = {DeliveryState::Dead}, .since = later}), (States{{DeliveryState::Dead, 1}}));
    }

    void drawsWhatASearchFinds()
    {
        const auto webhook = m_profile->addWebhook(u"w"_s);
        QStringList ids;
        for (const auto &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s}) {
            ids.append(acceptOne(name));
        }
        const QDateTime hour = QDateTime::fromMSecsSinceEpoch(1'800'000'000'000 / 3'600'000 * 3'600'000, Qt::UTC);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 4);
        finishAt(hour.addSecs(1), ids[0], 1, AttemptOutcome::Dead, "needle");
        finishAt(hour.addSecs(2), ids[1], 1, AttemptOutcome::Retry, "needle and hay");
        finishAt(hour.addSecs(3), ids[2], 1, AttemptOutcome::Delivered, "hay");
        finishAt(hour.addSecs(3601), ids[3], 1, AttemptOutcome::Delivered, "needle");
        QCOMPARE(ask().list({.text = u"needle"_s})->size(), 3); // makes them searchable
        const DeliveryOutcomes first{.start = hour, .delivered = 0, .failed = 1, .dead = 1};
        const DeliveryOutcomes second{.start = hour.addSecs(3600), .delivered = 1, .failed = 0, .dead = 0};
        QCOMPARE(matchingTimeline(u"needle"_s, hour, {}), (MatchingOutcomes{.spans = {first, second}, .isAll = true}));
        QCOMPARE(matchingTimeline(u"needle"_s, hour, webhook).spans, QList({first, second}));
        QCOMPARE(matchingTimeline(u"needle"_s, hour, u"other"_s).spans, QList<DeliveryOutcomes>());
        QCOMPARE(matchingTimeline(u"needle"_s, hour.addSecs(3600), {}).spans, QList{second});
        QCOMPARE(matchingTimeline(u"absent"_s, hour, {}).spans, QList<DeliveryOutcomes>());
        QCOMPARE(matchingTimeline(u"\""_s, hour, {}).spans, timeline(hour, 60min, {}));

        const auto idsWithin = [&](const QDateTime &start) {
            QStringList found;
            const auto end = start.addSecs(3600);
            const auto listed = ask().list({.ended = TimeRange{.start = start, .end = end}, .text = u"needle"_s});
            for (const auto &delivery : *listed) {
                found.append(delivery.id);
            }
            return found;
        };
        QCOMPARE(idsWithin(hour), QStringList({ids[1], ids[0]}));
        QCOMPARE(idsWithin(hour.addSecs(3600)), QStringList{ids[3]});

        QCOMPARE(*ask().replay({ids[3]}), 1); // it stays in the chart as what it was
        QCOMPARE(matchingTimeline(u"needle"_s, hour, {}).spans, QList({first, second}));
    }

    void searchesTheNewest()
    {
        constexpr int atOnce = 64;
        constexpr int all = Outbox::searchedMatches + 10;
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = atOnce; });
        QList<IntegrationEvent> events;
        for (int i = 0; i < all; ++i) {
            events.append(eventOf(u"i%1"_s.arg(i), Status::Error));
        }
        QCOMPARE(ask().accept(events)->size(), all);
        for (auto ids = ask().claimIds(u"me"_s); !ids.isEmpty(); ids = ask().claimIds(u"me"_s)) {
            QList<FinishedAttempt> attempts;
            for (const auto &id : std::as_const(ids)) {
                attempts.append({.deliveryId = id,
                                 .owner = u"me"_s,
                                 .attempt = 1,
                                 .invocation = invocationOf(Verdict::Successful, 200, "n" + id.toUtf8())});
            }
            QCOMPARE(*ask().finish(attempts), attempts.size());
        }
        while (onFile(u"SELECT count(*) FROM attempt_text"_s) < all) {
            QVERIFY(ask().list({.text = u"something"_s}));
        }
        const QDateTime start = QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
        const auto common = matchingTimeline(u"something"_s, start, {});
        QVERIFY(!common.isAll);
        QCOMPARE(common.spans.size(), 1);
        QCOMPARE(common.spans.constFirst().delivered, Outbox::searchedMatches);
        const auto counted = answerOf<MatchingDeliveries>([&](QObject *context, auto reply) {
            m_profile->outbox->countMatching({.text = u"something"_s}, context, reply);
        });
        QVERIFY(counted->cut.contains(DeliveryState::Delivered));
        QCOMPARE(counted->states.value(DeliveryState::Delivered), Outbox::searchedMatches);

        const auto rare = matchingTimeline(u"n7"_s, start, {}); // the oldest one, and 71, and 700 …
        QVERIFY(rare.isAll);
        QVERIFY(ask().list({.text = u"n7"_s, .limit = all})->constLast().id == u"7"_s);
    }

    void forgetsWhatIsOld_data()
    {
        QTest::addColumn<bool>("searched");
        QTest::newRow("searchable") << true;
        QTest::newRow("not yet searchable") << false;
    }

    void forgetsWhatIsOld()
    {
        QFETCH(const bool, searched);
        m_profile->addWebhook(u"w"_s);
        const auto finished = acceptOne(u"finished"_s);
        const auto waiting = acceptOne(u"waiting"_s);
        const auto dead = acceptOne(u"dead"_s);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 3);
        QCOMPARE(*ask().end(u"me"_s, finished, 1, AttemptOutcome::Delivered), 1);
        QCOMPARE(*ask().end(u"me"_s, waiting, 1, AttemptOutcome::Retry, 24h), 1);
        QCOMPARE(*ask().end(u"me"_s, dead, 1, AttemptOutcome::Dead), 1);
        if (searched) {
            QCOMPARE(ask().list({.text = u"something"_s})->size(), 3);
        }
        m_profile->clock.advance(10 * day);
        const auto recent = acceptOne(u"recent"_s);
        QCOMPARE(ask().claimIds(u"me"_s, 1).size(), 1);
        QCOMPARE(*ask().prune({.maximumAge = 24h * 11}), 0);
        QCOMPARE(*ask().prune({.maximumAge = 24h * 9}), 2);
        QCOMPARE(ask().list()->size(), 2);
        QVERIFY(!ask().delivery(finished)->has_value());
        QVERIFY(!ask().delivery(dead)->has_value());
        QCOMPARE((*ask().delivery(waiting))->attempts.size(), 1);
        QVERIFY(ask().delivery(recent)->has_value());
        QCOMPARE(ask().list({.text = u"something"_s})->size(), 1);
        QCOMPARE(onFile(u"SELECT count(*) FROM event"_s), 2);
        QCOMPARE(onFile(u"SELECT count(*) FROM attempt"_s), 1);
        QCOMPARE(onFile(u"SELECT coalesce(sum(deliveries), 0) FROM tally"_s), 2);
        QCOMPARE(*ask().prune({.maximumAge = 1s, .maximumBytes = 1}), 0); // what is not finished stays
        QCOMPARE(ask().list()->size(), 2);
    }

    void remembersByWhichRetentionToForget()
    {
        m_profile->addWebhook(u"w"_s);
        const auto first = acceptOne(u"first"_s);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 1);
        QCOMPARE(*ask().end(u"me"_s, first, 1, AttemptOutcome::Delivered), 1);
        m_profile->clock.advance(29 * day);
        QCOMPARE(*ask().pruneAsBefore(), 0); // as usual
        QCOMPARE(*ask().prune({.maximumAge = 24h * 60}), 0);
        m_profile->clock.advance(3 * day);
        QCOMPARE(*ask().pruneAsBefore(), 0);
        QCOMPARE(*ask().prune(Retention::usual()), 1);
        const auto second = acceptOne(u"second"_s);
        QCOMPARE(ask().claimIds(u"me"_s).size(), 1);
        QCOMPARE(*ask().end(u"me"_s, second, 1, AttemptOutcome::Delivered), 1);
        m_profile->clock.advance(31 * day);
        QCOMPARE(*ask().pruneAsBefore(), 1);
        QVERIFY(ask().list()->isEmpty());
    }

    void forgetsWhatIsTooMuch()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 64; });
        QStringList ids;
        for (int i = 0; i < 60; ++i) {
            ids.append(acceptOne(u"i%1"_s.arg(i)));
        }
        QCOMPARE(ask().claimIds(u"me"_s, 50).size(), 50);
        for (const auto &id : ids.first(50)) {
            finishWith(id, AttemptOutcome::Delivered, invocationOf(Verdict::Successful, 200, QByteArray(16'000, 'y')));
        }
        const qint64 bytes = ask().counts()->forgettableBytes;
        QVERIFY(bytes > 0);
        QCOMPARE(*ask().prune({.maximumBytes = bytes}), 0);
        QCOMPARE(*ask().prune({.maximumBytes = bytes - 1}), 1);
        QVERIFY(!ask().delivery(ids.constFirst())->has_value()); // the oldest
        const int half = *ask().prune({.maximumBytes = bytes / 2});
        QVERIFY2(half >= 24 && half <= 26, qPrintable(QString::number(half)));
        QCOMPARE(*ask().prune({.maximumBytes = 1}), 49 - half);
        QCOMPARE(ask().counts()->forgettableBytes, 0);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), 10);
        QCOMPARE(ask().list()->size(), 10);
    }

    void keepsWhatIsDeadWhateverItsSize()
    {
        m_profile->addWebhook(u"w"_s, [](Webhook &w) { w.concurrency = 64; });
        QStringList ids;
        for (int i = 0; i < 30; ++i) {
            ids.append(acceptOne(u"i%1"_s.arg(i)));
        }
        QCOMPARE(ask().claimIds(u"me"_s, 20).size(), 20);
        for (int i = 0; i < 20; ++i) {
            const auto outcome = i < 10 ? AttemptOutcome::Dead : AttemptOutcome::Delivered;
            QCOMPARE(*ask().end(u"me"_s, ids[i], 1, outcome), 1);
        }
        QVERIFY(ask().accept({eventOf(u"i0"_s, IntegrationStatus::Error)})->constFirst().suppressed);
        const qint64 before = ask().counts()->forgettableBytes;
        QCOMPARE(*ask().replay({ids[19]}), 1);
        QVERIFY(ask().counts()->forgettableBytes < before);
        QCOMPARE(*ask().prune({.maximumAge = 24h, .maximumBytes = 1}), 9);
        const auto counts = ask().counts().value();
        QCOMPARE(counts.states.value(DeliveryState::Dead), 10);
        QCOMPARE(counts.states.value(DeliveryState::Pending), 11);
        QCOMPARE(counts.forgettableBytes, 0);
        QVERIFY(counts.databaseBytes > 0);
        QCOMPARE(onFile(u"SELECT count(*) FROM event"_s), 21); // not the suppressed one
        m_profile->clock.advance(2 * day);
        QCOMPARE(*ask().prune({.maximumAge = 24h, .maximumBytes = 1}), 10);
        QCOMPARE(ask().counts()->states.value(DeliveryState::Dead), 0);
    }

    void findsItsWayInAHundredThousand()
    {
        constexpr int batches = 50;
        constexpr int perBatch = 2000;
        constexpr int integrations = 5000;
        const auto webhook = m_profile->addWebhook(u"w"_s);
        for (int batch = 0; batch < batches; ++batch) {
            QList<IntegrationEvent> events;
            for (int i = 0; i < perBatch; ++i) {
                const int number = batch * perBatch + i;
                const bool even = number / integrations % 2 == 0;
                events.append(eventOf(u"i%1"_s.arg(number % integrations), even ? Status::Error : Status::Warning));
            }
            QCOMPARE(ask().accept(events)->size(), perBatch);
        }
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), batches * perBatch);
        const auto ids = ask().claimIds(u"me"_s);
        QCOMPARE(ids, QStringList({u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}));
        for (const auto &id : ids) {
            QCOMPARE(*ask().end(u"me"_s, id, 1, AttemptOutcome::Delivered), 1);
        }
        QCOMPARE(ask().claimIds(u"me"_s).first(), u"7"_s);
        QCOMPARE(ask().list({.webhookId = webhook, .limit = 10})->size(), 10);

        {
            auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"plans"_s);
            connection.setDatabaseName(m_profile->folder.filePath(u"tocsin.db"_s));
            QVERIFY(connection.open());
            QStringList statements{deliveryListSql({}), deliveryListSql({u"d.state IN (?)"_s}),
                                   deliveryListSql({u"d.target = (SELECT id FROM target WHERE webhook_id = ?)"_s}),
                                   deliveryListSql({u"d.lane IN (SELECT id FROM lane WHERE integration_id = ?)"_s}),
                                   deliveryListSql({textCondition()})};
            for (int i = 0; i < outboxStatementCount; ++i) {
                statements.append(sql(static_cast<OutboxStatement>(i)));
            }
            for (const auto &statement : statements) {
                const auto plan = planOf(connection, statement);
                for (const auto &step : plan) {
                    const bool isSortedPage = step.contains("TEMP B-TREE"_L1)
                        && (statement.contains("integration_id = ?"_L1) || statement.contains("MATCH"_L1)
                            || statement.contains("GROUP BY"_L1) || statement.contains("ORDER BY name"_L1));
                    const bool isList = statement == statements.first(); // newest first, by the table's own order
                    QVERIFY2((!growsWithTheBacklog(step) || isList)
                                 && (!step.contains("TEMP B-TREE"_L1) || isSortedPage),
                             qPrintable(statement % u'\n' % plan.join(u'\n')));
                }
            }
            const auto usesIndex = [&](OutboxStatement statement, const QString &index) {
                const auto plan = planOf(connection, sql(statement)).join(u'\n');
                return plan.contains(index) ? QString() : plan;
            };
            QCOMPARE(usesIndex(OutboxStatement::SelectPending, u"delivery_pending"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectDue, u"delivery_waiting"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectNextDue, u"delivery_waiting"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::MendSchedule, u"delivery_scheduled"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectSending, u"delivery_sending"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectHeld, u"delivery_sending"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectFinished, u"delivery_finished"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectUnmutedHeads, u"delivery_waiting"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectHeldByMute, u"delivery_ruled"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::DateSettling, u"delivery_ruled"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectExpired, u"delivery_expiring"_s), QString());
            QCOMPARE(usesIndex(OutboxStatement::SelectOldest, u"delivery_by_state"_s), QString());
        }
        QSqlDatabase::removeDatabase(u"plans"_s);
    }

private:
    AskedOutbox ask() const { return m_profile->ask; }

    QString acceptOne(const QString &integration)
    {
        const auto accepted = ask().accept({eventOf(integration, Status::Error)});
        return accepted ? accepted->first().deliveryIds.value(0) : QString();
    }

    void finishWith(const QString &id, AttemptOutcome outcome, const Invocation &invocation)
    {
        QCOMPARE(
            *ask().finish(
                {{.deliveryId = id, .owner = u"me"_s, .attempt = 1, .outcome = outcome, .invocation = invocation}}),
            1);
    }

    QList<DeliveryOutcomes> timeline(const QDateTime &since, std::chrono::minutes bucket, const QString &webhook)
    {
        const auto spans = answerOf<QList<DeliveryOutcomes>>(
            [&](QObject *context, auto reply) { m_profile->outbox->timeline(since, bucket, webhook, context, reply); });
        return spans ? *spans : QList<DeliveryOutcomes>();
    }

    MatchingOutcomes matchingTimeline(const QString &text, const QDateTime &since, const QString &webhook)
    {
        const auto outcomes = answerOf<MatchingOutcomes>([&](QObject *context, auto reply) {
            DeliveryFilter filter;
            filter.text = text;
            filter.since = since;
            filter.webhookId = webhook;
            m_profile->outbox->matchingTimeline(filter, 60min, context, reply);
        });
        return outcomes ? *outcomes : MatchingOutcomes();
    }

    void finishAt(const QDateTime &time, const QString &id, int attempt, AttemptOutcome outcome, const QByteArray &body)
    {
        const bool isGood = outcome == AttemptOutcome::Delivered;
        auto invocation = invocationOf(isGood ? Verdict::Successful : Verdict::Failed, isGood ? 200 : 500, body);
        invocation.startedAt = time;
        QCOMPARE(*ask().finish({{.deliveryId = id,
                                 .owner = u"me"_s,
                                 .attempt = attempt,
                                 .outcome = outcome,
                                 .retryIn = 24h,
                                 .invocation = invocation}}),
                 1);
    }

    /// What a statement gives, asked from outside.
    int onFile(const QString &statement)
    {
        int value = -1;
        {
            auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
            connection.setDatabaseName(m_profile->folder.filePath(u"tocsin.db"_s));
            QSqlQuery query(connection);
            if (connection.open() && query.exec(statement) && query.next()) {
                value = query.value(0).toInt();
            }
        }
        QSqlDatabase::removeDatabase(u"test"_s);
        return value;
    }

    std::unique_ptr<TestProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestOutboxHistory)
#include "tst_outboxhistory.moc"
