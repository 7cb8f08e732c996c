// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingesttesting.h"
#include "packing.h"

#include <QFloat16> // QCOMPARE of a Json asks whether it converts

#include <algorithm>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

/// With an id of its own, or none where that is empty; `number` makes it another event.
QByteArray eventWithId(const QByteArray &id, int number = 1)
{
    return R"({"event_type":"x","event_time":)" + QByteArray::number(number)
        + (id.isEmpty() ? QByteArray() : ",\"id\":" + id)
        + R"(,"data":{"id":"a","name":"n","type":"mysql","status":"Error"}})";
}

QByteArray arrayOf(const QList<QByteArray> &events)
{
    return '[' + events.join(',') + ']';
}

QByteArray repeated(const QByteArray &text, int count)
{
    return text.repeated(count);
}

struct Answer
{
    int status = 0;
    Json json;

    QStringList ownIds() const
    {
        QStringList ids;
        for (const auto &event : json.value("events", Json::array())) {
            ids.append(toQString(event.value("event_own_id", "-")));
        }
        return ids;
    }
};

} // namespace

/// Events that come over HTTP with ids of their own, or in bodies that have one.
class TestIngestIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<TestIngestPlace>();
        QVERIFY(m_place->open());
        QVERIFY(m_place->listen());
    }

    void takesIds_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("ids");
        const QByteArray none = eventWithId({});
        const QByteArray two = arrayOf({eventWithId({}, 1), eventWithId({}, 2)});
        const auto idempotency = "Idempotency-Key: k\r\n"_ba;
        QTest::newRow("none") << ""_ba << none << QStringList{u"-"_s};
        QTest::newRow("a member") << ""_ba << eventWithId("\"m\"") << QStringList{u"m"_s};
        QTest::newRow("a body's") << "Webhook-Id: k\r\n"_ba << none << QStringList{u"k/0"_s};
        QTest::newRow("an array's") << idempotency << two << QStringList{u"k/0"_s, u"k/1"_s};
        QTest::newRow("that of rows") << idempotency << QByteArray(none + "\n\n" + eventWithId({}, 2) + '\n')
                                      << QStringList{u"k/0"_s, u"k/1"_s};
        QTest::newRow("a packed one's") << QByteArray(idempotency + "Content-Encoding: gzip\r\n") << packed(two)
                                        << QStringList{u"k/0"_s, u"k/1"_s};
        QTest::newRow("the member wins") << idempotency << arrayOf({none, eventWithId("\"m\"", 2)})
                                         << QStringList{u"k/0"_s, u"m"_s};
        QTest::newRow("twice the same") << "webhook-id: k\r\nidempotency-key: k\r\n"_ba << none
                                        << QStringList{u"k/0"_s};
        QTest::newRow("twice the same, once in quotes")
            << "webhook-id: k\r\nidempotency-key: \"k\"\r\n"_ba << none << QStringList{u"k/0"_s};
        QTest::newRow("quotes in quotes") << "webhook-id: \"a\\\"b\\\\\"\r\n"_ba << none << QStringList{u"a\"b\\/0"_s};
        QTest::newRow("half in quotes") << "webhook-id: \"a\"b\"\r\n"_ba << none << QStringList{u"\"a\"b\"/0"_s};
        QTest::newRow("one quote") << "webhook-id: \"\r\n"_ba << none << QStringList{u"\"/0"_s};
        QTest::newRow("a quote that is kept") << "webhook-id: \"a\\\"\r\n"_ba << none << QStringList{u"\"a\\\"/0"_s};
        QTest::newRow("256 bells") << QByteArray("webhook-id: " + repeated("🔔", 256) + "\r\n") << none
                                   << QStringList{u"🔔"_s.repeated(256) + u"/0"_s};
        QTest::newRow("256 bells, a member")
            << ""_ba << eventWithId('"' + repeated("\\ud83d\\udd14", 256) + '"') << QStringList{u"🔔"_s.repeated(256)};
    }

    void takesIds()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QByteArray, body);
        QFETCH(const QStringList, ids);
        const auto first = post(body, fields);
        QCOMPARE(first.status, 202);
        QCOMPARE(first.ownIds(), ids);
        const auto second = post(body, fields);
        QCOMPARE(second.status, 202);
        Json expected = first.json;
        for (auto &event : expected["events"]) {
            QVERIFY(!event.contains("duplicate"));
            event["duplicate"] = true;
        }
        QVERIFY(jsonEquals(second.json, expected) != ids.contains(u"-"_s));
    }

    void refusesIds_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("path"); // empty: it is the request that is refused
        const QByteArray good = eventWithId("\"m\"");
        QTest::newRow("two that differ") << "webhook-id: a\r\nIdempotency-Key: b\r\n"_ba << good << QString();
        QTest::newRow("two of one name") << "webhook-id: a\r\nWebhook-ID: b\r\n"_ba << good << QString();
        QTest::newRow("an empty one") << "webhook-id:\r\n"_ba << good << QString();
        QTest::newRow("nothing in quotes") << "Idempotency-Key: \"\"\r\n"_ba << good << QString();
        QTest::newRow("257 letters") << QByteArray("webhook-id: " + repeated("a", 257) + "\r\n") << good << QString();
        QTest::newRow("257 bells") << QByteArray("webhook-id: " + repeated("🔔", 257) + "\r\n") << good << QString();
        QTest::newRow("no UTF-8") << "webhook-id: a\xff\r\n"_ba << good << QString();
        for (const QByteArray bad : {"\"\"", "7", "null", "true", "{}", "[\"a\"]"}) {
            QTest::newRow(bad.constData()) << ""_ba << eventWithId(bad) << u"$.id"_s;
            QTest::addRow("%s in an array", bad.constData())
                << "webhook-id: k\r\n"_ba << arrayOf({good, eventWithId(bad)}) << u"$[1].id"_s;
        }
        QTest::newRow("a member of 257 letters") << ""_ba << eventWithId('"' + repeated("a", 257) + '"') << u"$.id"_s;
        QTest::newRow("a member of 257 bells")
            << ""_ba << arrayOf({eventWithId('"' + repeated("🔔", 257) + '"')}) << u"$[0].id"_s;
        QTest::newRow("half a character") << ""_ba << eventWithId("\"\\ud83d\"") << u"$.id"_s;
    }

    void refusesIds()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, path);
        const auto answer = post(body, fields);
        QCOMPARE(answer.status, 400);
        if (path.isEmpty()) {
            QVERIFY(answer.json.contains("error") && !answer.json.contains("faults"));
        } else {
            QCOMPARE(answer.json["faults"][0]["path"], path.toStdString());
        }
        QCOMPARE(m_place->integrations(), 0);
    }

    void takesTheSameInOtherWords()
    {
        const auto first = post(
            R"({"event_type":"x","event_time":1,"id":"m","data":{"id":"a","name":"é","type":"t","status":"Error"}})");
        const auto second =
            post("{ \"id\" : \"m\", \"data\": {\"status\":\"Error\",\"name\":\"\\u00e9\",\"id\":\"a\",\n"
                 "\"type\":\"t\"}, \"event_time\":1, \"event_type\":\"x\"}",
                 "webhook-id: another\r\n");
        QCOMPARE(second.status, 202);
        QCOMPARE(second.json["events"][0]["duplicate"], true);
        QCOMPARE(second.json["events"][0]["event_id"], first.json["events"][0]["event_id"]);
    }

    void refusesOtherContent()
    {
        QCOMPARE(post(eventWithId("\"m\"")).status, 202);
        const auto one = post(eventWithId("\"m\"", 2));
        QCOMPARE(one.status, 409);
        QCOMPARE(one.json["faults"][0]["path"], "$.id");
        QCOMPARE(post(eventWithId({}), "webhook-id: k\r\n").status, 202);
        const auto many = post(arrayOf({eventWithId({}, 3), eventWithId("\"new\"", 4), eventWithId("\"m\"", 5)}),
                               "webhook-id: k\r\n");
        QCOMPARE(many.status, 409);
        QCOMPARE(many.json["faults"].size(), 2U);
        QCOMPARE(many.json["faults"][0]["path"], "$[0]"); // the id is not in the body
        QCOMPARE(many.json["faults"][0]["event_own_id"], "k/0");
        QCOMPARE(many.json["faults"][1]["path"], "$[2].id");
        QCOMPARE(many.json["faults"][1]["item"], 2);
        QVERIFY(!post(eventWithId("\"new\"", 9)).json["events"][0].contains("duplicate")); // nothing of it was taken
        QCOMPARE(post(arrayOf({eventWithId("\"o\"", 1), eventWithId("\"o\"", 2)})).status, 409);
        const auto same = post(arrayOf({eventWithId("\"o\"", 3), eventWithId("\"o\"", 3)}));
        QCOMPARE(same.status, 202);
        QVERIFY(!same.json["events"][0].contains("duplicate"));
        QCOMPARE(same.json["events"][1]["duplicate"], true);
    }

    void namesTheFirstOfManyRefused()
    {
        QList<QByteArray> events;
        QList<QByteArray> others;
        for (int i = 0; i < 50; ++i) {
            events.append(eventWithId('"' + QByteArray::number(i) + '"', 1));
            others.append(eventWithId('"' + QByteArray::number(i) + '"', 2));
        }
        QCOMPARE(post(arrayOf(events)).status, 202);
        const auto refused = post(arrayOf(others));
        QCOMPARE(refused.status, 409);
        QCOMPARE(refused.json["faults"].size(), 10U);
        QVERIFY(refused.json["error"].get<std::string>().find("50") != std::string::npos);
    }

    void holdsForForcedOnes()
    {
        QCOMPARE(post(eventWithId("\"m\"")).status, 202);
        const auto suppressed = post(eventWithId("\"n\"")).json["events"][0];
        QCOMPARE(suppressed["suppressed"], true);
        const auto again = post(eventWithId("\"n\""), {}, "?force=true").json["events"][0];
        QCOMPARE(again["suppressed"], true);
        QCOMPARE(again["duplicate"], true);
        QCOMPARE(again["suppressed_reason"], suppressed["suppressed_reason"]);
    }

    void takesOneOfManyAtOnce()
    {
        constexpr int senders = 12;
        for (int round = 0; round < 10; ++round) {
            const QByteArray id = '"' + QByteArray::number(round) + '"';
            std::vector<std::unique_ptr<QTcpSocket>> sockets;
            for (int i = 0; i < senders; ++i) {
                sockets.push_back(connected());
                QTRY_COMPARE_WITH_TIMEOUT(sockets.back()->state(), QAbstractSocket::ConnectedState, 60'000);
            }
            for (const auto &socket : sockets) {
                socket->write(requestOf(eventWithId(id), {}, {}));
                socket->flush();
            }
            int fresh = 0;
            Json eventId;
            for (const auto &socket : sockets) {
                const auto answer = answerFrom(*socket);
                QCOMPARE(answer.status, 202);
                const auto &event = answer.json["events"][0];
                fresh += event.contains("duplicate") ? 0 : 1;
                eventId = eventId.is_null() ? event["event_id"] : eventId;
                QCOMPARE(event["event_id"], eventId);
            }
            QCOMPARE(fresh, 1);
        }
    }

private:
    std::unique_ptr<QTcpSocket> connected() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_place->port());
        return socket;
    }

    static QByteArray requestOf(const QByteArray &body, const QByteArray &fields, const QByteArray &query)
    {
        return ingestRequest("POST /v1/events" + query, ingestBearer + fields, body);
    }

    static Answer answerFrom(QTcpSocket &socket)
    {
        QByteArray text;
        Answer answer;
        [&] { // an answer is one line of JSON behind its head
            QTRY_VERIFY_WITH_TIMEOUT((text += socket.readAll()).endsWith("}\n"), 60'000);
        }();
        answer.status = text.mid(9, 3).toInt();
        const auto json = parseJson(text.mid(text.indexOf("\r\n\r\n") + 4));
        answer.json = json ? *json : Json();
        return answer;
    }

    Answer post(const QByteArray &body, const QByteArray &fields = {}, const QByteArray &query = {}) const
    {
        const auto socket = connected();
        socket->write(requestOf(body, fields, query));
        return answerFrom(*socket);
    }

    std::unique_ptr<TestIngestPlace> m_place;
};

QTEST_GUILESS_MAIN(TestIngestIds)
#include "tst_ingestids.moc"
