// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"
#include "invoking.h"
#include "nginxserver.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// Who a server is (RFC 9525, RFC 9110 §4.3.4): one that is not the target learns nothing.
class TestIdentity : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    /// A request that shows its client certificate to whoever asks.
    InvocationRequest requestWithCertificate(const QUrl &url) const
    {
        auto request = requestTo(url, m_pki);
        const auto client = m_pki.authority.issueClient(u"tocsin"_s).value();
        request.webhook.clientCertificate = QString::fromLatin1(client.certificate);
        request.webhook.clientKey = QString::fromLatin1(client.key);
        return request;
    }

    static QString urlFor(const QString &host, const FakeServer &server)
    {
        return u"https://%1:%2/"_s.arg(host).arg(server.serverPort());
    }

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<CertificateOptions>("options");
        QTest::addColumn<bool>("isAccepted");
        QTest::addColumn<QString>("inMessage");
        const CertificateOptions as{.commonName = u"localhost"_s};
        const CertificateOptions asAddress{.commonName = u"127.0.0.1"_s};
        const auto refused = [](const char *name, const QString &host, const QStringList &names,
                                const CertificateOptions &options, const QString &inMessage) {
            QTest::newRow(name) << host << names << options << false << inMessage;
        };
        const auto accepted = [](const char *name, const QString &host, const QStringList &names) {
            QTest::newRow(name) << host << names << CertificateOptions() << true << QString();
        };
        refused("the common name beside another", u"localhost"_s, {u"other.test"_s}, as, u"other.test"_s);
        refused("the common name alone", u"localhost"_s, {}, as, u"no subjectAltName"_s);
        refused("an address for a name", u"localhost"_s, {u"127.0.0.1"_s}, as, u"127.0.0.1"_s);
        refused("part of a label", u"localhost"_s, {u"lo*host"_s}, as, u"lo*host"_s);
        refused("its beginning", u"localhost"_s, {u"local*"_s}, as, u"local*"_s);
        refused("any name", u"localhost"_s, {u"*"_s}, as, u"not for localhost"_s);
        refused("a wildcard for two labels", u"www.a.localhost"_s, {u"*.localhost"_s}, as, u"*.localhost"_s);
        refused("a wildcard for names below it", u"a.localhost"_s, {u"*.a.localhost"_s}, as, u"*.a.localhost"_s);
        refused("a wildcard within a label", u"www.a.localhost"_s, {u"w*.a.localhost"_s}, as, u"w*.a.localhost"_s);
        refused("a name below it", u"localhost"_s, {u"www.localhost"_s}, as, u"www.localhost"_s);
        refused("an address as a name", u"127.0.0.1"_s, {u"127.0.0.1"_s}, {.hasAddressesAsNames = true},
                u"only from an entry of the type IP"_s);
        refused("an address as the common name", u"127.0.0.1"_s, {}, asAddress, u"no subjectAltName"_s);
        refused("a name for an address", u"127.0.0.1"_s, {u"localhost"_s}, asAddress, u"not for 127.0.0.1"_s);
        refused("another address", u"127.0.0.1"_s, {u"127.0.0.2"_s}, asAddress, u"127.0.0.2"_s);
        refused("an address by a wildcard", u"127.0.0.1"_s, {u"*.0.0.1"_s}, {}, u"*.0.0.1"_s);
        refused("another name for a name with a dot", u"localhost."_s, {u"other.test"_s}, as, u"other.test"_s);
        accepted("one name of several", u"localhost"_s, {u"other.test"_s, u"localhost"_s});
        accepted("in capitals", u"localhost"_s, {u"LOCALHOST"_s});
        accepted("asked for in capitals", u"LocalHost"_s, {u"localhost"_s});
        accepted("a dot at the end", u"localhost."_s, {u"localhost"_s});
        accepted("an address", u"127.0.0.1"_s, {u"127.0.0.1"_s});
        accepted("a wildcard", u"www.a.localhost"_s, {u"*.a.localhost"_s});
        accepted("an address as a number", u"2130706433"_s, {u"127.0.0.1"_s});
    }

    void names()
    {
        QFETCH(const QString, host);
        QFETCH(const QStringList, names);
        QFETCH(const CertificateOptions, options);
        QFETCH(const bool, isAccepted);
        QFETCH(const QString, inMessage);
        const auto certificate = m_pki.authority.issueServer(names, options);
        QVERIFY(certificate);
        FakeServer server(*certificate, FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = urlFor(host, server);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), isAccepted ? QString() : u"tls"_s);
        QVERIFY2(invocation.reason.text().contains(inMessage), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, isAccepted ? 1 : 0);
        QCOMPARE(server.requests().size(), isAccepted ? 1 : 0);
        QCOMPARE(invocation.tls->chain.size(), 1);
        QCOMPARE(invocation.tls->errors.isEmpty(), isAccepted);
        if (isAccepted) {
            const QByteArray field = "Host: " + host.toLatin1() + ':' + QByteArray::number(server.serverPort());
            QVERIFY2(server.requests().first().contains(field), server.requests().first().constData());
        } else {
            QVERIFY(!invocation.timings.send);
        }
    }

    void anAddressOfIpv6_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isAccepted");
        QTest::newRow("its own") << u"::1"_s << true;
        QTest::newRow("written at length") << u"0:0:0:0:0:0:0:1"_s << true;
        QTest::newRow("another") << u"::2"_s << false;
        QTest::newRow("a name") << u"localhost"_s << false;
    }

    void anAddressOfIpv6()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isAccepted);
        FakeServer server(m_pki.authority.issueServer({name}).value(),
                          FakeServer::sending(FakeServer::response(200, "{}")));
        server.close();
        QVERIFY2(server.listen(QHostAddress::LocalHostIPv6), "this machine has no IPv6 loopback");
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = urlFor(u"[::1]"_s, server);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), isAccepted ? QString() : u"tls"_s);
        QCOMPARE(server.requests().size(), isAccepted ? 1 : 0);
        if (isAccepted) {
            const QByteArray field = "Host: [::1]:" + QByteArray::number(server.serverPort());
            QVERIFY(server.requests().first().contains(field));
        }
    }

    /// Certificate and SNI know no dot at the end, HTTP does (RFC 6066 §3, RFC 9110 §7.2).
    void aDotAtTheEndIsOfNoConcernToTls()
    {
        NginxServer server(m_pki.server,
                           R"(location / { return 200 '{"sni": "$ssl_server_name", "host": "$http_host"}'; })");
        QVERIFY(server.start());
        Dispatcher dispatcher;
        const auto url = server.url(u"/"_s, u"localhost."_s);
        auto request = requestTo(url, m_pki);
        request.webhook.url = u"https://localhost.:%1/"_s.arg(url.port());
        request.webhook.responseValidators = {{u"$.data.sni"_s, {u"localhost"_s}},
                                              {u"$.data.host"_s, {u"localhost.:%1"_s.arg(url.port())}}};
        const auto invocation = invoke(dispatcher, request);
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.request->url, request.webhook.url);
    }

    void aWrongServerLearnsNothing()
    {
        FakeServer server(m_pki.authority.issueServer({u"other.test"_s}).value(),
                          FakeServer::sending(FakeServer::response(200, "{}")));
        server.setClientAuthority(m_pki.authority.certificate());
        bool hasCertificate = false;
        connect(&server, &FakeServer::connected, this, [&] {
            auto *socket = server.findChildren<QSslSocket *>().last();
            connect(socket, &QAbstractSocket::disconnected, this,
                    [socket, &hasCertificate] { hasCertificate |= !socket->peerCertificate().isNull(); });
        });
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestWithCertificate(server.url()));
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QCOMPARE(invocation.sent, 0);
        QVERIFY(invocation.tls->clientCertificate.isEmpty());
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(server.connections(), 1);
        QVERIFY(!hasCertificate);
        QVERIFY(server.requests().isEmpty());

        // The same server, called by its name, gets both: what was said above could have failed.
        FakeServer right(m_pki.server, FakeServer::sending(FakeServer::response(200, "{}")));
        right.setClientAuthority(m_pki.authority.certificate());
        const auto shown = invoke(dispatcher, requestWithCertificate(right.url()));
        QCOMPARE(shown.verdict, Verdict::Successful);
        QVERIFY(shown.tls->clientCertificateAsked);
        QCOMPARE(shown.tls->clientCertificate, u"CN=tocsin"_s);
        QVERIFY(!right.findChildren<QSslSocket *>().first()->peerCertificate().isNull());
    }

    void aKeptConnectionServesNoOtherName()
    {
        FakeServer server(m_pki.authority.issueServer({u"a.localhost"_s}).value(),
                          FakeServer::sending(FakeServer::response(200, "{}")));
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.url = urlFor(u"a.localhost"_s, server);
        QCOMPARE(errorWord(invoke(dispatcher, request)), QString());
        for (const auto &host : {u"b.localhost"_s, u"localhost"_s, u"127.0.0.1"_s}) {
            request.webhook.url = urlFor(host, server);
            const auto invocation = invoke(dispatcher, request);
            QCOMPARE(errorWord(invocation), u"tls"_s);
            QCOMPARE(invocation.sent, 0);
        }
        QCOMPARE(server.requests().size(), 1);
    }

    void saysWhoIsNotTrusted_data()
    {
        QTest::addColumn<QByteArray>("presented");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("trusted");
        QTest::addColumn<QStringList>("inMessage");
        const auto root = CertificateAuthority::create(u"The root"_s);
        const auto between = root->issueAuthority(u"The intermediate"_s);
        const auto leaf = between->issueServer({u"localhost"_s}, {.commonName = u"The leaf"_s}).value();
        const auto nameless = between->issueServer({u"localhost"_s, u"a.test"_s}, {.hasSubject = false}).value();
        const auto unnamed = between->issueServer({}, {.hasSubject = false}).value();
        const auto direct = root->issueServer({u"localhost"_s}, {.hasSubject = false}).value();
        const auto foreign = m_pki.authority.certificate();
        QTest::newRow("only the intermediate among the authorities")
            << leaf.certificate << leaf.key << between->certificate()
            << QStringList{u"“The leaf”"_s, u"“The intermediate”"_s, u"“The root”"_s};
        QTest::newRow("the intermediate is sent, and nobody trusted")
            << leaf.certificate + between->certificate() << leaf.key << foreign
            << QStringList{u"“The leaf”"_s, u"“The intermediate”"_s, u"“The root”"_s};
        QTest::newRow("the intermediate is not sent") << leaf.certificate << leaf.key << root->certificate()
                                                      << QStringList{u"“The leaf”"_s, u"“The intermediate”"_s};
        QTest::newRow("the root is sent") << leaf.certificate + between->certificate() + root->certificate() << leaf.key
                                          << foreign << QStringList{u"“The leaf”"_s, u"“The root”"_s};
        QTest::newRow("a leaf without a subject")
            << direct.certificate << direct.key << foreign << QStringList{u"for “localhost”"_s, u"“The root”"_s};
        QTest::newRow("and only the intermediate")
            << nameless.certificate << nameless.key << between->certificate()
            << QStringList{u"The certificate for “"_s, u"“The intermediate”"_s, u"“The root”"_s};
        QTest::newRow("a leaf without any name")
            << unnamed.certificate << unnamed.key << foreign << QStringList{u"number"_s, u"“The intermediate”"_s};
    }

    void saysWhoIsNotTrusted()
    {
        QFETCH(const QByteArray, presented);
        QFETCH(const QByteArray, key);
        QFETCH(const QByteArray, trusted);
        QFETCH(const QStringList, inMessage);
        NginxServer server({.certificate = presented, .key = key}, "location / { return 200 '{}'; }");
        QVERIFY(server.start());
        Dispatcher dispatcher;
        auto request = requestTo(server.url(), m_pki);
        request.webhook.caCertificates = QString::fromLatin1(trusted);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QCOMPARE(invocation.sent, 0);
        for (const auto &text : inMessage) {
            QVERIFY2(invocation.reason.text().contains(text), qPrintable(invocation.reason));
        }
    }
};

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
