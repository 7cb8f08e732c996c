// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "backgrounddelivery.h"
#include "deathnotice.h"
#include "deliverystateview.h"
#include "deliverywords.h"
#include "enginetesting.h"
#include "keychainstatus.h"
#include "memorysecrets.h"
#include "pauseaction.h"
#include "preferences.h"
#include "settingsdialog.h"
#include "trayicon.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000; // ms

Delivery deadDelivery(const QString &webhook)
{
    Delivery delivery;
    delivery.webhookId = u"id of "_s + webhook;
    delivery.webhookName = webhook;
    delivery.integrationName = u"orders-db"_s;
    delivery.status = IntegrationStatus::Error;
    delivery.lastReason = Sentence(u"The target answered 401."_s);
    return delivery;
}

} // namespace

/// What is said about deliveries, and where they are paused and turned off.
class TestBackgroundPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        QVERIFY(openProfile(*m_engine));
        m_delivery = std::make_unique<BackgroundDelivery>(*m_engine);
    }

    void cleanup()
    {
        m_delivery.reset();
        m_engine.reset();
    }

    void saysTheState()
    {
        QCOMPARE(DeliveryWords(*m_delivery).line(), u"Opening deliveries"_s);
        open();
        QCOMPARE(DeliveryWords(*m_delivery).line(), u"Delivering · 0 waiting · 0 today"_s);
        QCOMPARE(DeliveryWords(*m_delivery).role, ColorRole::Success);
        m_delivery->pause();
        QCOMPARE(DeliveryWords(*m_delivery).line(), u"Paused · 0 waiting · 0 today"_s);
        QCOMPARE(DeliveryWords(*m_delivery).role, ColorRole::Warning);
        m_delivery->setEnabled(false);
        QCOMPARE(DeliveryWords(*m_delivery).state, u"Not delivering"_s);
        QVERIFY(DeliveryWords(*m_delivery).sentence.contains("Settings"_L1));
    }

    void collapsesToTheDot()
    {
        open();
        DeliveryStateView view;
        view.setWords(DeliveryWords(*m_delivery));
        view.resize(400, 60);
        view.show();
        auto *state = view.findChild<QLabel *>(u"deliveryStateLabel"_s);
        auto *figures = view.findChild<QLabel *>(u"deliveryFiguresLabel"_s);
        QVERIFY(state->isVisible() && figures->isVisible());
        QCOMPARE(figures->text(), u"0 waiting · 0 today"_s);
        view.resize(figures->x() + figures->fontMetrics().horizontalAdvance(u"0 waiting ·"_s), view.height());
        QTRY_COMPARE(figures->text(), u"0 waiting\n0 today"_s);
        view.resize(400, view.height());
        QTRY_COMPARE(figures->text(), u"0 waiting · 0 today"_s);
        view.setCollapsed(true);
        view.setWords(DeliveryWords(*m_delivery));
        QVERIFY(!state->isVisible() && !figures->isVisible());
        view.setCollapsed(false);
        QVERIFY(state->isVisible() && figures->isVisible());
    }

    void pausesFromAMenu()
    {
        QAction action;
        pauseBy(action, *m_delivery);
        QVERIFY(!action.isEnabled());
        open();
        QVERIFY(action.isEnabled());
        QCOMPARE(action.text(), u"&Pause Deliveries"_s);
        action.trigger();
        QVERIFY(m_delivery->isPaused());
        QCOMPARE(action.text(), u"&Resume Deliveries"_s);
        action.trigger();
        QVERIFY(m_delivery->isDelivering());
        m_delivery->setEnabled(false);
        QVERIFY(!action.isEnabled());
    }

    void trayOffersTheSame()
    {
        open();
        TrayIcon tray(*m_delivery);
        QStringList texts;
        for (const auto *action : tray.menu().actions()) {
            texts.append(action->text());
        }
        QCOMPARE(texts,
                 QStringList({u"Delivering · 0 waiting · 0 today"_s, QString(), u"Open Tocsin"_s,
                              u"&Pause Deliveries"_s, QString(), u"Quit"_s}));
        QSignalSpy opens(&tray, &TrayIcon::openRequested);
        QSignalSpy quits(&tray, &TrayIcon::quitRequested);
        tray.menu().actions().at(2)->trigger();
        tray.menu().actions().at(3)->trigger();
        tray.menu().actions().at(5)->trigger();
        QCOMPARE(opens.size(), 1);
        QCOMPARE(quits.size(), 1);
        QVERIFY(m_delivery->isPaused());
        QCOMPARE(tray.menu().actions().at(0)->text(), u"Paused · 0 waiting · 0 today"_s);
    }

    void settingsApplyAtOnce()
    {
        Preferences preferences(m_profile->path());
        KeychainStatus keychain(*m_engine);
        QSignalSpy changes(&preferences, &Preferences::deliveryChanged);
        QVERIFY(preferences.deliversWhileOpen() && preferences.notifiesOfDead() && !preferences.staysInTray());
        SettingsDialog dialog(preferences, keychain, *m_engine);
        dialog.show();
        QVERIFY(!dialog.findChild<QCheckBox *>(u"trayCheckBox"_s)->isVisible()); // there is no tray here
        dialog.findChild<QCheckBox *>(u"deliverCheckBox"_s)->click();
        dialog.findChild<QCheckBox *>(u"notifyCheckBox"_s)->click();
        QVERIFY(!preferences.deliversWhileOpen() && !preferences.notifiesOfDead());
        QVERIFY(!dialog.findChild<QCheckBox *>(u"trayCheckBox"_s)->isEnabled());
        QCOMPARE(changes.size(), 2);
        QVERIFY(!Preferences(m_profile->path()).deliversWhileOpen());
    }

    void settingsScrollWhereTheScreenIsTooLow()
    {
        Preferences preferences(m_profile->path());
        KeychainStatus keychain(*m_engine);
        SettingsDialog dialog(preferences, keychain, *m_engine);
        dialog.show();
        QCoreApplication::processEvents();
        const QWidget *contents = dialog.findChild<QScrollArea *>()->widget();
        const int needed = contents->heightForWidth(contents->width());
        QCOMPARE(contents->height(), needed); // all of it is seen
        dialog.setMinimumHeight(200); // as where the screen is too low
        dialog.resize(dialog.width(), 300);
        QCoreApplication::processEvents();
        QCOMPARE_GE(contents->height(), needed);
        const auto *sentence = dialog.findChild<QLabel *>(u"linkLocalLabel"_s);
        QCOMPARE_GE(sentence->height(), sentence->heightForWidth(sentence->width()));
        const auto *buttons = dialog.findChild<QDialogButtonBox *>();
        QVERIFY(dialog.rect().contains(buttons->geometry()));
        dialog.reveal(SettingsDialog::Setting::Keychain);
        const auto *button = dialog.findChild<QPushButton *>(u"keychainPushButton"_s);
        QCOMPARE(button->visibleRegion().boundingRect().size(), button->size());
    }

    void allowsLinkLocalForTheProfile()
    {
        Preferences preferences(m_profile->path());
        KeychainStatus keychain(*m_engine);
        SettingsDialog dialog(preferences, keychain, *m_engine);
        dialog.show();
        auto *box = dialog.findChild<QCheckBox *>(u"linkLocalCheckBox"_s);
        auto *problem = dialog.findChild<QWidget *>(u"egressProblemWidget"_s);
        QVERIFY(!box->isChecked());
        QCOMPARE(box->accessibleDescription(), dialog.findChild<QLabel *>(u"linkLocalLabel"_s)->text());
        QVERIFY(!box->accessibleDescription().isEmpty());
        box->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->settings().isLinkLocalAllowed, patience);
        QVERIFY(box->isChecked());
        QVERIFY(!problem->isVisible());
        QVERIFY(SettingsDialog(preferences, keychain, *m_engine)
                    .findChild<QCheckBox *>(u"linkLocalCheckBox"_s)
                    ->isChecked());

        Engine other(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                     std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        QVERIFY(openProfile(other));
        QVERIFY(other.settings().isLinkLocalAllowed);
        QVERIFY(await<Result<void>>([&other](QObject *context, auto reply) {
            other.setSetting(allowLinkLocalKey, u"false"_s, context, std::move(reply));
        }));
        QTRY_VERIFY_WITH_TIMEOUT(!box->isChecked(), patience);
    }

    void showsWhatKeepsASettingFromBeingStored()
    {
        Engine closed(EngineOptions{.profile = m_profile->filePath(u"not-open"_s), .credentialsFolder = {}},
                      std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        Preferences preferences(m_profile->path());
        KeychainStatus keychain(closed);
        SettingsDialog dialog(preferences, keychain, closed);
        dialog.show();
        auto *box = dialog.findChild<QCheckBox *>(u"linkLocalCheckBox"_s);
        box->click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<QWidget *>(u"egressProblemWidget"_s)->isVisible(), patience);
        QVERIFY(dialog.findChild<QLabel *>(u"egressProblemLabel"_s)->text().contains("not-open"_L1));
        QVERIFY(!box->isChecked());
    }

    void tellsOfOneDeath()
    {
        DeathNotice notice(1ms, 1ms);
        QSignalSpy due(&notice, &DeathNotice::due);
        notice.note(deadDelivery(u"PagerDuty"_s));
        QTRY_COMPARE_WITH_TIMEOUT(due.size(), 1, patience);
        QCOMPARE(due.constFirst().at(0).toString(), u"A delivery to PagerDuty is dead"_s);
        QCOMPARE(due.constFirst().at(1).toString(), u"orders-db, Error: The target answered 401."_s);
        QCOMPARE(notice.webhookId(), u"id of PagerDuty"_s);
    }

    void tellsOfADeactivatedWebhookOnce()
    {
        DeathNotice notice(1ms, 1ms);
        QSignalSpy due(&notice, &DeathNotice::due);
        notice.note(deadDelivery(u"PagerDuty"_s));
        CondemnedDeliveries condemned{.webhookId = u"id of PagerDuty"_s,
                                      .webhookName = u"PagerDuty"_s,
                                      .reason = Sentence(u"It is gone."_s),
                                      .count = 500};
        notice.note(condemned);
        notice.note(condemned);
        QTRY_COMPARE_WITH_TIMEOUT(due.size(), 1, patience);
        QCOMPARE(due.constFirst().at(0).toString(), u"1,001 deliveries to PagerDuty are dead"_s);
        QCOMPARE(due.constFirst().at(1).toString(), u"It is gone."_s);
        QCOMPARE(notice.webhookId(), u"id of PagerDuty"_s);

        notice.seen();
        condemned.count = 1;
        notice.note(condemned);
        QTRY_COMPARE_WITH_TIMEOUT(due.size(), 2, patience);
        QCOMPARE(due.constLast().at(0).toString(), u"A delivery to PagerDuty is dead"_s);
        QCOMPARE(due.constLast().at(1).toString(), u"It is gone."_s);
    }

    void tellsOfManyDeathsOnce()
    {
        DeathNotice notice(1ms, 1ms);
        QSignalSpy due(&notice, &DeathNotice::due);
        for (int i = 0; i < 1000; ++i) {
            notice.note(deadDelivery(QString::number(i % 5)));
        }
        QTRY_COMPARE_WITH_TIMEOUT(due.size(), 1, patience);
        QVERIFY(due.constFirst().at(0).toString().startsWith("1,000 "_L1));
        QCOMPARE(notice.webhookId(), QString());
        QCOMPARE(due.constFirst().at(1).toString().split(u'\n'),
                 QStringList({u"0: 200"_s, u"1: 200"_s, u"2: 200"_s, u"and 2 more webhook(s)"_s}));

        notice.note(deadDelivery(u"PagerDuty"_s)); // it grows until it was seen
        QTRY_COMPARE_WITH_TIMEOUT(due.size(), 2, patience);
        QVERIFY(due.constLast().at(0).toString().startsWith("1,001 "_L1));

        notice.seen();
        notice.note(deadDelivery(u"PagerDuty"_s));
        QTRY_COMPARE_WITH_TIMEOUT(due.size(), 3, patience);
        QCOMPARE(due.constLast().at(0).toString(), u"A delivery to PagerDuty is dead"_s);
    }

private:
    void open()
    {
        QSignalSpy changes(m_delivery.get(), &BackgroundDelivery::opened);
        m_delivery->open();
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 1, patience);
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<BackgroundDelivery> m_delivery;
};

QTEST_MAIN(TestBackgroundPresence)
#include "tst_backgroundpresence.moc"
