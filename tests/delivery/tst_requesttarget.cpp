// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// The request target goes out as it was written (RFC 9112 §3.2.1), and is shown as it went out.
class TestRequestTarget : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    static QByteArray targetOf(const QByteArray &request) { return request.split(' ').value(1); }

private Q_SLOTS:
    void asWritten_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QByteArray>("sent");
        for (const auto *target :
             {"/a/./b/../c", "//a", "//a//", "/..", "/%2f%7E", "/%2F%2e%2e/x", "/a?b=/../c", "/a?", "/a?b?c=d&&e",
              "/a;b=c", "/https://other.test/", "/@b", "/[x]?y[]=z", "/%0d%0aX:y", "/a+b"}) {
            QTest::newRow(target) << QString::fromLatin1(target) << QByteArray(target);
        }
        QTest::newRow("nothing") << QString() << "/"_ba;
        QTest::newRow("a query alone") << u"?a"_s << "/?a"_ba;
        QTest::newRow("a space") << u"/a b"_s << "/a%20b"_ba;
        QTest::newRow("not ASCII") << u"/ä€😀?ß"_s << "/%C3%A4%E2%82%AC%F0%9F%98%80?%C3%9F"_ba;
        QTest::newRow("what no URL may hold") << u"/\"<>\\^{|}`"_s << "/%22%3C%3E%5C%5E%7B%7C%7D%60"_ba;
        QTest::newRow("encoded before") << u"/%20 %C3%A4"_s << "/%20%20%C3%A4"_ba;
    }

    void asWritten()
    {
        QFETCH(const QString, written);
        QFETCH(const QByteArray, sent);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        const auto base = u"https://localhost:%1"_s.arg(server.serverPort());
        for (const auto method : {HttpMethod::Get, HttpMethod::Post}) {
            auto request = requestTo(server.url(), m_pki);
            request.webhook.method = method;
            request.webhook.url = base + written;
            const auto invocation = invoke(dispatcher, request);
            QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
            QCOMPARE(targetOf(server.requests().last()), sent);
            QCOMPARE(invocation.request->url, base + QString::fromLatin1(sent));
        }
    }

    void secrets_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("target"); // none: refused
        QTest::newRow("plain") << u"T0/B0/xyz"_s << u"/hook/T0/B0/xyz/end"_s;
        QTest::newRow("an encoded slash") << u"a%2fb%7E"_s << u"/hook/a%2fb%7E/end"_s;
        QTest::newRow("dots") << u"a/../b/./c"_s << u"/hook/a/../b/./c/end"_s;
        QTest::newRow("slashes") << u"//a//"_s << u"/hook///a///end"_s;
        QTest::newRow("a query") << u"a?b=c&d"_s << u"/hook/a?b=c&d/end"_s;
        QTest::newRow("a space") << u"ab c"_s << QString();
        QTest::newRow("a space at its end") << u"abc "_s << QString();
        QTest::newRow("a fragment") << u"a#bc"_s << QString();
        QTest::newRow("not ASCII") << u"schlüssel"_s << QString();
        QTest::newRow("a line break") << u"abc\r\nX: y"_s << QString();
        QTest::newRow("a line break at its end") << u"abcdef\n"_s << QString();
        QTest::newRow("a null") << QString(u"abc"_s + QChar(0) + u"def"_s) << QString();
        QTest::newRow("a delete") << u"abc\x7f"_s << QString();
        QTest::newRow("a quote") << u"ab\"c"_s << QString();
        QTest::newRow("a brace") << u"ab{c}"_s << QString();
    }

    void secrets()
    {
        QFETCH(const QString, secret);
        QFETCH(const QString, target);
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = server.url(u"/hook/"_s).toString() + u"${secret:key}/end"_s;
        request.secrets.insert(u"key"_s, secret);
        const auto invocation = invoke(dispatcher, request);
        if (target.isEmpty()) {
            QCOMPARE(errorWord(invocation), u"secret"_s);
            QVERIFY2(invocation.reason.text().contains(u"“key”"_s), qPrintable(invocation.reason));
            QVERIFY2(!invocation.reason.text().contains(secret), qPrintable(invocation.reason));
            QCOMPARE(invocation.error->field, u"type.http_request.url"_s);
            QCOMPARE(invocation.sent, 0);
            QCOMPARE(server.connections(), 0);
            return;
        }
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(targetOf(server.requests().first()), target.toLatin1());
        QVERIFY2(invocation.request->url.endsWith("/hook/"_L1 % redactionMark % "/end"_L1),
                 qPrintable(invocation.request->url));
    }

    void aFragmentIsRefusedByName()
    {
        FakeServer server(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = u"https://localhost:%1/a#part"_s.arg(server.serverPort());
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, Verdict::Failed);
        QVERIFY2(invocation.reason.text().contains(u"fragment"_s), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 0);
        QCOMPARE(server.connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRequestTarget)
#include "tst_requesttarget.moc"
