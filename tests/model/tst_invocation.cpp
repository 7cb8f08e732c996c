// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"

#include "shown.h"

#include <QProcess>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

Invocation complete()
{
    Invocation invocation;
    invocation.webhookId = u"6f1c2a40-8d5e-4b7b-9a55-0c6f3f0f7a11"_s;
    invocation.startedAt = QDateTime(QDate(2023, 10, 2), QTime(16, 14, 25, 851), Qt::UTC);
    invocation.verdict = Verdict::Failed;
    invocation.reason = Sentence(u"A validator failed."_s);
    invocation.error = InvocationError{.kind = ErrorKind::Validator,
                                       .message = Sentence(u"message"_s),
                                       .hint = Sentence(u"hint"_s),
                                       .field = u"response_validators[0]"_s,
                                       .causes = {Sentence(u"one"_s), Sentence(u"two"_s)},
                                       .position = {.line = 2, .column = 3, .offset = 9},
                                       .detail = u"error:0A000086:SSL routines"_s};
    invocation.request =
        SentRequest{.method = u"POST"_s,
                    .url = u"https://example.com/"_s,
                    .headers = {{.name = u"X-A"_s, .value = u"1"_s}, {.name = u"X-A"_s, .value = u"2"_s}},
                    .body = QByteArrayLiteral("{\"a\":\"ä\\n\"}")};
    invocation.response = ReceivedResponse{.status = 202,
                                           .reasonPhrase = u"Accepted"_s,
                                           .httpVersion = u"1.1"_s,
                                           .headers = {{.name = u"content-type"_s, .value = u"text/plain"_s}},
                                           .body = QByteArrayLiteral("\xff\x00\x01 not text"),
                                           .truncated = true,
                                           .interim = {{.status = 103,
                                                        .reasonPhrase = u"Early Hints"_s,
                                                        .headers = {{u"Link"_s, u"</a>"_s}, {u"X"_s, QString()}}},
                                                       {.status = 102, .reasonPhrase = {}, .headers = {}}},
                                           .trailers = {{u"Server-Timing"_s, u"db;dur=1"_s}, {u"X"_s, QString()}},
                                           .loneSurrogates = 2};
    invocation.sent = 1;
    invocation.validators = {
        {.jsonPath = u"$.data.ok"_s,
         .expectedValues = {u"true"_s},
         .actual = u"[true,{\"b\":1,\"a\":18446744073709551615}]"_s,
         .passed = false,
         .message = Sentence(u"differs"_s)},
        {.jsonPath = u"$.data.x"_s, .expectedValues = {u"null"_s}, .actual = u"null"_s, .passed = true, .message = {}},
        {.jsonPath = u"$.data.y"_s,
         .expectedValues = {u"1"_s},
         .actual = {},
         .passed = false,
         .message = Sentence(u"none"_s)},
        {.jsonPath = u"$.data.z"_s,
         .expectedValues = {u"1"_s},
         .actual = u"[\"cut"_s,
         .passed = false,
         .message = Sentence(u"long"_s),
         .actualIsCut = true,
         .omitted = 990}};
    invocation.timings.queued = Milliseconds(0.25);
    invocation.timings.tls = Milliseconds(3.5);
    invocation.timings.total = Milliseconds(12.5);
    invocation.timeline = {
        {.phase = InvocationPhase::Secrets, .tokenExchange = 0, .duration = Milliseconds(0.25)},
        {.phase = InvocationPhase::Wait, .tokenExchange = 1, .duration = Milliseconds(2)},
        {.phase = InvocationPhase::Wait, .tokenExchange = 2, .duration = Milliseconds(10)},
        {.phase = InvocationPhase::Judge, .tokenExchange = 0, .duration = Milliseconds(0.25)},
    };
    invocation.connectionReused = true;
    invocation.tls = TlsInfo{.protocol = u"TLSv1.3"_s,
                             .cipher = u"TLS_AES_256_GCM_SHA384"_s,
                             .chain = {{.subject = u"CN=a"_s,
                                        .issuer = u"CN=b"_s,
                                        .alternativeNames = {u"a.example"_s},
                                        .notBefore = QDateTime(QDate(2023, 1, 1), QTime(0, 0), Qt::UTC),
                                        .notAfter = QDateTime(QDate(2024, 1, 1), QTime(0, 0), Qt::UTC),
                                        .serialNumber = u"01"_s,
                                        .sha256Fingerprint = u"ab"_s,
                                        .publicKey = u"EC 256"_s,
                                        .pem = u"pem"_s}},
                             .errors = {u"expired"_s},
                             .sessionResumed = true,
                             .clientCertificateAsked = true,
                             .clientCertificate = u"CN=sender"_s};
    invocation.tokenExchange = TokenExchange{.request = *invocation.request,
                                             .response = invocation.response,
                                             .timings = invocation.timings,
                                             .tls = invocation.tls,
                                             .expiresInSeconds = 3600,
                                             .renewed = true,
                                             .clientAuthentication = ClientAuthentication::Body};
    invocation.earlierTokenExchanges = {*invocation.tokenExchange, *invocation.tokenExchange};
    invocation.earlierTokenExchanges.first().clientAuthentication = ClientAuthentication::BasicRaw;
    invocation.earlierTokenExchanges.first().isOverAtOnce = true;
    invocation.error->retryAfter = std::chrono::seconds(90);
    invocation.usedCachedToken = true;
    invocation.proxy = u"proxy:3128"_s;
    return invocation;
}

QByteArray shell(const QString &command)
{
    QProcess process;
    process.start(u"/bin/sh"_s, {u"-c"_s, command});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

} // namespace

class TestInvocation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote()
    {
        const auto text = writeJson(toJson(complete()));
        const auto document = parseJson(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        QVERIFY(document.isOk());
        const auto read = invocationFromJson(*document);
        QVERIFY2(read.isOk(), read.isOk() ? "" : qUtf8Printable(read.error().message));
        QVERIFY(*read == complete());
    }

    void readsAnActualThatNestsAsDeeplyAsAnAnswerMay_data()
    {
        QTest::addColumn<int>("depth");
        QTest::newRow("fits where it stands") << maximumJsonDepth - 3;
        QTest::newRow("does not") << maximumJsonDepth - 2;
        QTest::newRow("as deep as there is") << maximumJsonDepth;
    }

    void readsAnActualThatNestsAsDeeplyAsAnAnswerMay()
    {
        QFETCH(const int, depth);
        Invocation invocation = complete();
        invocation.validators[0].actual = QString(depth, u'[') + QString(depth, u']');
        invocation.validators[0].actualIsCut = false;
        const auto read = invocationFromJson(toJson(invocation));
        QVERIFY2(read.isOk(), read.isOk() ? "" : qUtf8Printable(read.error().message));
        QCOMPARE(read->validators[0].actual, invocation.validators[0].actual);
    }

    void readsAnEmptyOne()
    {
        const auto read = invocationFromJson(toJson(Invocation{}));
        QVERIFY(read.isOk());
        QVERIFY(*read == Invocation{});
    }

    void readsAnOldOne()
    {
        auto document = toJson(complete());
        document.erase("timeline");
        document.erase("connection_reused");
        document["error"].erase("detail");
        document["timings_ms"].erase("tls");
        for (auto *response : {&document["response"], &document["token_exchange"]["response"]}) {
            response->erase("interim");
            response->erase("trailers");
        }
        for (auto *tls : {&document["tls"], &document["token_exchange"]["tls"]}) {
            tls->erase("session_resumed");
            tls->erase("client_certificate_asked");
            tls->erase("client_certificate");
        }
        document["token_exchange"]["timings_ms"].erase("tls");
        document["token_exchange"].erase("client_authentication");
        document.erase("earlier_token_exchanges");
        document["error"].erase("retry_after_in_sec");
        const auto read = invocationFromJson(document);
        QVERIFY2(read.isOk(), read.isOk() ? "" : qUtf8Printable(read.error().message));
        auto old = complete();
        old.timeline.clear();
        old.connectionReused = false;
        old.error->detail.clear();
        old.error->retryAfter.reset();
        old.tokenExchange->clientAuthentication.reset();
        old.earlierTokenExchanges.clear();
        for (auto *timings : {&old.timings, &old.tokenExchange->timings}) {
            timings->tls.reset();
        }
        for (auto *response : {&*old.response, &*old.tokenExchange->response}) {
            response->interim.clear();
            response->trailers.clear();
        }
        for (auto *tls : {&*old.tls, &*old.tokenExchange->tls}) {
            tls->sessionResumed = false;
            tls->clientCertificateAsked = false;
            tls->clientCertificate.clear();
        }
        QVERIFY(*read == old);
        QCOMPARE(totalTime(*read), std::optional(Milliseconds(12.5)));
    }

    void itsTotalIsThatOfTheTimeline()
    {
        auto invocation = complete();
        invocation.timings.total = Milliseconds(99);
        QCOMPARE(totalTime(invocation), std::optional(Milliseconds(12.5)));
        QVERIFY(!totalTime({}));
    }

    void hasTheShapeThatScriptsRead()
    {
        const auto document = toJson(complete());
        QCOMPARE(shown(document["verdict"]), shown(Json("failed")));
        QCOMPARE(shown(document["error"]["kind"]), shown(Json("validator")));
        QCOMPARE(shown(document["error"]["position"]["line"]), shown(Json(2)));
        QCOMPARE(shown(document["request"]["headers"]), shown(Json::parse(R"([["X-A","1"],["X-A","2"]])")));
        QCOMPARE(shown(document["request"]["body"]), shown(Json("{\"a\":\"ä\\n\"}")));
        QCOMPARE(shown(document["response"]["body"]), shown(Json(nullptr)));
        QCOMPARE(shown(document["response"]["body_base64"]), shown(Json("/wABIG5vdCB0ZXh0")));
        QCOMPARE(shown(document["validators"][0]["actual"]),
                 shown(Json::parse(R"([true,{"b":1,"a":18446744073709551615}])")));
        QCOMPARE(shown(document["timings_ms"]),
                 shown(Json::parse(
                     R"({"queued":0.25,"lookup":null,"connect":null,"tls":3.5,"send":null,"wait":null,"receive":null,
                                 "total":12.5})")));
        QCOMPARE(shown(document["timeline"]), shown(Json::parse(R"([{"phase":"secrets","ms":0.25},
            {"phase":"wait","token_exchange":1,"ms":2.0},{"phase":"wait","token_exchange":2,"ms":10.0},
            {"phase":"judge","ms":0.25}])")));
        QCOMPARE(
            shown(document["response"]["interim"][0]),
            shown(Json::parse(R"({"status":103,"reason_phrase":"Early Hints","headers":[["Link","</a>"],["X",""]]})")));
        QCOMPARE(shown(document["response"]["trailers"]),
                 shown(Json::parse(R"([["Server-Timing","db;dur=1"],["X",""]])")));
        QCOMPARE(shown(document["tls"]["protocol"]), shown(Json("TLSv1.3")));
        auto good = complete();
        good.verdict = Verdict::Successful;
        good.error.reset();
        good.response.reset();
        good.tls.reset();
        good.tokenExchange.reset();
        for (const auto *name : {"error", "response", "tls", "token_exchange"}) {
            QCOMPARE(shown(toJson(good)[name]), shown(Json(nullptr)));
        }
        QCOMPARE(shown(toJson(good)["verdict"]), shown(Json("successful")));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("where");
        QTest::newRow("verdict") << u"/verdict"_s << u"verdict"_s;
        QTest::newRow("error's kind") << u"/error/kind"_s << u"kind"_s;
        QTest::newRow("headers") << u"/request/headers"_s << u"headers"_s;
        QTest::newRow("a header") << u"/response/headers/0"_s << u"headers"_s;
        QTest::newRow("status") << u"/response/status"_s << u"status"_s;
        QTest::newRow("timings") << u"/timings_ms/total"_s << u"total"_s;
        QTest::newRow("validators") << u"/validators/1"_s << u"json_path"_s;
        QTest::newRow("chain") << u"/tls/chain/0/subject"_s << u"subject"_s;
        QTest::newRow("timeline") << u"/timeline"_s << u"phase"_s;
        QTest::newRow("a phase") << u"/timeline/1/phase"_s << u"phase"_s;
        QTest::newRow("a phase's time") << u"/timeline/1/ms"_s << u"ms"_s;
        QTest::newRow("reuse") << u"/connection_reused"_s << u"connection_reused"_s;
        QTest::newRow("interim answer") << u"/response/interim/0/status"_s << u"status"_s;
        QTest::newRow("trailers") << u"/response/trailers"_s << u"trailers"_s;
        QTest::newRow("token") << u"/token_exchange/expires_in"_s << u"expires_in"_s;
    }

    void refuses()
    {
        QFETCH(QString, pointer);
        auto document = toJson(complete());
        document[Json::json_pointer(pointer.toStdString())] = Json::array({true});
        const auto read = invocationFromJson(document);
        QVERIFY(!read.isOk());
        QTEST(read.error().where, "where");
    }

    void refusesWhatIsNoObject()
    {
        QVERIFY(!invocationFromJson(Json::array()).isOk());
        QVERIFY(!invocationFromJson(Json::object()).isOk());
    }

    void namesItsErrors()
    {
        for (const auto *name : {"dns", "refused", "tls", "timeout", "reset", "too_large", "protocol", "egress", "http",
                                 "validator", "template", "secret", "oauth", "cancelled"}) {
            const auto kind = errorKindFromString(QString::fromLatin1(name));
            QVERIFY2(kind.has_value(), name);
            QCOMPARE(toString(*kind), QString::fromLatin1(name));
        }
        QVERIFY(!errorKindFromString(u"TLS"_s));
    }

    void givesTheShellExactlyWhatWasSent()
    {
        const SentRequest request{
            .method = u"PUT"_s,
            .url = u"https://example.com/it's?a=${x}&b=`id`"_s,
            .headers = {{.name = u"Host"_s, .value = u"example.com"_s},
                        {.name = u"Content-Type"_s, .value = u"application/json"_s},
                        {.name = u"Content-Length"_s, .value = u"1"_s},
                        {.name = u"DD-API-KEY"_s, .value = redactionMark.toString()},
                        {.name = u"Authorization"_s, .value = QString(u"Bearer " + redactionMark)}},
            .body = QByteArrayLiteral("{\"a\": \"it's $HOME\\n\",\n \"b\": \"\xe2\x80\xa2\xe2\x80\xa2\"}\n")};
        const auto words = shell(u"curl() { printf '%s\\0' \"$@\"; }; TOCSIN_SECRET_DD_API_KEY=one; "
                                 "TOCSIN_SECRET_AUTHORIZATION='t w o'; "_s
                                 + toCurlCommand(request));
        const QList<QByteArray> expected{"-X",
                                         "PUT",
                                         "--globoff",
                                         request.url.toUtf8(),
                                         "-H",
                                         "Content-Type: application/json",
                                         "-H",
                                         "DD-API-KEY: one",
                                         "-H",
                                         "Authorization: Bearer t w o",
                                         "--data-raw",
                                         request.body,
                                         ""};
        QCOMPARE(words.split('\0'), expected);
    }

    void sendsNoDataWithGet()
    {
        const auto command = toCurlCommand({.method = u"GET"_s,
                                            .url = u"https://example.com/"_s,
                                            .headers = {{.name = u"X-Empty"_s, .value = {}}},
                                            .body = QByteArrayLiteral("{}")});
        QCOMPARE(command, u"curl -X GET 'https://example.com/' \\\n  -H 'X-Empty;'"_s);
    }

    void leavesSecretsOutOfUrlAndBody()
    {
        const auto command = toCurlCommand({.method = u"POST"_s,
                                            .url = QString(u"https://example.com/" + redactionMark),
                                            .headers = {},
                                            .body = QString(u"{\"k\":\"" + redactionMark + u"\"}").toUtf8()});
        QVERIFY(command.contains(u"'\"$TOCSIN_SECRET_URL\"'"_s));
        QVERIFY(command.contains(u"'{\"k\":\"'\"$TOCSIN_SECRET_BODY\"'\"}'"_s));
        QVERIFY(!command.contains(redactionMark));
    }
};

QTEST_GUILESS_MAIN(TestInvocation)
#include "tst_invocation.moc"
