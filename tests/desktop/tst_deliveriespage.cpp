// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility.h"
#include "actionregistry.h"
#include "attemptsbar.h"
#include "deliverieschart.h"
#include "deliveriesmodel.h"
#include "deliveriespage.h"
#include "deliverypanel.h"
#include "filterchip.h"
#include "memorysecrets.h"
#include "outboxasking.h"
#include "preferences.h"
#include "toolbuttonrow.h"
#include "wrappingtext.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
constexpr int patience = 60'000;
}

/// The page over a real outbox, in which a test plays the deliverer.
class TestDeliveriesPage : public QObject
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
        m_preferences = std::make_unique<Preferences>(m_profile->path());
        m_page = std::make_unique<DeliveriesPage>(*m_engine, m_actions, *m_preferences);
        m_page->setOutbox(m_engine->outbox());
        m_page->resize(1200, 700);
        m_hook = save(m_engine->store(), webhookNamed(u"hook"_s))->id;
    }

    void cleanup()
    {
        m_page.reset();
        m_preferences.reset();
        m_engine.reset();
        m_profile.reset();
    }

    void anEmptyOneSaysWhatItIsFor()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(u"emptyWidget"_s)->isVisible(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(offered(u"emptyWidget"_s), u"Send Event…"_s, patience);
        m_page->resize(1200, 700);
        const auto *pause = m_page->findChild<ToolButtonRow *>(); // stands at the right, where actions do
        QTRY_COMPARE_WITH_TIMEOUT(pause->width(), pause->sizeHint().width(), patience);
        QSignalSpy sends(m_page.get(), &DeliveriesPage::sendRequested);
        click(u"emptyWidget"_s);
        QCOMPARE(sends.size(), 1);
        QVERIFY(answerOf<void>(
            [&](QObject *context, auto reply) { m_engine->store().removeWebhook(m_hook, context, reply); }));
        QTRY_COMPARE_WITH_TIMEOUT(offered(u"emptyWidget"_s), u"Add Webhook"_s, patience);
        QSignalSpy adds(m_page.get(), &DeliveriesPage::addRequested);
        click(u"emptyWidget"_s);
        QCOMPARE(adds.size(), 1);
        QVERIFY(save(m_engine->store(), webhookNamed(u"hook"_s)));
        accept(1);
        QTRY_VERIFY_WITH_TIMEOUT(table()->isVisible(), patience);
    }

    void followsTheOutbox()
    {
        accept(2);
        show(2);
        QCOMPARE(text(0, DeliveriesModel::State), u"Pending"_s);
        endAll(AttemptOutcome::Delivered);
        QTRY_COMPARE_WITH_TIMEOUT(text(0, DeliveriesModel::State), u"Delivered"_s, patience);
        accept(1);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, patience);
        QTRY_COMPARE_WITH_TIMEOUT(chipCount(u"All"_s), u"3"_s, patience);
        QCOMPARE(chipCount(u"Delivered"_s), u"2"_s);
        QCOMPARE(chipCount(u"Waiting"_s), u"1"_s);
    }

    void chipsFilter()
    {
        accept(3);
        const auto claimed = ask().claimIds(u"test"_s);
        QCOMPARE(claimed.size(), 3);
        QVERIFY(ask().end(u"test"_s, claimed.at(0), 1, AttemptOutcome::Dead));
        QVERIFY(ask().end(u"test"_s, claimed.at(1), 1, AttemptOutcome::Delivered));
        show(3);
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, patience);
        QCOMPARE(text(0, DeliveriesModel::State), u"Dead"_s);
        QTRY_COMPARE_WITH_TIMEOUT(chipCount(u"All"_s), u"3"_s, patience);
        chip(u"Waiting"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(text(0, DeliveriesModel::State), u"Sending"_s, patience);
        QCOMPARE(rows(), 1);
    }

    void showsTheDeadOfAWebhook()
    {
        accept(1);
        endAll(AttemptOutcome::Dead);
        const auto other = save(m_engine->store(), webhookNamed(u"other"_s));
        QVERIFY(other);
        accept(1);
        endAll(AttemptOutcome::Dead);
        accept(1);
        m_page->show(); // as by a click on a notification, before the webhooks and the rows were read
        m_page->showDead(other->id);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(child<QComboBox>(u"webhookComboBox"_s)->currentText(), u"other"_s, patience);
        QTRY_COMPARE_WITH_TIMEOUT(chipCount(u"All"_s), u"2"_s, patience);
        QVERIFY(chip(u"Dead"_s)->isChecked());
        QCOMPARE(rows(), 1);
        QCOMPARE(text(0, DeliveriesModel::Webhook), u"other"_s);
        QCOMPARE(child<QComboBox>(u"spanComboBox"_s)->currentText(), u"All"_s);
        child<QLineEdit>(u"searchLineEdit"_s)->setText(u"nothing"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, patience);
        m_page->showDead({});
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, patience);
        QVERIFY(chip(u"Dead"_s)->isChecked());
        QCOMPARE(child<QLineEdit>(u"searchLineEdit"_s)->text(), QString());
    }

    void searchFindsWhatCameBack()
    {
        accept(2);
        const auto claimed = ask().claimIds(u"test"_s);
        QVERIFY(end(claimed.at(0), u"needle"_s));
        QVERIFY(end(claimed.at(1), u"hay"_s));
        show(2);
        m_page->focusSearch();
        child<QLineEdit>(u"searchLineEdit"_s)->setText(u"needle"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, patience);
        QCOMPARE(m_page->model().at(0)->id, claimed.at(0));
        child<QLineEdit>(u"searchLineEdit"_s)->setText(u"nothing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(u"nothingFoundWidget"_s)->isVisible(), patience);
        QCOMPARE(offered(u"nothingFoundWidget"_s), u"Clear Filters"_s);
        click(u"nothingFoundWidget"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, patience);
    }

    void selectionAndPlaceSurvive()
    {
        accept(300);
        show(300);
        table()->selectRow(50);
        table()->scrollTo(table()->model()->index(60, 0), QAbstractItemView::PositionAtTop);
        const QString top = m_page->model().at(table()->rowAt(2))->id;
        const QString current = m_page->model().at(50)->id;
        accept(5);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->model().indexOf(current).row() == 55, patience);
        QCOMPARE(table()->currentIndex().data(DeliveriesModel::IdRole).toString(), current);
        QCOMPARE(table()->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(m_page->model().at(table()->rowAt(2))->id, top);
    }

    void staysAtTheTop()
    {
        accept(DeliveriesFeed::pageSize);
        show(DeliveriesFeed::pageSize);
        table()->selectionModel()->setCurrentIndex(table()->model()->index(0, 0), QItemSelectionModel::NoUpdate);
        const QString newest = m_page->model().at(0)->id;
        accept(DeliveriesFeed::pageSize + 50); // none of those that are seen stays so
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().indexOf(newest).row(), DeliveriesFeed::pageSize + 50, patience);
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
        child<QLineEdit>(u"searchLineEdit"_s)->setText(u"nothing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(u"nothingFoundWidget"_s)->isVisible(), patience);
        child<QLineEdit>(u"searchLineEdit"_s)->clear();
        QTRY_VERIFY_WITH_TIMEOUT(table()->isVisible(), patience);
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, patience);
        chip(u"Waiting"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 0 && table()->isVisible(), patience);
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
    }

    void theEndIsTheTrueEnd()
    {
        constexpr int many = 3 * DeliveriesFeed::pageSize + 10;
        accept(many);
        const QString oldest = ask().list({.limit = many})->constLast().id;
        show(many);
        const auto *bar = table()->verticalScrollBar();
        QCOMPARE(bar->maximum() + bar->pageStep(), many);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_End);
        QCOMPARE(table()->currentIndex().row(), many - 1);
        QCOMPARE(bar->value(), bar->maximum());
        QTRY_VERIFY_WITH_TIMEOUT(m_page->model().at(many - 1), patience);
        QCOMPARE(m_page->model().at(many - 1)->id, oldest);
        QTRY_COMPARE_WITH_TIMEOUT(text(bar->value(), DeliveriesModel::State), u"Pending"_s, patience);
        QTest::keyClick(table(), Qt::Key_Home);
        QCOMPARE(table()->currentIndex().row(), 0);
        QTest::keyClick(table(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(table()->currentIndex().row(), many - 1);
        QTest::keyClick(table(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(m_actions[Command::Replay].text(), u"&Replay %1 Selected"_s.arg(many));
        m_actions[Command::CopyDeliveries].trigger();
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text().count(u'\n'), many - 1, patience);
    }

    void theChartFollowsTheChips()
    {
        accept(2);
        const auto claimed = ask().claimIds(u"test"_s);
        QVERIFY(ask().end(u"test"_s, claimed.at(0), 1, AttemptOutcome::Dead));
        QVERIFY(ask().end(u"test"_s, claimed.at(1), 1, AttemptOutcome::Delivered));
        show(2);
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"1 delivered"_s) >= 0, patience);
        QCOMPARE(chart()->legend().size(), 3);
        const int bar = barWith(u"1 delivered"_s);
        QVERIFY(chart()->text(bar).contains(u"1 dead"_s));
        chip(u"Dead"_s)->click();
        QCOMPARE(chart()->legend(), QStringList{u"dead"_s});
        QVERIFY(chart()->text(bar).contains(u"1 dead"_s) && !chart()->text(bar).contains(u"delivered"_s));
        chip(u"Waiting"_s)->click();
        QCOMPARE(chart()->legend(), QStringList{u"failed, tried again"_s});
        chip(u"All"_s)->click();
        QCOMPARE(chart()->legend().size(), 3);
    }

    void anIntegrationsDeliveries()
    {
        accept(3);
        endAll(AttemptOutcome::Delivered);
        show(3);
        const QString name = m_page->model().at(1)->integrationName;
        m_page->showIntegration(m_page->model().at(1)->integrationId, name);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, patience);
        QCOMPARE(text(0, DeliveriesModel::Integration), name);
        QVERIFY(chip(name) && chip(name)->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(chipCount(u"Delivered"_s), u"1"_s, patience);
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"1 delivered"_s) >= 0, patience);
        QVERIFY(m_page->stepBack());
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, patience);
    }

    void theChartFilters()
    {
        accept(2);
        endAll(AttemptOutcome::Delivered, QDateTime::currentDateTimeUtc());
        accept(1);
        show(3);
        QTRY_VERIFY_WITH_TIMEOUT(chart()->count() > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"2 delivered"_s) >= 0, patience);
        chart()->setFocus();
        QTest::keyClick(chart(), Qt::Key_Home);
        QCOMPARE(chart()->current(), 0);
        QTest::keyClick(chart(), Qt::Key_Right);
        QCOMPARE(chart()->current(), 1);

        auto *interface = QAccessible::queryAccessibleInterface(chart());
        QCOMPARE(interface->childCount(), chart()->count());
        auto *bar = interface->child(barWith(u"2 delivered"_s));
        QVERIFY(bar && bar->text(QAccessible::Name).contains(u"2 delivered"_s));
        bar->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, patience);
        QCOMPARE(text(0, DeliveriesModel::State), u"Delivered"_s);
        QTest::keyClick(chart(), Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, patience);
        QTest::mouseClick(chart(), Qt::LeftButton, {}, chart()->place(0).center());
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, patience);
        QVERIFY(m_page->stepBack());
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, patience);
    }

    void theChartFollowsTheSearch()
    {
        accept(3);
        const auto claimed = ask().claimIds(u"test"_s);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QVERIFY(end(claimed.at(0), u"needle"_s, now));
        QVERIFY(end(claimed.at(1), u"hay"_s, now));
        QVERIFY(end(claimed.at(2), u"hay"_s, now));
        show(3);
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"3 delivered"_s) >= 0, patience);
        child<QLineEdit>(u"searchLineEdit"_s)->setText(u"needle"_s);
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"1 delivered"_s) >= 0, patience);
        QCOMPARE(chart()->limitInWords(), QString());
        chart()->choose(barWith(u"1 delivered"_s));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, patience);
        QCOMPARE(m_page->model().at(0)->id, claimed.at(0));
        child<QLineEdit>(u"searchLineEdit"_s)->setText(u"nothing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"1 delivered"_s) < 0, patience);
        child<QLineEdit>(u"searchLineEdit"_s)->clear();
        QTRY_VERIFY_WITH_TIMEOUT(barWith(u"3 delivered"_s) >= 0, patience);
    }

    void thePanelFollowsItsDelivery()
    {
        accept(1);
        show(1);
        table()->selectRow(0);
        QTRY_VERIFY_WITH_TIMEOUT(panel() && panel()->isVisible(), patience);
        auto *attempts = panel()->findChild<AttemptsBar *>();
        QCOMPARE(attempts->chosen(), AttemptsBar::eventItself);
        endAll(AttemptOutcome::Dead);
        QTRY_COMPARE_WITH_TIMEOUT(attempts->chosen(), 1, patience);
        QVERIFY(panel()->delivery().state == DeliveryState::Dead);
        QVERIFY(m_page->stepBack());
        QVERIFY(!panel()->isVisible());
    }

    void thePanelShowsTheEventsOwnId()
    {
        IntegrationEvent own = eventOf(u"a"_s, IntegrationStatus::Error);
        own.ownId = u"<b>order</b>\n7"_s;
        QVERIFY(ask().accept({own, eventOf(u"a"_s, IntegrationStatus::Warning)}));
        show(2);
        const auto ids = [this] {
            QStringList texts;
            for (const auto *text : panel()->findChildren<WrappingText *>()) {
                if (text->isVisible()) {
                    texts.append(text->toPlainText());
                }
            }
            return texts;
        };
        table()->selectRow(1);
        QTRY_VERIFY_WITH_TIMEOUT(panel() && panel()->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(ids().contains(own.ownId), patience);
        QVERIFY(ids().contains(panel()->delivery().messageId));
        QVERIFY(ids().contains(panel()->delivery().eventId));
        table()->selectRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(ids().size(), 2, patience);
    }

    void thePanelsChoiceIsNotTheTables()
    {
        accept(2);
        endAll(AttemptOutcome::Dead);
        show(2);
        table()->selectRow(0);
        QTRY_VERIFY_WITH_TIMEOUT(panel() && panel()->isVisible(), patience);
        chip(u"Dead"_s)->click();
        QVERIFY(chip(u"Dead"_s)->isChecked() && !chip(u"All"_s)->isChecked());
        QVERIFY(chip(u"1"_s)->isChecked()); // the attempt that the panel shows
        chip(u"All"_s)->click();
        QVERIFY(chip(u"All"_s)->isChecked() && !chip(u"Delivered"_s)->isChecked());
        chip(u"Event"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(chip(u"Event"_s)->isChecked(), patience);
        QVERIFY(chip(u"All"_s)->isChecked());
    }

    void nothingFoundClearsThePanel()
    {
        accept(1);
        show(1);
        table()->selectRow(0);
        QTRY_VERIFY_WITH_TIMEOUT(panel() && panel()->isVisible(), patience);
        auto *search = child<QLineEdit>(u"searchLineEdit"_s);
        search->setFocus();
        search->setText(u"nothing"_s);
        QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(u"nothingFoundWidget"_s)->isVisible(), patience);
        QVERIFY(!panel()->isVisible());
        QVERIFY(search->hasFocus());
        search->clear();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, patience);
        table()->selectRow(0);
        QTRY_VERIFY_WITH_TIMEOUT(panel()->isVisible(), patience);
    }

    void replaysTheSelected()
    {
        accept(1);
        endAll(AttemptOutcome::Dead);
        show(1);
        QVERIFY(!m_actions[Command::Replay].isEnabled());
        table()->selectRow(0);
        QTRY_VERIFY_WITH_TIMEOUT(m_actions[Command::Replay].isEnabled(), patience);
        QSignalSpy said(m_page.get(), &DeliveriesPage::message);
        m_actions[Command::Replay].trigger();
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(text(0, DeliveriesModel::State), u"Pending"_s, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_actions[Command::Replay].isEnabled(), patience);
    }

    void replayedOnesKeepTheirOrder()
    {
        const auto event = [](IntegrationStatus status) {
            return eventOf(u"one"_s, status);
        };
        QVERIFY(ask().accept({event(IntegrationStatus::Error), event(IntegrationStatus::Warning)}));
        endAll(AttemptOutcome::Dead);
        show(2);
        table()->selectAll();
        m_actions[Command::Replay].trigger();
        QTRY_COMPARE_WITH_TIMEOUT(text(1, DeliveriesModel::State), u"Pending"_s, patience);
        QCOMPARE(ask().claimIds(u"test"_s), QStringList{m_page->model().at(1)->id}); // the older one
    }

    void asksBeforeManyAreReplayed()
    {
        accept(12);
        endAll(AttemptOutcome::Dead);
        show(12);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->replayDeadMenu()->actions().size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->replayDeadMenu()->actions().constFirst()->text(), u"hook (12)"_s, patience);
        m_page->replayDeadMenu()->actions().constFirst()->trigger();
        auto *question = m_page->findChild<QMessageBox *>();
        QVERIFY(question && question->isVisible());
        QVERIFY2(question->text().contains(u"12"_s), qPrintable(question->text()));
        question->defaultButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(text(0, DeliveriesModel::State), u"Pending"_s, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->replayDeadMenu()->actions().size(), 0, patience);
    }

    void copiesIdsAndRows()
    {
        accept(2);
        show(2);
        table()->selectRow(0);
        m_actions[Command::CopyDeliveries].trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), m_page->model().at(0)->messageId);
        table()->selectAll();
        m_actions[Command::CopyDeliveries].trigger();
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.at(1).contains(m_page->model().at(1)->messageId + u'\t'));
    }

private:
    template <typename T>
    T *child(const QString &name) const
    {
        return m_page->findChild<T *>(name);
    }
    /// The button that an empty state shows.
    QPushButton *buttonOf(const QString &emptyState) const
    {
        const auto buttons = child<QWidget>(emptyState)->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [](auto *one) { return one->isVisible(); });
        return found == buttons.end() ? nullptr : *found;
    }
    QString offered(const QString &emptyState) const
    {
        const auto *button = buttonOf(emptyState);
        return button ? button->text() : QString();
    }
    void click(const QString &emptyState) const { buttonOf(emptyState)->click(); }
    QTableView *table() const { return child<QTableView>(u"deliveriesTableView"_s); }
    DeliveriesChart *chart() const { return m_page->findChild<DeliveriesChart *>(); }
    DeliveryPanel *panel() const { return m_page->findChild<DeliveryPanel *>(); }
    int rows() const { return m_page->model().rowCount(); }
    QString text(int row, int column) const { return m_page->model().index(row, column).data().toString(); }
    AskedOutbox ask() const { return {m_engine->outbox()}; }

    FilterChip *chip(const QString &name) const
    {
        const auto chips = m_page->findChildren<FilterChip *>();
        const auto found =
            std::find_if(chips.begin(), chips.end(), [&](const FilterChip *one) { return one->text() == name; });
        return found == chips.end() ? nullptr : *found;
    }
    QString chipCount(const QString &name) const { return chip(name)->count(); }

    int barWith(const QString &words) const
    {
        for (int bar = 0; bar < chart()->count(); ++bar) {
            if (chart()->text(bar).contains(words)) {
                return bar;
            }
        }
        return -1;
    }

    /// Shows the page, and waits for its first rows.
    void show(int count)
    {
        m_page->show();
        m_page->activateWindow();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), count, patience);
        QTRY_VERIFY_WITH_TIMEOUT(table()->isVisible(), patience);
    }

    /// As many events, each of an integration of its own.
    void accept(int count)
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(u"integration-%1"_s.arg(++m_integrations), IntegrationStatus::Error));
        }
        QVERIFY(ask().accept(events));
    }

    void endAll(AttemptOutcome outcome, const QDateTime &startedAt = {})
    {
        const bool isGood = outcome == AttemptOutcome::Delivered;
        // As many at once as the webhook's concurrency allows.
        for (auto claimed = ask().claimIds(u"test"_s); !claimed.isEmpty(); claimed = ask().claimIds(u"test"_s)) {
            for (const auto &id : std::as_const(claimed)) {
                auto invocation = invocationOf(isGood ? Verdict::Successful : Verdict::Failed, isGood ? 200 : 500);
                if (startedAt.isValid()) {
                    invocation.startedAt = startedAt;
                }
                QVERIFY(ask().finish({{.deliveryId = id,
                                       .owner = u"test"_s,
                                       .attempt = 1,
                                       .outcome = outcome,
                                       .retryIn = {},
                                       .deadReason = {},
                                       .invocation = invocation}}));
            }
        }
    }

    Result<int> end(const QString &id, const QString &answer, const QDateTime &startedAt = {}) const
    {
        auto invocation = invocationOf(Verdict::Successful, 200, answer.toUtf8());
        invocation.startedAt = startedAt.isValid() ? startedAt : invocation.startedAt;
        return ask().finish({{.deliveryId = id,
                              .owner = u"test"_s,
                              .attempt = 1,
                              .outcome = AttemptOutcome::Delivered,
                              .retryIn = {},
                              .deadReason = {},
                              .invocation = invocation}});
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Preferences> m_preferences;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<DeliveriesPage> m_page;
    QString m_hook;
    int m_integrations = 0;
};

QTEST_MAIN(TestDeliveriesPage)
#include "tst_deliveriespage.moc"
