// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"
#include "packing.h"

#include <QTest>

#include <sys/socket.h>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

QByteArray changed(QByteArray bytes, qsizetype at)
{
    const auto index = at < 0 ? bytes.size() + at : at;
    bytes[index] = static_cast<char>(~bytes.at(index));
    return bytes;
}

} // namespace

/// Where an answer begins and ends (RFC 9112 §4 to §7), and what is no answer at all.
class TestFraming : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki{};

    static constexpr const char *head = "HTTP/1.1 200 OK\r\n";

    Invocation answered(const FakeServer::Answer &answer, int *requests = nullptr) const
    {
        FakeServer server(m_pki.server, answer);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server.url(), m_pki));
        if (requests) {
            *requests = static_cast<int>(server.requests().size());
        }
        return invocation;
    }

    Invocation answered(const QByteArray &answer) const { return answered(FakeServer::sending(answer)); }

private Q_SLOTS:
    void bodies_data()
    {
        QTest::addColumn<QByteArray>("answer"); // behind the status line; the connection stays open
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("inReason");
        const auto good = [](const char *name, const QByteArray &answer, const QByteArray &body) {
            QTest::newRow(name) << answer << body << QString() << QString();
        };
        const auto bad = [](const char *name, const QByteArray &answer, const QString &inReason) {
            QTest::newRow(name) << answer << QByteArray() << u"protocol"_s << inReason;
        };
        good("a length", "Content-Length: 5\r\n\r\nabcde", "abcde");
        good("no body", "Content-Length: 0\r\n\r\n", "");
        good("the same length twice", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde", "abcde");
        good("the same length in a list", "Content-Length: 5, 5\r\n\r\nabcde", "abcde");
        bad("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", u"5 and 6"_s);
        bad("two lengths, the larger first", "Content-Length: 6\r\nContent-Length: 5\r\n\r\nabcdef", u"6 and 5"_s);
        bad("two lengths in a list", "Content-Length: 5, 6\r\n\r\nabcdef", u"5 and 6"_s);
        bad("a negative length", "Content-Length: -5\r\n\r\nabcde", u"not in order"_s);
        bad("a length that is none", "Content-Length: many\r\n\r\nabcde", u"not in order"_s);
        bad("a length beyond all numbers", "Content-Length: 99999999999999999999\r\n\r\nabcde", u"Content-Length"_s);
        const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n";
        good("chunks", chunked + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde");
        good("chunk sizes in capitals", chunked + "A\r\n0123456789\r\n0\r\n\r\n", "0123456789");
        bad("a chunk of size zz", chunked + "zz\r\nabc\r\n0\r\n\r\n", u"chunk"_s);
        bad("a negative chunk", chunked + "-3\r\nabc\r\n0\r\n\r\n", u"chunk"_s);
        bad("a chunk without a size", chunked + "\r\nabc\r\n0\r\n\r\n", u"chunk"_s);
        bad("a chunk beyond all numbers", chunked + "fffffffffffffffff\r\nabc\r\n0\r\n\r\n", u"chunk"_s);
        bad("a chunk longer than it says", chunked + "2\r\nabc\r\n0\r\n\r\n", u"chunk"_s);
        bad("a coding that nobody knows", "Transfer-Encoding: nonsense\r\n\r\nabc", u"Transfer-Encoding"_s);
        bad("a status that is none", "", u"not in order"_s);
    }

    void bodies()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, error);
        QFETCH(const QString, inReason);
        const auto invocation = answered(answer.isEmpty() ? QByteArray("HTTP/1.1 20x OK\r\n\r\n") : head + answer);
        QCOMPARE(errorWord(invocation), error);
        QCOMPARE(invocation.verdict, error.isEmpty() ? Verdict::Successful : Verdict::Failed);
        QVERIFY2(invocation.reason.text().contains(inReason), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 1);
        if (error.isEmpty()) {
            QCOMPARE(invocation.response->body, body);
        }
    }

    void codings_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("decoded"); // none: the body is damaged
        constexpr int gzip = 31;
        constexpr int zlib = 15;
        QByteArray text; // what is random can hardly be packed: cut anywhere, something is missing
        for (quint32 i = 0; i < 500; ++i) {
            text += QByteArray::number(i * 2654435761U, 16);
        }
        const auto row = [](const char *name, const char *coding, const QByteArray &body,
                            const QByteArray &decoded = {}) {
            QTest::newRow(name) << QByteArray(coding) << body << decoded;
        };
        const auto zipped = packed(text, gzip);
        const auto deflated = packed(text, zlib);
        const auto raw = packed(text, -zlib);
        constexpr qsizetype trailer = 8; // a checksum and a length
        row("gzip", "gzip", zipped, text);
        row("x-gzip", "x-gzip", zipped, text);
        row("in capitals", "GZIP", zipped, text);
        row("gzip, twice the same", "gzip", zipped + zipped, text + text);
        row("gzip, cut in the middle", "gzip", zipped.first(zipped.size() / 2));
        row("gzip, cut before its trailer", "gzip", zipped.chopped(trailer));
        row("gzip, cut within its trailer", "gzip", zipped.chopped(1));
        row("gzip, cut within its header", "gzip", zipped.first(5));
        row("gzip, a wrong checksum", "gzip", changed(zipped, -trailer));
        row("gzip, a wrong length", "gzip", changed(zipped, -1));
        row("gzip, its second member cut", "gzip", zipped + zipped.chopped(trailer));
        row("gzip, a damaged middle", "gzip", changed(zipped, zipped.size() / 2));
        row("deflate", "deflate", deflated, text);
        row("deflate without its frame", "deflate", raw, text);
        row("deflate, cut", "deflate", deflated.first(deflated.size() / 2));
        row("deflate, cut before its checksum", "deflate", deflated.chopped(4));
        row("deflate, a wrong checksum", "deflate", changed(deflated, -1));
        row("deflate without its frame, cut", "deflate", raw.first(raw.size() / 2));
        row("another coding", "br", zipped, zipped);
        row("none", "identity", text, text);
    }

    void codings()
    {
        QFETCH(const QByteArray, coding);
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, decoded);
        for (const bool isChunked : {false, true}) {
            const auto size = QByteArray::number(body.size(), isChunked ? 16 : 10);
            QByteArray framed = "Content-Length: " + size + "\r\n\r\n" + body;
            if (isChunked) {
                framed = "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + body + "\r\n0\r\n\r\n";
            }
            const auto invocation = answered(head + ("Content-Encoding: " + coding + "\r\n" + framed));
            QCOMPARE(errorWord(invocation), decoded.isEmpty() ? u"protocol"_s : QString());
            QCOMPARE(invocation.verdict, decoded.isEmpty() ? Verdict::Failed : Verdict::Successful);
            if (decoded.isEmpty()) {
                QVERIFY2(invocation.reason.text().contains(u"Content-Encoding"_s), qPrintable(invocation.reason));
            } else {
                QCOMPARE(invocation.response->body, decoded);
            }
        }
    }

    void ends_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("error");
        const QByteArray open = QByteArray(head) + "\r\nabc";
        const QByteArray closing = QByteArray(head) + "Connection: close\r\n\r\nabc";
        const QByteArray old = "HTTP/1.0 200 OK\r\n\r\nabc";
        const QByteArray length = QByteArray(head) + "Content-Length: 9\r\n\r\nabc";
        const QByteArray chunk = QByteArray(head) + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc";
        const QByteArray chunks = QByteArray(head) + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
        for (const auto &end : {u"close_notify"_s, u"FIN"_s, u"RST"_s}) {
            const auto name = end.toLatin1();
            const auto whole = end == "close_notify"_L1 ? QString() : u"reset"_s;
            QTest::addRow("%s, no length", name.constData()) << open << end << whole;
            QTest::addRow("%s, Connection: close", name.constData()) << closing << end << whole;
            QTest::addRow("%s, HTTP/1.0", name.constData()) << old << end << whole;
            QTest::addRow("%s, a length that is not reached", name.constData()) << length << end << u"reset"_s;
            QTest::addRow("%s, a chunk cut short", name.constData()) << chunk << end << u"reset"_s;
            QTest::addRow("%s, no last chunk", name.constData()) << chunks << end << u"reset"_s;
        }
    }

    void ends()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const QString, end);
        QFETCH(const QString, error);
        const auto invocation = answered([&](QSslSocket &socket, const QByteArray &) {
            socket.write(answer);
            if (end == "close_notify"_L1) {
                socket.disconnectFromHost();
                return;
            }
            // Underneath TLS, once it is all on its way.
            while (socket.bytesToWrite() + socket.encryptedBytesToWrite() > 0) {
                socket.waitForBytesWritten();
            }
            const auto descriptor = static_cast<int>(socket.socketDescriptor());
            if (end == "RST"_L1) {
                const linger atOnce{.l_onoff = 1, .l_linger = 0};
                ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
                socket.abort();
                return;
            }
            ::shutdown(descriptor, SHUT_WR);
        });
        QCOMPARE(errorWord(invocation), error);
        QCOMPARE(invocation.verdict, error.isEmpty() ? Verdict::Successful : Verdict::Failed);
        QCOMPARE(invocation.sent, 1);
        if (end == "RST"_L1 && !invocation.response) {
            return; // the system throws away what has come and was not read yet
        }
        QVERIFY(invocation.response);
        QCOMPARE(invocation.response->body, "abc"_ba);
    }

    void anAnswerWithoutABody_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("204") << "HTTP/1.1 204 No Content\r\n\r\n"_ba;
        QTest::newRow("204 with a length") << "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"_ba;
        QTest::newRow("101 that nobody asked for")
            << "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x01\x02"_ba;
        QTest::newRow("304") << "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"_ba;
    }

    /// None of them waits for more: that would end in a timeout.
    void anAnswerWithoutABody()
    {
        QFETCH(const QByteArray, answer);
        const auto invocation = answered(answer);
        QVERIFY(invocation.response);
        QCOMPARE(invocation.response->status, answer.mid(9, 3).toInt());
        QVERIFY(invocation.response->body.isEmpty());
        QVERIFY(errorWord(invocation) != u"timeout"_s);
        QCOMPARE(invocation.verdict, invocation.response->status == 204 ? Verdict::Successful : Verdict::Failed);
    }

    void textIsReadInItsCharset_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("iso-8859-1") << "text/plain; charset=iso-8859-1"_ba
                                    << "f\xfcr"_ba;
        QTest::newRow("quoted, in capitals") << "text/plain; charset=\"ISO-8859-1\""_ba
                                             << "f\xfcr"_ba;
        QTest::newRow("utf-8") << "text/plain; charset=utf-8"_ba
                               << "f\xc3\xbcr"_ba;
        QTest::newRow("none") << "text/plain"_ba
                              << "f\xc3\xbcr"_ba;
    }

    void textIsReadInItsCharset()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        FakeServer server(m_pki.server,
                          FakeServer::sending(FakeServer::response(200, body, {"Content-Type: " + type})));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.responseValidators = {{u"$.data"_s, {u"für"_s}}};
        const auto invocation = invoke(dispatcher, request);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.response->body, body);
    }
};

QTEST_GUILESS_MAIN(TestFraming)
#include "tst_framing.moc"
