// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "backgrounddelivery.h"
#include "closingwindow.h"
#include "enginetesting.h"
#include "fakeserver.h"
#include "invoking.h"
#include "memorysecrets.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using State = BackgroundDelivery::State;

namespace {

constexpr int patience = 60'000; // ms

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

} // namespace

/// The window's deliverer over a real outbox and real TLS.
class TestBackgroundDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_secrets = std::make_shared<MemorySecrets::Values>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(m_secrets));
        QVERIFY(openProfile(*m_engine));
        m_server = std::make_unique<FakeServer>(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
        QCOMPARE(m_delivery->state(), State::Opening);
    }

    void cleanup()
    {
        m_delivery.reset();
        m_engine.reset();
        m_server.reset();
    }

    void deliversAndCounts()
    {
        addWebhook();
        open();
        QVERIFY(m_delivery->isDelivering());
        QCOMPARE(m_delivery->state(), State::Delivering);
        QSignalSpy changes(m_delivery.get(), &BackgroundDelivery::stateChanged);
        accept({eventOf(u"a"_s), eventOf(u"b"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures(),
                                  (DeliveryFigures{.waiting = 0, .deliveredToday = 2, .dead = 0}), patience);
        QVERIFY(!changes.isEmpty());
        QCOMPARE(m_server->requests().size(), 2);
        QCOMPARE(m_delivery->trouble(), QString());
    }

    void forgetsAsTheProfileWasTold()
    {
        addWebhook();
        open();
        const auto pruned = await<Result<int>>([&](QObject *context, auto reply) {
            m_engine->outbox().prune({.maximumAge = {}, .maximumBytes = 1}, context, reply);
        });
        QVERIFY(pruned);
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().deliveredToday, 1, patience);
        const auto count = [this] {
            const auto counts = await<Result<DeliveryCounts>>(
                [&](QObject *context, auto reply) { m_engine->outbox().counts(context, reply); });
            return counts->states.value(DeliveryState::Delivered);
        };
        QCOMPARE(count(), 1);
        m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(count(), 0, patience);
    }

    void tellsOfAllThatDieWithTheirWebhook()
    {
        m_server->setAnswer(FakeServer::sending(FakeServer::response(410, "{}")));
        addWebhook();
        QSignalSpy died(m_delivery.get(), &BackgroundDelivery::died);
        QSignalSpy condemned(m_delivery.get(), &BackgroundDelivery::condemned);
        open();
        accept({eventOf(u"a"_s), eventOf(u"a"_s, IntegrationStatus::Warning), eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().dead, 3, patience);
        QTRY_COMPARE_WITH_TIMEOUT(died.size() + condemned.size(), 2, patience);
        const auto others = condemned.constFirst().constFirst().value<CondemnedDeliveries>();
        QCOMPARE(others.count, 2);
        QCOMPARE(others.webhookName, died.constFirst().constFirst().value<Delivery>().webhookName);
        QVERIFY2(others.reason.text().contains("410"_L1), qPrintable(others.reason));
    }

    void opensOnce()
    {
        open();
        QSignalSpy again(m_delivery.get(), &BackgroundDelivery::opened);
        m_delivery->open();
        addWebhook();
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().deliveredToday, 1, patience);
        QVERIFY(again.isEmpty());
    }

    void saysWhyItCannotBeOpened()
    {
        m_delivery.reset();
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Engine engine({.profile = file.fileName(), .credentialsFolder = {}},
                      std::make_unique<MemorySecrets>(m_secrets));
        BackgroundDelivery delivery(engine);
        delivery.open();
        QTRY_COMPARE_WITH_TIMEOUT(delivery.state(), State::Unavailable, patience);
        QVERIFY2(delivery.trouble().contains(file.fileName()), qPrintable(delivery.trouble()));
        QVERIFY(!delivery.isDelivering());
    }

    void sendsNothingWhileOff()
    {
        addWebhook();
        m_delivery->setEnabled(false);
        open();
        QCOMPARE(m_delivery->state(), State::Off);
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().waiting, 1, patience);
        QVERIFY(m_server->requests().isEmpty());
        m_delivery->setEnabled(true);
        QCOMPARE(m_delivery->state(), State::Delivering);
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().deliveredToday, 1, patience);
    }

    void pausesAndGoesOn()
    {
        addWebhook();
        open();
        m_delivery->pause();
        QVERIFY(m_delivery->isPaused());
        QVERIFY(!m_delivery->isDelivering());
        QCOMPARE(m_delivery->state(), State::Paused);
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().waiting, 1, patience);
        QVERIFY(m_server->requests().isEmpty());
        m_delivery->resume();
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures().deliveredToday, 1, patience);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void tellsOfTheDead()
    {
        m_server->setAnswer(FakeServer::sending(FakeServer::response(500, "{}")));
        addWebhook([](Webhook &webhook) { webhook.retryDelays = {}; });
        QList<Delivery> dead;
        connect(m_delivery.get(), &BackgroundDelivery::died, this,
                [&dead](const Delivery &delivery) { dead.append(delivery); });
        open();
        accept({eventOf(u"orders-db"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(dead.size(), 1, patience);
        QCOMPARE(dead.constFirst().webhookName, u"target"_s);
        QCOMPARE(dead.constFirst().integrationName, u"orders-db"_s);
        QVERIFY2(dead.constFirst().lastReason.text().contains("500"_L1), qPrintable(dead.constFirst().lastReason));
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->figures(),
                                  (DeliveryFigures{.waiting = 0, .deliveredToday = 0, .dead = 1}), patience);
    }

    void goesOnWhenTheSecretIsThere()
    {
        Webhook webhook =
            addWebhook([](Webhook &fresh) { fresh.headers = {{.name = u"X-Key"_s, .value = u"a-hidden-value"_s}}; });
        m_secrets->clear();
        open();
        accept({eventOf(u"a"_s)});
        QTRY_VERIFY_WITH_TIMEOUT(m_delivery->trouble().contains("X-Key"_L1), patience);
        QVERIFY(m_server->requests().isEmpty());
        webhook.headers = {{.name = u"X-Key"_s, .value = u"another-value"_s}};
        QVERIFY(ended(m_engine->save({.webhook = webhook, .secretHeaders = {u"x-key"_s}, .plainHeaders = {}})));
        QCOMPARE(m_delivery->trouble(), QString());
    }

    void saysThatItIsOffline()
    {
        for (const QString &host : {u"one.invalid"_s, u"two.invalid"_s}) {
            addWebhook([&host](Webhook &webhook) {
                webhook.name = host.left(3);
                webhook.url = "https://"_L1 + host + u'/';
            });
        }
        open();
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_delivery->state(), State::Offline, patience);
        QVERIFY2(m_delivery->trouble().contains(".invalid"_L1), qPrintable(m_delivery->trouble()));
        addWebhook();
        accept({eventOf(u"b"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, patience);
    }

    void endsWhatIsOnTheWire()
    {
        QPointer<QSslSocket> waiting;
        m_server->setAnswer([&waiting](QSslSocket &socket, const QByteArray &) { waiting = &socket; });
        addWebhook();
        open();
        accept({eventOf(u"a"_s), eventOf(u"a"_s, IntegrationStatus::Warning)});
        QTRY_VERIFY_WITH_TIMEOUT(waiting, patience);
        QSignalSpy stopped(m_delivery.get(), &BackgroundDelivery::stopped);
        m_delivery->stop(1h);
        ClosingWindow window(*m_delivery);
        QVERIFY(window.findChild<QLabel *>()->text().contains("1 request"_L1));
        QCOMPARE(m_delivery->underWay(), 1);
        waiting->write(FakeServer::response(200, "{}"));
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patience);
        QCOMPARE(m_server->requests().size(), 1);
        QVERIFY(!m_delivery->isDelivering());
    }

    void quitsAtOnceWhenAsked()
    {
        m_server->setAnswer(FakeServer::silence());
        addWebhook();
        open();
        accept({eventOf(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, patience);
        QSignalSpy stopped(m_delivery.get(), &BackgroundDelivery::stopped);
        m_delivery->stop(1h);
        ClosingWindow window(*m_delivery);
        window.show();
        window.findChild<QPushButton *>()->click();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patience);
        QVERIFY(!window.isVisible());
    }

    void stopsBeforeItWasOpened()
    {
        QSignalSpy stopped(m_delivery.get(), &BackgroundDelivery::stopped);
        m_delivery->stop(1h);
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patience);
    }

private:
    Webhook addWebhook(const std::function<void(Webhook &)> &change = {})
    {
        Webhook webhook = sampleWebhook(u"target"_s);
        webhook.url = m_server->url().toString();
        webhook.caCertificates = m_pki.trusted();
        if (change) {
            change(webhook);
        }
        const auto saved =
            ended(m_engine->save({.webhook = webhook, .secretHeaders = {u"x-key"_s}, .plainHeaders = {}}));
        [&] {
            QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        }();
        return saved ? *saved : Webhook();
    }

    void open()
    {
        QSignalSpy opened(m_delivery.get(), &BackgroundDelivery::opened);
        m_delivery->open();
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
    }

    void accept(const QList<IntegrationEvent> &events)
    {
        const auto accepted = await<Result<QList<AcceptedEvent>>>(
            [&](QObject *context, auto reply) { m_engine->outbox().accept(events, false, context, reply); });
        QVERIFY(accepted);
    }

    const Pki m_pki;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<MemorySecrets::Values> m_secrets;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<BackgroundDelivery> m_delivery;
};

QTEST_MAIN(TestBackgroundDelivery)
#include "tst_backgrounddelivery.moc"
