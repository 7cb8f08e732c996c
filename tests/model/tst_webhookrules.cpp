// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhook.h"

#include <QTest>

#include <functional>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

using Change = std::function<void(Webhook &)>;
Q_DECLARE_METATYPE(Change)

namespace {

const auto certificate = u"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----"_s;

Webhook good()
{
    Webhook webhook;
    webhook.name = u"datadog alerts"_s;
    webhook.url = u"https://example.com/hook"_s;
    webhook.bodyTemplate = u"{}"_s;
    return webhook;
}

OAuthClientCredentials credentials()
{
    return {.clientId = u"id"_s,
            .clientSecret = u"${secret:s}"_s,
            .tokenEndpointUrl = u"https://auth.example.com/token"_s,
            .scopes = {}};
}

Change name(const QString &text)
{
    return [text](Webhook &webhook) {
        webhook.name = text;
    };
}

Change url(const QString &text)
{
    return [text](Webhook &webhook) {
        webhook.url = text;
    };
}

Change header(const QString &key, const QString &value = u"x"_s)
{
    return [key, value](Webhook &webhook) {
        webhook.headers.append({.name = key, .value = value});
    };
}

Change path(const QString &text)
{
    return [text](Webhook &webhook) {
        webhook.responseValidators = {{.jsonPath = text, .expectedValues = {u"1"_s}}};
    };
}

Change timeout(int seconds)
{
    return [seconds](Webhook &webhook) {
        webhook.timeout = std::chrono::seconds(seconds);
    };
}

Change delay(qint64 seconds)
{
    return [seconds](Webhook &webhook) {
        webhook.retryDelays = {std::chrono::seconds(1), std::chrono::seconds(seconds)};
    };
}

Change scope(const QString &text)
{
    return [text](Webhook &webhook) {
        webhook.oauth = credentials();
        webhook.oauth->scopes = {text};
    };
}

Change parameters(const QList<TokenParameter> &list)
{
    return [=](Webhook &webhook) {
        webhook.oauth = credentials();
        webhook.oauth->parameters = list;
    };
}

Change tls(const QString &authorities, const QString &own, const QString &key)
{
    return [=](Webhook &webhook) {
        webhook.caCertificates = authorities;
        webhook.clientCertificate = own;
        webhook.clientKey = key;
    };
}

Change signing(const QString &secret)
{
    return [secret](Webhook &webhook) {
        webhook.signingSecret = secret;
    };
}

Change manyHeaders(int count)
{
    return [count](Webhook &webhook) {
        for (int i = 0; i < count; ++i) {
            webhook.headers.append({.name = QString(u"X-" + QString::number(i)), .value = u"x"_s});
        }
    };
}

Change manyValidators(int count, int values)
{
    return [count, values](Webhook &webhook) {
        const QStringList expected(values, u"1"_s);
        webhook.responseValidators =
            QList<ResponseValidator>(count, {.jsonPath = u"$.data"_s, .expectedValues = expected});
    };
}

} // namespace

class TestWebhookRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allows_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("nothing special") << Change([](Webhook &) {});
        QTest::newRow("name of 64") << name(QString(64, u'a'));
        QTest::newRow("name in another alphabet") << name(u"警報-1_Ü"_s);
        QTest::newRow("port 1") << url(u"https://example.com:1/"_s);
        QTest::newRow("port 65535") << url(u"https://example.com:65535"_s);
        QTest::newRow("IPv6") << url(u"https://[::1]:8443/x"_s);
        QTest::newRow("scheme in capitals") << url(u"HTTPS://example.com"_s);
        QTest::newRow("secret in path") << url(u"https://hooks.slack.com/services/${secret:slack/path}"_s);
        QTest::newRow("secret in query") << url(u"https://listener.logz.io:8071?token=${secret:t}&type=x"_s);
        QTest::newRow("at sign in path") << url(u"https://example.com/@user"_s);
        QTest::newRow("percent encoding") << url(u"https://example.com/a%20b"_s);
        QTest::newRow("what is percent-encoded when it is sent") << url(u"https://example.com/a b?c=\"<>^`{|}\\"_s);
        QTest::newRow("other letters") << url(u"https://müller.example/ä"_s);
        QTest::newRow("header") << header(u"DD-API-KEY"_s, u"${secret:k}"_s);
        QTest::newRow("header without value") << header(u"X-Empty"_s, {});
        QTest::newRow("64 headers") << manyHeaders(64);
        QTest::newRow("timeout 1") << timeout(1);
        QTest::newRow("timeout 300") << timeout(300);
        QTest::newRow("$.data") << path(u"$.data"_s);
        QTest::newRow("$.data.id") << path(u"$.data.id"_s);
        QTest::newRow("$['data']") << path(u"$['data'][0]"_s);
        QTest::newRow("$.status") << path(u"$.status"_s);
        QTest::newRow("$.headers") << path(u"$.headers['content-type']"_s);
        QTest::newRow("64 validators with 64 values") << manyValidators(64, 64);
        QTest::newRow("scope") << scope(u"api://x/.default"_s);
        QTest::newRow("authorities") << tls(certificate, {}, {});
        QTest::newRow("client certificate") << tls({}, certificate, u"${secret:key}"_s);
        QTest::newRow("client key in PEM")
            << tls({}, certificate, u"-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n"_s);
        QTest::newRow("signing secret that is a reference") << signing(u"whsec_${secret:a}"_s);
        QTest::newRow("signing secret, typed") << signing(u" v1,whsec_AAAA\n"_s);
        QTest::newRow("no retries") << Change([](Webhook &webhook) { webhook.retryDelays.clear(); });
        QTest::newRow("7 days") << delay(604800);
        QTest::newRow("20 delays") << Change(
            [](Webhook &webhook) { webhook.retryDelays = QList<std::chrono::seconds>(20, std::chrono::seconds(1)); });
        QTest::newRow("rates") << Change([](Webhook &webhook) { webhook.ratePerMinute = 60'000; });
        QTest::newRow("shortest age") << Change([](Webhook &webhook) { webhook.maximumAge = 60s; });
        QTest::newRow("longest age") << Change([](Webhook &webhook) { webhook.maximumAge = 2'592'000s; });
        QTest::newRow("settle an hour") << Change([](Webhook &webhook) { webhook.settle = 3600s; });
        QTest::newRow("concurrency 64") << Change([](Webhook &webhook) { webhook.concurrency = 64; });
    }

    void allows()
    {
        QFETCH(Change, change);
        auto webhook = good();
        change(webhook);
        const auto problems = validate(webhook);
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qUtf8Printable(problems.first().message));
    }

    void refuses_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("said");
        const auto n = u"name"_s;
        QTest::newRow("no name") << name({}) << n << u"missing"_s;
        QTest::newRow("name of spaces") << name(u"  "_s) << n << u"missing"_s;
        QTest::newRow("name of 65") << name(QString(65, u'a')) << n << u"65 character"_s;
        QTest::newRow("name with punctuation") << name(u"a/b"_s) << n << u"“/”"_s;
        QTest::newRow("name with emoji") << name(u"a🔔"_s) << n << u"“🔔”"_s;
        QTest::newRow("name with a line break") << name(u"a\nb"_s) << n << u"control character"_s;
        QTest::newRow("name with a space around") << name(u"a "_s) << n << u"begin or end"_s;

        const auto u = u"type.http_request.url"_s;
        QTest::newRow("no URL") << url({}) << u << u"missing"_s;
        QTest::newRow("http") << url(u"http://example.com"_s) << u << u"https://"_s;
        QTest::newRow("no scheme") << url(u"example.com"_s) << u << u"https://"_s;
        QTest::newRow("user info") << url(u"https://user:pw@example.com/"_s) << u << u"user name"_s;
        QTest::newRow("empty user info") << url(u"https://@example.com/"_s) << u << u"user name"_s;
        QTest::newRow("space in the host") << url(u"https://exa mple.com/"_s) << u << u"not a valid address"_s;
        QTest::newRow("space at the end") << url(u"https://example.com/a "_s) << u << u"ends with a space"_s;
        QTest::newRow("fragment") << url(u"https://example.com/a#b"_s) << u << u"fragment from the # at column 22"_s;
        QTest::newRow("backslash") << url(u"https://example.com\\a"_s) << u << u"backslash"_s;
        QTest::newRow("line break at the end") << url(u"https://example.com/\n"_s) << u << u"control character"_s;
        QTest::newRow("no host") << url(u"https:///path"_s) << u << u"no host"_s;
        QTest::newRow("no host but port") << url(u"https://:443"_s) << u << u"no host"_s;
        QTest::newRow("port 0") << url(u"https://example.com:0/"_s) << u << u"1 to 65535"_s;
        QTest::newRow("port 65536") << url(u"https://example.com:65536/"_s) << u << u"1 to 65535"_s;
        QTest::newRow("port in words") << url(u"https://example.com:https/"_s) << u << u"1 to 65535"_s;
        QTest::newRow("bad percent") << url(u"https://example.com/%zz"_s) << u << u"not a valid address"_s;
        QTest::newRow("bad IPv6") << url(u"https://[::1/x"_s) << u << u"not a valid address"_s;
        QTest::newRow("secret as URL") << url(u"${secret:all}"_s) << u << u"https://"_s;
        QTest::newRow("secret as host") << url(u"https://${secret:host}/x"_s) << u << u"path and its query"_s;
        QTest::newRow("faulty reference") << url(u"https://example.com/${secret:"_s) << u << u"not closed"_s;

        const auto h = u"type.http_request.headers."_s;
        QTest::newRow("header without name") << header({}) << h << u"no name"_s;
        QTest::newRow("header name with space") << header(u"X A"_s) << QString(h + u"X A") << u"not allowed"_s;
        QTest::newRow("header name with colon") << header(u"X:"_s) << QString(h + u"X:") << u"not allowed"_s;
        QTest::newRow("line break in value")
            << header(u"X-A"_s, u"a\r\nEvil: 1"_s) << QString(h + u"X-A") << u"line break"_s;
        QTest::newRow("NUL in value") << header(u"X-A"_s, u"a\0"_s) << QString(h + u"X-A") << u"control character"_s;
        QTest::newRow("faulty reference in value")
            << header(u"X-A"_s, u"${secret:a b}"_s) << QString(h + u"X-A") << u"1 to 128"_s;
        for (const auto *forbidden : {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "Expect",
                                      "Webhook-Id", "webhook-timestamp", "WEBHOOK-SIGNATURE"}) {
            const auto key = QString::fromLatin1(forbidden);
            QTest::newRow(forbidden) << header(key) << QString(h + key) << u"cannot be set"_s;
        }
        QTest::newRow("duplicate header") << Change([](Webhook &webhook) {
            webhook.headers = {{.name = u"X-A"_s, .value = {}}, {.name = u"x-a"_s, .value = {}}};
        }) << QString(h + u"x-a") << u"twice"_s;
        QTest::newRow("65 headers") << manyHeaders(65) << u"type.http_request.headers"_s << u"65 header"_s;

        const auto o = u"authentication_config.oauth."_s;
        QTest::newRow("Authorization beside OAuth") << Change([](Webhook &webhook) {
            webhook.oauth = credentials();
            webhook.headers = {{.name = u"authorization"_s, .value = u"Bearer x"_s}};
        }) << QString(h + u"authorization") << u"beside OAuth"_s;
        QTest::newRow("no client id") << Change([](Webhook &webhook) {
            webhook.oauth = credentials();
            webhook.oauth->clientId.clear();
        }) << QString(o + u"client_id")
                                      << u"Client ID is missing"_s;
        QTest::newRow("no client secret") << Change([](Webhook &webhook) {
            webhook.oauth = credentials();
            webhook.oauth->clientSecret.clear();
        }) << QString(o + u"client_secret")
                                          << u"Client Secret is missing"_s;
        QTest::newRow("http token endpoint") << Change([](Webhook &webhook) {
            webhook.oauth = credentials();
            webhook.oauth->tokenEndpointUrl = u"http://auth.example.com/"_s;
        }) << QString(o + u"token_endpoint_url")
                                             << u"Token Endpoint URL must begin with https://"_s;
        QTest::newRow("scope with space") << scope(u"read write"_s) << QString(o + u"scopes[0]") << u"scope"_s;
        const auto p = QString(o + u"parameters");
        const auto many = [](int count) {
            QList<TokenParameter> list;
            for (int i = 0; i < count; ++i) {
                list.append({.name = u"p%1"_s.arg(i), .value = u"v"_s});
            }
            return list;
        };
        QTest::newRow("17 parameters") << parameters(many(17)) << p << u"the most are 16"_s;
        QTest::newRow("parameter without a name") << parameters({{u""_s, u"v"_s}}) << QString(p + u'.') << u"no name"_s;
        QTest::newRow("parameter with a space")
            << parameters({{u"a b"_s, u"v"_s}}) << QString(p + u".a b") << u"\"a b\""_s;
        QTest::newRow("parameter with an umlaut")
            << parameters({{u"ä"_s, u"v"_s}}) << QString(p + u".ä") << u"not allowed"_s;
        for (const auto &own : {u"grant_type"_s, u"client_id"_s, u"client_secret"_s, u"scope"_s, u"Scope"_s}) {
            QTest::newRow(qPrintable(own))
                << parameters({{own, u"v"_s}}) << QString(p + u'.' + own) << u"cannot be set here"_s;
        }
        QTest::newRow("parameter twice") << parameters({{u"a"_s, u"1"_s}, {u"a"_s, u"2"_s}}) << QString(p + u".a")
                                         << u"twice"_s;
        QTest::newRow("parameter without a value")
            << parameters({{u"a"_s, u""_s}}) << QString(p + u".a") << u"has no value"_s;
        QTest::newRow("parameter with a line break")
            << parameters({{u"a"_s, u"1\n2"_s}}) << QString(p + u".a") << u"a line break"_s;
        QTest::newRow("parameter with an open reference")
            << parameters({{u"a"_s, u"${secret:x"_s}}) << QString(p + u".a") << u"secret"_s;
        QTest::newRow("raw client id with a colon") << Change([](Webhook &webhook) {
            webhook.oauth = credentials();
            webhook.oauth->clientId = u"urn:client"_s;
            webhook.oauth->clientAuthentication = ClientAuthentication::BasicRaw;
        }) << QString(o + u"client_id") << u"colon"_s;

        QTest::newRow("no template") << Change([](Webhook &webhook) { webhook.bodyTemplate.clear(); })
                                     << u"body_template"_s << u"missing"_s;
        QTest::newRow("empty filter value")
            << Change([](Webhook &webhook) { webhook.filters.types = {u" "_s}; }) << u"filters.type[0]"_s << u"empty"_s;
        QTest::newRow("timeout 0") << timeout(0) << u"timeout_in_sec"_s << u"1 to 300"_s;
        QTest::newRow("timeout 301") << timeout(301) << u"timeout_in_sec"_s << u"1 to 300"_s;

        const auto v = u"response_validators[0].json_path"_s;
        QTest::newRow("no path") << path({}) << v << u"missing"_s;
        QTest::newRow("path without $") << path(u"data.id"_s) << v << u"$.data, $.status or $.headers"_s;
        QTest::newRow("other first name") << path(u"$.body.id"_s) << v << u"$.data, $.status or $.headers"_s;
        QTest::newRow("descendants first") << path(u"$..data"_s) << v << u"$.data, $.status or $.headers"_s;
        QTest::newRow("root alone") << path(u"$"_s) << v << u"$.data, $.status or $.headers"_s;
        QTest::newRow("invalid path") << path(u"$.data["_s) << v << u"not valid at column"_s;
        QTest::newRow("no expected values")
            << manyValidators(1, 0) << u"response_validators[0].expected_values"_s << u"missing"_s;
        QTest::newRow("65 expected values")
            << manyValidators(1, 65) << u"response_validators[0].expected_values"_s << u"65 expected"_s;
        QTest::newRow("65 validators") << manyValidators(65, 1) << u"response_validators"_s << u"65 response"_s;

        QTest::newRow("authorities not PEM") << tls(u"AA=="_s, {}, {}) << u"tls.ca_certificates"_s << u"PEM"_s;
        QTest::newRow("certificate not PEM")
            << tls({}, u"x"_s, u"${secret:k}"_s) << u"tls.client_certificate"_s << u"PEM"_s;
        QTest::newRow("certificate without key") << tls({}, certificate, {}) << u"tls.client_key"_s << u"private key"_s;
        QTest::newRow("key without certificate")
            << tls({}, {}, u"${secret:k}"_s) << u"tls.client_certificate"_s << u"needs its certificate"_s;
        QTest::newRow("key not PEM") << tls({}, certificate, u"x"_s) << u"tls.client_key"_s << u"PEM"_s;
        QTest::newRow("faulty signing secret")
            << Change([](Webhook &webhook) { webhook.signingSecret = u"${secret:"_s; }) << u"signing.secret"_s
            << u"not closed"_s;
        QTest::newRow("faulty previous signing secret") << Change([](Webhook &webhook) {
            webhook.signingSecret = u"whsec_AAAA"_s;
            webhook.previousSigningSecret = u"${secret:"_s;
        }) << u"signing.previous_secret"_s << u"not closed"_s;
        QTest::newRow("signing secret of another kind")
            << signing(u"whsk_AAAA"_s) << u"signing.secret"_s << u"private key of another kind"_s;
        QTest::newRow("signing secret that is not base64")
            << signing(u"correct horse battery"_s) << u"signing.secret"_s << u"not base64"_s;
        QTest::newRow("signing secret in quotes")
            << signing(u"\"whsec_AAAA\""_s) << u"signing.secret"_s << u"quotation mark"_s;
        QTest::newRow("previous signing secret that is not base64") << Change([](Webhook &webhook) {
            webhook.signingSecret = u"whsec_AAAA"_s;
            webhook.previousSigningSecret = u"whsec_A"_s;
        }) << u"signing.previous_secret"_s << u"what follows is not base64"_s;
        QTest::newRow("previous signing secret alone")
            << Change([](Webhook &webhook) { webhook.previousSigningSecret = u"whsec_AAAA"_s; })
            << u"signing.previous_secret"_s << u"takes its place"_s;

        QTest::newRow("delay of 0 s") << delay(0) << u"delivery.retry_delays_in_sec[1]"_s << u"1 second"_s;
        QTest::newRow("delay over 7 days") << delay(604801) << u"delivery.retry_delays_in_sec[1]"_s << u"7 days"_s;
        QTest::newRow("21 delays") << Change(
            [](Webhook &webhook) { webhook.retryDelays = QList<std::chrono::seconds>(21, std::chrono::seconds(1)); })
                                   << u"delivery.retry_delays_in_sec"_s << u"21 retry"_s;
        QTest::newRow("rate 0") << Change([](Webhook &webhook) { webhook.ratePerMinute = 0; })
                                << u"delivery.rate_per_minute"_s << u"1 to 60000"_s;
        QTest::newRow("rate 60001") << Change([](Webhook &webhook) { webhook.ratePerMinute = 60'001; })
                                    << u"delivery.rate_per_minute"_s << u"1 to 60000"_s;
        QTest::newRow("age 59") << Change([](Webhook &webhook) { webhook.maximumAge = 59s; })
                                << u"delivery.maximum_age_in_sec"_s << u"60 seconds to 2592000"_s;
        QTest::newRow("age beyond") << Change([](Webhook &webhook) { webhook.maximumAge = 2'592'001s; })
                                    << u"delivery.maximum_age_in_sec"_s << u"60 seconds to 2592000"_s;
        QTest::newRow("settle below") << Change([](Webhook &webhook) { webhook.settle = -1s; })
                                      << u"delivery.settle_in_sec"_s << u"0 seconds to 3600"_s;
        QTest::newRow("settle beyond") << Change([](Webhook &webhook) { webhook.settle = 3601s; })
                                       << u"delivery.settle_in_sec"_s << u"0 seconds to 3600"_s;
        QTest::newRow("settle as long as the age") << Change([](Webhook &webhook) {
            webhook.settle = 60s;
            webhook.maximumAge = 60s;
        }) << u"delivery.maximum_age_in_sec"_s << u"longer than the settle time"_s;
        QTest::newRow("concurrency 0") << Change([](Webhook &webhook) { webhook.concurrency = 0; })
                                       << u"delivery.concurrency"_s << u"1 to 64"_s;
    }

    void refuses()
    {
        QFETCH(Change, change);
        QFETCH(QString, said);
        auto webhook = good();
        change(webhook);
        const auto problems = validate(webhook);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().severity, Severity::Error);
        QTEST(problems.first().field, "field");
        QVERIFY2(problems.first().message.contains(said), qUtf8Printable(problems.first().message));
    }

    void neverRepeatsASecret()
    {
        auto webhook = good();
        webhook.url = u"https://example.com/hunter2#hunter2"_s;
        webhook.headers = {{.name = u"X-Key"_s, .value = u"hunter2\n"_s}};
        webhook.oauth = credentials();
        webhook.oauth->clientSecret = u"hunter2${secret:"_s;
        const auto problems = validate(webhook);
        QCOMPARE(problems.size(), 3);
        for (const auto &problem : problems) {
            QVERIFY2(!problem.message.contains(u"hunter2"_s), qUtf8Printable(problem.message));
        }
    }
};

QTEST_GUILESS_MAIN(TestWebhookRules)
#include "tst_webhookrules.moc"
