// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// Heads of answers: all that is in them, in order, and no more than anybody needs.
class TestHeads : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    const QByteArray m_final = FakeServer::response(200, "{\"a\": 1}", {"X-Last: yes"});

    Invocation answered(const QByteArray &answer) const
    {
        FakeServer server(m_pki.server, FakeServer::sending(answer));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        const auto invocation = invoke(dispatcher, request);
        if (server.requests().size() != 1 || invocation.sent != 1) {
            QTest::qFail("the target was asked more than once", __FILE__, __LINE__);
        }
        return invocation;
    }

    static QList<Header> fields(const QByteArrayList &lines)
    {
        QList<Header> result;
        for (const auto &line : lines) {
            const auto colon = line.indexOf(':');
            result.append({QString::fromLatin1(line.first(colon)), QString::fromLatin1(line.mid(colon + 1).trimmed())});
        }
        return result;
    }

private Q_SLOTS:
    void interimAnswersAreShownBesideTheFinalOne_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QList<int>>("statuses");
        const QByteArray hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\nLink: </b>\r\n\r\n";
        const QByteArray processing = "HTTP/1.1 102 Processing\r\n\r\n";
        const QByteArray goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        QTest::newRow("103") << hints << QList{103};
        QTest::newRow("102") << processing << QList{102};
        QTest::newRow("100") << goOn << QList{100};
        QTest::newRow("several") << goOn + processing + hints + processing + hints << QList{100, 102, 103, 102, 103};
        QTest::newRow("one that is unknown") << "HTTP/1.1 199 Whatever\r\nX-A: b\r\n\r\n"_ba << QList{199};
    }

    void interimAnswersAreShownBesideTheFinalOne()
    {
        QFETCH(const QByteArray, before);
        QFETCH(const QList<int>, statuses);
        const auto invocation = answered(before + m_final);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.response->status, 200);
        QCOMPARE(invocation.response->body, "{\"a\": 1}"_ba);
        QCOMPARE(invocation.response->headers, fields({"X-Last: yes", "Content-Length: 8"}));
        QList<int> shown;
        for (const auto &interim : invocation.response->interim) {
            shown.append(interim.status);
            if (interim.status == 103) {
                QCOMPARE(interim.reasonPhrase, u"Early Hints"_s);
                QCOMPARE(interim.headers, fields({"Link: </a>; rel=preload", "Link: </b>"}));
            }
        }
        QCOMPARE(shown, statuses);
    }

    void fieldsStandAsTheyCame()
    {
        const QByteArrayList lines{"x-b: 2",   "X-Empty:",      "X-B: 1", "Set-Cookie: a=b, c",
                                   "X-Empty:", "Set-Cookie: d", "x-b: 2", "X-Colon: a:b"};
        const auto invocation = answered(FakeServer::response(200, "{}", lines));
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(invocation.response->headers, fields(lines + QByteArrayList{"Content-Length: 2"}));
    }

    void theVersionIsTheAnswers()
    {
        const auto invocation = answered("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(invocation.response->httpVersion, u"1.0"_s);
        QCOMPARE(answered(m_final).response->httpVersion, u"1.1"_s);
    }

    void trailersStandApart()
    {
        const auto invocation = answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                                         "2\r\n{}\r\n0\r\nX-Sum: 1\r\nX-Sum: 2\r\nX-Empty:\r\n\r\n");
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.response->headers, fields({"Transfer-Encoding: chunked", "Trailer: X-Sum"}));
        QCOMPARE(invocation.response->trailers, fields({"X-Sum: 1", "X-Sum: 2", "X-Empty:"}));
    }

    void manyAndLargeFields_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("fault"); // empty: accepted
        QTest::newRow("100") << 100 << 10 << QString();
        QTest::newRow("101") << 101 << 10 << QString();
        QTest::newRow("400") << 400 << 100 << QString();
        QTest::newRow("1,000 with its length") << 999 << 10 << QString();
        QTest::newRow("1,001 with its length") << 1000 << 10 << u"1,000 fields"_s;
        QTest::newRow("one of 70 KB") << 1 << 70'000 << QString();
        QTest::newRow("three of 70 KB") << 3 << 70'000 << QString();
        QTest::newRow("four of 70 KB") << 4 << 70'000 << u"256 KiB"_s;
        QTest::newRow("one of 101 KiB") << 1 << 101 * 1024 << u"100 KiB"_s;
        QTest::newRow("one of 300 KiB") << 1 << 300 * 1024 << u"100 KiB"_s;
    }

    void manyAndLargeFields()
    {
        QFETCH(const int, count);
        QFETCH(const int, size);
        QFETCH(const QString, fault);
        QByteArrayList lines;
        for (int i = 0; i < count; ++i) {
            lines.append("X-" + QByteArray::number(i) + ": " + QByteArray(size, static_cast<char>('a' + i % 26)));
        }
        const auto invocation = answered(FakeServer::response(200, "{}", lines));
        if (fault.isEmpty()) {
            QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
            QCOMPARE(invocation.response->headers, fields(lines + QByteArrayList{"Content-Length: 2"}));
        } else {
            QCOMPARE(errorWord(invocation), u"protocol"_s);
            QVERIFY2(invocation.reason.text().contains(fault), qPrintable(invocation.reason));
        }
    }

    void withoutEnd_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("more");
        const QByteArray begin = "HTTP/1.1 200 OK\r\n";
        QTest::newRow("large fields") << begin << "X-Field: " + QByteArray(1000, 'x') + "\r\n";
        QTest::newRow("small fields") << begin << "X: y\r\n"_ba;
        QTest::newRow("one field") << begin + "X: " << QByteArray(1000, 'x');
        QTest::newRow("a folded field") << begin + "X: y\r\n"
                                        << " " + QByteArray(1000, 'x') + "\r\n";
        QTest::newRow("interim answers") << ""_ba
                                         << "HTTP/1.1 102 Processing\r\n\r\n"_ba;
        QTest::newRow("trailers") << begin + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
                                  << "X-Field: " + QByteArray(1000, 'x') + "\r\n";
    }

    /// It is broken off, and others are none the worse for it.
    void withoutEnd()
    {
        QFETCH(const QByteArray, begin);
        QFETCH(const QByteArray, more);
        FakeServer endless(m_pki.server, [&](QSslSocket &socket, const QByteArray &) {
            const auto pour = [&socket, block = more.repeated(16 * 1024 / more.size() + 1)] {
                if (socket.encryptedBytesToWrite() == 0) {
                    socket.write(block);
                }
            };
            connect(&socket, &QSslSocket::encryptedBytesWritten, &socket, pour);
            socket.write(begin);
            pour();
        });
        FakeServer server(m_pki.server, FakeServer::sending(m_final));
        Dispatcher dispatcher(nullptr, 1);
        auto *job = dispatcher.invoke(requestTo(endless.url(), m_pki));
        QSignalSpy finished(job, &InvocationJob::finished);
        QTRY_COMPARE(endless.requests().size(), 1);
        QCOMPARE(invoke(dispatcher, requestTo(server.url(), m_pki)).verdict, Verdict::Successful);
        QTRY_COMPARE(finished.count(), 1);
        const auto invocation = finished.first().first().value<Invocation>();
        QCOMPARE(errorWord(invocation), u"protocol"_s);
        QCOMPARE(badWording(invocation), QString());
        QCOMPARE(invocation.sent, 1);
        QTRY_COMPARE(endless.openConnections(), 0);
        QCOMPARE(endless.requests().size(), 1);
        QCOMPARE(invoke(dispatcher, requestTo(server.url(), m_pki)).verdict, Verdict::Successful);
    }
};

QTEST_GUILESS_MAIN(TestHeads)
#include "tst_heads.moc"
