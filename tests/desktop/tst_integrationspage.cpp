// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionregistry.h"
#include "codeeditor.h"
#include "deliverytext.h"
#include "emptystate.h"
#include "enginetesting.h"
#include "integrationsmodel.h"
#include "integrationspage.h"
#include "integrationwords.h"
#include "issuesedit.h"
#include "memorysecrets.h"
#include "mutemenu.h"
#include "preferences.h"
#include "problemlabel.h"
#include "sendeventdialog.h"
#include "tableproxy.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms

IntegrationState stateOf(const QString &id, std::optional<IntegrationStatus> status, const QStringList &issues = {})
{
    Json list = Json::array();
    for (const QString &issue : issues) {
        list.push_back(Json{{"status", "Error"}, {"message", toJson(issue)}});
    }
    return {.id = id,
            .name = id.toUpper(),
            .type = u"mysql"_s,
            .status = status,
            .since = QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC),
            .lastEventAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC),
            .issues = list};
}

} // namespace

/// The Integrations page and Send event…, over a real outbox.
class TestIntegrationsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_unique<Engine>(EngineOptions{.profile = m_folder->path(), .credentialsFolder = {}},
                                            std::make_unique<MemorySecrets>(std::make_shared<MemorySecrets::Values>()));
        QVERIFY(openProfile(*m_engine));
        QVERIFY(await<Result<void>>([this](QObject *context, auto reply) { m_engine->openOutbox(context, reply); }));
        m_preferences = std::make_unique<Preferences>(m_folder->path());
        m_page = std::make_unique<IntegrationsPage>(*m_engine, m_actions, *m_preferences);
        m_page->show();
        m_page->setOutbox(m_engine->outbox());
    }

    void cleanup()
    {
        m_page.reset();
        m_preferences.reset();
        m_engine.reset();
    }

    void modelMergesRows()
    {
        IntegrationsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setIntegrations({stateOf(u"a"_s, IntegrationStatus::Active), stateOf(u"b"_s, {})});
        const QPersistentModelIndex second(model.indexOf(u"b"_s));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setIntegrations({stateOf(u"b"_s, IntegrationStatus::Error, {u"one"_s, u"two"_s}), stateOf(u"c"_s, {})});
        QVERIFY(second.isValid());
        QCOMPARE(changes.size(), 1);
        QCOMPARE(model.rowCount(), 2);
        const auto text = [&](IntegrationsModel::Column column) {
            return second.sibling(second.row(), column).data().toString();
        };
        QCOMPARE(text(IntegrationsModel::Status), u"Error"_s);
        QCOMPARE(text(IntegrationsModel::Issues), u"Error: one (and 1 more)"_s);
        QCOMPARE(second.sibling(second.row(), IntegrationsModel::Issues).data(Qt::ToolTipRole).toString(),
                 u"Error: one\nError: two"_s);
        QCOMPARE(model.indexOf(u"c"_s, IntegrationsModel::Status).data().toString(), u"No event yet"_s);
    }

    void modelCountsWhatFires()
    {
        IntegrationsModel model;
        model.setIntegrations({stateOf(u"a"_s, {})});
        Webhook any = sampleWebhook(u"any"_s);
        Webhook errors = sampleWebhook(u"errors"_s);
        errors.filters.statuses = {IntegrationStatus::Error};
        model.setWebhooks({any});
        QVERIFY(model.indexOf(u"a"_s, IntegrationsModel::Fires).data().toString().startsWith("1 webhook"_L1));
        model.setWebhooks({any, errors});
        QCOMPARE(model.indexOf(u"a"_s, IntegrationsModel::Fires).data().toString(), u"Warning 1, Error 2"_s);
    }

    void sortsTheWorstFirst()
    {
        IntegrationsModel model;
        TableProxy proxy({.nameColumn = IntegrationsModel::Name,
                          .search = IntegrationsModel::SearchRole,
                          .sort = IntegrationsModel::SortRole});
        proxy.setSourceModel(&model);
        model.setIntegrations({stateOf(u"a"_s, IntegrationStatus::Active), stateOf(u"b"_s, {}),
                               stateOf(u"c"_s, IntegrationStatus::Error, {u"replica lost"_s}),
                               stateOf(u"d"_s, IntegrationStatus::Warning)});
        proxy.sort(IntegrationsModel::Status);
        QString order;
        for (int row = 0; row < proxy.rowCount(); ++row) {
            order += proxy.index(row, IntegrationsModel::Id).data().toString();
        }
        QCOMPARE(order, u"cdab"_s);
        proxy.setSearch(u"REPLICA mysql"_s);
        QCOMPARE(proxy.rowCount(), 1);
    }

    void emptyPageOffersToSend()
    {
        auto *empty = m_page->findChild<EmptyState *>(u"emptyWidget"_s);
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), patience);
        empty->findChild<QPushButton *>()->click();
        QVERIFY(dialog());
    }

    void showsWhatArrivesAndItsIssues()
    {
        QSignalSpy counts(m_page.get(), &IntegrationsPage::countChanged);
        send(u"orders-db"_s, IntegrationStatus::Error, {u"first"_s, u"second"_s});
        auto *issues = m_page->findChild<QLabel *>(u"issuesLabel"_s);
        QTRY_COMPARE_WITH_TIMEOUT(issues->text(), u"Error: first\nError: second"_s, patience);
        QVERIFY(issues->isVisible());
        QCOMPARE(counts.constLast().constFirst().toInt(), 1);
        send(u"orders-db"_s, IntegrationStatus::Active, {});
        QTRY_VERIFY_WITH_TIMEOUT(!issues->isVisible(), patience);
        m_page->findChild<QLineEdit *>(u"searchLineEdit"_s)->setText(u"elsewhere"_s);
        QVERIFY(m_page->findChild<EmptyState *>(u"nothingFoundWidget"_s)->isVisible());
        QVERIFY(m_page->stepBack());
        QVERIFY(!m_page->stepBack());
        auto *table = m_page->findChild<QTableView *>();
        QVERIFY(table->isVisible());
        m_page->resize(1400, 600);
        QVERIFY(!table->isColumnHidden(IntegrationsModel::Id));
        m_page->resize(900, 600);
        QVERIFY(table->isColumnHidden(IntegrationsModel::Id));
    }

    void aRowsMenuLeadsToItsDeliveries()
    {
        send(u"orders-db"_s, IntegrationStatus::Error, {u"first"_s});
        auto *table = m_page->findChild<QTableView *>();
        QTRY_VERIFY_WITH_TIMEOUT(table->currentIndex().isValid(), patience);
        QSignalSpy asked(m_page.get(), &IntegrationsPage::deliveriesOfRequested);
        QStringList offered;
        QTimer open;
        connect(&open, &QTimer::timeout, this, [&] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            if (!menu) {
                return;
            }
            open.stop();
            for (auto *action : menu->actions()) {
                offered.append(action->text().remove(u'&'));
            }
            menu->actions().constFirst()->trigger();
            menu->close();
        });
        open.start(10);
        Q_EMIT table->customContextMenuRequested(QPoint(5, 5));
        QCOMPARE(offered, (QStringList{u"Show deliveries"_s, u"Send Event…"_s, {}, u"Mute"_s, {}, u"Columns"_s}));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.constFirst().constFirst().toString(), u"orders-db"_s);
    }

    void floodsStayInTheirPlace()
    {
        const QString flood(200'000, u'n');
        Json issues = Json::array();
        for (int i = 0; i < 2000; ++i) {
            issues.push_back(Json{{"status", "Error"}, {"message", "one\ntwo " + toJson(flood).get<std::string>()}});
        }
        const QString shown = issuesToShow(issues);
        QCOMPARE(shown.count(u'\n'), 8);
        QVERIFY(shown.size() < 4000);
        QVERIFY(shown.startsWith("Error: one two nnn"_L1));
        QCOMPARE(shortened(flood).size(), 80);
        QCOMPARE(shortened(u"orders\ndb"_s), u"orders db"_s);
    }

    void forecastInWordsSaysWhy_data()
    {
        QTest::addColumn<int>("obstacles");
        QTest::addColumn<QString>("words");
        const auto bits = [](FiringObstacles obstacles) {
            return static_cast<int>(obstacles);
        };
        QTest::newRow("none") << bits({}) << u"fires"_s;
        QTest::newRow("inactive") << bits(FiringObstacle::Inactive) << u"is inactive"_s;
        QTest::newRow("id") << bits(FiringObstacle::Integration) << u"its Integration filter does not include a"_s;
        QTest::newRow("type") << bits(FiringObstacle::Type) << u"its Type filter does not include mysql"_s;
        QTest::newRow("status") << bits(FiringObstacle::Status) << u"its Status filter does not include Error"_s;
        QTest::newRow("two") << bits(FiringObstacle::Inactive | FiringObstacle::Type)
                             << u"is inactive; its Type filter does not include mysql"_s;
    }

    void forecastInWordsSaysWhy()
    {
        QFETCH(const int, obstacles);
        QFETCH(const QString, words);
        const IntegrationEvent event{.integrationId = u"a"_s,
                                     .integrationName = u"A"_s,
                                     .integrationType = u"mysql"_s,
                                     .status = IntegrationStatus::Error,
                                     .document = {}};
        QCOMPARE(firingInWords(lineOf(FiringObstacles(obstacles)), event), words);
    }

    void firingInWordsSaysWhatWaits()
    {
        using namespace std::chrono_literals;
        const IntegrationEvent event{.integrationId = u"a"_s,
                                     .integrationName = u"A"_s,
                                     .integrationType = u"mysql"_s,
                                     .status = IntegrationStatus::Error,
                                     .document = {}};
        FiringForecast::Line line = lineOf({});
        line.settle = 30s;
        QCOMPARE(firingInWords(line, event), u"fires once Error has lasted 30 s"_s);
        line.supersedes = true;
        QCOMPARE(firingInWords(line, event),
                 u"fires once Error has lasted 30 s; an earlier status that has not lasted so long is not sent"_s);
        line.keep = KeptEvents::Newest;
        line.obstacles = FiringObstacle::Status;
        QCOMPARE(firingInWords(line, event),
                 u"its Status filter does not include Error; an earlier status that still waits is not sent"_s);
        line.settle = 0s;
        line.obstacles = {};
        QCOMPARE(firingInWords(line, event), u"fires; an earlier status that still waits is not sent"_s);
    }

    void firingInWordsKnowsMutes()
    {
        const IntegrationEvent event{.integrationId = u"a"_s,
                                     .integrationName = u"A"_s,
                                     .integrationType = u"mysql"_s,
                                     .status = IntegrationStatus::Error,
                                     .document = {}};
        const auto now = QDateTime::currentDateTime();
        FiringForecast::Line line = lineOf({});
        line.settle = std::chrono::seconds(30);
        line.mute = Mute{.subject = {.kind = MuteSubject::Kind::Webhook, .id = u"1"_s}, .since = now};
        QCOMPARE(firingInWords(line, event), u"fires when it is unmuted"_s);
        line.mute->until = now.addDays(300);
        line.supersedes = true;
        QCOMPARE(firingInWords(line, event),
                 u"fires when the mute ends, %1; an earlier status that still waits is not sent"_s.arg(
                     shortTime(*line.mute->until)));
        line.obstacles = FiringObstacle::Inactive;
        line.supersedes = false;
        QCOMPARE(firingInWords(line, event), u"is inactive"_s);
    }

    void mutesAnIntegrationAndUnmutesIt()
    {
        addWebhook(sampleWebhook(u"any"_s));
        send(u"orders-db"_s, IntegrationStatus::Error, {u"first"_s});
        const auto fires = [this] {
            return m_page->model().indexOf(u"orders-db"_s, IntegrationsModel::Fires).data().toString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(m_actions[Command::Mute].isEnabled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(fires().startsWith("1 webhook"_L1), patience);
        QVERIFY(!m_actions[Command::Unmute].isEnabled());
        QStringList said;
        connect(m_page.get(), &IntegrationsPage::message, this,
                [&said](const MessageBar::Message &message) { said.append(message.text); });
        m_actions[Command::Mute].trigger();
        auto *menu = m_page->findChild<MuteMenu *>();
        QTRY_COMPARE_WITH_TIMEOUT(QApplication::activePopupWidget(), menu, patience);
        menu->actions().at(4)->trigger(); // until unmuted
        menu->close();
        QTRY_COMPARE_WITH_TIMEOUT(fires(), u"Muted until unmuted"_s, patience);
        QTRY_COMPARE_WITH_TIMEOUT(said, QStringList{u"ORDERS-DB is muted until unmuted."_s}, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_actions[Command::Unmute].isEnabled(), patience);
        QVERIFY(m_page->model()
                    .indexOf(u"orders-db"_s, IntegrationsModel::Fires)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains("1 webhook"_L1));

        openDialog();
        dialog()->choose(u"orders-db"_s);
        dialog()->findChild<QComboBox *>(u"statusComboBox"_s)->setCurrentText(u"Warning"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            forecastLines(),
            QStringList{u"any: fires when it is unmuted; an earlier status that still waits is not sent"_s}, patience);
        dialog()->reject();

        m_actions[Command::Unmute].trigger();
        QTRY_VERIFY_WITH_TIMEOUT(fires().startsWith("1 webhook"_L1), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_actions[Command::Unmute].isEnabled(), patience);
        QCOMPARE(said.constLast(), u"ORDERS-DB is not muted any more."_s);
    }

    void dialogForecastsSendsAndSuppresses()
    {
        addWebhook(sampleWebhook(u"any"_s));
        Webhook idle = sampleWebhook(u"idle"_s);
        idle.active = false;
        addWebhook(idle);
        openDialog();
        QVERIFY(!sendButton()->isEnabled());
        fillIn();
        QTRY_COMPARE_WITH_TIMEOUT(forecastLines(), QStringList({u"any: fires"_s, u"idle: is inactive"_s}), patience);
        QVERIFY(forecast().startsWith("1 webhook"_L1));
        sendButton()->setFocus();
        sendButton()->click();
        QCOMPARE(dialog()->focusWidget(), dialog()->findChild<QPushButton *>(u"closePushButton"_s));
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith("Accepted, 1 webhook"_L1), patience);
        QVERIFY(dialog()->findChild<QPushButton *>(u"deliveriesPushButton"_s)->isVisible());
        QCOMPARE(dialog()->focusWidget(), sendButton());

        QTRY_VERIFY_WITH_TIMEOUT(forecast().startsWith("Suppressed: the status is Error since"_L1), patience);
        QCOMPARE(forecastLines().constFirst(), u"any: would fire if the status changed"_s);
        sendButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith("Accepted and suppressed."_L1), patience);
        QVERIFY(!dialog()->findChild<QPushButton *>(u"deliveriesPushButton"_s)->isVisible());

        dialog()->findChild<QCheckBox *>(u"forceCheckBox"_s)->click();
        QCOMPARE(forecastLines().constFirst(), u"any: fires"_s);
        sendButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith("Accepted, 1 webhook"_L1), patience);
        const auto counts = await<Result<DeliveryCounts>>(
            [this](QObject *context, auto reply) { m_engine->outbox().counts(context, reply); });
        QCOMPARE(counts->unfinished(), 2);
        QSignalSpy requests(m_page.get(), &IntegrationsPage::deliveriesRequested);
        dialog()->findChild<QPushButton *>(u"deliveriesPushButton"_s)->click();
        QCOMPARE(requests.size(), 1);
    }

    void dialogSaysWhatWaits()
    {
        Webhook webhook = sampleWebhook(u"patient"_s);
        webhook.settle = std::chrono::minutes(5);
        addWebhook(webhook);
        openDialog();
        fillIn();
        QTRY_COMPARE_WITH_TIMEOUT(forecastLines(), QStringList{u"patient: fires once Error has lasted 5 min"_s},
                                  patience);
    }

    void formAndJsonAreInStep()
    {
        openDialog();
        fillIn();
        auto *json = dialog()->findChild<CodeEditor *>(u"jsonEditor"_s);
        QVERIFY(json->text().contains("\"orders-db\""_L1));
        auto *issues = dialog()->findChild<IssuesEdit *>();
        auto *message = issues->findChild<QLineEdit *>();
        message->setText(u"disk full"_s);
        QVERIFY(json->text().contains("disk full"_L1));
        QCOMPARE(issues->findChildren<QLineEdit *>().size(), 2);
        json->setText(json->text().replace("\"Error\""_L1, "\"Warning\""_L1).replace("disk full"_L1, "slow"_L1));
        QCOMPARE(dialog()->findChild<QComboBox *>(u"statusComboBox"_s)->currentText(), u"Warning"_s);
        QCOMPARE(issues->issues(), (QList<EventDraft::Issue>{{.status = u"Warning"_s, .message = u"slow"_s}}));

        json->setText(u"{\n  \"event_type\": }"_s);
        auto *form = dialog()->findChild<QWidget *>(u"formWidget"_s);
        QVERIFY(!form->isEnabled());
        QVERIFY(!sendButton()->isEnabled());
        QCOMPARE(json->problems().size(), 1);
        QCOMPARE(json->problems().constFirst().position.line, 2);
        const QString said = json->accessibleDescription();
        QCOMPARE(said.count("ine 2"_L1), 1);
        QCOMPARE(json->text(), u"{\n  \"event_type\": }"_s);
    }

    void saysWhatIsMissingOnceSomethingIsThere()
    {
        openDialog();
        const auto *id = dialog()->findChild<ProblemLabel *>(u"idProblemLabel"_s);
        QCOMPARE(id->text(), QString());
        QVERIFY2(forecast().endsWith(u"ID is empty."_s), qPrintable(forecast()));
        dialog()->findChild<QLineEdit *>(u"nameLineEdit"_s)->setText(u"Orders"_s);
        QCOMPARE(id->text(), u"ID is empty."_s); // of the JSON's paths and lines, the form shows none
        dialog()->findChild<QLineEdit *>(u"idLineEdit"_s)->setText(u"orders-db"_s);
        QCOMPARE(id->text(), QString());
        QVERIFY2(!forecast().contains(u"not complete"_s), qPrintable(forecast()));
    }

    void issuesCanBeRemoved()
    {
        IssuesEdit edit;
        edit.setIssues({{.status = u"Error"_s, .message = u"one"_s}, {.status = u"Odd"_s, .message = u"two"_s}});
        QSignalSpy changes(&edit, &IssuesEdit::changed);
        QCOMPARE(edit.summary(), u"2 issue(s)"_s);
        edit.findChild<QToolButton *>()->click();
        QCOMPARE(edit.issues(), (QList<EventDraft::Issue>{{.status = u"Odd"_s, .message = u"two"_s}}));
        QCOMPARE(changes.size(), 1);
    }

private:
    static FiringForecast::Line lineOf(FiringObstacles obstacles)
    {
        return {.webhookId = u"1"_s, .webhookName = u"any"_s, .obstacles = obstacles};
    }

    SendEventDialog *dialog() { return m_page->findChild<SendEventDialog *>(); }
    QPushButton *sendButton() { return dialog()->findChild<QPushButton *>(u"sendPushButton"_s); }
    QString forecast() { return dialog()->findChild<QLabel *>(u"forecastLabel"_s)->text(); }
    QString result()
    {
        const auto *label = dialog()->findChild<QLabel *>(u"resultLabel"_s);
        return label->isVisible() ? label->text() : QString();
    }

    QStringList forecastLines()
    {
        QStringList lines;
        const auto *list = dialog()->findChild<QListWidget *>(u"webhooksListWidget"_s);
        for (int row = 0; row < list->count(); ++row) {
            lines.append(list->item(row)->text());
        }
        return lines;
    }

    void openDialog()
    {
        m_page->sendEvent();
        QVERIFY(dialog());
    }

    void fillIn()
    {
        dialog()->findChild<QLineEdit *>(u"idLineEdit"_s)->setText(u"orders-db"_s);
        dialog()->findChild<QLineEdit *>(u"nameLineEdit"_s)->setText(u"Orders"_s);
        dialog()->findChild<QLineEdit *>(u"typeLineEdit"_s)->setText(u"postgresql"_s);
    }

    void addWebhook(const Webhook &webhook)
    {
        QVERIFY(ended(m_engine->save({.webhook = webhook, .secretHeaders = {}, .plainHeaders = {}})));
    }

    void send(const QString &id, IntegrationStatus status, const QStringList &issues)
    {
        const IntegrationState state = stateOf(id, status, issues);
        const Json document{{"event_type", "x"},
                            {"event_time", 1},
                            {"data",
                             Json{{"id", toJson(id)},
                                  {"name", toJson(state.name)},
                                  {"type", toJson(state.type)},
                                  {"status", toJson(toString(status))},
                                  {"issues", state.issues}}}};
        const auto accepted = await<Result<QList<AcceptedEvent>>>([&](QObject *context, auto reply) {
            m_engine->outbox().accept({integrationEventFromJson(document).value()}, false, context, reply);
        });
        QVERIFY(accepted);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Preferences> m_preferences;
    QWidget m_keys; // those of the window
    ActionRegistry m_actions{&m_keys};
    std::unique_ptr<IntegrationsPage> m_page;
};

QTEST_MAIN(TestIntegrationsPage)
#include "tst_integrationspage.moc"
