// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrations.h"
#include "outboxasking.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Runs statements on a database file, outside of the store. Answers with the first value of the last one.
QVariant onFile(const QString &path, const QStringList &statements)
{
    const auto name = u"test"_s;
    QVariant value;
    {
        auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        connection.setDatabaseName(path);
        if (!connection.open()) {
            return {};
        }
        for (const auto &statement : statements) {
            QSqlQuery query(connection);
            if (!query.exec(statement)) {
                qWarning().noquote() << statement << query.lastError().text();
                return {};
            }
            value = query.next() ? query.value(0) : QVariant();
        }
    }
    QSqlDatabase::removeDatabase(name);
    return value;
}

} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areNumberedWithoutGaps()
    {
        const auto steps = migrations();
        QVERIFY(!steps.isEmpty());
        for (qsizetype i = 0; i < steps.size(); ++i) {
            QCOMPARE(steps[i].version, i + 1);
            QVERIFY(!steps[i].statements.isEmpty());
            for (const auto &statement : steps[i].statements) {
                QVERIFY(statement.startsWith(u"CREATE "_s) || statement.startsWith(u"ALTER "_s)
                        || statement.startsWith(u"INSERT "_s) || statement.startsWith(u"UPDATE "_s)
                        || statement.startsWith(u"DROP "_s));
                QCOMPARE(statement.count(u';'), 1);
            }
        }
        QCOMPARE(newestSchemaVersion(), steps.last().version);
    }

    void bringEveryOlderVersionUpToDate_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 0; version <= newestSchemaVersion(); ++version) {
            QTest::addRow("from %d", version) << version;
        }
    }

    void bringEveryOlderVersionUpToDate()
    {
        QFETCH(const int, version);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tocsin.db"_s);
        QStringList statements;
        for (const auto &step : migrations()) {
            if (step.version <= version) {
                statements << step.statements;
            }
        }
        if (version > 0) {
            statements << u"PRAGMA application_id = 1414480723"_s << u"PRAGMA user_version = %1"_s.arg(version)
                       << u"INSERT INTO webhook (id, name, name_folded, active, document, created_at, changed_at) "
                          "VALUES ('an-id', 'Older', 'older', 1, "
                          "'{\"kind\":\"integration\",\"name\":\"Older\",\"active\":true,"
                          "\"type\":{\"http_request\":{\"method\":\"PUT\",\"url\":\"https://example.org/\"}},"
                          "\"body_template\":\"{}\"}', 1000, 2000)"_s;
        }
        onFile(path, statements);
        if (version > 0) {
            QCOMPARE(onFile(path, {u"PRAGMA user_version"_s}).toInt(), version);
        }

        Store store(folder.path());
        const auto opened = openStore(store);
        QVERIFY2(opened.isOk(), opened ? "" : qPrintable(opened.error().message));
        const auto older = webhooksOf(store);
        QCOMPARE(older->size(), version > 0 ? 1 : 0);
        if (version > 0) {
            QCOMPARE(older->first().webhook.id, u"an-id"_s);
            QVERIFY(older->first().webhook.method == HttpMethod::Put);
            QCOMPARE(older->first().createdAt.toMSecsSinceEpoch(), 1000);
            QCOMPARE(older->first().changedAt.toMSecsSinceEpoch(), 2000);
        }
        const auto saved = save(store, webhookNamed(u"newer"_s));
        QVERIFY(saved.isOk());
        Invocation invocation;
        invocation.webhookId = saved->id;
        invocation.startedAt = QDateTime::currentDateTimeUtc();
        QVERIFY(addInvocation(store, invocation).isOk());
        QVERIFY(answerOf<QString>([&](QObject *context, auto reply) { store.profileId(context, reply); }).isOk());
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) {
                    store.saveSetting(u"a.key"_s, u"value"_s, context, reply);
                }).isOk());
        QCOMPARE(onFile(path, {u"PRAGMA user_version"_s}).toInt(), newestSchemaVersion());
        QCOMPARE(onFile(path, {u"PRAGMA journal_mode"_s}).toString(), u"wal"_s);
        QCOMPARE(onFile(path, {u"PRAGMA integrity_check"_s}).toString(), u"ok"_s);
    }

    /// Until version 7 nothing told a key that Save had made from one that a person chose.
    void tellWhoMadeASecretKey()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tocsin.db"_s);
        constexpr int version = 7;
        QStringList statements;
        for (const auto &step : migrations().first(version)) {
            statements << step.statements;
        }
        statements << u"PRAGMA application_id = 1414480723"_s << u"PRAGMA user_version = %1"_s.arg(version)
                   << u"INSERT INTO webhook VALUES ('w', 'W', 'w', 1, '{\"kind\":\"integration\",\"name\":\"W\","
                      "\"active\":true,\"type\":{\"http_request\":{\"method\":\"POST\",\"url\":"
                      "\"https://example.org/\"}},\"body_template\":\"{}\"}', 1000, 2000)"_s;
        const QStringList made{u"w/header/X"_s, u"w/oauth/client_secret"_s, u"w/tls/client_key"_s};
        const QStringList chosen{u"team/key"_s, u"w/mine"_s, u"w2/header/X"_s};
        for (const QString &key : made + chosen) {
            statements << u"INSERT INTO secret_key (name) VALUES ('%1')"_s.arg(key);
        }
        onFile(path, statements);
        Store store(folder.path());
        QVERIFY(openStore(store).isOk());
        QStringList found;
        const auto keys =
            answerOf<QList<MadeSecretKey>>([&](QObject *context, auto reply) { store.madeSecretKeys(context, reply); });
        for (const MadeSecretKey &key : *keys) {
            QCOMPARE(key.madeFor, u"w"_s);
            found.append(key.name);
        }
        QCOMPARE(found, made);
    }

    /// Until version 5 places began anew in a lane where all had finished.
    void keepTheOrderOfWhatWaits()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tocsin.db"_s);
        constexpr int version = 5;
        QStringList statements;
        for (const auto &step : migrations().first(version)) {
            statements << step.statements;
        }
        const auto delivery = [](int id, const QString &state, int head, int place, const QString &finishedAt) {
            return u"INSERT INTO delivery VALUES (%1, 7, 1, 1, 1, 0, '%2', %3, %4, 0, 0, 1000, 1000, 1000, %5, '', 0, "
                   "'', NULL)"_s.arg(QString::number(id), state, QString::number(head), QString::number(place),
                                     finishedAt);
        };
        statements << u"PRAGMA application_id = 1414480723"_s << u"PRAGMA user_version = %1"_s.arg(version)
                   << u"INSERT INTO webhook VALUES ('w', 'W', 'w', 1, '{\"kind\":\"integration\",\"name\":\"W\","
                      "\"active\":true,\"type\":{\"http_request\":{\"method\":\"POST\",\"url\":"
                      "\"https://example.org/\"}},\"body_template\":\"{}\"}', 1000, 2000)"_s
                   << u"INSERT INTO target (id, webhook_id, webhook_name) VALUES (1, 'w', 'W')"_s
                   << u"INSERT INTO lane VALUES (1, 1, 'i')"_s
                   << u"INSERT INTO event VALUES (1, 7, 'i', 'name', 'type', 'Error', 1000, 0, 4, '{}')"_s
                   << delivery(1, u"delivered"_s, 0, 1, u"1500"_s) << delivery(2, u"dead"_s, 0, 2, u"1500"_s)
                   << delivery(3, u"pending"_s, 1, 1, u"NULL"_s) << delivery(4, u"pending"_s, 0, 2, u"NULL"_s);
        onFile(path, statements);

        Store store(folder.path());
        QVERIFY(openStore(store).isOk());
        Outbox outbox(folder.path());
        const AskedOutbox ask{outbox};
        QVERIFY(ask.open().isOk());
        QCOMPARE(*ask.replay({u"2"_s}), 1);
        QCOMPARE(ask.accept({eventOf(u"i"_s, IntegrationStatus::Warning)})->first().deliveryIds, QStringList{u"5"_s});
        for (const auto &next : {u"3"_s, u"4"_s, u"2"_s, u"5"_s}) {
            QCOMPARE(ask.claimIds(u"me"_s), QStringList{next});
            QCOMPARE(*ask.end(u"me"_s, next, 1, AttemptOutcome::Delivered), 1);
        }
        QCOMPARE(ask.claimIds(u"me"_s), QStringList());
        QCOMPARE(ask.accept({eventOf(u"i"_s, IntegrationStatus::Error)})->first().deliveryIds, QStringList{u"6"_s});
        QCOMPARE(ask.claimIds(u"me"_s), QStringList{u"6"_s});
    }

    /// Until version 10 no event had an id of its own.
    void takeOlderEventsAsThoseWithoutAnId()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tocsin.db"_s);
        constexpr int version = 10;
        QStringList statements;
        for (const auto &step : migrations().first(version)) {
            statements << step.statements;
        }
        statements << u"PRAGMA application_id = 1414480723"_s << u"PRAGMA user_version = %1"_s.arg(version)
                   << u"INSERT INTO target (id, webhook_id, webhook_name) VALUES (1, 'w', 'W')"_s
                   << u"INSERT INTO lane (id, target, integration_id) VALUES (1, 1, 'i')"_s
                   << u"INSERT INTO event (nonce, integration_id, integration_name, integration_type, status, "
                      "accepted_at, suppressed, deliveries, document) VALUES (7, 'i', 'name', 'type', 'Error', 1000, "
                      "0, 1, '{\"id\":\"one\"}')"_s
                   << u"INSERT INTO delivery (nonce, event, target, lane, epoch, state, head, attempts, tries, "
                      "created_at, due_at, scheduled_at, finished_at, owner, last_http_status, last_reason) VALUES "
                      "(7, 1, 1, 1, 0, 'delivered', 0, 1, 1, 1000, 1000, 1000, 1000, '', 200, '')"_s;
        onFile(path, statements);

        Outbox outbox(folder.path());
        const AskedOutbox ask{outbox};
        QVERIFY(ask.open().isOk());
        QCOMPARE(ask.list()->size(), 1);
        QCOMPARE(ask.list()->first().eventOwnId, QString());
        QCOMPARE(ask.list({.eventId = u"one"_s})->size(), 0);
        auto event = eventOf(u"i"_s, IntegrationStatus::Warning);
        event.ownId = u"one"_s;
        for (const bool isDuplicate : {false, true}) {
            const auto taken = answerOf<EventAcceptance>([&](QObject *context, auto reply) {
                outbox.accept({event}, EventTaking{.door = EventDoor::ingest()}, context, reply);
            });
            QCOMPARE(taken->accepted.constFirst().isDuplicate, isDuplicate);
        }
    }

    /// Until version 11 there were no rules, and no webhook's health was told.
    void putWhatWaitsUnderTheRules()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"tocsin.db"_s);
        constexpr int version = 11;
        QStringList statements;
        for (const auto &step : migrations().first(version)) {
            statements << step.statements;
        }
        const auto webhook = [](const QString &id, int active, const QString &rules) {
            return u"INSERT INTO webhook (id, name, name_folded, active, document, created_at, changed_at) VALUES "
                   "('%1', '%1', '%1', %2, '{\"kind\":\"integration\",\"name\":\"%1\",\"active\":%3,"
                   "\"type\":{\"http_request\":{\"method\":\"POST\",\"url\":\"https://example.org/\"}},"
                   "\"body_template\":\"{}\",\"delivery\":{%4}}', 1000, 2000)"_s.arg(
                       id, QString::number(active), active == 1 ? u"true"_s : u"false"_s, rules);
        };
        const auto event = [](const QString &status) {
            return u"INSERT INTO event (nonce, integration_id, integration_name, integration_type, status, "
                   u"accepted_at, "
                   "suppressed, deliveries, document) VALUES (7, 'i', 'name', 'type', '%1', 1000, 0, 1, '{}')"_s.arg(
                       status);
        };
        const auto delivery = [](int number, const QString &state, int head, int next, const QString &finishedAt) {
            return u"INSERT INTO delivery (nonce, event, target, lane, epoch, state, head, next, attempts, tries, "
                   "created_at, due_at, scheduled_at, finished_at, owner, last_http_status, last_reason) VALUES "
                   "(7, %1, 1, 1, 0, '%2', %3, %4, 0, 0, 1000, 1000, 1000, %5, '', 0, '')"_s.arg(
                       QString::number(number), state, QString::number(head), QString::number(next), finishedAt);
        };
        statements << u"PRAGMA application_id = 1414480723"_s << u"PRAGMA user_version = %1"_s.arg(version)
                   << webhook(u"w"_s, 1, u"\"keep\":\"newest\""_s) << webhook(u"off"_s, 0, {})
                   << u"INSERT INTO target (id, webhook_id, webhook_name) VALUES (1, 'w', 'w'), (2, 'off', 'off')"_s
                   << u"INSERT INTO lane (id, target, integration_id, last_delivery) VALUES (1, 1, 'i', 4)"_s
                   << event(u"Error"_s) << event(u"Warning"_s) << event(u"Error"_s) << event(u"Warning"_s)
                   << delivery(1, u"delivered"_s, 0, 2, u"1500"_s) << delivery(2, u"pending"_s, 1, 3, u"NULL"_s)
                   << delivery(3, u"pending"_s, 0, 4, u"NULL"_s) << delivery(4, u"pending"_s, 0, 0, u"NULL"_s);
        onFile(path, statements);

        Outbox outbox(folder.path());
        const AskedOutbox ask{outbox};
        QVERIFY(ask.open().isOk());
        QCOMPARE(onFile(path, {u"SELECT delivered_status FROM lane"_s}).toString(), u"Error"_s);
        QStringList claimed;
        for (int i = 0; i < 3; ++i) {
            claimed += ask.claimIds(u"me"_s);
        }
        QCOMPARE(claimed, QStringList{u"4"_s}); // the newest
        QCOMPARE(ask.counts()->states.value(DeliveryState::Superseded), 2);
        QCOMPARE(ask.accept({eventOf(u"i"_s, IntegrationStatus::Error)})->first().deliveryIds, QStringList{u"5"_s});
        QCOMPARE(onFile(path, {u"SELECT count(*) FROM event WHERE integration_type <> 'type'"_s}).toInt(),
                 1); // no news
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
