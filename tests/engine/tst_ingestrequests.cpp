// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingesttesting.h"
#include "packing.h"

#include <algorithm>

#include <sys/socket.h>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray repeated(const QByteArray &part, qsizetype bytes)
{
    return part.repeated(bytes / part.size());
}

bool isStatus(const QByteArray &answer, int status)
{
    return answer.mid(9, 4) == QByteArray(QByteArray::number(status) + ' '); // behind HTTP/1.1
}

} // namespace

/// What senders may and may not ask of the ingest (RFC 9110, RFC 9112), and what they cannot do to it.
class TestIngestRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<TestIngestPlace>();
        QVERIFY(m_place->open());
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("part"); // of the answer, its head included
        const QByteArray event = ingestEvent("a");
        const auto post = [&](const QByteArray &headers, const QByteArray &body) {
            return ingestRequest("POST /v1/events", ingestBearer + headers, body);
        };
        const auto framed = [&](const QByteArray &headers, const QByteArray &body) {
            return QByteArray("POST /v1/events HTTP/1.1\r\nHost: x\r\n" + ingestBearer + headers + "\r\n" + body);
        };
        const auto size = QByteArray::number(event.size());
        const QByteArray chunk = QByteArray::number(event.size(), 16) + "\r\n" + event + "\r\n0\r\n\r\n";
        QTest::newRow("absolute form") << ingestRequest("POST http://elsewhere:99/v1/events", ingestBearer, event)
                                       << 202 << "evt_"_ba;
        QTest::newRow("absolute form, with a query")
            << ingestRequest("POST HTTPS://x/v1/events?force=true", ingestBearer, event) << 202 << "evt_"_ba;
        QTest::newRow("absolute form without a path") << ingestRequest("GET http://x", {}) << 404 << "error"_ba;
        QTest::newRow("absolute form, health") << ingestRequest("GET http://x/healthz", {}) << 200 << "ok"_ba;
        QTest::newRow("gzip") << post("Content-Encoding: gzip\r\n", packed(event)) << 202 << "evt_"_ba;
        QTest::newRow("x-gzip") << post("Content-Encoding:  X-GZIP \r\n", packed(event)) << 202 << "evt_"_ba;
        QTest::newRow("identity") << post("Content-Encoding: identity\r\n", event) << 202 << "evt_"_ba;
        QTest::newRow("no gzip") << post("Content-Encoding: gzip\r\n", event) << 400 << "Content-Encoding"_ba;
        QTest::newRow("half a gzip") << post("Content-Encoding: gzip\r\n", packed(event).chopped(9)) << 400
                                     << "Content-Encoding"_ba;
        QTest::newRow("gzip, and something else")
            << post("Content-Encoding: gzip\r\n", packed(event) + "garbage") << 400 << "Content-Encoding"_ba;
        QTest::newRow("gzip, padded, and gzip again")
            << post("Content-Encoding: gzip\r\n", packed(event) + QByteArray(512, '\0') + packed(event)) << 400
            << "Content-Encoding"_ba;
        QTest::newRow("gzip, padded") << post("Content-Encoding: gzip\r\n", packed(event) + QByteArray(512, '\0'))
                                      << 202 << "evt_"_ba;
        QTest::newRow("a blank before the colon")
            << framed("Transfer-Encoding : chunked\r\nContent-Length: " + size + "\r\n", event) << 400
            << "a blank in it"_ba;
        QTest::newRow("brotli") << post("Content-Encoding: br\r\n", event) << 415 << "\r\nAccept-Encoding: gzip"_ba;
        QTest::newRow("packed twice") << post("Content-Encoding: gzip, gzip\r\n", packed(packed(event))) << 415
                                      << "\r\nAccept-Encoding: gzip"_ba;
        QTest::newRow("packed twice, in two fields")
            << post("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", packed(packed(event))) << 415
            << "\r\nAccept-Encoding: gzip"_ba;
        QTest::newRow("packed, without a token")
            << ingestRequest("POST /v1/events", "Content-Encoding: br\r\n", event) << 401 << "token"_ba;
        QTest::newRow("half a character in the second event")
            << post("", '[' + event + ",{\"data\":{\"name\":\"\\ud800\"}}]") << 400 << "$[1].data.name"_ba;
        QTest::newRow("bomb") << post("Content-Encoding: gzip\r\n", packed(QByteArray(64 << 20, ' '))) << 413
                              << "16 MiB"_ba;
        QTest::newRow("chunks") << framed("Transfer-Encoding: chunked\r\n", chunk) << 202 << "evt_"_ba;
        QTest::newRow("chunks and a length")
            << framed("Transfer-Encoding: chunked\r\nContent-Length: " + size + "\r\n", chunk) << 400 << "close"_ba;
        QTest::newRow("two lengths") << framed("Content-Length: " + size + "\r\nContent-Length: 5\r\n", event) << 400
                                     << "close"_ba;
        QTest::newRow("another transfer coding")
            << framed("Transfer-Encoding: gzip, chunked\r\n", chunk) << 501 << "chunked"_ba;
        QTest::newRow("a length that is none") << framed("Content-Length: five\r\n", event) << 400 << ""_ba;
        const QByteArray plain = "Content-Length: " + size + "\r\n\r\n" + event;
        const auto begun = [&](const QByteArray &line, const QByteArray &fields) {
            return QByteArray(line + "\r\n" + fields + plain);
        };
        const QByteArray line = "POST /v1/events HTTP/1.1";
        QTest::newRow("no host") << begun(line, ingestBearer) << 400 << "\"The request has no Host field"_ba;
        QTest::newRow("no host, for health") << "GET /healthz HTTP/1.1\r\n\r\n"_ba << 400 << "no Host field"_ba;
        QTest::newRow("no host, as HTTP/1.0 may")
            << begun("POST /v1/events HTTP/1.0", ingestBearer) << 202 << "evt_"_ba;
        QTest::newRow("an empty host") << begun(line, "Host:\r\n" + ingestBearer) << 202 << "evt_"_ba;
        QTest::newRow("a host with a port") << begun(line, "Host: [::1]:8600 \r\n" + ingestBearer) << 202 << "evt_"_ba;
        QTest::newRow("two hosts") << begun(line, "Host: x\r\nhost: y\r\n" + ingestBearer) << 400
                                   << "more than one Host field"_ba;
        QTest::newRow("two hosts, as HTTP/1.0 may not either")
            << begun("POST /v1/events HTTP/1.0", "Host: x\r\nHost: x\r\n" + ingestBearer) << 400
            << "more than one Host field"_ba;
        QTest::newRow("two hosts in one field") << begun(line, "Host: x, y\r\n" + ingestBearer) << 400 << "no host"_ba;
        QTest::newRow("a host that is a URL") << begun(line, "Host: x/y\r\n" + ingestBearer) << 400 << "no host"_ba;
        QTest::newRow("two who ask") << post("Authorization: Bearer other\r\n", event) << 400
                                     << "more than one Authorization field"_ba;
        QTest::newRow("twice the same who asks")
            << post(ingestBearer, event) << 400 << "more than one Authorization field"_ba;
        QTest::newRow("chunks in HTTP/1.0")
            << QByteArray("POST /v1/events HTTP/1.0\r\nTransfer-Encoding: chunked\r\n" + ingestBearer + "\r\n" + chunk)
            << 400 << "HTTP/1.0 knows no Transfer-Encoding"_ba;
        QTest::newRow("no length, no chunks") << framed("", event) << 411 << "\r\nConnection: close\r\n"_ba;
        QTest::newRow("a field without a name, first")
            << begun("POST /v1/events HTTP/1.1\r\n: x", "Host: x\r\n" + ingestBearer) << 400 << "has no name"_ba;
        QTest::newRow("a field without a name, before the length")
            << framed(": x\r\nContent-Length: " + size + "\r\n", event) << 411 << "\r\nConnection: close\r\n"_ba;
        QTest::newRow("a field without a name, behind the length")
            << framed("Content-Length: " + size + "\r\n: x\r\nX: y\r\n", event) << 400
            << "\r\nConnection: close\r\n"_ba;
        QTest::newRow("a line end in a value") << post("X: a\rb\r\n", event) << 400 << "a line end in its value"_ba;
        const auto asked = [&](const QByteArray &query) {
            return ingestRequest("POST /v1/events?" + query, ingestBearer, event);
        };
        for (const auto *const force : {"force=true", "force=1", "force=false", "force=0", ""}) {
            QTest::addRow("?%s", force) << asked(force) << 202 << "evt_"_ba;
        }
        for (const auto *const force : {"force=yes", "force=TRUE", "force=", "force", "force=1&force=0"}) {
            QTest::addRow("?%s", force) << asked(force) << 400 << "force is true or false"_ba;
        }
        QTest::newRow("an unknown parameter")
            << asked("force=1&dry%5Frun=1") << 400 << "knows the parameter “dry_run”: there is force=true"_ba;
        QTest::newRow("a long unknown parameter")
            << asked(QByteArray(5000, 'p')) << 400 << QByteArray(QByteArray(64, 'p') + "…”");
        QTest::newRow("an unknown parameter, without a token")
            << ingestRequest("POST /v1/events?x=1", {}, event) << 401 << "token"_ba;
        QTest::newRow("what health does not read") << ingestRequest("GET /healthz?t=7", {}) << 200 << "ok"_ba;
        QTest::newRow("a member twice") << post("", ingestEvent("a", R"(,"status":"Active")")) << 400
                                        << R"("path":"$.data.status")"_ba;
        QTest::newRow("a member twice, in the second event")
            << post("", '[' + event + ',' + ingestEvent("b", R"(,"x":[{"y":1,"\u0079":1}])") + ']') << 400
            << R"("path":"$[1].data.x[0].y")"_ba;
        QTest::newRow("a member twice, in the second row")
            << post("", event + '\n' + ingestEvent("b", R"(,"name":"m")")) << 400
            << R"("path":"$.data.name","line":2)"_ba;
        QTest::newRow("a member twice, in the first row") << post("", ingestEvent("b", R"(,"name":"m")") + '\n' + event)
                                                          << 400 << R"("path":"$.data.name","line":1)"_ba;
        QTest::newRow("a word is waited for")
            << framed("Expect: 100-continue\r\nContent-Length: " + size + "\r\n", event) << 100 << " 202 "_ba;
        QTest::newRow("HEAD") << ingestRequest("HEAD /healthz", {}) << 200 << "\r\n\r\n"_ba;
        QTest::newRow("OPTIONS") << ingestRequest("OPTIONS /v1/events", {}) << 405 << "\r\nAllow: POST\r\n"_ba;
        QTest::newRow("OPTIONS of health")
            << ingestRequest("OPTIONS /healthz", {}) << 405 << "\r\nAllow: GET, HEAD\r\n"_ba;
        QTest::newRow("HEAD of events") << ingestRequest("HEAD /v1/events", {}) << 405 << "\r\nAllow: POST\r\n"_ba;
        QTest::newRow("a long field") << ingestRequest("GET /healthz", "X: " + QByteArray(40'000, 'x') + "\r\n") << 431
                                      << ""_ba;
        QTest::newRow("many fields") << ingestRequest("GET /healthz", repeated("X: y\r\n", 60'000)) << 431 << ""_ba;
        QTest::newRow("a long target") << ingestRequest("GET /" + QByteArray(40'000, 'x'), {}) << 414 << ""_ba;
    }

    void answers()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        QFETCH(const QByteArray, part);
        QVERIFY(m_place->listen());
        const auto answer = exchange(request, part);
        QVERIFY2(isStatus(answer, status), answer.constData());
        QVERIFY2(answer.contains(part), answer.constData());
        QVERIFY(!answer.contains(ingestToken));
        QVERIFY(answer.count("\r\nDate: ") == 1 || part.isEmpty()); // empty: in the server's own words
        const bool isTaken = status == 202 || part.contains("202");
        QCOMPARE(m_place->integrations(), isTaken ? 1 : 0);
    }

    void answersWhoHasSaidAll()
    {
        QVERIFY(m_place->listen());
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_place->port());
        socket.write(ingestRequest("POST /v1/events", ingestBearer, ingestEvent("a")));
        QTRY_COMPARE_WITH_TIMEOUT(socket.bytesToWrite(), 0, 60'000);
        ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
        QTRY_VERIFY_WITH_TIMEOUT(socket.peek(1000).startsWith("HTTP/1.1 202 "), 60'000);
    }

    void refusesWhatIsTooMuchToRead_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const qsizetype most = Ingest::maximumBody - 1000;
        QTest::newRow("zeros") << QByteArray("[" + repeated("0,", most) + "0]") << 413;
        QTest::newRow("empty arrays") << QByteArray("[" + repeated("[],", most) + "0]") << 413;
        QTest::newRow("objects") << QByteArray("[" + repeated(R"({"":{}},)", most) + "0]") << 413;
        QTest::newRow("in an event") << QByteArray(ingestEvent("a", R"(,"pad":[)" + repeated("0,", most) + "0]"))
                                     << 413;
        QTest::newRow("in rows") << repeated(ingestEvent("a") + '\n', most) << 413;
        QTest::newRow("behind an open string")
            << QByteArray(ingestEvent("a") + "\n\"\n[" + repeated("0,", most) + "0]\n" + ingestEvent("b")) << 413;
        QTest::newRow("rows that are none") << QByteArray("{}\n" + repeated("{\n", most)) << 400;
        QTest::newRow("many in error") << QByteArray("[" + repeated("0,", 50'000) + "0]") << 400;
    }

    void refusesWhatIsTooMuchToRead()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        QVERIFY(m_place->listen());
        const auto answer = exchange(ingestRequest("POST /v1/events", ingestBearer, body), "\r\n\r\n{");
        QVERIFY2(isStatus(answer, status), answer.constData());
        QVERIFY2(status != 400 || answer.contains("1000, and perhaps more"), answer.constData());
        QCOMPARE(m_place->integrations(), 0);
    }

    void holdsNoMoreThanItSaidOfAll()
    {
        QVERIFY(m_place->listen());
        const qsizetype most = Ingest::maximumBody - 1;
        const auto request = ingestRequest("POST /v1/events", ingestBearer, QByteArray(most, ' '));
        std::vector<std::unique_ptr<QTcpSocket>> senders;
        for (int i = 0; i < Ingest::maximumBodies / Ingest::maximumBody; ++i) { // all but the last byte of each
            senders.push_back(connected());
            senders.back()->write(request.chopped(1));
        }
        for (const auto &sender : senders) {
            QTRY_COMPARE_WITH_TIMEOUT(sender->bytesToWrite(), 0, 60'000);
        }
        QByteArray answer; // the last of their bytes may still be on their way
        QTRY_VERIFY_WITH_TIMEOUT((answer = exchange(request, "\r\n\r\n{")).contains("\r\nRetry-After: "), 60'000);
        QVERIFY2(answer.startsWith("HTTP/1.1 503 "), answer.constData());
        senders.clear();
        QTRY_VERIFY_WITH_TIMEOUT(exchange(request, "\r\n\r\n{").startsWith("HTTP/1.1 400 "), 60'000);
    }

    void servesOneMoreBesideThoseThatKeepTheirPlaces()
    {
        QVERIFY(m_place->listen({.connections = 8, .connectionsPerAddress = 4}));
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < 12; ++i) {
            idle.push_back(connected());
            idle.back()->write("GET /healthz HTTP/1.1\r\nHost: ");
        }
        for (int i = 0; i < 10; ++i) {
            const auto answer = exchange(ingestRequest("GET /healthz", {}), "\"ok\"");
            QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
        }
        QTRY_COMPARE_WITH_TIMEOUT(
            std::count_if(idle.begin(), idle.end(),
                          [](const auto &one) { return one->state() == QAbstractSocket::ConnectedState; }),
            4, 60'000);
    }

private:
    std::unique_ptr<QTcpSocket> connected()
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_place->port());
        return socket;
    }

    /// What is answered to a request, until `part` has come or nothing more comes.
    QByteArray exchange(const QByteArray &request, const QByteArray &part)
    {
        const auto socket = connected();
        socket->write(request);
        QByteArray answer;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(((answer += socket->readAll()).contains("\r\n\r\n") && answer.contains(part))
                                         || socket->state() == QAbstractSocket::UnconnectedState,
                                     60'000);
        }();
        return answer + socket->readAll();
    }

    std::unique_ptr<TestIngestPlace> m_place;
};

QTEST_GUILESS_MAIN(TestIngestRequests)
#include "tst_ingestrequests.moc"
