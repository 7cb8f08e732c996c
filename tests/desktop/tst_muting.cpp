// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "deliverytext.h"
#include "memorysecrets.h"
#include "mutemenu.h"
#include "mutes.h"
#include "outboxasking.h"
#include "preferences.h"
#include "problemlabel.h"
#include "webhookcommands.h"
#include "webhookspage.h"

#include <QApplication>
#include <QCalendarWidget>
#include <QDateTimeEdit>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
constexpr int patience = 20'000; // ms
}

/// Mute, Unmute and Send Current Status on the Webhooks page, over a real outbox.
class TestMuting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_profile->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) { m_engine->open(context, reply); }));
        QVERIFY(answerOf<void>([&](QObject *context, auto reply) { m_engine->openOutbox(context, reply); }));
        m_slack = *save(m_engine->store(), webhookNamed(u"Slack"_s));
        m_other = *save(m_engine->store(), webhookNamed(u"Teams"_s));
        m_commands = std::make_unique<WebhookCommands>(*m_engine);
        m_commands->setOutbox(m_engine->outbox());
        m_said.clear();
        connect(m_commands.get(), &WebhookCommands::message, this, [this](const auto &said) { m_said.append(said); });
        m_preferences = std::make_unique<Preferences>(m_profile->path());
        m_page = std::make_unique<WebhooksPage>(*m_engine, *m_commands, m_actions, *m_preferences);
        m_page->resize(1400, 500);
        m_page->setOutbox(m_engine->outbox());
        m_page->refresh();
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 2, patience);
        m_page->select(m_slack.id);
    }

    void cleanup()
    {
        m_page.reset();
        m_commands.reset();
        m_preferences.reset();
        m_engine.reset();
    }

    void theTableSaysUntilWhen()
    {
        const QString fires = text(m_slack, WebhooksModel::Fires);
        QVERIFY(!m_actions[Command::Unmute].isEnabled());
        const auto start = QDateTime::currentDateTime();
        choose(1); // an hour
        QTRY_VERIFY_WITH_TIMEOUT(isMuted(m_slack), patience);
        const auto mute = *m_page->mutes().of(MuteSubject::Kind::Webhook, m_slack.id);
        QVERIFY(mute.until && start.secsTo(*mute.until) >= 3599 && mute.since.secsTo(*mute.until) <= 3601);
        const QString words = u"Muted until "_s + shortTime(*mute.until);
        QCOMPARE(text(m_slack, WebhooksModel::Fires), words + u" · "_s + fires);
        QCOMPARE(text(m_slack, WebhooksModel::Status, Qt::ToolTipRole), u"Active · "_s + words);
        QCOMPARE(text(m_slack, WebhooksModel::Status, Qt::AccessibleTextRole), u"Active · "_s + words);
        QVERIFY(text(m_slack, WebhooksModel::Name, Qt::ToolTipRole).contains(words));
        QVERIFY(!isMuted(m_other));
        QCOMPARE(text(m_other, WebhooksModel::Fires), fires);

        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 1, patience);
        QVERIFY2(m_said.constFirst().text.startsWith("Slack is muted until "_L1), qPrintable(m_said.constFirst().text));
        QCOMPARE(m_said.constFirst().actionText, u"Unmute"_s);
        QVERIFY(m_actions[Command::Unmute].isEnabled());
        m_actions[Command::Unmute].trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!isMuted(m_slack), patience);
        QCOMPARE(text(m_slack, WebhooksModel::Fires), fires);
        QCOMPARE(text(m_slack, WebhooksModel::Status, Qt::ToolTipRole), u"Active"_s);
        QVERIFY(!m_actions[Command::Unmute].isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 2, patience);
        QCOMPARE(m_said.constLast().text, u"Slack is not muted any more."_s);
    }

    void aMessageUndoesIt()
    {
        m_page->findChild<QTableView *>()->selectAll();
        choose(4); // until unmuted
        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(isMuted(m_slack) && isMuted(m_other), patience);
        QVERIFY(!m_page->mutes().of(MuteSubject::Kind::Webhook, m_slack.id)->until);
        QVERIFY2(m_said.constFirst().text.startsWith(u'2'), qPrintable(m_said.constFirst().text));
        m_said.constFirst().action();
        QTRY_VERIFY_WITH_TIMEOUT(!isMuted(m_slack) && !isMuted(m_other), patience);
    }

    void followsAnotherProcess()
    {
        Outbox other(m_profile->path());
        const AskedOutbox asked{other};
        QVERIFY(asked.open());
        QVERIFY(
            answerOf<bool>([&](QObject *context, auto reply) { other.mute(subjectOf(m_slack), {}, context, reply); }));
        QTRY_VERIFY_WITH_TIMEOUT(isMuted(m_slack), patience);
        QVERIFY(text(m_slack, WebhooksModel::Fires).startsWith("Muted until unmuted"_L1));
        QVERIFY(
            answerOf<bool>([&](QObject *context, auto reply) { other.unmute(subjectOf(m_slack), context, reply); }));
        QTRY_VERIFY_WITH_TIMEOUT(!isMuted(m_slack), patience);
    }

    void endsByItself()
    {
        QVERIFY(answerOf<bool>([&](QObject *context, auto reply) {
            m_engine->outbox().mute(subjectOf(m_slack),
                                    {.until = QDateTime::currentDateTimeUtc().addSecs(3), .duration = {}}, context,
                                    reply);
        }));
        QTRY_VERIFY_WITH_TIMEOUT(isMuted(m_slack), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!isMuted(m_slack), patience); // nobody delivers, so that nothing else would tell
        QVERIFY(!text(m_slack, WebhooksModel::Fires).contains("Muted"_L1));
    }

    void asksForAMoment()
    {
        m_page->activateWindow();
        choose(6);
        auto *dialog = m_page->findChild<QDialog *>(u"muteUntilDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->isVisible(), patience);
        auto *edit = dialog->findChild<QDateTimeEdit *>();
        QVERIFY(edit->dateTime() > QDateTime::currentDateTime());
        QVERIFY(!edit->accessibleName().isEmpty());
        QVERIFY2(!edit->displayFormat().contains("ss"_L1), qPrintable(edit->displayFormat()));
        QVERIFY(!edit->calendarWidget()->window()->accessibleName().isEmpty());
        QCOMPARE(dialog->findChild<QLabel *>()->text(), u"Nothing is sent to Slack &until:"_s);
        const QDateTime end(QDate::currentDate().addDays(400), QTime(14, 0));
        edit->setDateTime(end);
        const auto buttons = dialog->findChildren<QPushButton *>();
        const auto mute =
            std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isDefault(); });
        QVERIFY(mute != buttons.end());
        const auto *problem = dialog->findChild<ProblemLabel *>();
        edit->setDateTime(QDateTime::currentDateTime().addDays(-1));
        QVERIFY(!(*mute)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), patience);
        QCOMPARE(edit->accessibleDescription(), problem->text());
        QCoreApplication::processEvents(); // the layout that follows
        for (const auto *text : problem->findChildren<QLabel *>()) { // nothing of it is cut off
            QVERIFY(!text->isVisible() || !text->wordWrap() || text->height() >= text->heightForWidth(text->width()));
        }
        edit->setDateTime(end);
        QVERIFY(!problem->isVisible());
        (*mute)->click();
        QTRY_VERIFY_WITH_TIMEOUT(isMuted(m_slack), patience);
        QCOMPARE(*m_page->mutes().of(MuteSubject::Kind::Webhook, m_slack.id)->until, end);
    }

    void opensOnceTheWindowIsActive()
    {
        auto *table = m_page->findChild<QTableView *>();
        table->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(m_actions[Command::Mute].isEnabled(), patience);
        QDialog dialog(m_page.get());
        dialog.open();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isActiveWindow(), patience);
        m_actions[Command::Mute].trigger();
        QVERIFY(!QApplication::activePopupWidget());
        dialog.close();
        m_page->activateWindow();
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::activePopupWidget(), menu(), patience);
        QCOMPARE(QApplication::activeWindow(), m_page.get());
        menu()->close();
        QTRY_VERIFY_WITH_TIMEOUT(table->hasFocus(), patience);
    }

    void everyEntryHasAKeyOfItsOwn()
    {
        QSet<QKeySequence> keys;
        for (const auto *action : menu()->actions()) {
            if (!action->isSeparator()) {
                const auto key = QKeySequence::mnemonic(action->text());
                QVERIFY2(!key.isEmpty() && !keys.contains(key), qPrintable(action->text()));
                keys.insert(key);
            }
        }
    }

    void sendsTheCurrentStatus()
    {
        const auto send = [this](qsizetype messages) {
            m_actions[Command::SendStatus].trigger();
            QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), messages, patience);
        };
        send(1);
        QCOMPARE(m_said.constLast().text,
                 u"Nothing is sent: the filters of Slack match no integration's current status."_s);
        QVERIFY(ask().accept({eventOf(u"a"_s, IntegrationStatus::Error), eventOf(u"b"_s, IntegrationStatus::Warning),
                              eventOf(u"c"_s, IntegrationStatus::Active)}));
        send(2);
        QCOMPARE(m_said.constLast().text, u"2 statuses will be sent to Slack."_s);
        QCOMPARE(ask().list({.webhookId = m_slack.id})->size(), 4);
        QCOMPARE(ask().list({.webhookId = m_other.id})->size(), 2);

        m_commands->setActive({m_slack.id}, false);
        QTRY_VERIFY_WITH_TIMEOUT(!m_actions[Command::SendStatus].isEnabled(), patience);
        m_commands->sendStatus({m_slack}); // deactivated meanwhile
        QTRY_COMPARE_WITH_TIMEOUT(m_said.size(), 3, patience);
        QVERIFY(m_said.constLast().role == ColorRole::Error);
    }

private:
    AskedOutbox ask() const { return {m_engine->outbox()}; }
    MuteMenu *menu() const { return m_page->findChild<MuteMenu *>(); }

    static MuteSubject subjectOf(const Webhook &webhook)
    {
        return {.kind = MuteSubject::Kind::Webhook, .id = webhook.id};
    }

    /// An entry of the menu that the command opens.
    void choose(int entry) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_actions[Command::Mute].isEnabled(), patience);
        m_actions[Command::Mute].trigger();
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::activePopupWidget(), menu(), patience);
        QCOMPARE(menu()->activeAction(), menu()->actions().constFirst());
        auto *action = menu()->actions().at(entry);
        menu()->close();
        action->trigger();
    }

    bool isMuted(const Webhook &webhook) const
    {
        return text(webhook, WebhooksModel::Fires).startsWith("Muted until "_L1);
    }

    QString text(const Webhook &webhook, WebhooksModel::Column column, int role = Qt::DisplayRole) const
    {
        return m_page->model().indexOf(webhook.id, column).data(role).toString();
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WebhookCommands> m_commands;
    std::unique_ptr<Preferences> m_preferences;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<WebhooksPage> m_page;
    QList<MessageBar::Message> m_said;
    Webhook m_slack;
    Webhook m_other;
};

QTEST_MAIN(TestMuting)
#include "tst_muting.moc"
