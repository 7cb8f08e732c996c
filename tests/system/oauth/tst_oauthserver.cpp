// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoking.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// Client credentials against a real authorization server over TLS.
class TestOAuthServer : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;
    QTemporaryDir m_folder;
    QProcess m_server;
    int m_port = 0;

    static constexpr auto secret = "s3cr3t: %+/&=~ value"_L1;

    QUrl url(const QString &target) const { return QUrl(u"https://localhost:%1%2"_s.arg(m_port).arg(target)); }

    InvocationRequest hookRequest(const QString &clientId) const
    {
        auto request = requestTo(url(u"/hook"_s), m_pki);
        request.webhook.oauth = OAuthClientCredentials{.clientId = clientId,
                                                       .clientSecret = u"${secret:oauth}"_s,
                                                       .tokenEndpointUrl = url(u"/token"_s).toString(),
                                                       .scopes = {u"hooks:write"_s, u"hooks:read"_s}};
        request.secrets.insert(u"oauth"_s, secret);
        request.webhook.responseValidators = {{u"$.data.ok"_s, {u"true"_s}},
                                              {u"$.data.client"_s, {clientId}},
                                              {u"$.data.scope"_s, {u"hooks:write hooks:read"_s}}};
        return request;
    }

    static void verifyNothingLeaks(const Invocation &invocation)
    {
        const auto written = QString::fromStdString(writeJson(toJson(invocation)));
        QVERIFY2(!written.contains(secret), qPrintable(written));
        QVERIFY2(!written.contains(QString::fromLatin1(QUrl::toPercentEncoding(secret))), qPrintable(written));
    }

    static int tokensGiven(const Invocation &invocation)
    {
        return parseJson(invocation.response->body)->at("tokensGiven").get<int>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto write = [this](const QString &name, const QByteArray &content) {
            QFile file(m_folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        };
        write(u"leaf.pem"_s, m_pki.server.certificate);
        write(u"leaf.key"_s, m_pki.server.key);
        const auto program = qEnvironmentVariable("TOCSIN_OAUTH_SERVER");
        QVERIFY2(QFile::exists(program), "TOCSIN_OAUTH_SERVER names no file");
        m_server.start(u"node"_s, {program, m_folder.path()});
        QTRY_VERIFY2_WITH_TIMEOUT(m_server.canReadLine() || m_server.state() == QProcess::NotRunning,
                                  m_server.readAllStandardError().constData(), 60000);
        const auto line = m_server.readLine();
        const auto announced = parseJson(line);
        QVERIFY2(announced, QByteArray(line + m_server.readAllStandardError()).constData());
        m_port = announced->at("port").get<int>();
    }

    void cleanupTestCase()
    {
        m_server.terminate();
        QVERIFY(m_server.waitForFinished());
    }

    void bothKindsOfClientsGetTheirToken_data()
    {
        QTest::addColumn<QString>("client");
        QTest::addColumn<bool>("inBody");
        QTest::newRow("client_secret_basic") << u"by-header"_s << false;
        QTest::newRow("client_secret_post") << u"by-body"_s << true;
    }

    void bothKindsOfClientsGetTheirToken()
    {
        QFETCH(const QString, client);
        QFETCH(const bool, inBody);
        Dispatcher dispatcher;
        const auto first = invoke(dispatcher, hookRequest(client));
        QVERIFY2(first.verdict == Verdict::Successful, qPrintable(first.reason));
        QVERIFY(first.tokenExchange);
        QVERIFY(!first.usedCachedToken);
        QCOMPARE(first.tokenExchange->expiresInSeconds, 600);
        QCOMPARE(first.tokenExchange->response->status, 200);
        QCOMPARE(first.tokenExchange->request.body.contains("client_secret"), inBody);
        QCOMPARE(headerValue(first.tokenExchange->request.headers, u"Authorization"_s),
                 inBody ? QString() : u"Basic ••••••"_s);
        QCOMPARE(headerValue(first.request->headers, u"Authorization"_s), u"Bearer ••••••"_s);
        verifyNothingLeaks(first);

        const auto second = invoke(dispatcher, hookRequest(client));
        QCOMPARE(second.verdict, Verdict::Successful);
        QVERIFY(second.usedCachedToken);
        QVERIFY(!second.tokenExchange);
        QCOMPARE(tokensGiven(second), tokensGiven(first));
    }

    /// A check asks whether a token is given now, and sends the target nothing.
    void aCheckTakesANewTokenEachTime()
    {
        Dispatcher dispatcher;
        const auto before = tokensGiven(invoke(dispatcher, hookRequest(u"by-header"_s)));
        auto request = hookRequest(u"by-header"_s);
        request.extent = InvocationExtent::Token;
        for (int i = 0; i < 2; ++i) {
            const auto checked = awaitSignal(dispatcher.invoke(request), &InvocationJob::finished);
            QVERIFY2(checked.verdict == Verdict::Successful, qPrintable(checked.reason));
            QVERIFY(checked.tokenExchange);
            QVERIFY(!checked.usedCachedToken && !checked.response);
            QCOMPARE(checked.sent, 0);
            QCOMPARE(checked.tokenExchange->expiresInSeconds, 600);
            verifyNothingLeaks(checked);
        }
        const auto after = invoke(dispatcher, hookRequest(u"by-header"_s));
        QVERIFY2(after.verdict == Verdict::Successful, qPrintable(after.reason));
        QVERIFY(after.usedCachedToken); // the one that came last
        QCOMPARE(tokensGiven(after), before + 2);
        request.secrets.insert(u"oauth"_s, u"another secret"_s);
        const auto refused = awaitSignal(dispatcher.invoke(request), &InvocationJob::finished);
        QCOMPARE(errorWord(refused), u"oauth"_s);
    }

    void aTokenThatTheTargetRefusesIsRenewedOnce()
    {
        Dispatcher dispatcher;
        const auto first = invoke(dispatcher, hookRequest(u"by-header"_s));
        QCOMPARE(invoke(dispatcher, requestTo(url(u"/forget"_s), m_pki)).verdict, Verdict::Successful);
        const auto second = invoke(dispatcher, hookRequest(u"by-header"_s));
        QVERIFY2(second.verdict == Verdict::Successful, qPrintable(second.reason));
        QVERIFY(second.tokenExchange);
        QVERIFY(second.tokenExchange->renewed);
        QCOMPARE(second.sent, 2);
        QCOMPARE(tokensGiven(second), tokensGiven(first) + 1);
        verifyNothingLeaks(second);
    }

    void aWrongSecretIsSaidInWords_data()
    {
        QTest::addColumn<QString>("client");
        QTest::newRow("client_secret_basic") << u"by-header"_s;
        QTest::newRow("client_secret_post") << u"by-body"_s;
        QTest::newRow("unknown client") << u"nobody"_s;
    }

    void aWrongSecretIsSaidInWords()
    {
        QFETCH(const QString, client);
        Dispatcher dispatcher;
        auto request = hookRequest(client);
        request.secrets.insert(u"oauth"_s, u"another secret"_s);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"oauth"_s);
        QVERIFY2(invocation.reason.text().contains(u"invalid_client"_s), qPrintable(invocation.reason));
        QCOMPARE(invocation.error->field, u"authentication_config.oauth.client_secret"_s);
        QCOMPARE(invocation.sent, 0);
        QVERIFY(invocation.tokenExchange);
        QCOMPARE(invocation.tokenExchange->response->status, 401);
        QVERIFY(!invocation.response);
        verifyNothingLeaks(invocation);
    }

    void aResourceGetsATokenOfItsOwn()
    {
        Dispatcher dispatcher;
        auto request = hookRequest(u"by-header"_s);
        const auto without = invoke(dispatcher, request);
        const auto resource = u"https://hooks.example/?a=b&c"_s; // form-encoded, or it would end at the &
        request.webhook.oauth->parameters = {{.name = u"resource"_s, .value = resource},
                                             {.name = u"audience"_s, .value = u"${secret:audience}"_s}};
        request.secrets.insert(u"audience"_s, u"the audience"_s); // which this server passes over
        request.webhook.responseValidators.append({u"$.data.audience"_s, {resource}});
        const auto with = invoke(dispatcher, request);
        QVERIFY2(with.verdict == Verdict::Successful, qPrintable(with.reason));
        QCOMPARE(tokensGiven(with), tokensGiven(without) + 1);
        QVERIFY(with.tokenExchange->request.body.endsWith("&audience=••••••"));
        verifyNothingLeaks(with);

        request.webhook.oauth->parameters.first().value = u"https://elsewhere.example/"_s;
        const auto elsewhere = invoke(dispatcher, request);
        QVERIFY2(elsewhere.reason.text().contains(u"invalid_target"_s), qPrintable(elsewhere.reason));
        QCOMPARE(elsewhere.error->field, u"authentication_config.oauth.parameters"_s);
    }

    void theClientIsShownAsTheDocumentSays_data()
    {
        QTest::addColumn<QString>("client");
        QTest::addColumn<ClientAuthentication>("how");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("basic") << u"by-header"_s << ClientAuthentication::Basic << true;
        QTest::newRow("body") << u"by-body"_s << ClientAuthentication::Body << true;
        QTest::newRow("basic where the body is wanted") << u"by-body"_s << ClientAuthentication::Basic << false;
        // The server undoes a form-encoding that was not done: the secret holds a percent sign.
        QTest::newRow("basic_raw") << u"by-header"_s << ClientAuthentication::BasicRaw << false;
    }

    void theClientIsShownAsTheDocumentSays()
    {
        QFETCH(const QString, client);
        QFETCH(const ClientAuthentication, how);
        QFETCH(const bool, isTaken);
        Dispatcher dispatcher;
        auto request = hookRequest(client);
        request.webhook.oauth->clientAuthentication = how;
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(invocation.verdict, isTaken ? Verdict::Successful : Verdict::Failed);
        QVERIFY(invocation.tokenExchange->clientAuthentication == how);
        QVERIFY(invocation.earlierTokenExchanges.isEmpty());
        verifyNothingLeaks(invocation);
    }

    void aScopeThatIsNotAllowedIsSaidInWords()
    {
        Dispatcher dispatcher;
        auto request = hookRequest(u"reader"_s);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"oauth"_s);
        QVERIFY2(invocation.reason.text().contains(u"invalid_scope: requested scope is not allowed"_s),
                 qPrintable(invocation.reason));
        QCOMPARE(invocation.error->field, u"authentication_config.oauth.scopes"_s);
    }

    void manyWaitForOneToken()
    {
        Dispatcher dispatcher;
        const auto before = tokensGiven(invoke(dispatcher, hookRequest(u"by-header"_s)));
        Dispatcher another; // with no token yet
        int ended = 0;
        int successful = 0;
        int exchanges = 0;
        int given = 0;
        for (int i = 0; i < 20; ++i) {
            connect(another.invoke(hookRequest(u"by-header"_s)), &InvocationJob::finished, this,
                    [&](const Invocation &invocation) {
                        ++ended;
                        successful += invocation.verdict == Verdict::Successful;
                        exchanges += invocation.tokenExchange.has_value();
                        given = std::max(given, tokensGiven(invocation));
                    });
        }
        QTRY_COMPARE_WITH_TIMEOUT(ended, 20, 60000);
        QCOMPARE(successful, 20);
        QCOMPARE(exchanges, 1);
        QCOMPARE(given, before + 1);
    }
};

QTEST_GUILESS_MAIN(TestOAuthServer)
#include "tst_oauthserver.moc"
