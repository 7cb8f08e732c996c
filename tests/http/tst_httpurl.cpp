// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpurl.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestHttpUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void targets_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QByteArray>("target");
        const auto same = [](const char *target) {
            QTest::newRow(target) << QString::fromLatin1(target) << QByteArray(target);
        };
        for (const auto *target : {"/",
                                   "/a/./b/../c",
                                   "//a",
                                   "//a//b/",
                                   "/.",
                                   "/..",
                                   "/../..",
                                   "/%2f%7E",
                                   "/%2F%2e%2E/x",
                                   "/a%2Fb%2fc",
                                   "/a?b=/../c",
                                   "/a?b=//c&&d=%20+e",
                                   "/a?",
                                   "/a??b",
                                   "/a;b=c,d",
                                   "/!$&'()*+,;=:@-._~",
                                   "/[]",
                                   "/a?x[]=1",
                                   "/%00",
                                   "/%0d%0aX:%20y",
                                   "/%23",
                                   "/:8443",
                                   "/a@b",
                                   "/https://other.test/"}) {
            same(target);
        }
        const auto row = [](const char *name, const QString &written, const char *target) {
            QTest::newRow(name) << written << QByteArray(target);
        };
        row("nothing", u""_s, "/");
        row("a query alone", u"?a=b"_s, "/?a=b");
        row("an empty query", u"?"_s, "/?");
        row("a space", u"/a b"_s, "/a%20b");
        row("forbidden", u"/\"<>\\^`{|}?\"<>\\^`{|}"_s, "/%22%3C%3E%5C%5E%60%7B%7C%7D?%22%3C%3E%5C%5E%60%7B%7C%7D");
        row("two bytes", u"/ä?ß"_s, "/%C3%A4?%C3%9F");
        row("three and four bytes", u"/€/😀"_s, "/%E2%82%AC/%F0%9F%98%80");
        row("encoded once", u"/%C3%A4 ä"_s, "/%C3%A4%20%C3%A4");
        row("no normal form", u"/a\u0308"_s, "/a%CC%88");
    }

    void targets()
    {
        QFETCH(const QString, written);
        QFETCH(const QByteArray, target);
        const auto url = parseHttpUrl(u"https://localhost:8443"_s + written, Sentence(u"URL"_s));
        QVERIFY2(url, url ? "" : qPrintable(url.error().message));
        QCOMPARE(url->target, target);
        QCOMPARE(url->text(), "https://localhost:8443" + target);
        const auto again = parseHttpUrl(QString::fromLatin1(url->text()), Sentence(u"URL"_s));
        QVERIFY(again);
        QCOMPARE(*again, *url);
    }

    void hosts_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("authority");
        QTest::addColumn<QByteArray>("peer");
        QTest::addColumn<int>("port");
        QTest::newRow("name") << u"https://Example.test/"_s << "Example.test"_ba
                              << "Example.test"_ba << 443;
        QTest::newRow("scheme in capitals") << u"HTTPS://example.test"_s << "example.test"_ba
                                            << "example.test"_ba << 443;
        QTest::newRow("port") << u"https://a.test:8443/"_s << "a.test:8443"_ba
                              << "a.test"_ba << 8443;
        QTest::newRow("the usual port") << u"https://a.test:443/"_s << "a.test"_ba
                                        << "a.test"_ba << 443;
        QTest::newRow("dot") << u"https://localhost./"_s << "localhost."_ba
                             << "localhost"_ba << 443;
        QTest::newRow("dot and port") << u"https://localhost.:8443/"_s << "localhost.:8443"_ba
                                      << "localhost"_ba << 8443;
        QTest::newRow("IPv4") << u"https://127.0.0.1/"_s << "127.0.0.1"_ba
                              << "127.0.0.1"_ba << 443;
        QTest::newRow("IPv6") << u"https://[::1]:8443/"_s << "[::1]:8443"_ba
                              << "::1"_ba << 8443;
        QTest::newRow("IPv6, usual port") << u"https://[2001:db8::1]/"_s << "[2001:db8::1]"_ba
                                          << "2001:db8::1"_ba << 443;
        QTest::newRow("number") << u"https://2852039166/"_s << "2852039166"_ba
                                << "2852039166"_ba << 443;
        QTest::newRow("not ASCII") << u"https://bücher.test/"_s << "xn--bcher-kva.test"_ba
                                   << "xn--bcher-kva.test"_ba << 443;
        QTest::newRow("underscore") << u"https://a_b.test/"_s << "a_b.test"_ba
                                    << "a_b.test"_ba << 443;
    }

    void hosts()
    {
        QFETCH(const QString, url);
        QFETCH(const QByteArray, authority);
        QFETCH(const QByteArray, peer);
        QFETCH(const int, port);
        const auto read = parseHttpUrl(url, Sentence(u"URL"_s));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->authority(), authority);
        QCOMPARE(read->peerHost(), peer);
        QCOMPARE(read->port, port);
        QVERIFY(read->isValid());
        QVERIFY(read->toUrl().isValid());
    }

    void faults_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("inMessage");
        QTest::newRow("empty") << u""_s << u"https://"_s;
        QTest::newRow("http") << u"http://a.test/"_s << u"https://"_s;
        QTest::newRow("another scheme") << u"ftp://a.test/"_s << u"https://"_s;
        QTest::newRow("no scheme") << u"a.test/"_s << u"https://"_s;
        QTest::newRow("one slash") << u"https:/a.test/"_s << u"https://"_s;
        QTest::newRow("no host") << u"https:///a"_s << u"host"_s;
        QTest::newRow("port alone") << u"https://:8443/"_s << u"host"_s;
        QTest::newRow("user") << u"https://user@a.test/"_s << u"user name"_s;
        QTest::newRow("user and password") << u"https://user:pw@a.test/"_s << u"user name"_s;
        QTest::newRow("empty user") << u"https://@a.test/"_s << u"user name"_s;
        QTest::newRow("port 0") << u"https://a.test:0/"_s << u"port"_s;
        QTest::newRow("port 65536") << u"https://a.test:65536/"_s << u"port"_s;
        QTest::newRow("no port") << u"https://a.test:/"_s << u"port"_s;
        QTest::newRow("negative port") << u"https://a.test:-1/"_s << u"port"_s;
        QTest::newRow("signed port") << u"https://a.test:+443/"_s << u"port"_s;
        QTest::newRow("port with a space") << u"https://a.test: 443/"_s << u"port"_s;
        QTest::newRow("IPv6 without brackets") << u"https://::1/"_s << u"valid"_s;
        QTest::newRow("broken IPv6") << u"https://[::1/"_s << u"valid"_s;
        QTest::newRow("no IPv6") << u"https://[a.test]/"_s << u"valid"_s;
        QTest::newRow("a later version of IP") << u"https://[v1.x]/"_s << u"valid"_s;
        QTest::newRow("a zone") << u"https://[fe80::1%25eth0]/"_s << u"valid"_s;
        QTest::newRow("behind the bracket") << u"https://[::1]a/"_s << u"valid"_s;
        QTest::newRow("space in the host") << u"https://a b.test/"_s << u"valid"_s;
        QTest::newRow("encoded digits") << u"https://%31%36%39.254.169.254/"_s << u"valid"_s;
        QTest::newRow("fragment") << u"https://a.test/b#section"_s << u"fragment from the # at column 17"_s;
        QTest::newRow("fragment in the query") << u"https://a.test/b?c#d"_s << u"fragment from the # at column 19"_s;
        QTest::newRow("fragment at once") << u"https://a.test#d"_s << u"fragment from the # at column 15"_s;
        QTest::newRow("percent sign alone") << u"https://a.test/%"_s << u"percent sign at column 16"_s;
        QTest::newRow("percent sign with one digit") << u"https://a.test/%4"_s << u"percent sign at column 16"_s;
        QTest::newRow("percent sign with no digits") << u"https://a.test/%41%zz"_s << u"percent sign at column 19"_s;
        QTest::newRow("empty fragment") << u"https://a.test/#"_s << u"fragment from the # at column 16"_s;
        QTest::newRow("line break") << u"https://a.test/\r\nX: y"_s << u"column 16"_s;
        QTest::newRow("null") << u"https://a.test/"_s + QChar(0) << u"control character"_s;
        QTest::newRow("tabulator") << u"https://a.test/\t"_s << u"control character"_s;
        QTest::newRow("delete") << u"https://a.test/\x7f"_s << u"control character"_s;
        QTest::newRow("in the host") << u"https://a\ntest/"_s << u"control character"_s;
        QTest::newRow("backslash for a slash") << u"https://a.test\\b"_s << u"backslash"_s;
        QTest::newRow("space at the end") << u"https://a.test/b "_s << u"space"_s;
    }

    void faults()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, inMessage);
        const auto read = parseHttpUrl(url, Sentence(u"The label"_s));
        QVERIFY2(!read, qPrintable(read ? QString::fromLatin1(read->text()) : QString()));
        const auto &error = read.error();
        QVERIFY2(error.message.startsWith(u"The label "_s), qPrintable(error.message));
        QVERIFY2(error.message.contains(inMessage), qPrintable(error.message));
        QVERIFY(error.position.line == 1 && error.position.column >= 1 && error.position.column <= url.size() + 1);
    }

    void everyOtherByteOfATargetStays()
    {
        for (int byte = 0x21; byte < 0x7f; ++byte) {
            const QByteArray text = QByteArray("/") + static_cast<char>(byte);
            const auto url = parseHttpUrl(u"https://a.test"_s + QString::fromLatin1(text), {});
            if (byte == '#' || byte == '%') {
                QVERIFY(!url);
                continue;
            }
            QVERIFY2(url, text.constData());
            const bool isForbidden = QByteArrayView("\"<>\\^`{|}").contains(static_cast<char>(byte));
            QCOMPARE(url->target != text, isForbidden);
            QCOMPARE(firstForbiddenByte(text), isForbidden ? 1 : -1);
        }
    }

    void whatASecretMayNotHold_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<qsizetype>("at");
        QTest::newRow("empty") << ""_ba << qsizetype(-1);
        QTest::newRow("plain") << "T00/B00/abcDEF-._~"_ba << qsizetype(-1);
        QTest::newRow("encoded") << "a%2fb"_ba << qsizetype(-1);
        QTest::newRow("dots") << "a/../b"_ba << qsizetype(-1);
        QTest::newRow("query") << "a?b=c&d"_ba << qsizetype(-1);
        QTest::newRow("space") << "ab c"_ba << qsizetype(2);
        QTest::newRow("fragment") << "#a"_ba << qsizetype(0);
        QTest::newRow("not ASCII") << "a\xc3\xa4"_ba << qsizetype(1);
        QTest::newRow("line break") << "abc\n"_ba << qsizetype(3);
        QTest::newRow("null") << QByteArray("a\0b", 3) << qsizetype(1);
        QTest::newRow("delete") << "a\x7f"_ba << qsizetype(1);
        QTest::newRow("quote") << "a\"b"_ba << qsizetype(1);
    }

    void whatASecretMayNotHold()
    {
        QFETCH(const QByteArray, secret);
        QFETCH(const qsizetype, at);
        QCOMPARE(firstForbiddenByte(secret), at);
    }
};

QTEST_GUILESS_MAIN(TestHttpUrl)
#include "tst_httpurl.moc"
