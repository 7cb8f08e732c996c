// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoking.h"
#include "nginxserver.h"
#include "strictserver.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

using KeyType = CertificateOptions::KeyType;

/// Targets that let nobody in without a client certificate (mutual TLS).
class TestClientCertificate : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    static void present(InvocationRequest &request, const IssuedCertificate &client)
    {
        request.webhook.clientCertificate = QString::fromLatin1(client.certificate);
        request.webhook.clientKey = QString::fromLatin1(client.key);
    }

    static void addKeyTypes()
    {
        QTest::addColumn<KeyType>("type");
        QTest::newRow("EC") << KeyType::EcP256;
        QTest::newRow("RSA") << KeyType::Rsa2048;
        QTest::newRow("RSA-PSS") << KeyType::RsaPss2048;
        QTest::newRow("Ed25519") << KeyType::Ed25519;
    }

    static void addVersions()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<qsizetype>("bodySize");
        for (const auto *version : {"-tls1_2", "-tls1_3"}) {
            QTest::addRow("%s, a small body", version) << QString::fromLatin1(version) << qsizetype(100);
            QTest::addRow("%s, a body of 1 MB", version) << QString::fromLatin1(version) << qsizetype(1'000'000);
        }
    }

    InvocationRequest requestTo(StrictServer &server, qsizetype bodySize) const
    {
        auto request = Tocsin::requestTo(QUrl(u"https://localhost:%1/"_s.arg(server.port())), m_pki);
        request.webhook.bodyTemplate = "{\"a\": \""_L1 % QString(bodySize, u'x') % "\"}"_L1;
        return request;
    }

private Q_SLOTS:
    void isShownToWhoAsks_data() { addKeyTypes(); }

    void isShownToWhoAsks()
    {
        QFETCH(const KeyType, type);
        NginxServer server(m_pki.server, R"(
            ssl_client_certificate client-ca.pem;
            ssl_verify_client on;
            location / { return 200 '{"subject": "$ssl_client_s_dn"}'; })");
        server.addConfiguration(u"client-ca.pem"_s, m_pki.authority.certificate());
        QVERIFY(server.start());
        Dispatcher dispatcher;
        auto request = Tocsin::requestTo(server.url(), m_pki);
        present(request, m_pki.authority.issueClient(u"tocsin"_s, {.keyType = type}).value());
        request.webhook.responseValidators = {{u"$.data.subject"_s, {u"CN=tocsin"_s}}};
        for (const bool isReused : {false, true}) {
            const auto invocation = invoke(dispatcher, request);
            QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
            QCOMPARE(invocation.connectionReused, isReused);
            QVERIFY(invocation.tls->clientCertificateAsked);
            QCOMPARE(invocation.tls->clientCertificate, u"CN=tocsin"_s);
        }
    }

    void satisfiesAStrictServer_data() { addKeyTypes(); }

    void satisfiesAStrictServer()
    {
        QFETCH(const KeyType, type);
        StrictServer server(m_pki.server, m_pki.authority.certificate(), {u"-tls1_3"_s});
        Dispatcher dispatcher;
        auto request = requestTo(server, 1);
        request.webhook.method = HttpMethod::Get; // the only one that it answers
        present(request, m_pki.authority.issueClient(u"tocsin"_s, {.keyType = type}).value());
        const auto invocation = invoke(dispatcher, request);
        QVERIFY2(invocation.response, qPrintable(invocation.reason));
        QCOMPARE(invocation.response->status, 200);
        QCOMPARE(invocation.tls->protocol, u"TLSv1.3"_s);
        QVERIFY(invocation.tls->clientCertificateAsked);
        QCOMPARE(invocation.tls->clientCertificate, u"CN=tocsin"_s);
    }

    void isNotSentToWhoDoesNotAsk()
    {
        NginxServer server(m_pki.server, "location / { return 200 '{}'; }");
        QVERIFY(server.start());
        Dispatcher dispatcher;
        auto request = Tocsin::requestTo(server.url(), m_pki);
        present(request, m_pki.authority.issueClient(u"tocsin"_s).value());
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QVERIFY(!invocation.tls->clientCertificateAsked);
        QVERIFY(invocation.tls->clientCertificate.isEmpty());
    }

    void isMissed_data() { addVersions(); }

    void isMissed()
    {
        QFETCH(const QString, version);
        QFETCH(const qsizetype, bodySize);
        StrictServer server(m_pki.server, m_pki.authority.certificate(), {version});
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server, bodySize));
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QVERIFY2(invocation.reason.text().contains(u"localhost"_s), qPrintable(invocation.reason));
        QVERIFY2(invocation.reason.text().contains(u"wants a client certificate"_s), qPrintable(invocation.reason));
        QCOMPARE(invocation.error->field, u"tls.client_certificate"_s);
        QVERIFY(invocation.tls->clientCertificateAsked);
        QVERIFY(invocation.tls->clientCertificate.isEmpty());
        QVERIFY(invocation.sent <= 1);
    }

    void isOfAWrongAuthority_data() { addVersions(); }

    void isOfAWrongAuthority()
    {
        QFETCH(const QString, version);
        QFETCH(const qsizetype, bodySize);
        StrictServer server(m_pki.server, m_pki.authority.certificate(), {version});
        const auto other = CertificateAuthority::create(u"Foreign authority"_s);
        Dispatcher dispatcher;
        auto request = requestTo(server, bodySize);
        present(request, other->issueClient(u"stranger"_s).value());
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QVERIFY2(invocation.reason.text().contains(u"does not accept the client certificate “stranger”"_s),
                 qPrintable(invocation.reason));
        QCOMPARE(invocation.error->field, u"tls.client_certificate"_s);
        QVERIFY(invocation.tls->clientCertificateAsked);
        QCOMPARE(invocation.tls->clientCertificate, u"CN=stranger"_s);
    }

    void hasExpired()
    {
        StrictServer server(m_pki.server, m_pki.authority.certificate(), {u"-tls1_3"_s});
        Dispatcher dispatcher;
        auto request = requestTo(server, 100);
        present(request,
                m_pki.authority
                    .issueClient(u"old"_s,
                                 {.notBefore = QDateTime({2020, 1, 1}, {0, 0}, Qt::UTC),
                                  .notAfter = QDateTime({2020, 2, 3}, {0, 0}, Qt::UTC)})
                    .value());
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QVERIFY2(invocation.reason.text().contains(u"does not accept the client certificate “old”"_s),
                 qPrintable(invocation.reason));
        QVERIFY(textsOf(invocation.error->causes).join(u' ').contains(u"expired"_s));
    }

    void anOldVersionIsNamed()
    {
        StrictServer server(m_pki.server, m_pki.authority.certificate(),
                            {u"-tls1_1"_s, u"-cipher"_s, u"ALL:@SECLEVEL=0"_s});
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestTo(server, 100));
        QCOMPARE(errorWord(invocation), u"tls"_s);
        QVERIFY2(invocation.reason.text().contains(u"TLS 1.2"_s), qPrintable(invocation.reason));
        QCOMPARE(invocation.sent, 0);
    }
};

QTEST_GUILESS_MAIN(TestClientCertificate)
#include "tst_clientcertificate.moc"
