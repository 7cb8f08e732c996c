// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "deathcauserow.h"
#include "deathcausesview.h"
#include "deathcausetext.h"
#include "deliveriesmodel.h"
#include "deliveriespage.h"
#include "filterchip.h"
#include "memorysecrets.h"
#include "outboxasking.h"
#include "preferences.h"

#include <QAccessible>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {
constexpr int patience = 60'000; // ms
}

/// Dead deliveries by cause on the Deliveries page, over a real outbox.
class TestDeathCauses : public QObject
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
        m_preferences = std::make_unique<Preferences>(m_profile->path());
        auto webhook = webhookNamed(u"PagerDuty"_s);
        webhook.concurrency = 40;
        m_hook = save(m_engine->store(), webhook)->id;
        makePage();
    }

    void cleanup()
    {
        m_page.reset();
        m_preferences.reset();
        m_engine.reset();
    }

    void words()
    {
        const QDateTime now(QDate(2026, 11, 28), QTime(12, 0));
        DeathCause cause;
        cause.webhookName = u"PagerDuty"_s;
        cause.kind = ErrorKind::Http;
        cause.httpStatus = 401;
        cause.field = u"type.http_request.headers"_s;
        cause.reason = Sentence(u"Given up."_s);
        cause.count = 38;
        cause.first = QDateTime(now.date(), QTime(2, 10));
        cause.last = QDateTime(now.date(), QTime(9, 42));
        QCOMPARE(causeTitle(cause), u"38 × 401 Unauthorized from PagerDuty"_s);
        QCOMPARE(causeDetail(cause, now), u"02:10 – 09:42 · Given up."_s);
        QCOMPARE(mendWords(cause), u"Edit Headers"_s);
        cause.httpStatus = 599;
        QCOMPARE(causeTitle(cause), u"38 × 599 from PagerDuty"_s);
        cause.kind = ErrorKind::Tls;
        cause.field.clear();
        cause.last = cause.first;
        QCOMPARE(causeTitle(cause), u"38 × no trusted connection · PagerDuty"_s);
        QCOMPARE(causeDetail(cause, now), u"02:10 · Given up."_s);
        QCOMPARE(mendWords(cause), u"Edit PagerDuty"_s);
    }

    void theDeadAreGroupedLive()
    {
        const auto ids = accept(5);
        die(ids.at(0), 401, u"type.http_request.headers"_s);
        die(ids.at(1), 401, u"type.http_request.headers"_s);
        die(ids.at(2), 500, {});
        show();
        QVERIFY(!view()->isVisible());
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(
            titles(),
            (QStringList{u"2 × 401 Unauthorized from PagerDuty"_s, u"1 × 500 Internal Server Error from PagerDuty"_s}),
            patience);
        QVERIFY(view()->isVisible());
        QCOMPARE(button(0, u"Edit Headers"_s)->isVisible(), true);
        QVERIFY(button(1, u"Edit PagerDuty"_s));
        auto *kept = row(0);
        kept->findChild<QToolButton *>()->setFocus();
        die(ids.at(3), 401, u"type.http_request.headers"_s);
        QTRY_COMPARE_WITH_TIMEOUT(titles().constFirst(), u"3 × 401 Unauthorized from PagerDuty"_s, patience);
        QVERIFY(row(0) == kept && kept->findChild<QToolButton *>()->hasFocus());

        grouping()->click();
        QVERIFY(!view()->isVisible());
        makePage();
        show();
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 4, patience);
        QVERIFY(!grouping()->isChecked() && !view()->isVisible());
    }

    void aCauseShowsItsDeliveriesAlone()
    {
        const auto ids = accept(3);
        die(ids.at(0), 401, {});
        die(ids.at(1), 500, {});
        die(ids.at(2), 401, {});
        show();
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), 2, patience);
        auto *title = row(0)->findChild<QToolButton *>();
        QTest::keyClick(title, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 2, patience);
        QVERIFY(title->isChecked());
        QCOMPARE(rows().size(), 2);
        QTest::mouseClick(row(1), Qt::LeftButton, {}, QPoint(row(1)->width() / 2, 3));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 1, patience);
        QVERIFY(!title->isChecked());
        QVERIFY(m_page->stepBack());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 3, patience);
        QAccessible::queryAccessibleInterface(title)->actionInterface()->doAction(
            QAccessibleActionInterface::toggleAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 2, patience);
        chip(u"All"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 3, patience);
        QVERIFY(!view()->isVisible());
    }

    void leadsToTheField()
    {
        const auto ids = accept(1);
        die(ids.at(0), 401, u"type.http_request.headers"_s);
        show();
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), 1, patience);
        QSignalSpy edits(m_page.get(), &DeliveriesPage::mendRequested);
        button(0, u"Edit Headers"_s)->click();
        QCOMPARE(edits.size(), 1);
        const auto place = edits.constFirst().constFirst().value<MendPlace>();
        QCOMPARE(place.webhookId, m_hook);
        QCOMPARE(place.field, u"type.http_request.headers"_s);
    }

    void theseAreReplayedAndNoOthers()
    {
        constexpr int many = 12;
        const auto ids = accept(many + 2);
        for (int i = 0; i < many; ++i) {
            die(ids.at(i), 401, {});
        }
        die(ids.at(many), 500, {});
        show();
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), 2, patience);
        row(0)->findChild<QToolButton *>()->click();
        button(0, u"Replay these 12"_s)->click();
        auto *question = m_page->findChild<QMessageBox *>();
        QVERIFY(question && question->isVisible());
        QVERIFY2(question->text().contains(u"12"_s), qPrintable(question->text()));
        QSignalSpy said(m_page.get(), &DeliveriesPage::message);
        question->defaultButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"1 × 500 Internal Server Error from PagerDuty"_s}, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().rowCount(), 1, patience); // no cause is chosen any more
        QVERIFY(m_page->model().at(0)->id == ids.at(many));
        QCOMPARE(*ask().counts()->states.constFind(DeliveryState::Dead), 1);
        button(0, u"Replay"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), 0, patience);
    }

    void aRemovedWebhooksAreOnlySeen()
    {
        const auto ids = accept(1);
        die(ids.at(0), 401, {});
        QVERIFY(answerOf<void>(
            [&](QObject *context, auto reply) { m_engine->store().removeWebhook(m_hook, context, reply); }));
        show();
        chip(u"Dead"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), 1, patience);
        for (const auto *one : row(0)->findChildren<QPushButton *>()) {
            QVERIFY(!one->isVisible());
        }
    }

private:
    void makePage()
    {
        m_page.reset();
        m_page = std::make_unique<DeliveriesPage>(*m_engine, m_actions, *m_preferences);
        m_page->setOutbox(m_engine->outbox());
        m_page->resize(1200, 700);
    }
    void show()
    {
        m_page->show();
        m_page->activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<QTableView *>()->isVisible(), patience);
    }

    AskedOutbox ask() const { return {m_engine->outbox()}; }

    QStringList accept(int count) const
    {
        QList<IntegrationEvent> events;
        for (int i = 0; i < count; ++i) {
            events.append(eventOf(u"integration-%1"_s.arg(i), IntegrationStatus::Error));
        }
        QStringList ids;
        for (const auto &accepted : *ask().accept(events)) {
            ids.append(accepted.deliveryIds);
        }
        ask().claimIds(u"me"_s);
        return ids;
    }
    void die(const QString &id, int status, const QString &field) const
    {
        auto invocation = invocationOf(Verdict::Failed, status);
        invocation.error = InvocationError{.kind = ErrorKind::Http,
                                           .message = Sentence(u"It failed."_s),
                                           .hint = {},
                                           .field = field,
                                           .causes = {},
                                           .position = {}};
        QCOMPARE(*ask().finish({{.deliveryId = id,
                                 .owner = u"me"_s,
                                 .attempt = 1,
                                 .outcome = AttemptOutcome::Dead,
                                 .retryIn = {},
                                 .deadReason = {},
                                 .invocation = invocation}}),
                 1);
    }

    DeathCausesView *view() const { return m_page->findChild<DeathCausesView *>(); }
    /// From above.
    QList<DeathCauseRow *> rows() const
    {
        auto rows = view()->widget()->findChildren<DeathCauseRow *>();
        rows.removeIf([](const DeathCauseRow *one) { return !one->isVisible(); });
        std::sort(rows.begin(), rows.end(), [](auto *one, auto *other) { return one->y() < other->y(); });
        return rows;
    }
    DeathCauseRow *row(int index) const { return rows().value(index); }
    QStringList titles() const
    {
        QStringList titles;
        for (const auto *one : rows()) {
            titles.append(one->findChild<QToolButton *>()->text());
        }
        return titles;
    }
    QPushButton *button(int index, const QString &text) const
    {
        for (auto *one : row(index)->findChildren<QPushButton *>()) {
            if (one->text() == text) {
                return one;
            }
        }
        return nullptr;
    }
    FilterChip *chip(const QString &name) const
    {
        for (auto *one : m_page->findChildren<FilterChip *>()) {
            if (one->text() == name) {
                return one;
            }
        }
        return nullptr;
    }
    QToolButton *grouping() const
    {
        for (auto *one : m_page->findChildren<QToolButton *>()) {
            if (one->text() == u"Group by Cause"_s) {
                return one;
            }
        }
        return nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Preferences> m_preferences;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<DeliveriesPage> m_page;
    QString m_hook;
};

QTEST_MAIN(TestDeathCauses)
#include "tst_deathcauses.moc"
