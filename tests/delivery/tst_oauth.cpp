// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenendpoint.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;
using namespace Tocsin::TokenEndpoint;

/// What a real authorization server cannot be made to do.
class TestOAuth : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    InvocationRequest requestFor(const FakeServer &server) const { return TokenEndpoint::requestFor(server, m_pki); }

private Q_SLOTS:
    void asksAsTheStandardSays()
    {
        FakeServer server(m_pki.server, answering(giving(R"({"access_token": "token-1234", "token_type": "Bearer"})")));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QCOMPARE(invocation.verdict, Verdict::Successful);
        QCOMPARE(server.requests().size(), 2);
        const auto &asked = server.requests().first();
        QVERIFY(
            asked.contains(QByteArray("\r\nAuthorization: Basic " + "the+client:the+s3cret"_ba.toBase64() + "\r\n")));
        QVERIFY(asked.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
        QVERIFY(asked.contains("\r\nAccept: application/json\r\n"));
        QVERIFY(asked.endsWith("\r\n\r\ngrant_type=client_credentials&scope=a%3Ab+c"));
        QVERIFY(server.requests().last().contains("\r\nAuthorization: Bearer token-1234\r\n"));
        // The target echoed its whole request.
        QVERIFY(invocation.response->body.contains("Authorization: Bearer ••••••"));
        const auto written = QString::fromStdString(writeJson(toJson(invocation)));
        QVERIFY2(!written.contains(u"token-1234"_s), qPrintable(written));
        QVERIFY2(!written.contains(u"s3cret"_s), qPrintable(written));
    }

    void aTokenServesUntilShortlyBeforeItExpires()
    {
        int given = 0;
        FakeServer server(m_pki.server, answering([&given](QSslSocket &socket, const QByteArray &request) {
                              giving("{\"access_token\": \"token-" + QByteArray::number(++given)
                                     + "\", \"expires_in\": 1}")(socket, request);
                          }));
        Dispatcher dispatcher;
        QVERIFY(invoke(dispatcher, requestFor(server)).tokenExchange);
        // Its second is soon over, and until then it serves.
        bool isRenewed = false;
        QTRY_VERIFY((isRenewed = isRenewed || invoke(dispatcher, requestFor(server)).tokenExchange.has_value()));
        QCOMPARE(given, 2);
    }

    void aRefusedTokenIsRenewedOnlyOnce()
    {
        FakeServer server(m_pki.server, answering(giving(R"({"access_token": "token-1234"})"), 401));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QCOMPARE(errorWord(invocation), u"http"_s);
        QCOMPARE(invocation.sent, 2);
        QCOMPARE(tokenRequests(server), 2);
        QVERIFY(invocation.tokenExchange->renewed);
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("inMessage");
        QTest::addColumn<QString>("field");
        const auto endpoint = u"token_endpoint_url"_s;
        QTest::newRow("description") << R"({"error": "invalid_scope", "error_description": "No <scope> 'x'."})"_ba
                                     << 400 << u"of the scopes “a:b”, “c” (invalid_scope: No <scope> 'x')."_s
                                     << u"scopes"_s;
        QTest::newRow("unauthorized_client")
            << R"({"error": "unauthorized_client"})"_ba << 400 << u"client-credentials grant"_s << u"client_id"_s;
        QTest::newRow("unknown code") << R"({"error": "on_holiday"})"_ba << 400 << u"on_holiday"_s << endpoint;
        QTest::newRow("not JSON") << "<html>"_ba << 502 << u"502"_s << endpoint;
        QTest::newRow("200 without a token") << "{}"_ba << 200 << u"200"_s << endpoint;
        QTest::newRow("200 with an error")
            << R"({"error": "invalid_grant"})"_ba << 200 << u"invalid_grant"_s << u"client_id"_s;
        QTest::newRow("token type") << R"({"access_token": "abcdef", "token_type": "mac"})"_ba << 200 << u"mac"_s
                                    << endpoint;
        QTest::newRow("token with a line break")
            << R"({"access_token": "abc\r\nX: y"})"_ba << 200 << u"header"_s << endpoint;
        QTest::newRow("array") << "[1]"_ba << 200 << u"200"_s << endpoint;
        QTest::newRow("secret in its words") << R"({"error": "invalid_scope", "error_description": "the s3cret"})"_ba
                                             << 400 << u"••••••"_s << u"scopes"_s;
        QTest::newRow("credentials in its words")
            << R"({"error": "invalid_scope", "error_description": "Basic %1."})"_ba.replace(
                   "%1", "the+client:the+s3cret"_ba.toBase64())
            << 400 << u"(invalid_scope: Basic ••••••)."_s << u"scopes"_s;
    }

    void faults()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const int, status);
        QFETCH(const QString, inMessage);
        QFETCH(const QString, field);
        FakeServer server(m_pki.server, answering(giving(answer, status)));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QCOMPARE(errorWord(invocation), u"oauth"_s);
        QVERIFY2(invocation.reason.text().contains(inMessage), qPrintable(invocation.reason));
        QCOMPARE(invocation.error->field, QString("authentication_config.oauth."_L1 % field));
        QCOMPARE(invocation.sent, 0);
        QVERIFY(invocation.tokenExchange);
        QVERIFY(invocation.request);
    }

    void anEndpointThatIsSilentTimesOut()
    {
        FakeServer server(m_pki.server, answering(FakeServer::silence()));
        Dispatcher dispatcher;
        auto request = requestFor(server);
        request.webhook.timeout = std::chrono::seconds(1);
        const auto invocation = invoke(dispatcher, request);
        QCOMPARE(errorWord(invocation), u"oauth"_s);
        QVERIFY2(invocation.reason.text().contains(u"1 second"_s), qPrintable(invocation.reason));
        QVERIFY2(invocation.error->hint.text().contains(u"authorization server"_s),
                 qPrintable(invocation.error->hint.text()));
        QVERIFY(invocation.tokenExchange);
        QVERIFY(!invocation.tokenExchange->response);
    }

    void cancellingOneLeavesTheTokenToTheOthers()
    {
        QSslSocket *waiting = nullptr;
        FakeServer server(m_pki.server,
                          answering([&waiting](QSslSocket &socket, const QByteArray &) { waiting = &socket; }));
        Dispatcher dispatcher;
        auto *first = dispatcher.invoke(requestFor(server));
        QSignalSpy firstEnd(first, &InvocationJob::finished);
        QTRY_VERIFY(waiting);
        QSignalSpy secondEnd(dispatcher.invoke(requestFor(server)), &InvocationJob::finished);
        first->cancel();
        QTRY_COMPARE(firstEnd.count(), 1);
        QCOMPARE(errorWord(firstEnd.first().first().value<Invocation>()), u"cancelled"_s);
        giving(R"({"access_token": "token-1234"})")(*waiting, {});
        QTRY_COMPARE(secondEnd.count(), 1);
        const auto second = secondEnd.first().first().value<Invocation>();
        QVERIFY2(second.verdict == Verdict::Successful, qPrintable(second.reason));
        QCOMPARE(tokenRequests(server), 1);
    }

    void aTokenIsFetchedOnceForWebhooksOnSeveralThreads()
    {
        FakeServer server(m_pki.server, answering(giving(R"({"access_token": "token-1234"})")));
        constexpr int threads = 3;
        Dispatcher dispatcher(nullptr, threads);
        int successful = 0;
        for (int i = 0; i < 2 * threads; ++i) {
            auto request = requestFor(server);
            request.webhook.id = QString::number(i);
            connect(dispatcher.invoke(request), &InvocationJob::finished, this,
                    [&successful](const Invocation &invocation) {
                        successful += invocation.verdict == Verdict::Successful ? 1 : 0;
                    });
        }
        QTRY_COMPARE_WITH_TIMEOUT(successful, 2 * threads, 60'000);
        QCOMPARE(tokenRequests(server), 1);
    }

    void whenNobodyWaitsAnyMoreTheExchangeEnds()
    {
        FakeServer server(m_pki.server, answering(FakeServer::silence()));
        Dispatcher dispatcher;
        auto *job = dispatcher.invoke(requestFor(server));
        QTRY_COMPARE(server.requests().size(), 1);
        job->cancel();
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void aTokenBelongsToItsClientAndIdentity()
    {
        FakeServer server(m_pki.server, answering(giving(R"({"access_token": "token-1234"})")));
        Dispatcher dispatcher;
        invoke(dispatcher, requestFor(server));
        QVERIFY(invoke(dispatcher, requestFor(server)).usedCachedToken);
        auto secret = requestFor(server);
        secret.webhook.oauth->clientSecret = u"another secret"_s;
        QVERIFY(!invoke(dispatcher, secret).usedCachedToken);
        auto identity = requestFor(server);
        identity.webhook.caCertificates +=
            QString::fromLatin1(CertificateAuthority::create(u"Another"_s)->certificate());
        QVERIFY(!invoke(dispatcher, identity).usedCachedToken);
    }
};

QTEST_GUILESS_MAIN(TestOAuth)
#include "tst_oauth.moc"
