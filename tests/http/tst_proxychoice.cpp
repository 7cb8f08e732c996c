// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxychoice.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

using Variables = QList<std::pair<QByteArray, QByteArray>>;

class TestProxyChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        for (const auto *name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                 "no_proxy", "NO_PROXY"}) {
            qunsetenv(name);
        }
    }

    void init() { cleanup(); }

    void texts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("speaksTls");
        const auto row = [](const char *text, const char *url, const QString &place, const char *host, bool speaksTls) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(url) << place << QByteArray(host) << speaksTls;
        };
        row("http://p.test:3128", "http://p.test:3128", u"p.test:3128"_s, "p.test", false);
        row("p.test:3128", "http://p.test:3128", u"p.test:3128"_s, "p.test", false);
        row("p.test", "http://p.test", u"p.test:1080"_s, "p.test", false);
        row("https://p.test", "https://p.test", u"p.test:443"_s, "p.test", true);
        row("HTTPS://p.test:8443/", "https://p.test:8443", u"p.test:8443"_s, "p.test", true);
        row("socks5h://p.test", "socks5h://p.test", u"p.test:1080"_s, "p.test", false);
        row("http://[::1]:3128", "http://[::1]:3128", u"[::1]:3128"_s, "::1", false);
        row("[::1]:3128", "http://[::1]:3128", u"[::1]:3128"_s, "::1", false);
        row("http://user:pw@p.test:3128", "http://user:pw@p.test:3128", u"p.test:3128"_s, "p.test", false);
        row("http://user:p@ss/w#r?d %41%@p.test:3128/", "http://user:p%40ss%2Fw%23r%3Fd%20%41%25@p.test:3128",
            u"p.test:3128"_s, "p.test", false);
        row("user:pw@p.test:3128", "http://user:pw@p.test:3128", u"p.test:3128"_s, "p.test", false);
    }

    void texts()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, url);
        QFETCH(const QString, place);
        const auto proxy = proxyFromText(text);
        QCOMPARE(proxy.url, url);
        QCOMPARE(proxy.place, place);
        QTEST(proxy.host, "host");
        QTEST(proxy.speaksTls, "speaksTls");
        QVERIFY(!proxy.isDirect());
        QVERIFY(proxy.isValid);
    }

    void nonsenseIsNoDirectConnection_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto *text :
             {"http://user:s3cret@p:test:nonsense", "http://user:s3cret@p.test:99999", "http://user:s3cret@/",
              "user:s3cret@", "ftp://user:s3cret@p.test", "http://user:s3cret@[::1", "://user:s3cret@p.test",
              "http://user:s3cret@p.test:0", "http://user:s3cret\r\n@p.test"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }

    /// What is no proxy at all is not taken for "none".
    void nonsenseIsNoDirectConnection()
    {
        QFETCH(const QByteArray, text);
        const auto proxy = proxyFromText(text);
        QVERIFY(!proxy.isDirect());
        QVERIFY(!proxy.isValid);
        QVERIFY(!proxy.place.contains(u"s3cret"_s));
    }

    void exemptions_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isExempt");
        const auto rows = [](const char *list, bool isExempt, std::initializer_list<const char *> hosts) {
            for (const auto *host : hosts) {
                QTest::addRow("%s, %s", list, host) << QByteArray(list) << QByteArray(host) << isExempt;
            }
        };
        rows("", false, {"a.test", "127.0.0.1", "::1"});
        rows("*", true, {"a.test", "127.0.0.1", "::1", "localhost."});
        rows("a.test", true, {"a.test", "A.Test", "a.test.", "sub.a.test", "x.sub.a.test"});
        rows("a.test", false, {"ba.test", "a.test.org", "test", "127.0.0.1"});
        rows(".a.test", true, {"a.test", "sub.a.test"});
        rows(".a.test", false, {"ba.test"});
        rows("A.TEST.", true, {"a.test", "sub.a.test."});
        rows("b.test,a.test", true, {"a.test", "b.test"});
        rows(" b.test , a.test ", true, {"a.test", "b.test"});
        rows("b.test a.test", true, {"a.test", "b.test"});
        rows("b.test,,\ta.test,", true, {"a.test", "b.test"});
        rows("b.test,,a.test,", false, {"c.test"});
        rows("::1", true, {"::1", "0:0:0:0:0:0:0:1"});
        rows("[::1]", true, {"::1"});
        rows("::1", false, {"::2", "127.0.0.1", "a.test"});
        rows("127.0.0.1", true, {"127.0.0.1"});
        rows("127.0.0.1", false, {"127.0.0.2", "a.test"});
        rows("10.0.0.0/8", true, {"10.0.0.1", "10.255.255.255"});
        rows("10.0.0.0/8", false, {"11.0.0.1", "a.test", "::1"});
        rows("192.168.1.128/25", true, {"192.168.1.129"});
        rows("192.168.1.128/25", false, {"192.168.1.127"});
        rows("2001:db8::/32", true, {"2001:db8::1", "2001:db8:ffff::1"});
        rows("2001:db8::/32", false, {"2001:db9::1", "10.0.0.1"});
        rows("10.0.0.1/32", false, {"10.0.0.2"});
        rows("0.0.1", false, {"127.0.0.1"}); // addresses have no suffixes
        rows("a.test", true, {"a.test"});
        rows("**", false, {"a.test"});
        rows(".", false, {"a.test"});
    }

    void exemptions()
    {
        QFETCH(const QByteArray, list);
        QFETCH(const QByteArray, host);
        QFETCH(const bool, isExempt);
        QCOMPARE(Tocsin::isExempt(host, list), isExempt);
    }

    void environment_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("place");
        const auto row = [](const char *name, const Variables &variables, const QString &place) {
            QTest::newRow(name) << variables << place;
        };
        row("nothing", {}, {});
        row("https_proxy", {{"https_proxy", "http://a.test:1"}}, u"a.test:1"_s);
        row("without a scheme", {{"https_proxy", "a.test:3128"}}, u"a.test:3128"_s);
        row("in capitals", {{"HTTPS_PROXY", "http://a.test:1"}}, u"a.test:1"_s);
        row("small letters first", {{"https_proxy", "a.test:1"}, {"HTTPS_PROXY", "b.test:1"}}, u"a.test:1"_s);
        row("all_proxy", {{"all_proxy", "socks5h://a.test:1"}}, u"a.test:1"_s);
        row("ALL_PROXY", {{"ALL_PROXY", "socks5h://a.test:1"}}, u"a.test:1"_s);
        row("the scheme's first", {{"all_proxy", "b.test:1"}, {"HTTPS_PROXY", "a.test:1"}}, u"a.test:1"_s);
        row("empty", {{"https_proxy", ""}}, {});
        row("blank", {{"https_proxy", "  "}}, {});
        row("empty before the other", {{"https_proxy", ""}, {"all_proxy", "a.test:1"}}, u"a.test:1"_s);
        row("for http alone", {{"http_proxy", "http://a.test:1"}}, {});
        row("exempt", {{"https_proxy", "a.test:1"}, {"no_proxy", "b.test,target.test"}}, {});
        row("exempt in capitals", {{"https_proxy", "a.test:1"}, {"NO_PROXY", "target.test"}}, {});
        row("exempt from all_proxy", {{"all_proxy", "a.test:1"}, {"no_proxy", ".test"}}, {});
        row("all are exempt", {{"https_proxy", "a.test:1"}, {"no_proxy", "*"}}, {});
        row("another is exempt", {{"https_proxy", "a.test:1"}, {"no_proxy", "get.test"}}, u"a.test:1"_s);
        row("nobody is exempt", {{"https_proxy", "a.test:1"}, {"no_proxy", ""}}, u"a.test:1"_s);
    }

    void environment()
    {
        QFETCH(const Variables, variables);
        QFETCH(const QString, place);
        for (const auto &[name, value] : variables) {
            qputenv(name.constData(), value);
        }
        const auto proxy = proxyFor("target.test", 8443);
        QCOMPARE(proxy.place, place);
        QCOMPARE(proxy.isDirect(), place.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProxyChoice)
#include "tst_proxychoice.moc"
