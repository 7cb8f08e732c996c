// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databasebeside.h"
#include "deliverer.h"
#include "enginetesting.h"
#include "fakeserver.h"
#include "invoking.h"
#include "memorysecretstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

IntegrationEvent eventOf(const QString &id, IntegrationStatus status = IntegrationStatus::Error)
{
    const Json document{{"event_type", "IntegrationStatusChanged"},
                        {"event_time", "2026-01-02T03:04:05Z"},
                        {"data",
                         Json{{"id", toJson(id)},
                              {"name", toJson(id)},
                              {"type", "mysql"},
                              {"status", toJson(toString(status))},
                              {"issues", Json::array()}}}};
    return integrationEventFromJson(document).value();
}

QByteArray bodyOf(const QByteArray &request)
{
    return request.mid(request.indexOf("\r\n\r\n") + 4);
}

} // namespace

/// A deliverer over a real outbox, real TLS and a place for secrets that can fail.
class TestDeliverer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shelf = std::make_shared<SecretShelf>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecretStore>(m_shelf));
        QVERIFY(openProfile(*m_engine));
        QVERIFY(await<Result<void>>([this](QObject *context, auto reply) { m_engine->openOutbox(context, reply); }));
        m_server = std::make_unique<FakeServer>(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
    }

    void cleanup()
    {
        m_deliverer.reset();
        m_engine.reset();
        m_server.reset();
    }

    void deliversInOrderWithOneIdPerMessage()
    {
        addWebhook();
        start();
        QSignalSpy attempts(m_deliverer.get(), &Deliverer::attempted);
        accept({eventOf(u"a"_s, IntegrationStatus::Error), eventOf(u"b"_s, IntegrationStatus::Error),
                eventOf(u"a"_s, IntegrationStatus::Warning), eventOf(u"a"_s, IntegrationStatus::Error)});
        QTRY_COMPARE(attempts.size(), 4);
        QByteArrayList ofA;
        QSet<QByteArray> ids;
        for (const QByteArray &request : m_server->requests()) {
            const auto document = parseJson(bodyOf(request)).value();
            if (document["id"] == "a") {
                ofA.append(QByteArray::fromStdString(document["status"].get<std::string>()));
            }
            ids.insert(headerOf(request, "webhook-id"));
        }
        QCOMPARE(ofA, QByteArrayList({"Error", "Warning", "Error"}));
        QCOMPARE(ids.size(), 4);
        QCOMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QCOMPARE(m_deliverer->underWay(), 0);
    }

    void deliversWhatWasThereBefore()
    {
        addWebhook();
        accept({eventOf(u"a"_s)});
        start();
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
    }

    void keepsWithinItsConcurrency()
    {
        m_server->setAnswer(FakeServer::silence());
        addWebhook([](Webhook &webhook) { webhook.concurrency = 10; });
        start({.concurrency = 3});
        QList<IntegrationEvent> events;
        for (int i = 0; i < 10; ++i) {
            events.append(eventOf(QString::number(i)));
        }
        accept(events);
        QTRY_COMPARE(m_server->requests().size(), 3);
        QCOMPARE(m_deliverer->underWay(), 3);
        const auto counts = countsNow();
        QCOMPARE(counts.states.value(DeliveryState::Sending), 3);
        QCOMPARE(counts.states.value(DeliveryState::Pending), 7);
    }

    void claimsAheadOnlyWhereDeliveriesEnd()
    {
        claimAhead();
        QCOMPARE(m_deliverer->underWay(), 4);
        m_deliverer->pause();
        QTRY_COMPARE(countsNow().states.value(DeliveryState::Sending), 4);
        QCOMPARE(countsNow().states.value(DeliveryState::Pending), 16);
        QCOMPARE(m_server->requests().size(), 24);
    }

    void goesByTheSchedule()
    {
        m_server->setAnswer(FakeServer::sending(FakeServer::response(500, "{}")));
        addWebhook([](Webhook &webhook) { webhook.retryDelays = {1s, 1s}; });
        start();
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Dead});
        QCOMPARE(m_server->requests().size(), 3);
        QCOMPARE(headerOf(m_server->requests().at(0), "webhook-id"),
                 headerOf(m_server->requests().at(2), "webhook-id"));
        const Delivery dead = deliveries().constFirst();
        QCOMPARE(dead.attempts, 3);
        QVERIFY2(dead.lastReason.text().startsWith("Given up at attempt 3: "_L1), qPrintable(dead.lastReason));

        const auto replayed = await<Result<int>>(
            [&](QObject *context, auto reply) { m_engine->outbox().replay({dead.id}, context, reply); });
        QVERIFY(replayed);
        QTRY_COMPARE(deliveries().constFirst().attempts, 6);
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Dead});
        const Delivery again = deliveries().constFirst(); // the number that the list of its attempts has
        QVERIFY2(again.lastReason.text().startsWith("Given up at attempt 6: "_L1), qPrintable(again.lastReason));
    }

    void waitsAsLongAsTheTargetAsks_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("seconds") << "3600"_ba;
        QTest::newRow("date")
            << QDateTime::currentDateTimeUtc().addSecs(3605).toString("ddd, dd MMM yyyy hh:mm:ss"_L1).toLatin1()
                + " GMT";
    }

    void waitsAsLongAsTheTargetAsks()
    {
        QFETCH(const QByteArray, value);
        m_server->setAnswer(FakeServer::sending(FakeServer::response(429, "{}", {"Retry-After: " + value})));
        addWebhook([](Webhook &webhook) { webhook.retryDelays = {1s}; });
        start();
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Waiting});
        const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(*deliveries().constFirst().nextAttemptAt);
        QVERIFY2(seconds > 3500 && seconds <= 3606, qPrintable(QString::number(seconds)));
    }

    void waitsAsLongAsTheTokenEndpointAsks()
    {
        m_server->setAnswer(FakeServer::sending(FakeServer::response(503, "{}", {"Retry-After: 3600"})));
        addWebhook([this](Webhook &webhook) {
            webhook.retryDelays = {1s};
            webhook.concurrency = 1;
            webhook.oauth = OAuthClientCredentials{.clientId = u"me"_s,
                                                   .clientSecret = u"the s3cret"_s,
                                                   .tokenEndpointUrl = m_server->url(u"/token"_s).toString(),
                                                   .scopes = {}};
        });
        start();
        accept({eventOf(u"a"_s), eventOf(u"b"_s), eventOf(u"c"_s)});
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Waiting});
        for (const Delivery &waiting : deliveries()) {
            const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(*waiting.nextAttemptAt);
            QVERIFY2(seconds > 3400 && seconds <= 3606, qPrintable(QString::number(seconds)));
        }
        QCOMPARE(m_server->requests().size(), 1); // one asked for all
    }

    void deactivatesWhereTheTargetIsGone()
    {
        m_server->setAnswer(FakeServer::sending(FakeServer::response(410, "{}")));
        const QString id = addWebhook();
        start();
        accept({eventOf(u"a"_s), eventOf(u"a"_s, IntegrationStatus::Warning)});
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Dead});
        QCOMPARE(m_server->requests().size(), 1);
        for (const Delivery &dead : deliveries()) {
            QVERIFY2(dead.lastReason.text().contains("410"_L1), qPrintable(dead.lastReason));
        }
        QVERIFY(!storedWebhooks(*m_engine).constFirst().webhook.active);
        QCOMPARE(storedWebhooks(*m_engine).constFirst().webhook.id, id);
    }

    void waitsForASecretWithoutGivingUp()
    {
        addWebhook([](Webhook &webhook) {
            webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:team/key}"_s}};
            webhook.retryDelays = {};
        });
        m_shelf->values.remove(u"team/key"_s);
        start({.secretRetry = 1ms});
        QSignalSpy troubles(m_deliverer.get(), &Deliverer::troubled);
        QSignalSpy attempts(m_deliverer.get(), &Deliverer::attempted);
        accept({eventOf(u"a"_s)});
        QTRY_VERIFY(troubles.size() > 2);
        QVERIFY(troubles.constFirst().constFirst().toString().contains("team/key"_L1));
        const QString reason = deliveries().constFirst().lastReason;
        QVERIFY2(reason.startsWith("There is no secret named team/key."_L1), qPrintable(reason));
        QVERIFY(!states().contains(DeliveryState::Dead));
        QVERIFY(m_server->requests().isEmpty());
        QVERIFY(attempts.isEmpty());
        m_shelf->values.insert(u"team/key"_s, u"hidden-value"_s);
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QCOMPARE(headerOf(m_server->requests().constFirst(), "x-key"), "hidden-value"_ba);
        QCOMPARE(deliveries().constFirst().attempts, 1);
    }

    void waitsForASigningSecretThatIsOne()
    {
        addWebhook([](Webhook &webhook) {
            webhook.signingSecret = u"${secret:team/signing}"_s;
            webhook.retryDelays = {};
        });
        m_shelf->values.insert(u"team/signing"_s, u"whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s);
        start({.secretRetry = 1ms});
        QSignalSpy troubles(m_deliverer.get(), &Deliverer::troubled);
        QSignalSpy attempts(m_deliverer.get(), &Deliverer::attempted);
        accept({eventOf(u"a"_s)});
        QTRY_VERIFY(troubles.size() > 2);
        const QString reason = deliveries().constFirst().lastReason;
        QVERIFY2(reason.contains("whsk_"_L1) && !reason.contains("MfKQ9r8GKYqrTwjU"_L1), qPrintable(reason));
        QVERIFY(!states().contains(DeliveryState::Dead));
        QVERIFY(m_server->requests().isEmpty());
        QVERIFY(attempts.isEmpty());
        m_shelf->values.insert(u"team/signing"_s, u"v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s);
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QVERIFY(headerOf(m_server->requests().constFirst(), "webhook-signature").startsWith("v1,"));
        QCOMPARE(deliveries().constFirst().attempts, 1);
    }

    void saysOnceForManyThatASecretIsMissing()
    {
        addWebhook([](Webhook &webhook) {
            webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:team/key}"_s}};
            webhook.concurrency = 20;
        });
        m_shelf->values.remove(u"team/key"_s);
        start({.secretRetry = 1h});
        QSignalSpy troubles(m_deliverer.get(), &Deliverer::troubled);
        acceptMany(u"one-"_s);
        QTRY_COMPARE(troubles.size(), 1);
        QTRY_COMPARE(m_deliverer->underWay(), 0);
        QTRY_COMPARE(countsNow().states.value(DeliveryState::Pending), 20);
        QCOMPARE(troubles.size(), 1);
        m_shelf->values.insert(u"team/key"_s, u"hidden-value"_s);
        m_deliverer->forgetSecrets();
        QTRY_COMPARE(countsNow().states.value(DeliveryState::Delivered), 20);
    }

    /// Not before it looks at the keychain again, but as soon as the webhook refers to another secret.
    void aMissingSecretHoldsTheDocumentThatNeedsIt()
    {
        const QString id = addWebhook(
            [](Webhook &webhook) { webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:team/key}"_s}}; });
        m_shelf->values.remove(u"team/key"_s);
        start({.secretRetry = 1h});
        QSignalSpy troubles(m_deliverer.get(), &Deliverer::troubled);
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE(troubles.size(), 1);
        m_shelf->values.insert(u"team/other"_s, u"other-value"_s);
        changeWebhook(id, [](Webhook &webhook) { webhook.headers[0].value = u"${secret:team/other}"_s; });
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QCOMPARE(headerOf(m_server->requests().constFirst(), "x-key"), "other-value"_ba);
        QCOMPARE(deliveries().constFirst().attempts, 1);
    }

    void aSecretIsNotKeptForAnotherDocument()
    {
        const QString id = addWebhook(
            [](Webhook &webhook) { webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:team/key}"_s}}; });
        start({.secretsKept = 1h});
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE(m_server->requests().size(), 1);
        m_shelf->values.insert(u"team/key"_s, u"value-of-the-new-one"_s);
        changeWebhook(id, [](Webhook &webhook) { webhook.url += u"new"_s; });
        accept({eventOf(u"a"_s, IntegrationStatus::Warning)});
        QTRY_COMPARE(m_server->requests().size(), 2);
        QCOMPARE(headerOf(m_server->requests().at(0), "x-key"), "hidden-value"_ba);
        QVERIFY(m_server->requests().at(1).startsWith("POST /new "));
        QCOMPARE(headerOf(m_server->requests().at(1), "x-key"), "value-of-the-new-one"_ba);
    }

    void aValueThatWasReadForAnOlderDocumentGoesToItsOwnUrl()
    {
        const QString id = addWebhook(
            [](Webhook &added) { added.headers = {{.name = u"DD-API-KEY"_s, .value = u"value-of-the-old"_s}}; });
        start({.secretsKept = 1h});
        for (int i = 0; i < 20; ++i) {
            accept({eventOf(QString::number(i))});
            changeWebhook(id, [i, url = m_server->url().toString()](Webhook &changed) {
                changed.url = url + u"%1"_s.arg(i);
                changed.headers[0].value = u"value-of-/%1"_s.arg(i);
            });
        }
        QTRY_COMPARE(countsNow().states.value(DeliveryState::Delivered), 20);
        for (const QByteArray &request : m_server->requests()) {
            const QByteArray path = request.split(' ').at(1);
            QCOMPARE(headerOf(request, "dd-api-key"), path == "/" ? "value-of-the-old"_ba : "value-of-" + path);
        }
    }

    void aLateGoneDoesNotDeactivateAMendedWebhook()
    {
        QPointer<QSslSocket> waiting;
        m_server->setAnswer([&waiting](QSslSocket &socket, const QByteArray &request) {
            if (request.startsWith("POST /new ")) {
                socket.write(FakeServer::response(200, "{}"));
            } else {
                waiting = &socket;
            }
        });
        const QString id = addWebhook();
        start();
        QSignalSpy attempts(m_deliverer.get(), &Deliverer::attempted);
        QSignalSpy died(m_deliverer.get(), &Deliverer::died);
        accept({eventOf(u"a"_s)});
        QTRY_VERIFY(waiting);
        changeWebhook(id, [](Webhook &webhook) { webhook.url += u"new"_s; });
        waiting->write(FakeServer::response(410, "{}"));
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QVERIFY(storedWebhooks(*m_engine).constFirst().webhook.active);
        QTRY_COMPARE(attempts.size(), 2);
        QVERIFY(attempts.at(0).at(0).value<FinishedAttempt>().outcome == AttemptOutcome::Retry);
        QCOMPARE(died.size(), 0);
    }

    void readsASecretOnceForMany()
    {
        addWebhook(
            [](Webhook &webhook) { webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:team/key}"_s}}; });
        const auto readsBefore = m_shelf->log.count(u"read team/key"_s);
        start();
        accept({eventOf(u"a"_s), eventOf(u"b"_s), eventOf(u"c"_s), eventOf(u"a"_s, IntegrationStatus::Warning)});
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QCOMPARE(m_shelf->log.count(u"read team/key"_s) - readsBefore, 1);
    }

    void readsSecretsAnewAfterARefusal()
    {
        addWebhook([](Webhook &webhook) {
            webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:team/key}"_s}};
            webhook.retryDelays = {1s};
        });
        m_server->setAnswer([this](QSslSocket &socket, const QByteArray &request) {
            const bool isNew = headerOf(request, "x-key") == "new-value"_ba;
            m_shelf->values.insert(u"team/key"_s, u"new-value"_s);
            socket.write(FakeServer::response(isNew ? 200 : 401, "{}"));
        });
        start({.secretsKept = 1h});
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QCOMPARE(m_server->requests().size(), 2);
    }

    void pausesAndGoesOn()
    {
        addWebhook();
        start();
        m_deliverer->pause();
        accept({eventOf(u"a"_s)});
        QVERIFY(m_deliverer->isPaused());
        QTRY_COMPARE(countsNow().unfinished(), 1);
        QVERIFY(m_server->requests().isEmpty());
        m_deliverer->resume();
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
    }

    void finishesWhatIsOnTheWire()
    {
        QPointer<QSslSocket> waiting;
        m_server->setAnswer([&waiting](QSslSocket &socket, const QByteArray &) { waiting = &socket; });
        addWebhook();
        start();
        accept({eventOf(u"a"_s), eventOf(u"a"_s, IntegrationStatus::Warning)});
        QTRY_VERIFY(waiting);
        QSignalSpy stopped(m_deliverer.get(), &Deliverer::stopped);
        m_deliverer->stop(1h);
        waiting->write(FakeServer::response(200, "{}"));
        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(m_server->requests().size(), 1);
        QCOMPARE(states(), (QSet<DeliveryState>{DeliveryState::Delivered, DeliveryState::Pending}));
    }

    void givesBackWhatTakesTooLong()
    {
        m_server->setAnswer(FakeServer::silence());
        addWebhook();
        start();
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE(m_server->requests().size(), 1);
        QSignalSpy stopped(m_deliverer.get(), &Deliverer::stopped);
        m_deliverer->stop(1ms);
        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(states(), QSet<DeliveryState>{DeliveryState::Pending});
        QCOMPARE(deliveries().constFirst().attempts, 0);
    }

    void givesBackLaterWhatCouldNotBeNow()
    {
        claimAhead();
        QSignalSpy troubles(m_deliverer.get(), &Deliverer::troubled);
        changeDatabase(u"CREATE TRIGGER refusal BEFORE UPDATE ON delivery WHEN new.state = 'pending' "
                       "BEGIN SELECT RAISE(ABORT, 'disk full'); END"_s);
        m_deliverer->pause();
        QTRY_VERIFY(!troubles.isEmpty());
        QVERIFY(countsNow().states.value(DeliveryState::Sending) > 4);
        changeDatabase(u"DROP TRIGGER refusal"_s);
        QTRY_COMPARE(countsNow().states.value(DeliveryState::Sending), 4);
        QCOMPARE(countsNow().states.value(DeliveryState::Pending), 16);
    }

    void whatCannotBeReadDiesAndHoldsNobodyUp()
    {
        addWebhook();
        start();
        m_deliverer->pause();
        QSignalSpy condemned(&m_engine->outbox(), &Outbox::condemned);
        accept({eventOf(u"a"_s), eventOf(u"b"_s), eventOf(u"a"_s, IntegrationStatus::Warning)});
        changeDatabase(u"UPDATE event SET document = '{\"data\": ' WHERE id = 1"_s);
        m_deliverer->resume();
        QTRY_COMPARE(m_server->requests().size(), 2);
        QTRY_COMPARE(countsNow().unfinished(), 0);
        const auto list = deliveries();
        QCOMPARE(list.size(), 3);
        for (const auto &one : list) {
            const bool isDamaged = one.id == u"1"_s;
            QCOMPARE(toString(one.state), toString(isDamaged ? DeliveryState::Dead : DeliveryState::Delivered));
            QCOMPARE(one.lastReason.text().contains(u"damaged"_s), isDamaged);
        }
        QTRY_COMPARE(condemned.size(), 1);
        const auto told = condemned.constFirst().constFirst().value<CondemnedDeliveries>();
        QCOMPARE(told.count, 1);
        QVERIFY2(told.reason.text().contains(list.constLast().eventId), qPrintable(told.reason));
    }

    void keepsItsLeaseWhileItSends()
    {
        QPointer<QSslSocket> waiting;
        m_server->setAnswer([&waiting](QSslSocket &socket, const QByteArray &) { waiting = &socket; });
        addWebhook();
        start({.lease = 300ms});
        accept({eventOf(u"a"_s)});
        QTRY_VERIFY(waiting);
        Deliverer other(m_engine->outbox(), m_engine->secrets(), m_dispatcher, {.lease = 300ms});
        other.start();
        QElapsedTimer elapsed;
        elapsed.start();
        QTRY_VERIFY(elapsed.hasExpired(1000)); // more than three leases
        QCOMPARE(m_server->requests().size(), 1);
        waiting->write(FakeServer::response(200, "{}"));
        QTRY_COMPARE(states(), QSet<DeliveryState>{DeliveryState::Delivered});
        QCOMPARE(m_server->requests().size(), 1);
    }

private:
    static QByteArray headerOf(const QByteArray &request, const QByteArray &name)
    {
        for (const QByteArray &line : request.split('\n')) {
            if (line.toLower().startsWith(QByteArray(name + ':'))) {
                return line.mid(name.size() + 1).trimmed();
            }
        }
        return {};
    }

    void changeDatabase(const QString &statement) { QCOMPARE(changeBeside(m_folder->path(), statement), QString()); }

    QString addWebhook(const std::function<void(Webhook &)> &change = {})
    {
        m_shelf->values.insert(u"team/key"_s, u"hidden-value"_s);
        m_shelf->values.insert(u"team/signing"_s, u"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"_s);
        Webhook webhook = sampleWebhook(u"target"_s);
        webhook.url = m_server->url().toString();
        webhook.caCertificates = m_pki.trusted();
        webhook.bodyTemplate = u"{\"id\": \"{{data.id}}\", \"status\": \"{{data.status}}\"}"_s;
        webhook.signingSecret = u"${secret:team/signing}"_s;
        if (change) {
            webhook.signingSecret.clear();
            change(webhook);
        }
        const auto saved =
            ended(m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {u"x-key"_s}}));
        [&] {
            QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        }();
        return saved ? saved->id : QString();
    }

    void changeWebhook(const QString &id, const std::function<void(Webhook &)> &change)
    {
        const auto stored = storedWebhooks(*m_engine);
        for (const auto &one : stored) {
            if (one.webhook.id == id) {
                Webhook changed = one.webhook;
                change(changed);
                const auto saved =
                    ended(m_engine->save({.webhook = changed, .secretHeaders = {}, .plainHeaders = {u"x-key"_s}}));
                QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
            }
        }
    }

    void start(const DelivererOptions &options = {})
    {
        m_deliverer = m_engine->makeDeliverer(options);
        m_deliverer->start();
    }

    void accept(const QList<IntegrationEvent> &events)
    {
        const auto accepted = await<Result<QList<AcceptedEvent>>>(
            [&](QObject *context, auto reply) { m_engine->outbox().accept(events, false, context, reply); });
        QVERIFY(accepted);
    }

    /// Four of twenty are on their way, and stay there; some of the others are claimed, too.
    void claimAhead()
    {
        addWebhook([](Webhook &webhook) { webhook.concurrency = 20; });
        start({.concurrency = 4});
        acceptMany(u"quick-"_s);
        QTRY_COMPARE(countsNow().states.value(DeliveryState::Delivered), 20);
        m_server->setAnswer(FakeServer::silence());
        acceptMany(u"slow-"_s);
        QTRY_COMPARE(m_server->requests().size(), 24);
        QTRY_VERIFY(countsNow().states.value(DeliveryState::Sending) > 4);
    }

    void acceptMany(const QString &prefix)
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < 20; ++i) {
            events.append(eventOf(prefix % QString::number(i)));
        }
        accept(events);
    }

    QList<Delivery> deliveries()
    {
        const auto list = await<Result<QList<Delivery>>>(
            [&](QObject *context, auto reply) { m_engine->outbox().list({}, context, reply); });
        return list ? *list : QList<Delivery>();
    }

    QSet<DeliveryState> states()
    {
        QSet<DeliveryState> states;
        for (const Delivery &one : deliveries()) {
            states.insert(one.state);
        }
        return states;
    }

    DeliveryCounts countsNow()
    {
        const auto counts = await<Result<DeliveryCounts>>(
            [&](QObject *context, auto reply) { m_engine->outbox().counts(context, reply); });
        return counts ? *counts : DeliveryCounts();
    }

    const Pki m_pki;
    Dispatcher m_dispatcher;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<SecretShelf> m_shelf;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<Deliverer> m_deliverer;
};

QTEST_GUILESS_MAIN(TestDeliverer)
#include "tst_deliverer.moc"
