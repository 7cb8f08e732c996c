// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QTemporaryDir>

#include <csignal>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

Json statusEvent(const std::string &id, const std::string &status)
{
    Json event = sampleEvent(id);
    event["data"]["status"] = status;
    return event;
}

QByteArray rowsOf(const QList<Json> &events)
{
    QByteArray text;
    for (const Json &event : events) {
        text += QByteArray::fromStdString(writeJson(event)) + '\n';
    }
    return text;
}

} // namespace

/// Events from a file to a target and into the history, by processes: emit, serve, delivery.
class TestCtlDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = m_folder->filePath(u"profile"_s);
        m_receiver = std::make_unique<QProcess>();
        const QString ca = m_folder->filePath(u"ca.pem"_s);
        m_receiver->start(ctlProgram(), {u"receiver"_s, u"--json"_s, u"--ca"_s, ca});
        while (!m_receiver->canReadLine() && m_receiver->waitForReadyRead(30'000)) { }
        const auto announced = parseJson(m_receiver->readLine());
        QVERIFY(announced);
        Json document = sampleDocument("target");
        document["type"]["http_request"]["url"] = (*announced)["url"];
        document["tls"]["ca_certificates"] = (*announced)["certificate_authority"];
        document["body_template"] = "{\"id\": \"{{data.id}}\", \"status\": \"{{data.status}}\"}";
        writeJsonFile(m_folder->filePath(u"webhook.json"_s), document);
        QCOMPARE(ctl({u"webhook"_s, u"import"_s, m_folder->filePath(u"webhook.json"_s)}).exitCode, 0);
    }

    void cleanup()
    {
        m_receiver->kill();
        m_receiver->waitForFinished();
    }

    void takesEvents_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        const Json one = statusEvent("a", "Error");
        const Json two = statusEvent("b", "Warning");
        QTest::newRow("one") << QByteArray::fromStdString(writeJson(one)) << 1;
        QTest::newRow("one, indented") << QByteArray::fromStdString(writeJson(one, JsonFormat::Indented)) << 1;
        QTest::newRow("array") << QByteArray::fromStdString(writeJson(Json::array({one, two}), JsonFormat::Indented))
                               << 2;
        QTest::newRow("rows") << rowsOf({one, two}) << 2;
        QTest::newRow("rows with gaps") << QByteArray("\n" + rowsOf({one}) + "\r\n\n" + rowsOf({two})) << 2;
        QTest::newRow("no end of line") << rowsOf({one, two}).chopped(1) << 2;
        QTest::newRow("empty array") << "[]"_ba << 0;
    }

    void takesEvents()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, count);
        const auto emitted = ctl({u"emit"_s, u"--json"_s}, text);
        QVERIFY2(emitted.exitCode == 0, emitted.err.constData());
        QCOMPARE(int(emitted.json().size()), count);
        QCOMPARE(int(deliveries().size()), count);
    }

    void refusesWhatIsNoEvent_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<QByteArray>>("problems");
        const QByteArray good = rowsOf({statusEvent("a", "Error")});
        QTest::newRow("nothing") << ""_ba << QList<QByteArray>{"<stdin>:1:1: There is no event here."};
        QTest::newRow("no JSON") << "hello"_ba << QList<QByteArray>{"<stdin>:1:1: "};
        QTest::newRow("a bad row") << QByteArray(good + "{\"x\": \n" + good)
                                   << QList<QByteArray>{"<stdin>:2:7: The end of the text"};
        QTest::newRow("a bad first row") << QByteArray("oops\n" + good) << QList<QByteArray>{"<stdin>:1:1: "};
        QTest::newRow("two bad rows") << QByteArray(good + rowsOf({statusEvent("b", "Odd")}) + "[]\n")
                                      << QList<QByteArray>{"<stdin>:2:126: The event's $.data.status is \"Odd\"",
                                                           "<stdin>:3:1: "};
        Json without = statusEvent("b", "Error");
        without["data"].erase("name");
        QTest::newRow("in an array") << QByteArray::fromStdString(
            writeJson(Json::array({statusEvent("a", "Error"), without}), JsonFormat::Indented))
                                     << QList<QByteArray>{"<stdin>:16:13: The event has no $.data.name."};
        Json numbered = statusEvent("b", "Error");
        numbered["id"] = 7;
        QTest::newRow("an id that is a number")
            << QByteArray(good + rowsOf({numbered}))
            << QList<QByteArray>{"<stdin>:2:152: The event's $.id must be a string."};
        QTest::newRow("in an array on one line")
            << QByteArray::fromStdString(writeJson(Json::array({1, statusEvent("b", "Odd")})))
            << QList<QByteArray>{"<stdin>:1:2: An event is", "<stdin>:1:129: The event's $.data.status is \"Odd\""};
    }

    void refusesWhatOnlyTocsinSays()
    {
        auto type = statusEvent("a", "Error");
        type["data"]["type"] = "tocsin-webhook";
        const auto byId = statusEvent("tocsin-source/x", "Error");
        const auto emitted = ctl({u"emit"_s}, rowsOf({type, byId, statusEvent("b", "Error")}));
        QCOMPARE(emitted.exitCode, 2);
        QCOMPARE(emitted.problems().size(), 2);
        QVERIFY2(emitted.problems()[0].startsWith("<stdin>:1:"), emitted.problems()[0].constData());
        QVERIFY2(emitted.problems()[0].contains("\"tocsin-\""), emitted.problems()[0].constData());
        QVERIFY2(emitted.problems()[1].contains("\"tocsin-source/\""), emitted.problems()[1].constData());
        QCOMPARE(deliveries(), Json::array());
    }

    void refusesWhatIsNoEvent()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QList<QByteArray>, problems);
        const auto emitted = ctl({u"emit"_s}, text);
        QCOMPARE(emitted.exitCode, 2);
        QCOMPARE(emitted.out, QByteArray());
        const auto lines = emitted.problems();
        QCOMPARE(lines.size(), problems.size());
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QVERIFY2(lines[i].startsWith(problems[i]), lines[i].constData());
        }
        QCOMPARE(deliveries(), Json::array());
    }

    void skipsWhatIsNoEvent()
    {
        const QByteArray text =
            rowsOf({statusEvent("a", "Error")}) + "nonsense\n" + rowsOf({statusEvent("b", "Error")});
        const auto emitted = ctl({u"emit"_s, u"--skip-invalid"_s}, text);
        QCOMPARE(emitted.exitCode, 0);
        QCOMPARE(emitted.problems().size(), 1);
        QCOMPARE(deliveries().size(), 2U);
    }

    void refusesInJsonToo()
    {
        const QByteArray text = rowsOf({statusEvent("a", "Odd"), statusEvent("b", "Error")});
        const auto refused = ctl({u"emit"_s, u"--json"_s}, text);
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.problems().size(), 1);
        QCOMPARE(refused.json().size(), 1U);
        const Json fault = refused.json()[0];
        QCOMPARE(fault["refused"], true);
        QCOMPARE(fault["path"], "$.data.status");
        QCOMPARE(fault["line"], 1);
        QVERIFY(fault["column"] > 1);
        QVERIFY(QByteArray::fromStdString(fault["message"].get<std::string>()).contains("\"Odd\""));
        const Json skipped = ctl({u"emit"_s, u"--skip-invalid"_s, u"--json"_s}, text).json();
        QCOMPARE(skipped.size(), 2U);
        QVERIFY(skipped[0].contains("event_id"));
        QVERIFY(jsonEquals(skipped[1], fault));
    }

    void saysThatForceWantsANewId()
    {
        QCOMPARE(ctl({u"emit"_s}, rowsOf({statusEvent("a", "Error")})).exitCode, 0);
        Json again = statusEvent("a", "Error");
        again["id"] = "again";
        QVERIFY(ctl({u"emit"_s}, rowsOf({again})).out.contains("suppressed: "));
        const auto forced = ctl({u"emit"_s, u"--force"_s}, rowsOf({again}));
        QVERIFY2(forced.out.contains("a duplicate: it was taken before; --force delivers it only under a new id"),
                 forced.out.constData());
        QVERIFY(ctl({u"emit"_s, u"--force"_s, u"--json"_s}, rowsOf({again})).json()[0].contains("hint"));
    }

    void showsNoTextThatTurnsTheOrder()
    {
        Json turning = statusEvent("a", "Error");
        turning["id"] = "a\u202eb\u2066c";
        const auto first = ctl({u"emit"_s, u"--json"_s}, rowsOf({turning})).json();
        turning["data"]["status"] = "Warning";
        const auto refused = ctl({u"emit"_s}, rowsOf({turning}));
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("a\\u202eb\\u2066c"), refused.err.constData());
    }

    void namesEachOfManyFaults()
    {
        Json many = Json::array();
        const Json odd = statusEvent("a", "Odd");
        for (int i = 0; i < 5000; ++i) {
            many.push_back(odd);
        }
        const auto emitted = ctl({u"emit"_s}, QByteArray::fromStdString(writeJson(many, JsonFormat::Indented)));
        QCOMPARE(emitted.exitCode, 2); // in time: not each by a walk through all of them
        QCOMPARE(emitted.problems().size(), 5000);
    }

    void suppressesUnlessForced()
    {
        const QByteArray text = rowsOf({statusEvent("a", "Error")});
        QCOMPARE(ctl({u"emit"_s, u"--json"_s}, text).json()[0]["suppressed"], false);
        const Json again = ctl({u"emit"_s, u"--json"_s}, text).json();
        QCOMPARE(again[0]["suppressed"], true);
        QVERIFY(ctl({u"emit"_s}, text).out.contains("suppressed: The status of"));
        QCOMPARE(ctl({u"emit"_s, u"--json"_s, u"--force"_s}, text).json()[0]["suppressed"], false);
        QCOMPARE(deliveries().size(), 2U);
    }

    void takesAnIdOnce()
    {
        Json one = statusEvent("a", "Error");
        one["id"] = "order \u00e9/7";
        Json other = statusEvent("a", "Warning");
        other["id"] = one["id"];
        const Json first = ctl({u"emit"_s, u"--json"_s}, rowsOf({one})).json()[0];
        QVERIFY(!first.contains("duplicate"));
        Json expected = first;
        expected["duplicate"] = true;
        for (const QStringList &more : {QStringList(), QStringList{u"--force"_s}}) {
            QVERIFY(jsonEquals(ctl(QStringList{u"emit"_s, u"--json"_s} + more, rowsOf({one})).json()[0], expected));
        }
        QVERIFY(ctl({u"emit"_s}, rowsOf({one})).out.contains("deliveries: 1  (a duplicate: it was taken before)"));

        const auto refused = ctl({u"emit"_s}, rowsOf({statusEvent("b", "Error"), other}));
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.out, QByteArray());
        QCOMPARE(refused.problems().size(), 1);
        QVERIFY2(refused.err.startsWith("<stdin>:2:154: The id “order é/7” belongs to another event, accepted "),
                 refused.err.constData());
        QCOMPARE(deliveries().size(), 1U);
        const auto skipped = ctl({u"emit"_s, u"--skip-invalid"_s, u"--json"_s},
                                 "nonsense\n" + rowsOf({other, statusEvent("b", "Error")}));
        QCOMPARE(skipped.exitCode, 0);
        QCOMPARE(skipped.json().size(), 3U);
        QVERIFY(skipped.json()[0].contains("event_id"));
        QCOMPARE(skipped.json()[2]["event_own_id"], other["id"]);
        QCOMPARE(skipped.problems().size(), 2);
        QVERIFY2(skipped.err.contains("<stdin>:2:154: The id"), skipped.err.constData());

        const auto inArray =
            ctl({u"emit"_s}, "\n [" + rowsOf({one}).trimmed() + ",\n" + rowsOf({other}).trimmed() + ']');
        QVERIFY2(inArray.err.startsWith("<stdin>:3:154: The id"), inArray.err.constData());
        const auto alone = ctl({u"emit"_s}, QByteArray::fromStdString(writeJson(other, JsonFormat::Indented)));
        QVERIFY2(alone.err.startsWith("<stdin>:11:9: The id"), alone.err.constData());

        const Json found = deliveries({u"--event"_s, u"order é/7"_s});
        QCOMPARE(found.size(), 1U);
        QCOMPARE(found[0]["event_own_id"], one["id"]);
        QCOMPARE(deliveries({u"--event"_s, QString::fromStdString(first["event_id"].get<std::string>())}).size(), 1U);
        QCOMPARE(deliveries({u"--event"_s, u"order"_s}).size(), 0U);
        const QString id = QString::fromStdString(found[0]["id"].get<std::string>());
        const auto shown = ctl({u"delivery"_s, u"show"_s, id}).out;
        QVERIFY2(shown.contains(", by its own id order é/7, to target: "), shown.constData());
        const auto replayed =
            ctl({u"delivery"_s, u"replay"_s, u"--json"_s, u"--yes"_s, u"--event"_s, u"order é/7"_s}); // no dead one
        QCOMPARE(replayed.json()["replayed"], 0);
    }

    void deliversUntilStopped()
    {
        QVERIFY(ctl({u"emit"_s}, rowsOf({statusEvent("a", "Error"), statusEvent("b", "Error")})).exitCode == 0);
        Serve serve(*this);
        QTRY_COMPARE(deliveries({u"--state"_s, u"delivered"_s}).size(), 2U);
        QVERIFY(ctl({u"emit"_s}, rowsOf({statusEvent("a", "Warning")})).exitCode == 0); // another process's
        QTRY_COMPARE(deliveries({u"--state"_s, u"delivered"_s}).size(), 3U);
        const std::string id = deliveries()[0]["id"];
        const auto shown = ctl({u"delivery"_s, u"show"_s, u"--json"_s, QString::fromStdString(id)}).json();
        QCOMPARE(shown["state"], "delivered");
        QCOMPARE(shown["event"]["data"]["status"], "Warning");
        QCOMPARE(shown["invocations"].size(), 1U);
        const QString message = QString::fromStdString(shown["message_id"].get<std::string>());
        QVERIFY(ctl({u"delivery"_s, u"show"_s, message}).out.endsWith("\nAttempt successful\n"));
        QCOMPARE(ctl({u"delivery"_s, u"replay"_s, u"--json"_s, message}).json()["replayed"], 1);
        QTRY_COMPARE(deliveries()[0]["attempts"], 2);
        QCOMPARE(serve.stop(), 0);
        QCOMPARE(
            ctl({u"delivery"_s, u"replay"_s, u"--json"_s, u"--yes"_s, u"--state"_s, u"delivered"_s}).json()["replayed"],
            3);
        QCOMPARE(deliveries({u"--state"_s, u"pending"_s}).size(), 3U);
    }

    void replaysWhatCanBe()
    {
        QVERIFY(ctl({u"emit"_s}, rowsOf({statusEvent("a", "Error"), statusEvent("b", "Error")})).exitCode == 0);
        QCOMPARE(ctl({u"webhook"_s, u"delete"_s, u"target"_s}).exitCode, 0);
        QTRY_COMPARE(deliveries({u"--state"_s, u"dead"_s}).size(), 2U);
        const auto replayed = ctl({u"delivery"_s, u"replay"_s, u"--json"_s, u"--yes"_s, u"--state"_s, u"dead"_s});
        QVERIFY2(replayed.exitCode == 0, replayed.err.constData());
        QCOMPARE(replayed.json(), (Json{{"matched", 2}, {"replayed", 0}, {"left_out", 2}, {"stopped", false}}));
        QVERIFY2(replayed.err.contains("their webhooks were removed: 2."), replayed.err.constData());
        const QString id = QString::fromStdString(deliveries()[0]["id"].get<std::string>());
        const auto named = ctl({u"delivery"_s, u"replay"_s, id});
        QCOMPARE(named.exitCode, 2);
        QVERIFY2(named.err.contains("was removed"), named.err.constData());
    }

    void replaysMany()
    {
        constexpr int count = 601;
        Json events = Json::array();
        for (int i = 0; i < count; ++i) {
            events.push_back(statusEvent(std::to_string(i), "Error"));
        }
        QCOMPARE(ctl({u"emit"_s}, QByteArray::fromStdString(writeJson(events))).exitCode, 0);
        const QStringList delivered{u"--state"_s, u"delivered"_s};
        {
            Serve serve(*this);
            const auto all = delivered + QStringList{u"--limit"_s, u"1000"_s};
            QTRY_COMPARE_WITH_TIMEOUT(int(deliveries(all).size()), count, 120'000);
            QCOMPARE(serve.stop(), 0);
        }
        const QStringList replay = QStringList{u"delivery"_s, u"replay"_s, u"--json"_s} + delivered;
        const auto refused = ctl(replay); // nobody can be asked
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.problems().size(), 1);
        QVERIFY2(refused.err.contains("say --yes"), refused.err.constData());
        QCOMPARE(deliveries(delivered).size(), 100U);
        const auto replayed = ctl(replay + QStringList{u"--yes"_s});
        QCOMPARE(replayed.json()["replayed"], count);
        QCOMPARE(deliveries(delivered), Json::array());
    }

    /// At a terminal the count comes first, and Enter alone is a no.
    void asksBeforeItReplays()
    {
        QVERIFY(ctl({u"emit"_s}, rowsOf({statusEvent("a", "Error"), statusEvent("b", "Error")})).exitCode == 0);
        {
            Serve serve(*this);
            QTRY_COMPARE(deliveries({u"--state"_s, u"delivered"_s}).size(), 2U);
            QCOMPARE(serve.stop(), 0);
        }
        const auto declined = atTerminal("\n");
        QVERIFY2(declined.out.contains("Replay 2 deliveries that are delivered (target 2)? [y/N]"),
                 declined.out.constData());
        QVERIFY2(declined.out.contains("Nothing was replayed."), declined.out.constData());
        QCOMPARE(declined.exitCode, 1);
        QCOMPARE(deliveries({u"--state"_s, u"delivered"_s}).size(), 2U);
        const auto agreed = atTerminal("y\n");
        QCOMPARE(agreed.exitCode, 0);
        QVERIFY2(agreed.out.contains("To be delivered again: 2"), agreed.out.constData());
        QCOMPARE(deliveries({u"--state"_s, u"pending"_s}).size(), 2U);
    }

    void filters()
    {
        QVERIFY(ctl({u"emit"_s}, rowsOf({statusEvent("a", "Error"), statusEvent("b", "Error")})).exitCode == 0);
        QCOMPARE(deliveries({u"--state"_s, u"pending,dead"_s}).size(), 2U);
        QCOMPARE(deliveries({u"--state"_s, u"dead"_s}).size(), 0U);
        QCOMPARE(deliveries({u"--webhook"_s, u"target"_s}).size(), 2U);
        QCOMPARE(deliveries({u"--since"_s, u"1h"_s}).size(), 2U);
        QCOMPARE(deliveries({u"--since"_s, u"2099-01-01T00:00:00Z"_s}).size(), 0U);
        QCOMPARE(deliveries({u"--until"_s, u"1h"_s}).size(), 0U);
        QCOMPARE(deliveries({u"--since"_s, u"1h"_s, u"--until"_s, u"2099-01-01"_s}).size(), 2U);
        QCOMPARE(deliveries({u"--integration"_s, u"a"_s}).size(), 1U);
        QCOMPARE(deliveries({u"--http-status"_s, u"5xx"_s}).size(), 0U);
        QCOMPARE(deliveries({u"--http-status"_s, u"200,none"_s}).size(), 2U);
        QCOMPARE(deliveries({u"--state"_s, u"superseded"_s}).size(), 0U);
        QCOMPARE(deliveries({u"--limit"_s, u"1"_s}).size(), 1U);
        const auto table = ctl({u"delivery"_s, u"list"_s});
        QCOMPARE(table.out.count('\n'), 3);
    }

    void refusesWrongCalls_data()
    {
        QTest::addColumn<QStringList>("call");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("state") << QStringList{u"delivery"_s, u"list"_s, u"--state"_s, u"odd"_s} << "no state"_ba;
        QTest::newRow("no state") << QStringList{u"delivery"_s, u"list"_s, u"--state"_s, u","_s} << "no state"_ba;
        QTest::newRow("since") << QStringList{u"delivery"_s, u"list"_s, u"--since"_s, u"odd"_s} << "--since takes"_ba;
        const QStringList list{u"delivery"_s, u"list"_s};
        QTest::newRow("until") << list + QStringList{u"--until"_s, u"2 h"_s} << "--until takes"_ba;
        QTest::newRow("nothing between") << list + QStringList{u"--since"_s, u"1h"_s, u"--until"_s, u"2h"_s}
                                         << "--since has to be before --until"_ba;
        QTest::newRow("HTTP status") << list + QStringList{u"--http-status"_s, u"50x"_s} << "--http-status takes"_ba;
        QTest::newRow("integration") << list + QStringList{u"--integration"_s, u"odd"_s} << "no integration"_ba;
        QTest::newRow("replay unasked") << QStringList{u"delivery"_s, u"replay"_s, u"--state"_s, u"dead"_s}
                                        << "say --yes"_ba;
        QTest::newRow("limit") << QStringList{u"delivery"_s, u"list"_s, u"--limit"_s, u"0"_s} << "--limit takes"_ba;
        QTest::newRow("webhook") << QStringList{u"delivery"_s, u"list"_s, u"--webhook"_s, u"odd"_s} << "no webhook"_ba;
        QTest::newRow("event") << QStringList{u"delivery"_s, u"list"_s, u"--event"_s, QString()}
                               << "--event needs a value"_ba;
        QTest::newRow("show") << QStringList{u"delivery"_s, u"show"_s, u"77"_s} << "no delivery"_ba;
        QTest::newRow("replay nothing") << QStringList{u"delivery"_s, u"replay"_s} << "takes ids"_ba;
        QTest::newRow("replay unknown") << QStringList{u"delivery"_s, u"replay"_s, u"77"_s} << "no delivery"_ba;
        QTest::newRow("lease") << QStringList{u"serve"_s, u"--lease"_s, u"11"_s} << "from 1 to 10"_ba;
        const auto serving = [](const QStringList &options) {
            return QStringList{u"serve"_s, u"--listen"_s} + options;
        };
        QTest::newRow("listen") << serving({u"odd"_s}) << "--listen takes"_ba;
        QTest::newRow("no key") << serving({u":0"_s, u"--certificate"_s, u"x.pem"_s}) << "go together"_ba;
        QTest::newRow("nowhere to use a certificate")
            << QStringList{u"serve"_s, u"--certificate"_s, u"x.pem"_s, u"--key"_s, u"y.pem"_s} << "need --listen"_ba;
        QTest::newRow("no file") << serving({u":0"_s, u"--certificate"_s, u"x.pem"_s, u"--key"_s, u"y.pem"_s})
                                 << "no such file"_ba;
        QTest::newRow("empty PEM") << serving({u":0"_s, u"--certificate"_s, u"/dev/null"_s, u"--key"_s, u"/dev/null"_s})
                                   << "no BEGIN line"_ba;
        QTest::newRow("no TLS") << serving({u"0.0.0.0:0"_s}) << "needs a certificate"_ba;
        QTest::newRow("no token, in a folder of ours") // it has other files than that
            << serving({u":0"_s, u"--credentials"_s, u"/proc/self/fd"_s}) << "ingest/token"_ba;
        QTest::newRow("a folder of everybody's")
            << serving({u":0"_s, u"--credentials"_s, u"/tmp"_s})
            << "Others may write to the credentials folder /tmp: give it the mode 0700 (chmod 700)."_ba;
        QTest::newRow("keep") << QStringList{u"serve"_s, u"--keep"_s, u"x"_s} << "--keep takes"_ba;
        QTest::newRow("keep size") << QStringList{u"serve"_s, u"--keep-size"_s, u"0"_s} << "--keep-size takes"_ba;
        QTest::newRow("file") << QStringList{u"emit"_s, u"./none.json"_s} << "no such file"_ba;
    }

    void refusesWrongCalls()
    {
        QFETCH(const QStringList, call);
        QFETCH(const QByteArray, message);
        const QString credentials = m_folder->filePath(u"credentials"_s);
        QVERIFY(QDir().mkpath(credentials));
        QFile::setPermissions(credentials, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const bool hasOwn = call.contains(u"--credentials"_s);
        writeFile(credentials + "/ingest.token"_L1, "tok-very-secret");
        QFile::setPermissions(credentials + "/ingest.token"_L1, QFile::ReadOwner | QFile::WriteOwner);
        const auto run = ctl(hasOwn ? call : QStringList{u"--credentials"_s, credentials} + call);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.contains(message), run.err.constData());
    }

    void tellsTheServiceManager()
    {
        const QString socket = m_folder->filePath(u"notify"_s);
        QProcess manager;
        manager.start(u"/usr/bin/python3"_s,
                      {u"-c"_s,
                       u"import socket,sys\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\ns.bind(sys.argv[1])\n"
                       "print('bound',flush=True)\n"
                       "while True:\n  print(s.recv(4096).decode(),flush=True)\n"_s,
                       socket});
        while (!manager.canReadLine() && manager.waitForReadyRead(30'000)) { }
        manager.readLine();
        QByteArray heard;
        {
            Serve serve(*this, {{u"NOTIFY_SOCKET"_s, socket}, {u"WATCHDOG_USEC"_s, u"200000"_s}});
            const auto hears = [&](const QByteArray &word) {
                manager.waitForReadyRead(50);
                heard += manager.readAllStandardOutput();
                return heard.contains(word);
            };
            QTRY_VERIFY(hears("READY=1"));
            QTRY_VERIFY(hears("WATCHDOG=1"));
            QTRY_VERIFY(hears("STATUS="));
            QCOMPARE(serve.stop(), 0);
            QTRY_VERIFY(hears("STOPPING=1"));
        }
        manager.kill();
        manager.waitForFinished();
    }

private:
    class Serve
    {
    public:
        explicit Serve(TestCtlDelivery &test, const QList<std::pair<QString, QString>> &variables = {})
        {
            auto environment = QProcessEnvironment::systemEnvironment();
            for (const auto &[name, value] : variables) {
                environment.insert(name, value);
            }
            m_process.setProcessEnvironment(environment);
            m_process.start(ctlProgram(), {u"--profile"_s, test.m_profile, u"serve"_s});
            while (!m_process.canReadLine() && m_process.waitForReadyRead(30'000)) { }
        }
        ~Serve()
        {
            m_process.kill();
            m_process.waitForFinished();
        }
        int stop()
        {
            ::kill(static_cast<pid_t>(m_process.processId()), SIGTERM);
            return m_process.waitForFinished() && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode()
                                                                                                 : -1;
        }

    private:
        QProcess m_process;
    };

    CtlRun ctl(const QStringList &arguments, const QByteArray &input = {})
    {
        return runCtl(QStringList{u"--profile"_s, m_profile} + arguments, input);
    }

    /// A replay of what was delivered, with a terminal for its input, output and errors.
    CtlRun atTerminal(const QByteArray &typed)
    {
        QProcess terminal;
        terminal.setProcessChannelMode(QProcess::MergedChannels);
        terminal.start(u"/usr/bin/python3"_s,
                       {u"-c"_s,
                        u"import os,pty,sys\n"
                        "child, end = pty.fork()\n"
                        "if child == 0: os.execv(sys.argv[2], sys.argv[2:])\n"
                        "typed, shown = sys.argv[1].encode(), b''\n"
                        "try:\n"
                        "  while part := os.read(end, 4096):\n"
                        "    shown += part\n"
                        "    if typed and b'[y/N]' in shown: os.write(end, typed); typed = b''\n"
                        "except OSError: pass\n"
                        "sys.stdout.buffer.write(shown)\n"
                        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"_s,
                        QString::fromUtf8(typed), ctlProgram(), u"--profile"_s, m_profile, u"delivery"_s, u"replay"_s,
                        u"--state"_s, u"delivered"_s});
        CtlRun run;
        if (terminal.waitForFinished(60'000) && terminal.exitStatus() == QProcess::NormalExit) {
            run.exitCode = terminal.exitCode();
        }
        run.out = terminal.readAllStandardOutput();
        return run;
    }

    Json deliveries(const QStringList &filter = {})
    {
        return ctl(QStringList{u"--json"_s, u"delivery"_s, u"list"_s} + filter).json();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_profile;
    std::unique_ptr<QProcess> m_receiver;
};

QTEST_GUILESS_MAIN(TestCtlDelivery)
#include "tst_ctldelivery.moc"
