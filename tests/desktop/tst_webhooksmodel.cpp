// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "activitystrip.h"
#include "filtersentence.h"
#include "gotodialog.h"
#include "humantime.h"
#include "tableproxy.h"
#include "webhooksmodel.h"
#include "webhookwords.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestWebhooksModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void rowsTellAll();
    void refreshMerges();
    void deliveriesAreTold();
    void hoursAreMarked_data();
    void hoursAreMarked();
    void testingIsShown();
    void whatACheckFoundIsMarked();
    void renamingIsAskedFor();
    void sortsAsAPersonWould();
    void whatWasNeverTestedComesFirst();
    void searchTakesEveryWord_data();
    void searchTakesEveryWord();
    void firingCondition_data();
    void firingCondition();
    void hostInWords_data();
    void hostInWords();
    void relativeTimes_data();
    void relativeTimes();
    void goToPrefersTheStart();

private:
    std::unique_ptr<WebhooksModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

StoredWebhook stored(const QString &name, bool active = true)
{
    StoredWebhook row;
    row.webhook.id = u"id-"_s + name;
    row.webhook.name = name;
    row.webhook.active = active;
    row.webhook.url = u"https://%1.example/path"_s.arg(name);
    return row;
}

InvocationSummary summary(Verdict verdict, int status, const QString &reason, int secondsAgo)
{
    InvocationSummary summary;
    summary.startedAt = QDateTime::currentDateTimeUtc().addSecs(-secondsAgo);
    summary.verdict = verdict;
    summary.reason = Sentence(reason);
    summary.httpStatus = status;
    return summary;
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        names.append(model.index(row, WebhooksModel::Name).data().toString());
    }
    return names;
}

} // namespace

void TestWebhooksModel::init()
{
    m_model = std::make_unique<WebhooksModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestWebhooksModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

void TestWebhooksModel::rowsTellAll()
{
    StoredWebhook passed = stored(u"passed"_s);
    passed.lastInvocation = summary(Verdict::Successful, 202, {}, 5);
    StoredWebhook failed = stored(u"failed"_s, false);
    failed.webhook.method = HttpMethod::Put;
    failed.lastInvocation = summary(Verdict::Failed, 0, u"The name is not known."_s, 600);
    m_model->setWebhooks({passed, failed, stored(u"untested"_s)});

    const auto text = [this](int row, int column, int role = Qt::DisplayRole) {
        return m_model->index(row, column).data(role).toString();
    };
    QCOMPARE(text(0, WebhooksModel::Status), QString());
    QCOMPARE(text(0, WebhooksModel::Status, Qt::AccessibleTextRole), u"Active"_s);
    QCOMPARE(text(1, WebhooksModel::Status, Qt::AccessibleTextRole), u"Inactive"_s);
    QCOMPARE(text(1, WebhooksModel::Name), u"failed"_s);
    QCOMPARE(text(1, WebhooksModel::Method), u"PUT"_s);
    QCOMPARE(text(1, WebhooksModel::Host), u"failed.example"_s);
    QCOMPARE(text(1, WebhooksModel::Fires), u"Any integration turns Warning or Error"_s);
    QCOMPARE(text(0, WebhooksModel::LastResult), u"Test successful · 202"_s);
    QCOMPARE(text(1, WebhooksModel::LastResult), u"Test failed · The name is not known."_s);
    QCOMPARE(text(1, WebhooksModel::LastResult, Qt::ToolTipRole), u"The name is not known."_s);
    QCOMPARE(text(2, WebhooksModel::LastResult), u"Not tested yet"_s);
    QCOMPARE(text(0, WebhooksModel::When), u"just now"_s);
    QVERIFY(text(1, WebhooksModel::When).contains(u"10 minute"_s)
            || text(1, WebhooksModel::When).contains(u"yesterday"_s));
    QVERIFY(!m_model->index(0, WebhooksModel::Status).data(Qt::DecorationRole).isNull());
    for (int column = 0; column < WebhooksModel::ColumnCount; ++column) {
        QVERIFY(!m_model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty());
    }
}

void TestWebhooksModel::refreshMerges()
{
    m_model->setWebhooks({stored(u"a"_s), stored(u"b"_s), stored(u"c"_s)});
    const QPersistentModelIndex kept = m_model->indexOf(u"id-c"_s);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);

    StoredWebhook renamed = stored(u"c"_s);
    renamed.webhook.name = u"see"_s;
    m_model->setWebhooks({stored(u"a"_s), renamed, stored(u"d"_s)});
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data().toString(), u"see"_s);
    QCOMPARE(names(*m_model), (QStringList{u"a"_s, u"see"_s, u"d"_s}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(reset.size(), 0);
    QVERIFY(!m_model->find(u"id-b"_s));

    m_model->setWebhooks({stored(u"a"_s), renamed, stored(u"d"_s)});
    QCOMPARE(changed.size(), 1);
    m_model->setWebhooks({});
    QCOMPARE(m_model->rowCount(), 0);
}

void TestWebhooksModel::deliveriesAreTold()
{
    m_model->setWebhooks({stored(u"fired"_s), stored(u"idle"_s)});
    const auto at = [this](int row, int column, int role = Qt::DisplayRole) {
        return m_model->index(row, column).data(role);
    };
    QCOMPARE(at(1, WebhooksModel::LastDelivery).toString(), QString());
    QVERIFY(!at(0, WebhooksModel::Hours, WebhooksModel::StripRole).isValid());

    const auto now = QDateTime::currentDateTimeUtc();
    Delivery delivery;
    delivery.state = DeliveryState::Dead;
    delivery.createdAt = now.addSecs(-7200);
    delivery.finishedAt = now.addSecs(-300);
    delivery.lastReason = Sentence(u"The target answered 500."_s);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    const QHash<QString, WebhookActivity> activity{
        {u"id-fired"_s,
         {.last = delivery, .spans = {{.start = now.addSecs(-3600), .delivered = 1200, .failed = 3, .dead = 1}}}}};
    m_model->setActivity(activity);
    QCOMPARE(changed.size(), 1);
    m_model->setActivity(activity);
    QCOMPARE(changed.size(), 1);

    QCOMPARE(at(0, WebhooksModel::LastDelivery).toString(), u"5 minute(s) ago"_s);
    QVERIFY(!at(0, WebhooksModel::LastDelivery, Qt::DecorationRole).value<QIcon>().isNull());
    QCOMPARE(at(0, WebhooksModel::LastDelivery, Qt::AccessibleTextRole).toString(), u"Dead, 5 minute(s) ago"_s);
    QVERIFY(at(0, WebhooksModel::LastDelivery, Qt::ToolTipRole).toString().contains(delivery.lastReason));
    QCOMPARE(at(1, WebhooksModel::LastDelivery).toString(), u"None yet"_s);
    QCOMPARE(at(0, WebhooksModel::Hours).toString(), QString());
    for (const int role : {int(Qt::AccessibleTextRole), int(Qt::ToolTipRole)}) {
        QCOMPARE(at(0, WebhooksModel::Hours, role).toString(),
                 u"24 hours: %1 delivered, 3 failed, 1 dead"_s.arg(QLocale().toString(1200)));
        QCOMPARE(at(1, WebhooksModel::Hours, role).toString(), u"24 hours: no deliveries"_s);
    }
}

void TestWebhooksModel::hoursAreMarked_data()
{
    using Mark = ActivityStrip::Mark;
    QTest::addColumn<int>("hoursAgo");
    QTest::addColumn<DeliveryOutcomes>("outcomes");
    QTest::addColumn<int>("place");
    QTest::addColumn<int>("mark");
    const auto row = [](const char *name, int hoursAgo, DeliveryOutcomes outcomes, int place, Mark mark) {
        QTest::newRow(name) << hoursAgo << outcomes << place << int(mark);
    };
    row("this hour", 0, {.start = {}, .delivered = 2}, 23, Mark::Delivered);
    row("the oldest", 23, {.start = {}, .delivered = 1}, 0, Mark::Delivered);
    row("too old", 24, {.start = {}, .delivered = 1}, 0, Mark::Nothing);
    row("of a clock that was ahead", -1, {.start = {}, .delivered = 1}, 23, Mark::Nothing);
    row("failures go before", 5, {.start = {}, .delivered = 9, .failed = 1}, 18, Mark::Failed);
    row("deaths go before all", 5, {.start = {}, .delivered = 9, .failed = 1, .dead = 1}, 18, Mark::Dead);
}

void TestWebhooksModel::hoursAreMarked()
{
    QFETCH(int, hoursAgo);
    QFETCH(DeliveryOutcomes, outcomes);
    QFETCH(int, place);
    QFETCH(int, mark);
    const QDateTime now({2026, 3, 4}, {12, 59, 59}, Qt::UTC);
    outcomes.start = QDateTime({2026, 3, 4}, {12, 0}, Qt::UTC).addSecs(-3600 * hoursAgo);
    const ActivityStrip strip({outcomes}, now);
    for (int hour = 0; hour < ActivityStrip::hours; ++hour) {
        QCOMPARE(int(strip.marks.at(static_cast<std::size_t>(hour))), hour == place ? mark : 0);
    }
    const bool counts = mark != int(ActivityStrip::Mark::Nothing);
    QCOMPARE(strip.delivered, counts ? outcomes.delivered : 0);
    QCOMPARE(strip.failed, counts ? outcomes.failed : 0);
    QCOMPARE(strip.dead, counts ? outcomes.dead : 0);
}

void TestWebhooksModel::testingIsShown()
{
    m_model->setWebhooks({stored(u"a"_s)});
    m_model->setTesting(u"id-a"_s, true);
    QCOMPARE(m_model->index(0, WebhooksModel::LastResult).data().toString(), u"Testing…"_s);
    m_model->setTesting(u"id-a"_s, false);
    QCOMPARE(m_model->index(0, WebhooksModel::LastResult).data().toString(), u"Not tested yet"_s);
    m_model->setTesting(u"gone"_s, true);
}

void TestWebhooksModel::whatACheckFoundIsMarked()
{
    auto row = stored(u"alpha"_s);
    row.version = 7;
    m_model->setWebhooks({row, stored(u"beta"_s)});
    const auto index = m_model->indexOf(row.webhook.id);
    WebhookCheckResult result;
    result.webhookId = row.webhook.id;
    result.webhookName = row.webhook.name;
    result.version = 7;
    result.checkedAt = QDateTime::currentDateTimeUtc();
    result.lines = {
        {.subject = CheckSubject::Name, .found = Sentence(u"It was found."_s)},
        {.subject = CheckSubject::Certificate, .state = CheckState::Warning, .found = Sentence(u"It ends soon."_s)}};
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setChecks({{row.webhook.id, result}});
    QCOMPARE(changed.size(), 1);
    QVERIFY(!m_model->data(index, Qt::DecorationRole).value<QIcon>().isNull());
    QCOMPARE(m_model->data(index).toString(), u"alpha"_s);
    for (const auto role : {int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)}) {
        const auto words = m_model->data(index, role).toString();
        QVERIFY2(words.startsWith(u"alpha"_s) && words.contains(u"Certificate: It ends soon."_s), qPrintable(words));
        QVERIFY(!words.contains(u"It was found."_s));
    }
    QVERIFY(!m_model->data(m_model->indexOf(u"id-beta"_s), Qt::DecorationRole).isValid());

    result.lines[1].state = CheckState::Ok;
    m_model->setChecks({{row.webhook.id, result}});
    QVERIFY(!m_model->data(index, Qt::DecorationRole).isValid());

    result.lines[1].state = CheckState::Failed;
    m_model->setChecks({{row.webhook.id, result}});
    QVERIFY(m_model->data(index, Qt::DecorationRole).isValid());
    row.version = 8; // what was checked is no longer there
    m_model->setWebhooks({row, stored(u"beta"_s)});
    QVERIFY(!m_model->data(index, Qt::DecorationRole).isValid());
    QCOMPARE(m_model->data(index, Qt::AccessibleTextRole).toString(), u"alpha"_s);
}

void TestWebhooksModel::renamingIsAskedFor()
{
    m_model->setWebhooks({stored(u"a"_s)});
    QSignalSpy asked(m_model.get(), &WebhooksModel::renameRequested);
    const QModelIndex name = m_model->index(0, WebhooksModel::Name);
    QVERIFY(m_model->setData(name, u"  new name "_s));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first(), (QVariantList{u"id-a"_s, u"new name"_s}));
    QCOMPARE(name.data().toString(), u"a"_s);
    QVERIFY(m_model->setData(name, u"a"_s));
    QCOMPARE(asked.size(), 1);
    QVERIFY(!m_model->setData(m_model->index(0, WebhooksModel::Host), u"b"_s));
    QVERIFY(!(m_model->flags(m_model->index(0, WebhooksModel::Host)) & Qt::ItemIsEditable));
}

void TestWebhooksModel::sortsAsAPersonWould()
{
    m_model->setWebhooks({stored(u"hook10"_s), stored(u"Hook2"_s), stored(u"alpha"_s, false), stored(u"Beta"_s)});
    TableProxy proxy(
        {.nameColumn = WebhooksModel::Name, .search = WebhooksModel::SearchRole, .sort = WebhooksModel::SortRole});
    const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy.setSourceModel(m_model.get());
    proxy.sort(WebhooksModel::Name);
    QCOMPARE(names(proxy), (QStringList{u"alpha"_s, u"Beta"_s, u"Hook2"_s, u"hook10"_s}));
    proxy.sort(WebhooksModel::Status);
    QCOMPARE(names(proxy), (QStringList{u"Beta"_s, u"Hook2"_s, u"hook10"_s, u"alpha"_s}));
}

void TestWebhooksModel::whatWasNeverTestedComesFirst()
{
    StoredWebhook recent = stored(u"recent"_s);
    recent.lastInvocation = summary(Verdict::Successful, 200, {}, 1);
    StoredWebhook old = stored(u"old"_s);
    old.lastInvocation = summary(Verdict::Failed, 500, {}, 9000);
    m_model->setWebhooks({recent, stored(u"never"_s), old});
    TableProxy proxy(
        {.nameColumn = WebhooksModel::Name, .search = WebhooksModel::SearchRole, .sort = WebhooksModel::SortRole});
    proxy.setSourceModel(m_model.get());
    proxy.sort(WebhooksModel::When);
    QCOMPARE(names(proxy), (QStringList{u"never"_s, u"old"_s, u"recent"_s}));
    proxy.sort(WebhooksModel::When, Qt::DescendingOrder);
    QCOMPARE(names(proxy), (QStringList{u"recent"_s, u"old"_s, u"never"_s}));
}

void TestWebhooksModel::searchTakesEveryWord_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("nothing") << QString() << QStringList{u"datadog"_s, u"slack"_s};
    QTest::newRow("name, any case") << u"DATA"_s << QStringList{u"datadog"_s};
    QTest::newRow("host") << u"slack.example"_s << QStringList{u"slack"_s};
    QTest::newRow("method") << u"patch"_s << QStringList{u"slack"_s};
    QTest::newRow("filter") << u"mysql"_s << QStringList{u"datadog"_s};
    QTest::newRow("integration's name") << u"orders"_s << QStringList{u"slack"_s};
    QTest::newRow("activity") << u"inactive"_s << QStringList{u"slack"_s};
    QTest::newRow("two words") << u" example  mysql "_s << QStringList{u"datadog"_s};
    QTest::newRow("one word too many") << u"mysql patch"_s << QStringList{};
}

void TestWebhooksModel::searchTakesEveryWord()
{
    QFETCH(const QString, search);
    QFETCH(const QStringList, found);
    StoredWebhook datadog = stored(u"datadog"_s);
    datadog.webhook.filters.types = {u"mysql"_s};
    StoredWebhook slack = stored(u"slack"_s, false);
    slack.webhook.method = HttpMethod::Patch;
    slack.webhook.filters.integrations = {u"17"_s};
    m_model->setWebhooks({datadog, slack});
    m_model->setKnown({{.id = u"17"_s, .name = u"orders-db"_s, .type = {}}});
    TableProxy proxy(
        {.nameColumn = WebhooksModel::Name, .search = WebhooksModel::SearchRole, .sort = WebhooksModel::SortRole});
    proxy.setSourceModel(m_model.get());
    proxy.sort(WebhooksModel::Name);
    proxy.setSearch(search);
    QCOMPARE(names(proxy), found);
}

void TestWebhooksModel::firingCondition_data()
{
    using enum IntegrationStatus;
    QTest::addColumn<QStringList>("integrations");
    QTest::addColumn<QStringList>("types");
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<QString>("words");
    const auto number = [](IntegrationStatus status) {
        return static_cast<int>(status);
    };
    QTest::newRow("empty") << QStringList{} << QStringList{} << QList<int>{}
                           << u"Any integration turns Warning or Error"_s;
    QTest::newRow("one status") << QStringList{} << QStringList{} << QList{number(Active)}
                                << u"Any integration turns Active"_s;
    QTest::newRow("types") << QStringList{} << QStringList{u"postgresql"_s, u"mysql"_s} << QList{number(Error)}
                           << u"A postgresql or mysql integration turns Error"_s;
    QTest::newRow("integrations") << QStringList{u"1"_s, u"unknown"_s} << QStringList{} << QList{number(Error)}
                                  << u"orders-db or unknown turns Error"_s;
    QTest::newRow("all") << QStringList{u"1"_s} << QStringList{u"mysql"_s}
                         << QList{number(Active), number(Warning), number(Error)}
                         << u"orders-db, if its type is mysql, turns Active, Warning or Error"_s;
}

void TestWebhooksModel::firingCondition()
{
    QFETCH(const QStringList, integrations);
    QFETCH(const QStringList, types);
    QFETCH(const QList<int>, statuses);
    QFETCH(const QString, words);
    Filters filters{.integrations = integrations, .types = types, .statuses = {}};
    for (const int status : statuses) {
        filters.statuses.append(static_cast<IntegrationStatus>(status));
    }
    QCOMPARE(Tocsin::firingCondition(filters, {{.id = u"1"_s, .name = u"orders-db"_s, .type = {}}}), words);
}

void TestWebhooksModel::hostInWords_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("host");
    QTest::newRow("plain") << u"https://example.com/a"_s << u"example.com"_s;
    QTest::newRow("default port") << u"https://example.com:443/"_s << u"example.com"_s;
    QTest::newRow("port") << u"https://localhost:8443/x"_s << u"localhost:8443"_s;
    QTest::newRow("secret path") << u"https://hooks.slack.com/services/${secret:a/b}"_s << u"hooks.slack.com"_s;
    QTest::newRow("secret host") << u"https://${secret:host}/x"_s << u"in the keychain"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TestWebhooksModel::hostInWords()
{
    QFETCH(const QString, url);
    QFETCH(const QString, host);
    QCOMPARE(Tocsin::hostInWords(url), host);
}

void TestWebhooksModel::relativeTimes_data()
{
    QTest::addColumn<QDateTime>("time");
    QTest::addColumn<QString>("words");
    const QDate day(2026, 11, 24);
    QTest::newRow("now") << QDateTime(day, {14, 0, 0}) << u"just now"_s;
    QTest::newRow("ahead") << QDateTime(day, {14, 0, 30}) << u"just now"_s;
    QTest::newRow("minutes") << QDateTime(day, {13, 55, 0}) << u"5 minute(s) ago"_s;
    QTest::newRow("hours") << QDateTime(day, {11, 0, 0}) << u"3 hour(s) ago"_s;
    QTest::newRow("yesterday") << QDateTime(day.addDays(-1), {11, 5, 0})
                               << u"yesterday, "_s + QLocale().toString(QTime(11, 5), QLocale::ShortFormat);
    QTest::newRow("long ago") << QDateTime(day.addDays(-9), {11, 5, 0})
                              << QLocale().toString(day.addDays(-9), QLocale::ShortFormat);
    QTest::newRow("never") << QDateTime() << QString();
}

void TestWebhooksModel::relativeTimes()
{
    QFETCH(const QDateTime, time);
    QFETCH(const QString, words);
    QCOMPARE(relativeTime(time, QDateTime({2026, 11, 24}, {14, 0, 0})), words);
}

void TestWebhooksModel::goToPrefersTheStart()
{
    const auto quality = [](const QString &name) {
        return GoToDialog::matchQuality(name, u"da"_s);
    };
    QCOMPARE_GT(quality(u"Datadog alerts"_s), quality(u"My datadog"_s));
    QCOMPARE_GT(quality(u"My datadog"_s), quality(u"Candadog"_s));
    QCOMPARE_GT(quality(u"Candadog"_s), quality(u"Delete again"_s));
    QCOMPARE_GT(quality(u"Delete again"_s), 0);
    QCOMPARE(quality(u"Slack"_s), 0);
    QCOMPARE(quality(u"ad"_s), 0);
}

QTEST_MAIN(TestWebhooksModel)
#include "tst_webhooksmodel.moc"
