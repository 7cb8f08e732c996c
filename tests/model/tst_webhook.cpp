// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhook.h"

#include "shown.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(Tocsin::Json)

namespace {

Json smallest()
{
    return {{"name", "datadog-alerts"},
            {"type", {{"http_request", {{"url", "https://example.com/hook"}}}}},
            {"body_template", R"({"id": "{{data.id}}"})"}};
}

Json with(const char *pointer, const Json &value)
{
    auto document = smallest();
    document[Json::json_pointer(pointer)] = value;
    return document;
}

Json without(const char *name)
{
    auto document = smallest();
    document.erase(name);
    return document;
}

Webhook complete()
{
    using namespace std::chrono_literals;
    Webhook webhook;
    webhook.id = u"6f1c2a40-8d5e-4b7b-9a55-0c6f3f0f7a11"_s;
    webhook.name = u"Störungen-1_a"_s;
    webhook.active = false;
    webhook.method = HttpMethod::Put;
    webhook.url = u"https://example.com:8443/a?b=${secret:k}"_s;
    webhook.headers = {{.name = u"X-B"_s, .value = u"2"_s}, {.name = u"X-A"_s, .value = u"${secret:a}"_s}};
    webhook.bodyTemplate = u"{\"a\": \"ä🔔\"}\n"_s;
    webhook.oauth = OAuthClientCredentials{.clientId = u"id"_s,
                                           .clientSecret = u"${secret:o}"_s,
                                           .tokenEndpointUrl = u"https://auth.example.com/token"_s,
                                           .scopes = {u"read"_s, u"write"_s},
                                           .parameters = {{.name = u"resource"_s, .value = u"https://a.example/"_s},
                                                          {.name = u"audience"_s, .value = u"${secret:p}"_s}},
                                           .clientAuthentication = ClientAuthentication::BasicRaw};
    webhook.filters = {.integrations = {u"i"_s}, .types = {u"t"_s}, .statuses = {IntegrationStatus::Disabled}};
    webhook.timeout = 300s;
    webhook.responseValidators = {{.jsonPath = u"$.data.ok"_s, .expectedValues = {u"true"_s, u"1"_s}},
                                  {.jsonPath = u"$.status"_s, .expectedValues = {u"201"_s}}};
    webhook.customValidationErrorMessage = u"Ask the owner"_s;
    webhook.signingSecret = u"${secret:s}"_s;
    webhook.previousSigningSecret = u"${secret:s-previous}"_s;
    webhook.caCertificates = u"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"_s;
    webhook.clientCertificate = webhook.caCertificates;
    webhook.clientKey = u"${secret:key}"_s;
    webhook.retryDelays = {};
    webhook.concurrency = 1;
    webhook.ratePerMinute = 60;
    webhook.keep = KeptEvents::Newest;
    webhook.maximumAge = std::chrono::hours(24);
    webhook.settle = std::chrono::seconds(30);
    return webhook;
}

} // namespace

class TestWebhook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote()
    {
        const auto reading = webhookFromJson(toJson(complete()));
        QCOMPARE(reading.problems, Problems());
        QVERIFY(reading.webhook == complete());
    }

    void fillsInDefaults()
    {
        const auto reading = webhookFromJson(smallest());
        QCOMPARE(reading.problems, Problems());
        Webhook expected;
        expected.name = u"datadog-alerts"_s;
        expected.url = u"https://example.com/hook"_s;
        expected.bodyTemplate = u"{\"id\": \"{{data.id}}\"}"_s;
        QVERIFY(reading.webhook == expected);
        QCOMPARE(reading.webhook.timeout.count(), 30);
        QCOMPARE(reading.webhook.retryDelays.size(), 9);
        QCOMPARE(reading.webhook.retryDelays.last().count(), 86400);
    }

    void leavesOutWhatIsAtItsDefault()
    {
        const auto document = toJson(webhookFromJson(smallest()).webhook);
        for (const auto *name : {"id", "authentication_config", "filters", "custom_validation_error_message", "signing",
                                 "tls", "delivery"}) {
            QVERIFY2(!document.contains(name), name);
        }
        QCOMPARE(document.begin().key(), std::string("kind"));
        QCOMPARE(shown(document["active"]), shown(Json(true)));
        QCOMPARE(shown(document["timeout_in_sec"]), shown(Json(30)));
        QCOMPARE(shown(document["type"]["http_request"]["method"]), shown(Json("POST")));
    }

    void acceptsTheApiShape()
    {
        auto document = smallest();
        document["active"] = true;
        document["type"]["integration"] = nullptr;
        document["type"]["http_request"]["headers"] = {{"Z", "1"}, {"A", "2"}};
        document["authentication_config"]["oauth"] = nullptr;
        document["timeout_in_sec"] = 12.0;
        document["response_validators"] =
            Json::array({{{"json_path", "$.data.n"}, {"expected_values", {"text", 200, true, nullptr, {{"a", 1}}}}}});
        document["custom_validation_error_message"] = nullptr;
        const auto reading = webhookFromJson(document);
        QCOMPARE(reading.problems, Problems());
        QCOMPARE(reading.webhook.headers.first().name, u"Z"_s);
        QCOMPARE(reading.webhook.timeout.count(), 12);
        QCOMPARE(reading.webhook.responseValidators.first().expectedValues,
                 QStringList({u"text"_s, u"200"_s, u"true"_s, u"null"_s, u"{\"a\":1}"_s}));
    }

    void refuses_data()
    {
        QTest::addColumn<Json>("document");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("said");
        QTest::newRow("array") << Json::array() << QString() << u"an array"_s;
        QTest::newRow("no name") << without("name") << u"name"_s << u"Integration Webhook Name is missing"_s;
        QTest::newRow("no type") << without("type") << u"type.http_request.url"_s << u"URL is missing"_s;
        QTest::newRow("no template") << without("body_template") << u"body_template"_s << u"Body Template is missing"_s;
        QTest::newRow("number as name") << with("/name", 7) << u"name"_s << u"must be a string, not a number"_s;
        QTest::newRow("null as name") << with("/name", nullptr) << u"name"_s << u"missing"_s;
        QTest::newRow("unknown member") << with("/nmae", "x") << u"nmae"_s << u"the nearest known one is \"name\""_s;
        QTest::newRow("unknown, nothing near") << with("/zzzzzzzz", 1) << u"zzzzzzzz"_s << u"known are id, kind"_s;
        QTest::newRow("unknown below") << with("/type/http_request/metod", "GET") << u"type.http_request.metod"_s
                                       << u"\"method\""_s;
        QTest::newRow("unknown in validator")
            << with("/response_validators",
                    Json::array({{{"jsonpath", "$.data"}, {"json_path", "$.data"}, {"expected_values", {"1"}}}}))
            << u"response_validators[0].jsonpath"_s << u"\"json_path\""_s;
        QTest::newRow("kind") << with("/kind", "manual") << u"kind"_s << u"integration"_s;
        QTest::newRow("id") << with("/id", "7") << u"id"_s << u"UUID"_s;
        QTest::newRow("active as text") << with("/active", "yes") << u"active"_s << u"true or false, not a string"_s;
        QTest::newRow("type.integration") << with("/type", {{"integration", {{"integration_id", "1"}}}})
                                          << u"type.integration"_s << u"type.http_request"_s;
        QTest::newRow("method") << with("/type/http_request/method", "FETCH") << u"type.http_request.method"_s
                                << u"PATCH"_s;
        QTest::newRow("headers as array")
            << with("/type/http_request/headers", Json::array()) << u"type.http_request.headers"_s << u"an object"_s;
        QTest::newRow("header value") << with("/type/http_request/headers", {{"X-A", 1}})
                                      << u"type.http_request.headers.X-A"_s << u"a string"_s;
        QTest::newRow("timeout as text") << with("/timeout_in_sec", "abc") << u"timeout_in_sec"_s
                                         << u"a whole number of seconds from 1 to 300, not a string"_s;
        QTest::newRow("timeout with fraction")
            << with("/timeout_in_sec", 1.5) << u"timeout_in_sec"_s << u"not a number with a fraction"_s;
        QTest::newRow("timeout 0") << with("/timeout_in_sec", 0) << u"timeout_in_sec"_s << u"1 to 300"_s;
        QTest::newRow("timeout far out") << with("/timeout_in_sec", 18446744073709551615ULL) << u"timeout_in_sec"_s
                                         << u"1 to 300"_s;
        QTest::newRow("timeout negative") << with("/timeout_in_sec", -1e300) << u"timeout_in_sec"_s << u"1 to 300"_s;
        QTest::newRow("status") << with("/filters", {{"status", {"Error", "Broken"}}}) << u"filters.status[1]"_s
                                << u"Initializing"_s;
        QTest::newRow("filter value") << with("/filters", {{"type", {1}}}) << u"filters.type[0]"_s << u"a string"_s;
        QTest::newRow("validators as object")
            << with("/response_validators", Json::object()) << u"response_validators"_s << u"an array"_s;
        QTest::newRow("validator as text")
            << with("/response_validators", {"x"}) << u"response_validators[0]"_s << u"an object"_s;
        QTest::newRow("scopes as text") << with("/authentication_config",
                                                {{"oauth",
                                                  {{"client_id", "a"},
                                                   {"client_secret", "b"},
                                                   {"token_endpoint_url", "https://a.example/t"},
                                                   {"scopes", "read"}}}})
                                        << u"authentication_config.oauth.scopes"_s << u"an array of strings"_s;
        const auto oauth = [](const char *name, const Json &value) {
            Json config{{"client_id", "a"}, {"client_secret", "b"}, {"token_endpoint_url", "https://a.example/t"}};
            config[name] = value;
            return with("/authentication_config", {{"oauth", config}});
        };
        const auto path = u"authentication_config.oauth."_s;
        QTest::newRow("unknown member of OAuth") << oauth("parameter", Json::object()) << path + u"parameter"
                                                 << u"the nearest known one is \"parameters\""_s;
        QTest::newRow("parameters as array") << oauth("parameters", Json::array()) << path + u"parameters"
                                             << u"an object of parameter names and values"_s;
        QTest::newRow("number as parameter")
            << oauth("parameters", {{"audience", 1}}) << path + u"parameters.audience" << u"a string"_s;
        QTest::newRow("client authentication")
            << oauth("client_authentication", "post") << path + u"client_authentication" << u"basic_raw, body"_s;
        QTest::newRow("delay as text") << with("/delivery", {{"retry_delays_in_sec", {5, "x"}}})
                                       << u"delivery.retry_delays_in_sec[1]"_s << u"a whole number"_s;
        QTest::newRow("rate") << with("/delivery", {{"rate_per_minute", "60"}}) << u"delivery.rate_per_minute"_s
                              << u"1 to 60000"_s;
        QTest::newRow("rate beyond") << with("/delivery", {{"rate_per_minute", 5'000'000'000}})
                                     << u"delivery.rate_per_minute"_s << u"1 to 60000"_s;
        QTest::newRow("keep") << with("/delivery", {{"keep", "latest"}}) << u"delivery.keep"_s << u"every, newest"_s;
        QTest::newRow("maximum age") << with("/delivery", {{"maximum_age_in_sec", 59}})
                                     << u"delivery.maximum_age_in_sec"_s << u"60 seconds to 2592000"_s;
        QTest::newRow("settle") << with("/delivery", {{"settle_in_sec", -1}}) << u"delivery.settle_in_sec"_s
                                << u"0 seconds to 3600"_s;
        QTest::newRow("settle in words") << with("/delivery", {{"settle_in_sec", "30s"}}) << u"delivery.settle_in_sec"_s
                                         << u"0 to 3600"_s;
        QTest::newRow("rule unknown") << with("/delivery", {{"settle", 30}}) << u"delivery.settle"_s
                                      << u"settle_in_sec"_s;
        QTest::newRow("concurrency") << with("/delivery", {{"concurrency", 65}}) << u"delivery.concurrency"_s
                                     << u"64"_s;
    }

    void refuses()
    {
        QFETCH(Json, document);
        QFETCH(QString, said);
        const auto reading = webhookFromJson(document);
        QCOMPARE(reading.problems.size(), 1);
        QCOMPARE(reading.problems.first().severity, Severity::Error);
        QTEST(reading.problems.first().field, "field");
        QVERIFY2(reading.problems.first().message.contains(said), qUtf8Printable(reading.problems.first().message));
    }

    void reportsAllAtOnceInTheOrderOfTheForm()
    {
        const Json document{{"extra", 1},
                            {"timeout_in_sec", "abc"},
                            {"response_validators", {{{"json_path", "$.x"}, {"expected_values", Json::array()}}}},
                            {"type", {{"http_request", {{"url", "http://a"}, {"headers", {{"Host", "x"}}}}}}},
                            {"name", ""}};
        QStringList fields;
        for (const auto &problem : webhookFromJson(document).problems) {
            fields.append(problem.field);
        }
        QCOMPARE(
            fields,
            QStringList({u"name"_s, u"type.http_request.url"_s, u"body_template"_s, u"type.http_request.headers.Host"_s,
                         u"timeout_in_sec"_s, u"response_validators[0].json_path"_s,
                         u"response_validators[0].expected_values"_s, u"extra"_s}));
    }

    void readsTheAuthenticationTypeOffTheDocument()
    {
        Webhook webhook;
        QVERIFY(authenticationType(webhook) == AuthenticationType::None);
        webhook.headers = {{.name = u"X-Note"_s, .value = u"plain"_s}};
        QVERIFY(authenticationType(webhook) == AuthenticationType::None);
        webhook.headers = {{.name = u"X-Note"_s, .value = u"${secret:x}"_s}};
        QVERIFY(authenticationType(webhook) == AuthenticationType::Custom);
        webhook.headers = {{.name = u"DD-API-KEY"_s, .value = u"x"_s}};
        QVERIFY(authenticationType(webhook) == AuthenticationType::Custom);
        webhook.headers = {{.name = u"authorization"_s, .value = u"Splunk ${secret:x}"_s}};
        QVERIFY(authenticationType(webhook) == AuthenticationType::Custom);
        webhook.headers = {{.name = u"authorization"_s, .value = u"Bearer ${secret:x}"_s}};
        QVERIFY(authenticationType(webhook) == AuthenticationType::BearerToken);
        webhook.oauth.emplace();
        QVERIFY(authenticationType(webhook) == AuthenticationType::OAuth);
    }

    void marksSecretLookingHeaders_data()
    {
        QTest::addColumn<bool>("secret");
        for (const auto *name :
             {"Authorization", "Proxy-Authorization", "DD-API-KEY", "x-api-client-token", "X-Auth", "Cookie", "ApiKey",
              "x_secret", "X-Routing-Key", "Client-Secret", "Ocp-Apim-Password"}) {
            QTest::newRow(name) << true;
        }
        for (const auto *name : {"Content-Type", "X-Monkey", "Idempotency-Key", "Author", "Accept", "X-Keyboard"}) {
            QTest::newRow(name) << false;
        }
    }

    void marksSecretLookingHeaders() { QTEST(looksSecret(QString::fromLatin1(QTest::currentDataTag())), "secret"); }

    void namesItsMethods()
    {
        QCOMPARE(allHttpMethods().size(), 5);
        for (const auto method : allHttpMethods()) {
            QVERIFY(httpMethodFromString(toString(method)) == method);
        }
        QVERIFY(!httpMethodFromString(u"post"_s));
    }
};

QTEST_GUILESS_MAIN(TestWebhook)
#include "tst_webhook.moc"
