// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What one person's Tocsin has kept, another reads in his own language.
#include "markingtranslator.h"
#include "missingsecret.h"
#include "requestbuilder.h"
#include "tokenmessages.h"
#include "troubleshooting.h"
#include "verdict.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

const auto writersMark = u"‹"_s;
const auto readersMark = u"«"_s;

using Errors = QList<std::pair<QString, InvocationError>>;

CertificateInfo certificate(const QString &name)
{
    return {.subject = name.isEmpty() ? QString() : "CN="_L1 % name,
            .issuer = name.isEmpty() ? QString() : u"CN=issuer"_s,
            .alternativeNames = {u"a.test"_s},
            .notBefore = QDateTime(QDate(2025, 3, 3), QTime(1, 2), Qt::UTC),
            .notAfter = QDateTime(QDate(2026, 3, 3), QTime(1, 2), Qt::UTC),
            .serialNumber = u"01"_s,
            .sha256Fingerprint = {},
            .publicKey = {},
            .pem = {}};
}

HttpUrl urlOf(const QString &text)
{
    return *parseHttpUrl(text, Sentence());
}

void addFailures(Errors &errors)
{
    using Cause = HttpFailure::Cause;
    const auto url = urlOf(u"https://a.test/x"_s);
    for (const auto cause : {Cause::Dns, Cause::Refused, Cause::Tls, Cause::Timeout, Cause::Reset, Cause::Protocol,
                             Cause::Egress, Cause::Cancelled}) {
        for (const auto phase : {InvocationPhase::Lookup, InvocationPhase::Connect, InvocationPhase::Send,
                                 InvocationPhase::Wait, InvocationPhase::Receive}) {
            for (const bool isProxy : {false, true}) {
                for (const bool isReused : {false, true}) {
                    for (const auto &words : {Sentence(), Sentence::ofSystemError(111)}) {
                        const HttpFailure failure{.cause = cause,
                                                  .phase = phase,
                                                  .words = words,
                                                  .detail = u"in a library's words"_s,
                                                  .tls = {},
                                                  .isProxy = isProxy,
                                                  .isConnectionReused = isReused,
                                                  .proxyStatus = isReused              ? 502
                                                      : phase == InvocationPhase::Send ? 407
                                                                                       : 0};
                        errors.append(
                            {u"failure"_s, explainFailure(failure, url, std::chrono::seconds(1), u"p:3128"_s)});
                        errors.append({u"failure"_s,
                                       explainFailure(failure, url, std::chrono::seconds(1), u"p:3128"_s,
                                                      HttpPeer::TokenEndpoint)});
                    }
                }
            }
        }
    }
}

void addHandshakes(Errors &errors)
{
    using Kind = CertificateFault::Kind;
    const auto add = [&errors](const TlsFacts &tls, const QString &url = u"https://a.test/"_s) {
        const HttpFailure failure{
            .cause = HttpFailure::Cause::Tls, .phase = InvocationPhase::Tls, .words = {}, .detail = {}, .tls = tls};
        errors.append({u"TLS"_s, explainFailure(failure, urlOf(url), std::chrono::seconds(1), {})});
    };
    for (const auto kind :
         {Kind::Untrusted, Kind::SelfSigned, Kind::Expired, Kind::NotYetValid, Kind::WrongName, Kind::Other}) {
        for (const int depth : {0, 1}) {
            for (const auto &name : {u"a"_s, QString()}) {
                TlsFacts tls;
                tls.chain = {certificate(u"leaf"_s)};
                tls.fault =
                    CertificateFault{.kind = kind, .depth = depth, .certificate = certificate(name), .detail = {}};
                add(tls);
                add(tls, u"https://b.test/"_s);
                tls.fault->certificate.alternativeNames.clear();
                add(tls);
            }
        }
    }
    for (const int alert : {40, 42, 70, 80, 112, 116}) {
        for (const auto &sent : {QString(), u"CN=mine"_s}) {
            TlsFacts tls;
            tls.alert = alert;
            tls.isClientCertificateAsked = true;
            tls.clientCertificate = sent;
            add(tls);
        }
    }
    add({});
}

ReceivedResponse response(int status, const QByteArray &body = {}, const QList<Header> &headers = {})
{
    return {.status = status, .reasonPhrase = u"Reason"_s, .httpVersion = u"1.1"_s, .headers = headers, .body = body};
}

void addStatuses(Errors &errors)
{
    Webhook webhook;
    webhook.oauth = OAuthClientCredentials{};
    for (const int status : {199, 301, 400, 401, 404, 429, 500, 418}) {
        errors.append({u"status"_s, explainStatus(response(status), webhook)});
    }
    errors.append({u"status"_s, explainStatus(response(401), {})});
    errors.append({u"redirect"_s, explainStatus(response(302, {}, {{u"Location"_s, u"https://b.test/"_s}}), webhook)});
    for (const auto &challenge :
         {u"Bearer error=insufficient_scope"_s, u"Bearer error=insufficient_scope, scope=a"_s}) {
        errors.append({u"scope"_s, explainStatus(response(403, {}, {{u"WWW-Authenticate"_s, challenge}}), webhook)});
    }
}

void addTokens(Errors &errors)
{
    const auto add = [&errors](int status, const QByteArray &body, const QList<Header> &headers = {}) {
        const auto answer =
            TokenMessages::read(response(status, body, headers), QDateTime::currentDateTimeUtc(), {u"s"_s});
        QVERIFY(answer.error);
        errors.append({u"token"_s, *answer.error});
        errors.append({u"token, unreachable"_s, TokenMessages::unreachable(*answer.error)});
        errors.append({u"token, held off"_s, TokenMessages::heldOff(*answer.error, std::chrono::seconds(3))});
    };
    for (const auto code : {"invalid_client", "invalid_scope", "unauthorized_client", "unsupported_grant_type",
                            "invalid_target", "invalid_grant", "invalid_request", "another"}) {
        add(400, QByteArray("{\"error\": \"") + code + "\"}");
        add(400, QByteArray("{\"error\": \"") + code + "\", \"error_description\": \"no\"}");
    }
    add(500, {});
    add(503, {}, {{u"Retry-After"_s, u"7"_s}});
    add(403, {}, {{u"WWW-Authenticate"_s, u"Bearer error=insufficient_scope, scope=\"a b\""_s}});
    add(200, R"({"access_token": "abc", "token_type": "mac"})");
    add(200, "{\"access_token\": \"a\\u0001c\", \"token_type\": \"Bearer\"}");
    errors.append(
        {u"token URL"_s, TokenMessages::badUrl(parseHttpUrl(u"http://a"_s, TokenMessages::urlLabel()).error())});
}

void addRequests(Errors &errors)
{
    const auto add = [&errors](const QString &what, const std::function<void(InvocationRequest &)> &spoil) {
        InvocationRequest request;
        request.webhook.url = u"https://target.test/hook"_s;
        request.webhook.bodyTemplate = u"{\"a\": 1}"_s;
        request.event = Json::object();
        spoil(request);
        const auto prepared = prepareRequest(request);
        const auto *error = std::get_if<InvocationError>(&prepared);
        QVERIFY2(error, qPrintable(what));
        errors.append({what, *error});
    };
    for (const auto &url : {u"http://a.test"_s, u"https://u@a.test"_s, u"https://a.test:0"_s, u"https://"_s,
                            u"https://a b"_s, u"https://a.test/\n"_s, u"https://a.test/%2"_s, u"https://a.test/#f"_s,
                            u"https://a.test/ "_s, u"https://a.test\\"_s}) {
        add(url, [&url](InvocationRequest &request) { request.webhook.url = url; });
    }
    add(u"a missing secret"_s, [](auto &request) { request.webhook.url = u"https://a.test/${secret:k}"_s; });
    add(u"a secret that spoils the URL"_s, [](auto &request) {
        request.webhook.url = u"https://a.test/${secret:k}"_s;
        request.secrets = {{u"k"_s, u"%2"_s}};
    });
    add(u"a secret that no URL can hold"_s, [](auto &request) {
        request.webhook.url = u"https://a.test/${secret:k}"_s;
        request.secrets = {{u"k"_s, u"a b"_s}};
    });
    add(u"a reference that is not closed"_s, [](auto &request) {
        request.webhook.headers = {{u"X"_s, u"${secret:k"_s}};
    });
    add(u"a line break in a header"_s, [](auto &request) { request.webhook.headers = {{u"X"_s, u"a\nb"_s}}; });
    add(u"a body that is too large"_s, [](auto &request) {
        request.webhook.bodyTemplate = u"{\"a\": \"{{data.b}}\"}"_s;
        request.event = Json{{"data", {{"b", std::string(2 * 1024 * 1024, 'x')}}}};
    });
    add(u"a signing secret of another kind"_s, [](auto &request) { request.webhook.signingSecret = u"whsk_a"_s; });
    add(u"a signing secret that is no base64"_s, [](auto &request) { request.webhook.signingSecret = u"whsec_!"_s; });
}

void addValidators(QList<ValidatorResult> &results)
{
    const auto add = [&results](const ReceivedResponse &answer, const QString &path,
                                const QStringList &expected = {u"x"_s, u"y"_s}) {
        results += runValidators({{.jsonPath = path, .expectedValues = expected}}, answer);
        QVERIFY2(!results.last().passed, qPrintable(path));
    };
    const auto json = response(200, R"({"a": [1, 2], "b": 1})");
    add(json, u"$.data.b"_s);
    add(json, u"$.data.a[*]"_s);
    add(json, u"$.data.c"_s);
    add(json, u"$.data["_s);
    add(json, u"$.data[?length(@) == ]"_s);
    add(response(200), u"$.data.a"_s);
    add(response(200, "text"), u"$.data.a"_s);
    add(response(200, QByteArray::fromHex("7b2261223a2022e4227d"),
                 {{u"Content-Type"_s, u"application/json; charset=windows-1252"_s}}),
        u"$.data.a"_s);
    auto cut = json;
    cut.truncated = true;
    add(cut, u"$.data.b"_s);
}

/// As the database keeps it.
Invocation readAgain(const std::string &document)
{
    return *invocationFromJson(*parseJson(QByteArray::fromStdString(document)));
}

void compare(const Sentence &sentence, const QString &what)
{
    const auto text = sentence.text();
    QVERIFY2(text.contains(readersMark), qPrintable(QString(what % ": "_L1 % text)));
    QVERIFY2(!text.contains(writersMark), qPrintable(QString(what % ": "_L1 % text)));
}

} // namespace

class TestKeptSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsAreReadInTheReadersLanguage()
    {
        Errors errors;
        std::vector<std::string> documents;
        {
            const MarkingTranslator writer(writersMark, u"›"_s);
            addFailures(errors);
            addHandshakes(errors);
            addStatuses(errors);
            addTokens(errors);
            addRequests(errors);
            for (const auto &[what, error] : errors) {
                Invocation invocation;
                invocation.reason = error.message;
                invocation.error = error;
                documents.push_back(writeInvocation(invocation));
                QVERIFY(documents.back().find(writersMark.toStdString()) != std::string::npos); // for older versions
            }
        }
        const MarkingTranslator reader;
        for (std::size_t i = 0; i < documents.size(); ++i) {
            const auto &[what, written] = errors.at(static_cast<qsizetype>(i));
            const auto invocation = readAgain(documents[i]);
            QCOMPARE(*invocation.error, written);
            compare(invocation.reason, what);
            compare(invocation.error->message, what);
            if (!invocation.error->hint.isEmpty()) {
                compare(invocation.error->hint, what);
            }
            for (const auto &cause : invocation.error->causes) {
                compare(cause, what);
            }
            // What is printed says the same, in the same language.
            QVERIFY(toJson(invocation)["error"]["message"].get<std::string>()
                    == invocation.error->message.text().toStdString());
        }
    }

    void validatorsAndSuccessAreReadInTheReadersLanguage()
    {
        Invocation invocation;
        std::string document;
        {
            const MarkingTranslator writer(writersMark, u"›"_s);
            addValidators(invocation.validators);
            for (const auto &error : {explainValidator(invocation.validators.first(), 0, {})}) {
                invocation.error = error;
            }
            invocation.reason = explainSuccess(response(200), 2);
            document = writeInvocation(invocation);
        }
        const MarkingTranslator reader;
        const auto read = readAgain(document);
        QCOMPARE(read, invocation);
        compare(read.reason, u"success"_s);
        compare(read.error->message, u"validator"_s);
        compare(read.error->hint, u"hint"_s);
        for (const auto &result : read.validators) {
            compare(result.message, result.jsonPath);
        }
        compare(explainSuccess(response(200), 0), u"success without validators"_s);
    }

    void aPersonsOwnMessageStaysAsItIs()
    {
        const MarkingTranslator writer;
        Invocation invocation;
        invocation.error = explainValidator(
            {.jsonPath = u"$.data"_s, .expectedValues = {}, .actual = {}, .passed = false, .message = {}}, 0,
            u"My words: %1."_s);
        QCOMPARE(readAgain(writeInvocation(invocation)).error->message.text(), u"My words: %1."_s);
    }

    void recordsThatHaveWordsAloneAreReadAsTheyAre()
    {
        Invocation invocation;
        invocation.reason = missingSecretMessage(u"k"_s);
        invocation.error = explainStatus(response(500), {});
        auto document = toJson(invocation);
        document.erase("reason_parts");
        for (const auto *name : {"message_parts", "hint_parts", "causes_parts"}) {
            QCOMPARE(document["error"].erase(name), 1U);
        }
        const MarkingTranslator reader;
        const auto read = invocationFromJson(document);
        QVERIFY(read);
        QCOMPARE(read->reason.text(), u"There is no secret named k."_s);
        QCOMPARE(read->error->message.text(), u"The target answered 500 Reason."_s);
        QCOMPARE(read->error->causes.size(), invocation.error->causes.size());
        QVERIFY(!read->error->causes.first().text().contains(readersMark));
    }

    void noSecretIsInTheParts()
    {
        const auto secret = u"s3cr3t-token"_s;
        Redaction redaction;
        redaction.add(secret);
        Invocation invocation;
        invocation.error =
            explainStatus(response(302, {}, {{u"Location"_s, QString("https://b.test/"_L1 % secret)}}), {});
        invocation.error->hint = Sentence::joined({Sentence(u"s3cr3t"_s), Sentence(u"token"_s)}, Sentence(u"-"_s));
        invocation.reason = invocation.error->message;
        invocation.validators =
            runValidators({{.jsonPath = u"$.data"_s, .expectedValues = {secret}}}, response(200, "\"x\""));
        QVERIFY(writeInvocation(invocation).find(secret.toStdString()) != std::string::npos);
        redaction.redact(invocation);
        const auto document = writeInvocation(invocation);
        QVERIFY2(document.find(secret.toStdString()) == std::string::npos, document.c_str());
        QVERIFY(readAgain(document).reason.kind == Sentence::Kind::Translated);
        QVERIFY(readAgain(document).reason.text().contains(redactionMark));
        QVERIFY(!readAgain(document).error->hint.text().contains(u"s3cr3t"_s));
    }
};

QTEST_GUILESS_MAIN(TestKeptSentences)
#include "tst_keptsentences.moc"
