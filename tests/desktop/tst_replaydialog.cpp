// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "deliveriesmodel.h"
#include "deliveriespage.h"
#include "filterchip.h"
#include "memorysecrets.h"
#include "outboxasking.h"
#include "preferences.h"
#include "replaydialog.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
constexpr int patience = 60'000;
}

/// The dialog that replays by filters, over a real outbox; opened by itself and from the page.
class TestReplayDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }

    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) { m_engine->open(context, reply); }));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) { m_engine->openOutbox(context, reply); }));
        auto hook = webhookNamed(u"hook"_s);
        hook.concurrency = 64;
        m_hook = save(m_engine->store(), hook)->id;
        m_integrations = 0;
    }

    void cleanup()
    {
        m_dialog.reset();
        m_engine.reset();
        m_profile.reset();
    }

    void countsWhatIsChosen()
    {
        accept(3);
        end(AttemptOutcome::Dead, 503);
        accept(1);
        end(AttemptOutcome::Delivered, 200);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(words(), u"3 deliveries will be sent again."_s, patience);
        QVERIFY(replay()->isEnabled());
        QCOMPARE(replay()->text(), u"&Replay 3"_s);
        QVERIFY(replay()->isDefault());
        line(u"status"_s)->setText(u"503"_s);
        QTRY_COMPARE_WITH_TIMEOUT(words(), u"3 deliveries will be sent again."_s, patience);
        line(u"status"_s)->setText(u"4xx"_s);
        QVERIFY(!replay()->isEnabled()); // what was counted is not what is chosen
        QTRY_COMPARE_WITH_TIMEOUT(words(), u"No delivery matches these filters."_s, patience);
        QCOMPARE(replay()->toolTip(), words());
        line(u"status"_s)->clear();
        box(u"state"_s)->setCurrentIndex(box(u"state"_s)->findText(u"Delivered"_s));
        QTRY_COMPARE_WITH_TIMEOUT(replay()->text(), u"&Replay 1"_s, patience);
        box(u"state"_s)->setCurrentIndex(0);
        line(u"until"_s)->setText(u"1h"_s);
        QTRY_COMPARE_WITH_TIMEOUT(words(), u"No delivery matches these filters."_s, patience);
        line(u"until"_s)->clear();
        QTRY_COMPARE_WITH_TIMEOUT(replay()->text(), u"&Replay 3"_s, patience);
        accept(1); // while one looks
        end(AttemptOutcome::Dead, 500);
        QTRY_COMPARE_WITH_TIMEOUT(replay()->text(), u"&Replay 4"_s, patience);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("field");
        QTest::newRow("since") << u"since"_s;
        QTest::newRow("until") << u"until"_s;
        QTest::newRow("status") << u"status"_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(const QString, field);
        accept(1);
        end(AttemptOutcome::Dead, 500);
        open();
        QTRY_VERIFY_WITH_TIMEOUT(replay()->isEnabled(), patience);
        line(field)->setText(u"odd"_s);
        QVERIFY(!replay()->isEnabled());
        QVERIFY(!m_dialog->filter());
        const auto *problem = m_dialog->findChild<QWidget *>(field + u"ProblemLabel"_s);
        QVERIFY(problem->isVisible());
        QVERIFY(!line(field)->accessibleDescription().isEmpty());
        auto *clear = line(field)->findChild<QToolButton *>();
        QVERIFY(clear);
        QVERIFY(QAccessible::queryAccessibleInterface(clear)->text(QAccessible::Name).startsWith(u"Clear "_s));
        line(field)->clear();
        QVERIFY(!problem->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(replay()->isEnabled(), patience);
    }

    void replaysThem()
    {
        accept(600); // more than one step
        end(AttemptOutcome::Dead, 500);
        open();
        QSignalSpy said(m_dialog.get(), &ReplayDialog::message);
        QTRY_COMPARE_WITH_TIMEOUT(replay()->text(), u"&Replay 600"_s, patience);
        replay()->setFocus();
        replay()->click();
        QVERIFY(!line(u"since"_s)->isEnabled());
        QCOMPARE(cancel()->text(), u"Stop"_s);
        QCOMPARE(m_dialog->focusWidget(), cancel());
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
        QCOMPARE(said.at(0).at(0).value<MessageBar::Message>().text, u"600 deliveries will be sent again."_s);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(ask().counts()->states.value(DeliveryState::Pending), 600);
    }

    void canBeStopped()
    {
        accept(1100);
        end(AttemptOutcome::Dead, 500);
        open();
        QSignalSpy said(m_dialog.get(), &ReplayDialog::message);
        QTRY_COMPARE_WITH_TIMEOUT(replay()->text(), u"&Replay %L1"_s.arg(1100), patience);
        replay()->click();
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(m_dialog->isVisible()); // until the step under way is done
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
        QVERIFY(said.at(0).at(0).value<MessageBar::Message>().text.startsWith(u"The replay was stopped: "_s));
        QVERIFY(!m_dialog->isVisible());
        QVERIFY(ask().counts()->states.value(DeliveryState::Dead) > 0);
    }

    void escapeLeaves()
    {
        open();
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
    }

    void tellsOfRemovedWebhooks()
    {
        accept(2);
        end(AttemptOutcome::Dead, 500);
        QVERIFY(answerOf<void>(
            [&](QObject *context, auto reply) { m_engine->store().removeWebhook(m_hook, context, reply); }));
        open();
        QTRY_COMPARE_WITH_TIMEOUT(
            words(), u"There is nothing to replay: the webhooks of these 2 deliveries were removed."_s, patience);
        QVERIFY(!replay()->isEnabled());
    }

    void tabGoesDownTheForm()
    {
        open();
        QStringList names;
        for (QWidget *widget = box(u"state"_s); names.size() < 6; widget = widget->nextInFocusChain()) {
            if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible()
                && (qobject_cast<QComboBox *>(widget) || qobject_cast<QLineEdit *>(widget))) {
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
                names.append(widget->accessibleName());
            }
        }
        QCOMPARE(names,
                 (QStringList{u"State"_s, u"Webhook"_s, u"Integration"_s, u"Accepted since"_s, u"Accepted until"_s,
                              u"HTTP status"_s}));
    }

    void takesThePagesFilters()
    {
        accept(2);
        end(AttemptOutcome::Dead, 500);
        Preferences preferences(m_profile->path());
        QWidget keys;
        ActionRegistry actions{&keys};
        DeliveriesPage page(*m_engine, actions, preferences);
        page.setOutbox(m_engine->outbox());
        page.resize(1200, 700);
        page.show();
        QTRY_COMPARE_WITH_TIMEOUT(page.model().rowCount(), 2, patience);
        QTRY_COMPARE_WITH_TIMEOUT(page.findChild<QComboBox *>(u"webhookComboBox"_s)->count(), 2, patience);
        page.showIntegration(u"integration-1"_s, u"name of integration-1"_s);
        page.findChild<QComboBox *>(u"spanComboBox"_s)->setCurrentIndex(2); // 7 days
        page.findChild<QComboBox *>(u"webhookComboBox"_s)->setCurrentIndex(1);
        QTRY_COMPARE_WITH_TIMEOUT(page.model().rowCount(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(actions[Command::ReplayByFilters].isEnabled(), patience);
        actions[Command::ReplayByFilters].trigger();
        const auto *dialog = page.findChild<ReplayDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const auto filter = dialog->filter();
        QVERIFY(filter);
        QVERIFY(filter->states == QList{DeliveryState::Dead});
        QCOMPARE(filter->webhookId, m_hook);
        QCOMPARE(filter->integrationId, u"integration-1"_s);
        const qint64 ago = filter->since->secsTo(QDateTime::currentDateTimeUtc());
        QVERIFY2(ago >= 7 * 24 * 3600 && ago < 7 * 24 * 3600 + 300, qPrintable(QString::number(ago)));
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<QPushButton *>(u"replayPushButton"_s)->text(), u"&Replay 1"_s,
                                  patience);
    }

    void keepsTheWordsOfASearch()
    {
        accept(1);
        open();
        m_dialog->setFilter({.states = {DeliveryState::Delivered}, .text = u"needle"_s});
        auto *only = m_dialog->findChild<QCheckBox *>(u"restCheckBox"_s);
        QVERIFY(only->isVisible());
        QCOMPARE(only->text(), u"&Only those with “needle”"_s);
        QCOMPARE(m_dialog->filter()->text, u"needle"_s);
        QCOMPARE(box(u"state"_s)->currentText(), u"Delivered"_s);
        only->setChecked(false);
        QCOMPARE(m_dialog->filter()->text, QString());
        m_dialog->setFilter({.states = {DeliveryState::Waiting}, .httpStatuses = {{.first = 500, .last = 599}, {}}});
        QCOMPARE(box(u"state"_s)->currentText(), u"Dead"_s); // what waits cannot be replayed
        QCOMPARE(line(u"status"_s)->text(), u"5xx, none"_s);
        QVERIFY(!only->isVisible());
    }

    /// A chip for them is there once there are some.
    void supersededOnesHaveAChip()
    {
        accept(2);
        end(AttemptOutcome::Dead, 500);
        Preferences preferences(m_profile->path());
        QWidget keys;
        ActionRegistry actions{&keys};
        DeliveriesPage page(*m_engine, actions, preferences);
        page.setOutbox(m_engine->outbox());
        page.resize(1200, 700);
        page.show();
        QTRY_COMPARE_WITH_TIMEOUT(page.model().rowCount(), 2, patience);
        const auto chips = page.findChildren<FilterChip *>();
        auto *chip =
            *std::find_if(chips.begin(), chips.end(), [](auto *one) { return one->text() == u"Superseded"_s; });
        QVERIFY(!chip->isVisible());
        supersedeOne();
        accept(1); // so that the page looks again
        QTRY_VERIFY_WITH_TIMEOUT(chip->isVisible(), patience);
        QCOMPARE(chip->count(), u"1"_s);
        chip->click();
        QTRY_COMPARE_WITH_TIMEOUT(page.model().rowCount(), 1, patience);
        QCOMPARE(page.model().index(0, DeliveriesModel::State).data().toString(), u"Superseded"_s);
    }

private:
    AskedOutbox ask() const { return {m_engine->outbox()}; }

    void open()
    {
        m_dialog = std::make_unique<ReplayDialog>(m_engine->outbox());
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    QComboBox *box(const QString &name) const { return m_dialog->findChild<QComboBox *>(name + u"ComboBox"_s); }
    QLineEdit *line(const QString &name) const { return m_dialog->findChild<QLineEdit *>(name + u"LineEdit"_s); }
    QPushButton *replay() const { return m_dialog->findChild<QPushButton *>(u"replayPushButton"_s); }
    QPushButton *cancel() const { return m_dialog->findChild<QPushButton *>(u"cancelPushButton"_s); }
    QString words() const { return m_dialog->findChild<QLabel *>(u"countLabel"_s)->text(); }

    /// As many events, each of an integration of its own.
    void accept(int count)
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(u"integration-%1"_s.arg(++m_integrations), IntegrationStatus::Error));
        }
        QVERIFY(ask().accept(events));
    }

    /// Ends all that is not finished.
    void end(AttemptOutcome outcome, int status)
    {
        for (auto claimed = ask().claimIds(u"test"_s, 1000); !claimed.isEmpty();
             claimed = ask().claimIds(u"test"_s, 1000)) {
            QList<FinishedAttempt> attempts;
            for (const auto &id : std::as_const(claimed)) {
                auto invocation =
                    invocationOf(outcome == AttemptOutcome::Delivered ? Verdict::Successful : Verdict::Failed, status);
                if (outcome == AttemptOutcome::Dead) { // that says nothing about the target, which is not slowed down
                    invocation.error = InvocationError{.kind = ErrorKind::Template,
                                                       .message = Sentence(u"It failed."_s),
                                                       .hint = {},
                                                       .field = {},
                                                       .causes = {},
                                                       .position = {}};
                }
                attempts.append({.deliveryId = id,
                                 .owner = u"test"_s,
                                 .attempt = 1,
                                 .outcome = outcome,
                                 .retryIn = {},
                                 .deadReason = {},
                                 .invocation = invocation});
            }
            QVERIFY(ask().finish(attempts));
        }
    }

    void supersedeOne() const
    {
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"beside"_s);
            database.setDatabaseName(m_profile->filePath(u"tocsin.db"_s));
            QVERIFY(database.open());
            QSqlQuery query(database);
            for (const auto &statement :
                 {u"UPDATE delivery SET state = 'superseded' WHERE id = (SELECT max(id) FROM delivery)"_s,
                  u"UPDATE tally SET deliveries = deliveries - 1 WHERE state = 'dead'"_s,
                  u"INSERT INTO tally (target, state, deliveries) SELECT min(id), 'superseded', 1 FROM target"_s}) {
                QVERIFY(query.exec(statement));
            }
        }
        QSqlDatabase::removeDatabase(u"beside"_s);
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ReplayDialog> m_dialog;
    QString m_hook;
    int m_integrations = 0;
};

QTEST_MAIN(TestReplayDialog)
#include "tst_replaydialog.moc"
