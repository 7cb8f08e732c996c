// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"
#include "testingproxy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// Proxies of every kind, as the environment names them.
class TestProxyKinds : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    const CertificateAuthority m_systems = std::move(CertificateAuthority::create(u"The system's authority"_s)).value();
    const IssuedCertificate m_certificate = m_pki.authority.issueServer({u"target.test"_s, u"::1"_s}).value();
    QTemporaryDir m_folder;

    static QString placeOf(const TestingProxy &proxy) { return u"localhost:%1"_s.arg(proxy.serverPort()); }

    InvocationRequest requestFor(const QString &url) const
    {
        auto request = requestTo(QUrl(u"https://localhost/"_s), m_pki);
        request.webhook.url = url;
        return request;
    }

    /// With a client certificate, so that it can be seen who gets it.
    InvocationRequest requestWithCertificate() const
    {
        auto request = requestFor(u"https://target.test:8443/a"_s);
        const auto client = m_pki.authority.issueClient(u"tocsin"_s).value();
        request.webhook.clientCertificate = QString::fromLatin1(client.certificate);
        request.webhook.clientKey = QString::fromLatin1(client.key);
        return request;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(u"system.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_systems.certificate());
        qputenv("SSL_CERT_FILE", file.fileName().toUtf8());
    }

    void init()
    {
        for (const auto *name : {"https_proxy", "all_proxy", "no_proxy"}) {
            qunsetenv(name);
        }
    }

    void anAddressOfIpv6()
    {
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        TestingProxy proxy(server.serverPort());
        qputenv("https_proxy", placeOf(proxy).toLatin1()); // without a scheme
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://[::1]:8443/"_s));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.proxy, placeOf(proxy));
        QCOMPARE(proxy.asked.size(), 1);
        QVERIFY2(proxy.asked.first().startsWith("CONNECT [::1]:8443 HTTP/1.1\r\nHost: [::1]:8443\r\n"),
                 proxy.asked.first().constData());
        QVERIFY(server.requests().first().contains("\r\nHost: [::1]:8443\r\n"));
    }

    void anAnswerThatOpensNoTunnel_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("inReason");
        QTest::newRow("503") << "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\nno"_ba
                             << u"answered 503"_s;
        QTest::newRow("502") << "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"_ba << u"answered 502"_s;
        QTest::newRow("403") << "HTTP/1.0 403 Forbidden\r\n\r\n"_ba << u"answered 403"_s;
        QTest::newRow("404, closed") << "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n"_ba << u"answered 404"_s;
        QTest::newRow("407")
            << "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n"_ba
            << u"answered 407"_s;
        QTest::newRow("302") << "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"_ba
                             << u"answered 302"_s;
    }

    void anAnswerThatOpensNoTunnel()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const QString, inReason);
        TestingProxy proxy(1);
        proxy.answer = answer;
        qputenv("https_proxy", QByteArray("http://" + placeOf(proxy).toLatin1()));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://target.test:8443/"_s));
        QCOMPARE(errorWord(invocation), u"refused"_s);
        QVERIFY2(invocation.reason.text().contains(inReason), qPrintable(invocation.reason));
        QVERIFY2(invocation.reason.text().contains(placeOf(proxy)), qPrintable(invocation.reason));
        QCOMPARE(invocation.error->field, QString());
        QCOMPARE(invocation.sent, 0);
        QVERIFY(!invocation.response);
    }

    void anAnswerThatIsNoHttp()
    {
        TestingProxy proxy(1);
        proxy.answer = "220 mail.example.test ESMTP\r\n\r\n";
        qputenv("https_proxy", placeOf(proxy).toLatin1());
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://target.test:8443/"_s));
        QCOMPARE(errorWord(invocation), u"refused"_s);
        QVERIFY2(invocation.reason.text().contains(placeOf(proxy)), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 0);
    }

    void aProxyOverTls()
    {
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        server.setClientAuthority(m_pki.authority.certificate());
        TestingProxy proxy(server.serverPort());
        proxy.speakTls(m_systems.issueServer({u"localhost"_s}).value(), m_pki.authority.certificate());
        qputenv("https_proxy", QByteArray("https://" + placeOf(proxy).toLatin1()));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestWithCertificate());
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QVERIFY(proxy.asked.first().startsWith("CONNECT target.test:8443 HTTP/1.1\r\n"));
        QCOMPARE(proxy.clientCertificates, 0);
        QCOMPARE(proxy.helloes.size(), 1);
        QVERIFY(proxy.helloes.first().contains("localhost"));
        QVERIFY(!proxy.helloes.first().contains("target.test"));
        // What is shown is the target's.
        QCOMPARE(invocation.tls->chain.first().subject, u"CN=target.test"_s);
        QCOMPARE(invocation.tls->clientCertificate, u"CN=tocsin"_s);
        QVERIFY(proxy.throughTunnel.contains("target.test")); // by SNI, as ever

        const auto again = invoke(dispatcher, requestWithCertificate());
        QVERIFY2(again.verdict == Verdict::Successful, qPrintable(again.reason));
        QVERIFY(proxy.clientCertificates == 0);
    }

    void aProxyOverTlsThatIsNotTheOneMeant_data()
    {
        QTest::addColumn<IssuedCertificate>("certificate");
        QTest::addColumn<QString>("inReason");
        // The webhook's own authorities are for its target.
        QTest::newRow("the webhook's authority") << m_pki.server << u"Test authority"_s;
        QTest::newRow("another name") << m_systems.issueServer({u"other.test"_s}).value() << u"other.test"_s;
        QTest::newRow("the target's name") << m_systems.issueServer({u"target.test"_s}).value() << u"target.test"_s;
        QTest::newRow("expired") << m_systems
                                        .issueServer({u"localhost"_s},
                                                     {.notBefore = QDateTime({2020, 1, 1}, {0, 0}, Qt::UTC),
                                                      .notAfter = QDateTime({2020, 2, 3}, {0, 0}, Qt::UTC)})
                                        .value()
                                 << u"expired"_s;
    }

    void aProxyOverTlsThatIsNotTheOneMeant()
    {
        QFETCH(const IssuedCertificate, certificate);
        QFETCH(const QString, inReason);
        TestingProxy proxy(1);
        proxy.speakTls(certificate, m_pki.authority.certificate());
        qputenv("https_proxy", QByteArray("https://" + placeOf(proxy).toLatin1()));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestWithCertificate());
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QVERIFY2(invocation.reason.text().contains(inReason), qPrintable(invocation.reason));
        QVERIFY2(invocation.reason.text().contains(u"the proxy %1"_s.arg(placeOf(proxy))),
                 qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 0);
        QVERIFY(proxy.asked.isEmpty());
        QCOMPARE(proxy.clientCertificates, 0);
        QCOMPARE(invocation.error->field, QString()); // nothing of the webhook mends it
        QVERIFY2(invocation.error->hint.text().contains(u"proxy's certificate"_s), qPrintable(invocation.error->hint));
    }

    void socksLooksTheNameUp()
    {
        FakeServer server(m_certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        TestingProxy proxy(server.serverPort());
        qputenv("all_proxy", QByteArray("socks5h://" + placeOf(proxy).toLatin1()));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://target.test:8443/"_s));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.proxy, placeOf(proxy));
        QCOMPARE(proxy.asked, QByteArrayList{"target.test"});
    }

    void exemptTargetsAreReachedDirectly_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QString>("host");
        QTest::newRow("all") << "*"_ba << u"localhost"_s;
        QTest::newRow("a name") << "localhost"_ba << u"localhost"_s;
        QTest::newRow("a dot at its end") << "localhost"_ba << u"localhost."_s;
        QTest::newRow("a domain") << ".localhost"_ba << u"a.localhost"_s;
        QTest::newRow("an address") << "127.0.0.1"_ba << u"127.0.0.1"_s;
        QTest::newRow("a network") << "10.0.0.0/8, 127.0.0.0/8"_ba << u"127.0.0.1"_s;
        QTest::newRow("IPv6") << "::1"_ba << u"[::1]"_s;
    }

    void exemptTargetsAreReachedDirectly()
    {
        QFETCH(const QByteArray, list);
        QFETCH(const QString, host);
        FakeServer server(
            m_pki.authority.issueServer({u"localhost"_s, u"a.localhost"_s, u"127.0.0.1"_s, u"::1"_s}).value(),
            FakeServer::sending(FakeServer::response(200, "{}")));
        if (host.startsWith(u'[')) {
            server.close();
            QVERIFY2(server.listen(QHostAddress::LocalHostIPv6), "this machine has no IPv6 loopback");
        }
        TestingProxy proxy(server.serverPort());
        qputenv("https_proxy", placeOf(proxy).toLatin1());
        qputenv("no_proxy", list);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://%1:%2/"_s.arg(host).arg(server.serverPort())));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.proxy, QString());
        QVERIFY(proxy.asked.isEmpty());
    }

    /// What the proxy would look up, it alone knows; what the URL names is refused.
    void thePasswordOfAProxyIsNeverShown_data()
    {
        QTest::addColumn<QByteArray>("proxy");
        for (const auto *proxy :
             {"http://u:S3cretPw@127.0.0.1:99999", "http://u:S3cretPw@127.0.0.1:1",
              "http://u:S3cret@S3cretPw@127.0.0.1:1", "http://u:S3cretPw/#@127.0.0.1:1",
              "http://u:S3cretPw\r\n@127.0.0.1:1", "ftp://u:S3cretPw@127.0.0.1", "http://u:S3cretPw@/",
              "http://u:S3cretPw@[::1", "socks5h://u:S3cretPw@127.0.0.1:1"}) {
            QTest::newRow(proxy) << QByteArray(proxy);
        }
    }

    void thePasswordOfAProxyIsNeverShown()
    {
        QFETCH(const QByteArray, proxy);
        qputenv("https_proxy", proxy);
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://target.test:8443/a"_s));
        QCOMPARE(errorWord(invocation), u"refused"_s);
        QVERIFY2(invocation.reason.text().contains(u"proxy"_s), qPrintable(invocation.reason));
        const auto record = writeInvocation(invocation);
        QVERIFY2(record.find("S3cret") == std::string::npos, record.c_str());
    }

    void aProxyIsNotWhatNothingIsSentTo()
    {
        qputenv("https_proxy", "http://169.254.169.254:3128"); // refused before any connect
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(u"https://target.test:8443/a"_s));
        QCOMPARE(errorWord(invocation), u"egress"_s);
        QVERIFY2(invocation.reason.text().contains(u"the proxy 169.254.169.254:3128"_s), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 0);
    }

    void egressHoldsForWhatTheUrlNames()
    {
        TestingProxy proxy(1);
        qputenv("https_proxy", placeOf(proxy).toLatin1());
        Dispatcher dispatcher;
        for (const auto &host :
             {u"169.254.169.254"_s, u"metadata.google.internal"_s, u"0xa9fea9fe"_s, u"[fe80::1]"_s}) {
            const auto invocation = invoke(dispatcher, requestFor(u"https://%1/"_s.arg(host)));
            QCOMPARE(errorWord(invocation), u"egress"_s);
            QCOMPARE(invocation.sent, 0);
        }
        QVERIFY(proxy.asked.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProxyKinds)
#include "tst_proxykinds.moc"
