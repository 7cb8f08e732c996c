// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenendpoint.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;
using namespace Tocsin::TokenEndpoint;

/// How a client shows who it is and what else it says; and when it does not ask again.
class TestOAuthClient : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    static constexpr auto token = R"({"access_token": "token-1234"})";

    InvocationRequest requestFor(const FakeServer &server) const { return TokenEndpoint::requestFor(server, m_pki); }

    InvocationRequest deliveryFor(const FakeServer &server) const
    {
        auto request = requestFor(server);
        request.webhook.id = u"6f1c0f6e-1c1f-4a77-8a51-0a6a51b1b001"_s;
        request.isDelivery = true;
        return request;
    }

    static constexpr int deliveries = 100;

    /// Some at a time, as a queue does; what became of them.
    static QStringList deliverInWaves(Dispatcher &dispatcher, const InvocationRequest &request)
    {
        constexpr int atOnce = 5;
        QStringList words;
        for (int begun = 0; begun < deliveries; begun += atOnce) {
            for (int i = 0; i < atOnce; ++i) {
                connect(dispatcher.invoke(request), &InvocationJob::finished, &dispatcher,
                        [&words](const Invocation &invocation) { words.append(errorWord(invocation)); });
            }
            [&] {
                QTRY_COMPARE_WITH_TIMEOUT(words.size(), begun + atOnce, 60'000);
            }();
        }
        return words;
    }

    static QByteArray basic(const QByteArray &credentials)
    {
        return "\r\nAuthorization: Basic " + credentials.toBase64() + "\r\n";
    }

private Q_SLOTS:
    void theClientIsShownAsTheDocumentSays_data()
    {
        QTest::addColumn<ClientAuthentication>("how");
        QTest::addColumn<QByteArray>("in");
        QTest::addColumn<QByteArray>("notIn");
        QTest::newRow("basic") << ClientAuthentication::Basic << basic("the+client:the+s%C3%A9cret+%2B")
                               << "client_id"_ba;
        QTest::newRow("basic_raw") << ClientAuthentication::BasicRaw << basic("the client:the sécret +")
                                   << "client_id"_ba;
        QTest::newRow("body") << ClientAuthentication::Body
                              << "&client_id=the+client&client_secret=the+s%C3%A9cret+%2B"_ba
                              << "Authorization"_ba;
    }

    void theClientIsShownAsTheDocumentSays()
    {
        QFETCH(const ClientAuthentication, how);
        QFETCH(const QByteArray, in);
        QFETCH(const QByteArray, notIn);
        FakeServer server(m_pki.server, answering(giving(R"({"error": "invalid_client"})", 401)));
        Dispatcher dispatcher;
        auto request = requestFor(server);
        request.webhook.oauth->clientSecret = u"the sécret +"_s;
        request.webhook.oauth->clientAuthentication = how;
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(tokenRequests(server), 1); // no other way is tried
        QVERIFY2(server.requests().first().contains(in), server.requests().first().constData());
        QVERIFY2(!server.requests().first().contains(notIn), server.requests().first().constData());
        QVERIFY(invocation.tokenExchange->clientAuthentication == how);
        QVERIFY(!written(invocation).contains(QString::fromLatin1("the sécret +"_ba.toBase64())));
        for (const auto &secret : {"sécret"_ba, "s%C3%A9cret"_ba, "the client:the sécret +"_ba.toBase64()}) {
            QVERIFY2(!written(invocation).contains(QString::fromUtf8(secret)), secret.constData());
        }
    }

    void secretsTooShortToBeFoundAreShownAsMarks()
    {
        FakeServer server(m_pki.server, giving(token)); // the target answers so, too
        Dispatcher dispatcher;
        auto request = requestFor(server);
        request.secrets = {{u"id"_s, u"Q1z"_s}, {u"scope"_s, u"X7y"_s}, {u"tenant"_s, u"K3w"_s}, {u"tail"_s, u"J9"_s}};
        request.webhook.oauth->clientId = u"${secret:id}"_s;
        request.webhook.oauth->scopes = {u"read"_s, u"${secret:scope}"_s};
        request.webhook.oauth->parameters = {{.name = u"audience"_s, .value = u"${secret:tenant}"_s}};
        request.webhook.oauth->tokenEndpointUrl += u"?${secret:tail}"_s;
        request.webhook.oauth->clientAuthentication = ClientAuthentication::Body;
        const auto invocation = invoke(dispatcher, request);
        const auto &sent = server.requests().first();
        QVERIFY2(sent.startsWith("POST /token?J9 "), sent.constData());
        QVERIFY2(sent.contains("&scope=read+X7y&audience=K3w&client_id=Q1z&"), sent.constData());
        QVERIFY2(invocation.tokenExchange, qPrintable(invocation.reason));
        QCOMPARE(invocation.tokenExchange->request.body,
                 "grant_type=client_credentials&scope=read+••••••&audience=••••••&client_id=••••••"
                 "&client_secret=••••••"_ba);
        QVERIFY(invocation.tokenExchange->request.url.endsWith(u"/token?••••••"_s));
    }

    void bothWaysThatWereTriedAreShownByName()
    {
        FakeServer server(m_pki.server, answering([](QSslSocket &socket, const QByteArray &request) {
                              const bool inBody = request.contains("client_secret=");
                              giving(inBody ? token : "no", inBody ? 200 : 403)(socket, request);
                          }));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(invocation.earlierTokenExchanges.size(), 1);
        const auto &earlier = invocation.earlierTokenExchanges.first();
        QVERIFY(earlier.clientAuthentication == ClientAuthentication::Basic);
        QCOMPARE(headerValue(earlier.request.headers, u"Authorization"_s), u"Basic ••••••"_s);
        QCOMPARE(earlier.response->status, 403);
        QVERIFY(invocation.tokenExchange->clientAuthentication == ClientAuthentication::Body);
        QCOMPARE(invocation.tokenExchange->response->status, 200);
        QVERIFY2(!written(invocation).contains(u"s3cret"_s), qPrintable(written(invocation)));
    }

    void whatIsKnownToWorkIsNotDoubtedWhenTheServerFails()
    {
        int status = 200;
        FakeServer server(m_pki.server, answering([&status](QSslSocket &socket, const QByteArray &request) {
                              giving(token, status)(socket, request);
                          }));
        Dispatcher dispatcher;
        QCOMPARE(invoke(dispatcher, requestFor(server)).verdict, Verdict::Successful);
        status = 500;
        auto other = requestFor(server);
        other.webhook.oauth->scopes = {u"d"_s};
        QCOMPARE(errorWord(invoke(dispatcher, other)), u"oauth"_s);
        QCOMPARE(tokenRequests(server), 2);
    }

    void theRefusalInWordsIsTold()
    {
        FakeServer server(m_pki.server, answering([](QSslSocket &socket, const QByteArray &request) {
                              const bool inBody = request.contains("client_secret=");
                              giving(inBody ? "<h1>No</h1>" : R"({"error": "invalid_client"})",
                                     inBody ? 500 : 401)(socket, request);
                          }));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY2(invocation.reason.text().contains(u"invalid_client"_s), qPrintable(invocation.reason));
        QCOMPARE(tokenRequests(server), 2);
    }

    void parametersAreSentAndSecretOnesHidden()
    {
        FakeServer server(
            m_pki.server, answering([](QSslSocket &socket, const QByteArray &request) {
                // Fails in words that hold all that it was sent.
                giving("{\"error\": \"invalid_target\", \"error_description\": \""
                           + QUrl::fromPercentEncoding(request.mid(request.indexOf("\r\n\r\n") + 4)).toUtf8() + "\"}",
                       400)(socket, request);
            }));
        Dispatcher dispatcher;
        auto request = requestFor(server);
        request.webhook.oauth->parameters = {{.name = u"audience"_s, .value = u"https://api.example/?a=b&c"_s},
                                             {.name = u"resource"_s, .value = u"urn:${secret:tenant}"_s},
                                             {.name = u"client_assertion"_s, .value = u"literal-assertion"_s}};
        request.secrets.insert(u"tenant"_s, u"tenant-0815"_s);
        const auto invocation = invoke(dispatcher, request);
        QVERIFY2(server.requests().first().endsWith(
                     "\r\n\r\ngrant_type=client_credentials&scope=a%3Ab+c&audience=https%3A%2F%2Fapi.example%2F%3Fa%3Db"
                     "%26c&resource=urn%3Atenant-0815&client_assertion=literal-assertion"),
                 server.requests().first().constData());
        QCOMPARE(invocation.tokenExchange->request.body,
                 "grant_type=client_credentials&scope=a%3Ab+c&audience=https%3A%2F%2Fapi.example%2F%3Fa%3Db%26c&"
                 "resource=••••••&client_assertion=••••••"_ba);
        const auto all = written(invocation);
        QVERIFY2(!all.contains(u"tenant-0815"_s), qPrintable(all));
        QVERIFY2(!all.contains(u"literal-assertion"_s), qPrintable(all));
        QVERIFY(invocation.reason.text().contains(u"https://api.example"_s)); // no secret, so it stays readable
    }

    void aParameterTellsOneTokenFromAnother()
    {
        FakeServer server(m_pki.server, answering(giving(token)));
        Dispatcher dispatcher;
        auto request = requestFor(server);
        invoke(dispatcher, request);
        request.webhook.oauth->parameters = {{.name = u"audience"_s, .value = u"a"_s}};
        QVERIFY(!invoke(dispatcher, request).usedCachedToken);
        QVERIFY(invoke(dispatcher, request).usedCachedToken);
        request.webhook.oauth->parameters.first().value = u"b"_s;
        QVERIFY(!invoke(dispatcher, request).usedCachedToken);
    }

    void aSecretWithALineBreakIsNotSentAsParameter()
    {
        FakeServer server(m_pki.server, answering(giving(token)));
        Dispatcher dispatcher;
        auto request = requestFor(server);
        request.webhook.oauth->parameters = {{.name = u"audience"_s, .value = u"${secret:a}"_s}};
        request.secrets.insert(u"a"_s, u"first\nsecond"_s);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"secret"_s);
        QCOMPARE(invocation.error->field, u"authentication_config.oauth.parameters.audience"_s);
        QCOMPARE(server.requests().size(), 0);
    }

    void aServerThatAsksToWaitIsNotAskedAgain_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {429, 503, 500, 403}) {
            QTest::newRow(QByteArray::number(status).constData()) << status;
        }
    }

    void aServerThatAsksToWaitIsNotAskedAgain()
    {
        QFETCH(const int, status);
        FakeServer server(m_pki.server, answering(giving("Busy", status, {"Retry-After: 120"})));
        Dispatcher dispatcher;
        const auto first = invoke(dispatcher, deliveryFor(server));
        QCOMPARE(errorWord(first), u"oauth"_s);
        QVERIFY2(first.reason.text().contains(u"120"_s), qPrintable(first.reason)); // a Test says it
        QVERIFY(first.error->retryAfter == std::chrono::seconds(120));
        QCOMPARE(tokenRequests(server), 1); // the body is not tried either
        const auto second = invoke(dispatcher, deliveryFor(server));
        QCOMPARE(tokenRequests(server), 1);
        QVERIFY(!second.tokenExchange);
        QVERIFY2(second.reason.text().contains(u"not asked again"_s), qPrintable(second.reason));
        QVERIFY(second.error->retryAfter);
        QVERIFY(*second.error->retryAfter > std::chrono::seconds(60));
        QVERIFY(*second.error->retryAfter <= std::chrono::seconds(120));
        invoke(dispatcher, requestFor(server)); // a person's Test asks
        QCOMPARE(tokenRequests(server), 2);
    }

    void aHundredDeliveriesAskOnceWhereTheTargetRefusesEveryToken()
    {
        FakeServer server(m_pki.server, {});
        int given = 0;
        server.setAnswer(answering(
            [&given](QSslSocket &socket, const QByteArray &request) {
                giving("{\"access_token\": \"token-" + QByteArray::number(1000 + ++given) + "\"}")(socket, request);
            },
            401));
        Dispatcher dispatcher;
        const auto words = deliverInWaves(dispatcher, deliveryFor(server));
        QCOMPARE(words, QStringList(deliveries, u"http"_s));
        QCOMPARE(tokenRequests(server), 2); // the first, and one that renews it
        const auto late = invoke(dispatcher, deliveryFor(server));
        QCOMPARE(late.sent, 1);
        QVERIFY2(late.error->causes.first().text().contains(u"newly fetched"_s),
                 qPrintable(textsOf(late.error->causes).join(u'|')));
        QCOMPARE(tokenRequests(server), 2);
        QCOMPARE(invoke(dispatcher, requestFor(server)).sent, 2); // a person's Test renews
        QCOMPARE(tokenRequests(server), 3);
    }

    void aHundredDeliveriesAskOnceWhereNoTokenIsGiven()
    {
        FakeServer server(m_pki.server, answering(giving(R"({"error": "invalid_scope"})", 400)));
        Dispatcher dispatcher;
        QElapsedTimer elapsed;
        elapsed.start();
        const auto words = deliverInWaves(dispatcher, deliveryFor(server));
        QCOMPARE(words, QStringList(deliveries, u"oauth"_s));
        QCOMPARE_LE(tokenRequests(server), 1 + elapsed.elapsed() / 3000); // it may be asked again after so long
        // Another client is none of its business.
        const auto before = tokenRequests(server);
        auto other = deliveryFor(server);
        other.webhook.oauth->clientSecret = u"another secret"_s;
        invoke(dispatcher, other);
        QCOMPARE(tokenRequests(server), before + 1);
    }

    void aTargetThatTakesTokensAgainGetsThemRenewed()
    {
        int targetStatus = 401;
        FakeServer server(m_pki.server, [&targetStatus](QSslSocket &socket, const QByteArray &request) {
            answering(giving(token), targetStatus)(socket, request);
        });
        Dispatcher dispatcher;
        invoke(dispatcher, deliveryFor(server));
        QCOMPARE(tokenRequests(server), 2);
        targetStatus = 200;
        QCOMPARE(invoke(dispatcher, deliveryFor(server)).verdict, Verdict::Successful);
        targetStatus = 401;
        QCOMPARE(invoke(dispatcher, deliveryFor(server)).sent, 2);
        QCOMPARE(tokenRequests(server), 3);
    }
};

QTEST_GUILESS_MAIN(TestOAuthClient)
#include "tst_oauthclient.moc"
