// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "await.h"
#include "backgrounddelivery.h"
#include "checkview.h"
#include "editorpage.h"
#include "keychainstatus.h"
#include "localreceiver.h"
#include "mainwindow.h"
#include "memorysecrets.h"
#include "messagebar.h"
#include "preferences.h"
#include "webhookcommands.h"
#include "webhookspage.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// What the window offers when a webhook has been mended.
class TestMendedWebhook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installAccessibility();
        QVERIFY(open());
        m_window =
            std::make_unique<MainWindow>(*m_engine, *m_commands, *m_receiver, *m_keychain, *m_delivery, *m_preferences);
        m_window->resize(1300, 800);
        m_window->show();
        m_window->load();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void aSaveOffersToReplayWhatDied()
    {
        m_delivery->setEnabled(false);
        m_delivery->open();
        QTRY_VERIFY(m_delivery->isOpen());
        Webhook webhook;
        webhook.name = u"alpha"_s;
        webhook.url = u"https://alpha.example/hook"_s;
        webhook.bodyTemplate = u"{}"_s;
        QSignalSpy saved(m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}}),
                         &EngineJob::finished);
        QTRY_COMPARE(saved.size(), 1);
        auto *table = m_window->findChild<QTableView *>(u"webhooksTableView"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        auto *bar = m_window->findChild<MessageBar *>(u"messageBar"_s);
        const auto saveInEditor = [this, table] {
            table->selectRow(0);
            table->setFocus();
            QTest::keyClick(table, Qt::Key_Return);
            QTRY_VERIFY(m_window->windowTitle().contains(u"alpha"_s));
            const auto edits = m_window->findChild<EditorPage *>()->findChildren<QLineEdit *>();
            const auto name = std::find_if(edits.begin(), edits.end(), [](const QLineEdit *edit) {
                return edit->accessibleName() == u"Integration Webhook Name"_s;
            });
            QVERIFY(name != edits.end());
            (*name)->setText((*name)->text() + u'a');
            (*m_window->findChild<ActionRegistry *>())[Command::SaveWebhook].trigger();
            QTRY_VERIFY(!m_window->findChild<EditorPage *>());
        };
        saveInEditor(); // nothing died
        auto &outbox = m_engine->outbox();
        const auto event = integrationEventFromJson(
            Json{{"event_type", "integration.status_changed"},
                 {"event_time", "2026-01-02T03:04:05Z"},
                 {"data", Json{{"id", "db"}, {"name", "db"}, {"type", "postgresql"}, {"status", "Error"}}}});
        QVERIFY(await<Result<QList<AcceptedEvent>>>(
            [&](QObject *context, auto reply) { outbox.accept({*event}, false, context, reply); }));
        QVERIFY(!bar->isShowing());
        const auto claimed = await<Result<QList<ClaimedDelivery>>>(
            [&](QObject *context, auto reply) { outbox.claim({.owner = u"test"_s}, context, reply); });
        QCOMPARE(claimed->size(), 1);
        const FinishedAttempt died{.deliveryId = claimed->constFirst().delivery.id,
                                   .owner = u"test"_s,
                                   .attempt = 1,
                                   .outcome = AttemptOutcome::Dead};
        QVERIFY(await<Result<RecordedAttempts>>(
            [&](QObject *context, auto reply) { outbox.finish({died}, context, reply); }));
        saveInEditor();
        QTRY_VERIFY(bar->isShowing());
        QTRY_COMPARE(bar->findChild<QLabel *>(u"textLabel"_s)->text(),
                     u"alphaaa is saved; 1 of its deliveries are dead."_s);
        auto *replay = bar->findChild<QPushButton *>();
        QCOMPARE(replay->text(), u"Replay Its Dead Deliveries"_s);
        replay->click();
        const auto pending = [&outbox] {
            const auto counts =
                await<Result<DeliveryCounts>>([&](QObject *context, auto reply) { outbox.counts(context, reply); });
            return counts->states.value(DeliveryState::Pending);
        };
        QTRY_COMPARE(pending(), 1);
    }

    void checksFromTheList()
    {
        Webhook webhook;
        webhook.name = u"beta"_s;
        webhook.url = u"https://127.0.0.1:1/hook"_s;
        webhook.bodyTemplate = u"{}"_s;
        QSignalSpy saved(m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}}),
                         &EngineJob::finished);
        QTRY_COMPARE(saved.size(), 1);
        auto *page = m_window->findChild<WebhooksPage *>();
        QTRY_VERIFY(page->all().size() >= 1 && page->all().constLast().name == u"beta"_s);
        page->select(page->all().constLast().id);
        const auto *actions = m_window->findChild<ActionRegistry *>();
        QVERIFY((*actions)[Command::Check].isEnabled());
        (*actions)[Command::Check].trigger();
        QTRY_VERIFY(m_window->windowTitle().contains(u"beta"_s));
        QTRY_VERIFY(m_window->findChild<EditorPage *>()->findChild<CheckView *>()->isVisible());
        const auto isLeft = [this, actions] {
            (*actions)[Command::StepBack].trigger();
            return !m_window->findChild<EditorPage *>();
        };
        QTRY_VERIFY(isLeft());
        QTRY_VERIFY((*actions)[Command::Check].isEnabled()); // the list's again
        (*actions)[Command::ShowIntegrations].trigger();
        QVERIFY(!(*actions)[Command::Check].isEnabled());
    }

private:
    bool open()
    {
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile.path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        if (!await<Result<void>>([this](QObject *context, auto reply) { m_engine->open(context, reply); })) {
            return false;
        }
        m_commands = std::make_unique<WebhookCommands>(*m_engine);
        m_preferences = std::make_unique<Preferences>(m_profile.path());
        m_receiver = std::make_unique<LocalReceiver>(m_engine->profile(), *m_preferences);
        m_keychain = std::make_unique<KeychainStatus>(*m_engine);
        m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
        return true;
    }

    QTemporaryDir m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<LocalReceiver> m_receiver;
    std::unique_ptr<KeychainStatus> m_keychain;
    std::unique_ptr<BackgroundDelivery> m_delivery;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMendedWebhook)

#include "tst_mendedwebhook.moc"
