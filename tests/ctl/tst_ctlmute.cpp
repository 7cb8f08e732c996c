// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto clockTime = u"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"_s;

bool matches(const QByteArray &text, const QString &pattern)
{
    const QRegularExpression form(QRegularExpression::anchoredPattern(pattern));
    return form.match(QString::fromUtf8(text).trimmed()).hasMatch();
}

} // namespace

/// What is muted, synced and held, as tocsinctl does and says it. Nobody delivers here.
class TestCtlMute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = m_folder->filePath(u"profile"_s);
        importWebhook("pager", Json::object());
    }

    void mutesAndUnmutes_data()
    {
        QTest::addColumn<QStringList>("call");
        QTest::addColumn<QString>("name");
        QTest::newRow("webhook") << QStringList{u"webhook"_s, u"pager"_s} << u"pager"_s;
        QTest::newRow("integration") << QStringList{u"integration"_s, u"db-1"_s} << u"db"_s;
    }

    void mutesAndUnmutes()
    {
        QFETCH(const QStringList, call);
        QFETCH(const QString, name);
        emitOne("db-1", "Error");
        const auto mute = [&](const QStringList &options) {
            return ctl({call[0], u"mute"_s, call[1]}, options);
        };
        const auto unmute = [&](const QStringList &options = {}) {
            return ctl({call[0], u"unmute"_s, call[1]}, options);
        };
        const auto said = mute({});
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QCOMPARE(said.out, QByteArray("\"" + name.toUtf8() + "\" is muted until it is unmuted.\n"));
        QCOMPARE(listed(call[0])["mute"]["until"], Json());
        const auto forSo = mute({u"--for"_s, u"2h"_s});
        QVERIFY2(matches(forSo.out, u"\"%1\" is muted until %2\\."_s.arg(name, clockTime)), forSo.out.constData());
        const auto before = QDateTime::currentDateTimeUtc();
        const Json document = mute({u"--for"_s, u"15m"_s, u"--json"_s}).json();
        QCOMPARE(document["name"], Json(name.toStdString()));
        const auto until = moment(document["mute"]["until"]);
        QVERIFY(until >= before.addSecs(890) && until <= QDateTime::currentDateTimeUtc().addSecs(910));
        QCOMPARE(listed(call[0])["mute"], document["mute"]);
        const auto untilThen = mute({u"--until"_s, u"2099-01-31T09:00:00+01:00"_s, u"--json"_s}).json();
        QCOMPARE(untilThen["mute"]["until"], "2099-01-31T08:00:00.000Z");
        QVERIFY(ctl({call[0], u"list"_s}).out.contains("muted until 2099-01-31 "));

        QCOMPARE(unmute().out, QByteArray("\"" + name.toUtf8() + "\" is not muted any more.\n"));
        QCOMPARE(listed(call[0])["mute"], Json());
        QVERIFY(!ctl({call[0], u"list"_s}).out.contains("muted"));
        const auto again = unmute();
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.out, QByteArray("\"" + name.toUtf8() + "\" was not muted.\n"));
        QCOMPARE(unmute({u"--json"_s}).json()["was_muted"], false);
    }

    void refusesWrongCalls_data()
    {
        QTest::addColumn<QStringList>("call");
        QTest::addColumn<QByteArray>("message");
        const auto mute = [](const QStringList &options) {
            return QStringList{u"webhook"_s, u"mute"_s, u"pager"_s} + options;
        };
        QTest::newRow("no duration") << mute({u"--for"_s, u"soon"_s}) << "--for takes"_ba;
        QTest::newRow("no unit") << mute({u"--for"_s, u"90"_s}) << "--for takes"_ba;
        QTest::newRow("nothing") << mute({u"--for"_s, u"0s"_s}) << "--for takes"_ba;
        QTest::newRow("too long") << mute({u"--for"_s, u"366d"_s}) << "--for takes"_ba;
        QTest::newRow("no time") << mute({u"--until"_s, u"tomorrow"_s}) << "--until takes a time with"_ba;
        QTest::newRow("no offset") << mute({u"--until"_s, u"2099-01-31T08:00:00"_s}) << "--until takes a time with"_ba;
        QTest::newRow("past") << mute({u"--until"_s, u"2020-01-31T08:00:00Z"_s}) << "has passed"_ba;
        QTest::newRow("both") << mute({u"--for"_s, u"2h"_s, u"--until"_s, u"2099-01-31T08:00:00Z"_s})
                              << "do not go together"_ba;
        for (const auto &verb : {u"mute"_s, u"unmute"_s, u"sync"_s}) {
            QTest::addRow("%s unknown webhook", qPrintable(verb))
                << QStringList{u"webhook"_s, verb, u"nobody"_s} << "no webhook named \"nobody\""_ba;
        }
        for (const auto &verb : {u"mute"_s, u"unmute"_s}) {
            QTest::addRow("%s unknown integration", qPrintable(verb))
                << QStringList{u"integration"_s, verb, u"db-2"_s}
                << "no integration with the id \"db-2\"; the nearest is \"db-1\"."_ba;
        }
    }

    void refusesWrongCalls()
    {
        QFETCH(const QStringList, call);
        QFETCH(const QByteArray, message);
        emitOne("db-1", "Error");
        const auto run = ctl(call);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out, QByteArray());
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.contains(message), run.err.constData());
        QCOMPARE(listed(u"webhook"_s)["mute"], Json());
    }

    void showsTheMuteBesideTheDocument()
    {
        const auto before = ctl({u"webhook"_s, u"show"_s, u"pager"_s});
        QCOMPARE(before.err, QByteArray());
        QCOMPARE(ctl({u"webhook"_s, u"mute"_s, u"pager"_s}).exitCode, 0);
        const auto shown = ctl({u"webhook"_s, u"show"_s, u"pager"_s});
        QCOMPARE(shown.out, before.out);
        QCOMPARE(shown.err, "tocsinctl: \"pager\" is muted until it is unmuted.\n"_ba);
    }

    void listsIntegrations()
    {
        QCOMPARE(ctl({u"integration"_s, u"list"_s}).out, QByteArray());
        QCOMPARE(ctl({u"integration"_s, u"list"_s, u"--json"_s}).json(), Json::array());
        emitOne("db-1", "Error");
        const Json one = listed(u"integration"_s);
        QCOMPARE(one["id"], "db-1");
        QCOMPARE(one["name"], "db");
        QCOMPARE(one["type"], "mysql");
        QCOMPARE(one["status"], "Error");
        QVERIFY(moment(one["since"]).isValid());
        const auto table = ctl({u"integration"_s, u"list"_s});
        QVERIFY2(table.out.startsWith("ID ") && table.out.contains("\ndb-1  db    mysql  Error"),
                 table.out.constData());
    }

    void syncs()
    {
        const QStringList sync{u"webhook"_s, u"sync"_s, u"pager"_s};
        const auto nothing = ctl(sync);
        QCOMPARE(nothing.exitCode, 0);
        QVERIFY2(nothing.out.startsWith("Nothing to send"), nothing.out.constData());
        emitOne("db-1", "Error");
        emitOne("db-2", "Warning");
        emitOne("db-3", "Active");
        const auto said = ctl(sync);
        QVERIFY2(said.exitCode == 0 && said.out.startsWith("To be delivered to \"pager\": 2 (by \"tocsinctl serve\""),
                 said.out.constData());
        const Json ids = ctl(sync, {u"--json"_s}).json()["delivery_ids"];
        QCOMPARE(ids.size(), 2U);
        for (const Json &id : ids) {
            const auto shown = ctl({u"--json"_s, u"delivery"_s, u"show"_s, text(id)}).json();
            QCOMPARE(shown["state"], "pending");
        }
        QCOMPARE(ctl({u"webhook"_s, u"deactivate"_s, u"pager"_s}).exitCode, 0);
        const auto refused = ctl(sync);
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.problems().size(), 1);
        QVERIFY2(refused.err.contains("is inactive: activate it first"), refused.err.constData());
    }

    void saysWhatWaitsAndWhatIsSuperseded()
    {
        importWebhook("slow", {{"settle_in_sec", 3600}, {"keep", "newest"}, {"maximum_age_in_sec", 86400}});
        QCOMPARE(ctl({u"webhook"_s, u"mute"_s, u"pager"_s}).exitCode, 0);
        emitOne("db-1", "Error");
        const auto said = emitOne("db-1", "Warning");
        QVERIFY2(matches(said.out,
                         u"evt_\\w+  deliveries: 2 \\(3, to pager, is muted, until the mute is ended; 4, to slow, "
                         "waits for its status to last, until %1\\), superseded: 2"_s.arg(clockTime)),
                 said.out.constData());
        const auto waiting = ctl({u"delivery"_s, u"list"_s, u"--state"_s, u"waiting"_s}).out;
        QVERIFY2(waiting.contains("It is muted, until the mute is ended."), waiting.constData());
        QVERIFY2(waiting.contains("It waits for its status to last, until "), waiting.constData());
        QVERIFY2(waiting.contains("It dies of its age at "), waiting.constData());
        const auto ended = ctl({u"delivery"_s, u"list"_s, u"--state"_s, u"superseded"_s}).out;
        QVERIFY2(ended.contains("The integration turned Warning before this was sent"), ended.constData());
        const auto shown = ctl({u"delivery"_s, u"show"_s, u"4"_s}).out;
        QVERIFY2(
            matches(shown.split('\n').value(1),
                    u"It waits for its status to last, until %1\\. It dies of its age at %1, unless delivered\\."_s.arg(
                        clockTime)),
            shown.constData());
        QVERIFY(ctl({u"delivery"_s, u"show"_s, u"2"_s}).out.split('\n').value(1).startsWith("The integration turned"));
    }

    void aDuplicateIsAnsweredAsTheFirst()
    {
        importWebhook("slow", {{"settle_in_sec", 3600}, {"keep", "newest"}});
        emitOne("db-1", "Error");
        const Json first = emitOne("db-1", "Warning", "own").json();
        QCOMPARE(first[0]["held"].size(), 1U);
        QCOMPARE(first[0]["superseded_ids"].size(), 1U);
        Json expected = first;
        expected[0]["duplicate"] = true;
        QVERIFY(jsonEquals(emitOne("db-1", "Warning", "own").json(), expected));
    }

private:
    CtlRun ctl(const QStringList &call, const QStringList &options = {}, const QByteArray &input = {}) const
    {
        return runCtl(QStringList{u"--profile"_s, m_profile} + call + options, input);
    }

    void importWebhook(const char *name, const Json &delivery) const
    {
        Json document = sampleDocument(name);
        document["delivery"] = delivery;
        const auto run = ctl({u"webhook"_s, u"import"_s}, {}, QByteArray::fromStdString(writeJson(document)));
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }

    /// With an id of its own, as JSON.
    CtlRun emitOne(const std::string &integration, const std::string &status, const std::string &ownId = {}) const
    {
        Json event = sampleEvent(integration);
        event["data"]["status"] = status;
        if (!ownId.empty()) {
            event["id"] = ownId;
        }
        return ctl({u"emit"_s}, ownId.empty() ? QStringList() : QStringList{u"--json"_s},
                   QByteArray::fromStdString(writeJson(event)));
    }

    Json listed(const QString &what) const { return ctl({what, u"list"_s}, {u"--json"_s}).json()[0]; }

    static QString text(const Json &value) { return QString::fromStdString(value.get<std::string>()); }
    static QDateTime moment(const Json &value) { return QDateTime::fromString(text(value), Qt::ISODateWithMs); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_profile;
};

QTEST_GUILESS_MAIN(TestCtlMute)
#include "tst_ctlmute.moc"
