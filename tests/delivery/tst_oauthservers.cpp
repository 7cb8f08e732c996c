// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenendpoint.h"
#include "tokenexchangetext.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;
using namespace Tocsin::TokenEndpoint;

/// Authorization servers that keep less of RFC 6749 than they should, as they are met in the world.
class TestOAuthServers : public QObject
{
    Q_OBJECT

private:
    const Pki m_pki;

    InvocationRequest requestFor(const FakeServer &server) const { return TokenEndpoint::requestFor(server, m_pki); }

    static QByteArray jwt(const QByteArray &claims)
    {
        const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
        return R"({"alg":"none"})"_ba.toBase64(options) + '.' + claims.toBase64(options) + ".c2lnbmF0dXJl";
    }

private Q_SLOTS:
    void aRefusalOfBasicLeadsToTheBody_data()
    {
        QTest::addColumn<QByteArray>("refusal");
        QTest::addColumn<int>("status");
        QTest::newRow("invalid_client") << R"({"error": "invalid_client"})"_ba << 400;
        QTest::newRow("invalid_request") << R"({"error": "invalid_request"})"_ba << 400;
        QTest::newRow("unauthorized_client") << R"({"error": "unauthorized_client"})"_ba << 400;
        QTest::newRow("invalid_grant") << R"({"error": "invalid_grant"})"_ba << 400;
        QTest::newRow("400 without JSON") << "Bad request"_ba << 400;
        QTest::newRow("401") << "Unauthorized"_ba << 401;
        QTest::newRow("403") << "Forbidden"_ba << 403;
        QTest::newRow("415") << ""_ba << 415;
        QTest::newRow("500") << "<h1>Server error</h1>"_ba << 500;
        QTest::newRow("form-encoded") << "error=invalid_client"_ba << 400;
    }

    void aRefusalOfBasicLeadsToTheBody()
    {
        QFETCH(const QByteArray, refusal);
        QFETCH(const int, status);
        FakeServer server(m_pki.server, answering([&](QSslSocket &socket, const QByteArray &request) {
                              if (request.contains("client_secret=the+s3cret")) {
                                  giving(R"({"access_token": "token-1234", "token_type": "bearer", "expires_in": 1})")(
                                      socket, request);
                              } else {
                                  giving(refusal, status)(socket, request);
                              }
                          }));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(tokenRequests(server), 2);
        QCOMPARE(invocation.tokenExchange->request.body,
                 "grant_type=client_credentials&scope=a%3Ab+c&client_id=the+client&client_secret=••••••"_ba);
        auto other = requestFor(server);
        other.webhook.oauth->scopes = {u"d"_s}; // another token for the same client
        QCOMPARE(invoke(dispatcher, other).verdict, Verdict::Successful);
        QCOMPARE(tokenRequests(server), 3);
    }

    void tokenTypes_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("isBearer");
        for (const auto *type :
             {"\"Bearer\"", "\"bearer\"", "\"BEARER\"", "\"BearerToken\"", "\"bearer_token\"", "\"Bearer \"",
              "\" bearer\"", "\"bearer token\"", "\"Bearer-Token\"", "\"\"", "null"}) {
            QTest::newRow(type) << QByteArray(type) << true;
        }
        for (const auto *type : {"\"mac\"", "\"DPoP\"", "\"N_A\"", "\"pop\"", "\"bearers\""}) {
            QTest::newRow(type) << QByteArray(type) << false;
        }
    }

    void tokenTypes()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const bool, isBearer);
        FakeServer server(m_pki.server,
                          answering(giving(R"({"access_token": "token-1234", "token_type": )" + type + '}')));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        if (isBearer) {
            QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
            QVERIFY(server.requests().last().contains("\r\nAuthorization: Bearer token-1234\r\n"));
        } else {
            QCOMPARE(errorWord(invocation), u"oauth"_s);
            QVERIFY2(invocation.reason.text().contains(u"“%1”"_s.arg(QString::fromLatin1(type).remove(u'"'))),
                     qPrintable(invocation.reason));
            QCOMPARE(invocation.sent, 0);
        }
        QVERIFY2(!written(invocation).contains(u"token-1234"_s), qPrintable(written(invocation)));
    }

    void answersInOtherForms_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<int>("expiresIn");
        const auto form = "application/x-www-form-urlencoded"_ba;
        const auto inForm = "access_token=token-12%2F34&token_type=bearer&expires_in=600&scope=a"_ba;
        const auto json = R"({"access_token": "token-12\/34", "token_type": "bearer", "expires_in": "600"})"_ba;
        QTest::newRow("form") << inForm << form << 600;
        QTest::newRow("form with a charset") << inForm << form + "; charset=UTF-8" << 600;
        QTest::newRow("form as text") << inForm << "text/plain"_ba << 600;
        QTest::newRow("form with a line end") << inForm + "\r\n" << form << 600;
        QTest::newRow("JSON as text") << json << "text/plain"_ba << 600;
        QTest::newRow("JSON as HTML") << json << "text/html"_ba << 600;
        QTest::newRow("JSON as a form") << json << form << 600;
        QTest::newRow("JSON with a mark in front") << "\xEF\xBB\xBF" + json << "application/json"_ba << 600;
        QTest::newRow("a fraction") << R"({"access_token": "token-12/34", "expires_in": 600.9})"_ba
                                    << "application/json"_ba << 600;
        QTest::newRow("no time") << R"({"access_token": "token-12/34"})"_ba
                                 << "application/json"_ba << 0;
        QTest::newRow("no number") << R"({"access_token": "token-12/34", "expires_in": "soon"})"_ba
                                   << "application/json"_ba << 0;
        QTest::newRow("half a character elsewhere")
            << R"({"access_token": "token-12/34", "expires_in": 600, "scope": "a\ud83d"})"_ba
            << "application/json"_ba << 600;
    }

    void answersInOtherForms()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, contentType);
        QFETCH(const int, expiresIn);
        FakeServer server(m_pki.server, answering(giving(body, 200, {"Content-Type: " + contentType})));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QVERIFY(server.requests().last().contains("\r\nAuthorization: Bearer token-12/34\r\n"));
        QCOMPARE(invocation.tokenExchange->expiresInSeconds, expiresIn);
        const auto all = written(invocation);
        QVERIFY2(!all.contains(u"token-12"_s), qPrintable(all));
    }

    void aTokenThatCannotBeReadIsNotKept_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("cut") << "{\"token_type\": \"bearer\", \"access_token\": \"token-1234"_ba;
        QTest::newRow("not quite JSON") << R"({'access_token': 'token-1234', })"_ba;
        QTest::newRow("deeper") << R"({"data": {"access_token": "token-1234"}})"_ba;
        QTest::newRow("in an array") << R"({"access_token": ["token-1234"]})"_ba;
        QTest::newRow("in an object") << R"({"access_token": {"value": ["token-1234"]}})"_ba;
        QTest::newRow("another name") << R"({"accessToken": "token-1234"})"_ba;
        QTest::newRow("XML") << "<r><access_token>token-1234</access_token></r>"_ba;
        QTest::newRow("with a line break") << R"({"access_token": "token-1234\n"})"_ba;
        QTest::newRow("with half a character") << R"({"access_token": "token-1234\ud83d", "scope": "a"})"_ba;
        QTest::newRow("half a character elsewhere") << R"({"data": {"access_token": "token-1234"}, "x": "\udc00"})"_ba;
        QTest::newRow("a name of its own") << R"({"session_token": "token-1234-5678"})"_ba;
        QTest::newRow("a name of its own, deeper") << R"({"data": {"jwt": {"value": "token-1234-5678"}}})"_ba;
        QTest::newRow("beside an error") << R"({"error": "x", "refresh_token": "token-1234"})"_ba;
    }

    void aTokenThatCannotBeReadIsNotKept()
    {
        QFETCH(const QByteArray, body);
        FakeServer server(m_pki.server, answering(giving(body)));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QCOMPARE(errorWord(invocation), u"oauth"_s);
        const auto all = written(invocation);
        QVERIFY2(!all.contains(u"token-1234"_s), qPrintable(all));
    }

    void halfACharacterElsewhereIsTold()
    {
        FakeServer server(m_pki.server,
                          answering(giving(R"({"access_token": "token-1234", "scope": "\ud83d", "x": "\udc00"})")));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE(invocation.tokenExchange->response->loneSurrogates, 2);
        QCOMPARE(tokenExchangeOddities(*invocation.tokenExchange).size(), 1);
        QVERIFY(tokenExchangeOddities(*invocation.tokenExchange).first().contains(u"U+FFFD"_s));
    }

    void wordsAboutSecretsAreNone()
    {
        const QByteArray body = R"({"error": "invalid_request", "error_description": "token expired",
                                    "token": "expired", "password": "is not needed here"})";
        FakeServer server(m_pki.server, answering(giving(body, 400, {"X-Auth-Status: refused", "X-Token: unknown"})));
        Dispatcher dispatcher;
        const auto all = written(invoke(dispatcher, requestFor(server)));
        for (const auto &word :
             {u"token expired"_s, u"\\\"expired\\\""_s, u"is not needed here"_s, u"refused"_s, u"unknown"_s}) {
            QVERIFY2(all.contains(word), qPrintable(word + u" in " + all));
        }
    }

    void aTokenIsNotKeptWhereverTheServerRepeatsIt_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        const auto token = R"({"access_token": "token-1234-5678"})"_ba;
        QTest::newRow("known, in any field") << "X-Debug: issued token-1234-5678"_ba << token;
        QTest::newRow("known, in base64") << "X-Debug: " + "a token-1234-5678"_ba.toBase64() << token;
        QTest::newRow("known, under another name")
            << "X: y"_ba
            << R"({"access_token": "token-1234-5678", "echo": ["for token-1234-5678"]})"_ba;
        QTest::newRow("in a field that is named so") << "X-Auth-Token: token-1234-5678"_ba
                                                     << "{}"_ba;
        QTest::newRow("behind a scheme") << "Authorization: Bearer token-1234-5678"_ba
                                         << "{}"_ba;
        QTest::newRow("as a cookie") << "Set-Cookie: session=token-1234-5678; Path=/; HttpOnly"_ba
                                     << "{}"_ba;
        QTest::newRow("beside a refusal") << "X-Subject-Token: token-1234-5678"_ba
                                          << R"({"error": "invalid_scope", "x": "token-1234-5678"})"_ba;
    }

    void aTokenIsNotKeptWhereverTheServerRepeatsIt()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, body);
        FakeServer server(m_pki.server, answering(giving(body, 200, {field})));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY(invocation.tokenExchange);
        const auto all = written(invocation);
        QVERIFY2(!all.contains(u"token-1234"_s), qPrintable(all));
        QVERIFY2(!all.contains(QString::fromLatin1("a token-1234-5678"_ba.toBase64())), qPrintable(all));
    }

    void aTokenThatIsOverAtOnceServesOnlyThen_data()
    {
        QTest::addColumn<QByteArray>("time");
        for (const auto *time : {"0", "-5", "\"0\"", "\" -1 \"", "0.5", "-1e300"}) {
            QTest::newRow(time) << QByteArray(time);
        }
    }

    void aTokenThatIsOverAtOnceServesOnlyThen()
    {
        QFETCH(const QByteArray, time);
        const auto own = jwt("{\"exp\": 99999999999}");
        FakeServer server(m_pki.server,
                          answering(giving("{\"expires_in\": " + time + ", \"access_token\": \"" + own + "\"}")));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QVERIFY(invocation.tokenExchange->isOverAtOnce);
        QCOMPARE(invocation.tokenExchange->expiresInSeconds, 0);
        QVERIFY(tokenExchangeOddities(*invocation.tokenExchange).value(0).contains(u"over when it came"_s));
        bool isFetchedAgain = false; // a second later
        QTRY_VERIFY_WITH_TIMEOUT(
            (isFetchedAgain = isFetchedAgain || !invoke(dispatcher, requestFor(server)).usedCachedToken), 60'000);
    }

    void withoutATimeTheTokensOwnCounts_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        const auto now = QDateTime::currentSecsSinceEpoch();
        const auto at = [](qint64 seconds) {
            return QByteArray::number(seconds);
        };
        constexpr int day = 24 * 3600;
        QTest::newRow("exp") << "{\"exp\": " + at(now + 1000) + '}' << 900 << 1000;
        QTest::newRow("exp with a fraction") << "{\"exp\": " + at(now + 1000) + ".5}" << 900 << 1000;
        QTest::newRow("far") << "{\"exp\": " + at(now + 1'000'000'000) + '}' << day << day;
        QTest::newRow("in milliseconds") << "{\"exp\": " + at((now + 1000) * 1000) + '}' << day << day;
        QTest::newRow("no number that counts") << "{\"exp\": 1e300}"_ba << day << day;
        QTest::newRow("issued by a clock ahead")
            << "{\"iat\": " + at(now + 5000) + ", \"exp\": " + at(now + 5600) + '}' << 600 << 600;
        QTest::newRow("issued by a clock behind")
            << "{\"iat\": " + at(now - 5000) + ", \"exp\": " + at(now - 4400) + '}' << 600 << 600;
        QTest::newRow("long over") << "{\"exp\": " + at(now - 5000) + '}' << 0 << 0;
        QTest::newRow("text") << R"({"exp": "tomorrow"})"_ba << 0 << 0;
        QTest::newRow("no JSON") << "exp"_ba << 0 << 0;
        QTest::newRow("an array") << "[1]"_ba << 0 << 0;
    }

    void withoutATimeTheTokensOwnCounts()
    {
        QFETCH(const QByteArray, claims);
        QFETCH(const int, least);
        QFETCH(const int, most);
        FakeServer server(m_pki.server, answering(giving("{\"access_token\": \"" + jwt(claims) + "\"}")));
        Dispatcher dispatcher;
        const auto invocation = invoke(dispatcher, requestFor(server));
        QVERIFY2(invocation.verdict == Verdict::Successful, qPrintable(invocation.reason));
        QCOMPARE_GE(invocation.tokenExchange->expiresInSeconds, least);
        QCOMPARE_LE(invocation.tokenExchange->expiresInSeconds, most);
        QVERIFY(!written(invocation).contains(QString::fromLatin1(jwt(claims))));
    }

    void whatTheServerSaysCountsMoreThanTheTokensOwnTime()
    {
        FakeServer server(
            m_pki.server,
            answering(giving("{\"expires_in\": 77, \"access_token\": \"" + jwt("{\"exp\": 99999999999}") + "\"}")));
        Dispatcher dispatcher;
        QCOMPARE(invoke(dispatcher, requestFor(server)).tokenExchange->expiresInSeconds, 77);
    }
};

QTEST_GUILESS_MAIN(TestOAuthServers)
#include "tst_oauthservers.moc"
