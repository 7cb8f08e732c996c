// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "durationtext.h"
#include "filtersentence.h"
#include "webhookdraft.h"

#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using Field = WebhookDraft::Field;

namespace {

Webhook validWebhook()
{
    Webhook webhook;
    webhook.name = u"datadog-alerts"_s;
    webhook.url = u"https://example.com/hook"_s;
    webhook.bodyTemplate = uR"({"name": "{{data.name}}"})"_s;
    return webhook;
}

QStringList messages(const Problems &problems)
{
    QStringList texts;
    for (const Problem &problem : problems) {
        texts.append(problem.message);
    }
    return texts;
}

using Edit = std::function<void(WebhookDraft &)>;

} // namespace

Q_DECLARE_METATYPE(Edit)

class TestWebhookDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAWebhookAsItIs_data();
    void keepsAWebhookAsItIs();
    void tellsAProblemWithItsField_data();
    void tellsAProblemWithItsField();
    void placesProblemsInRows();
    void showsAProblemFromTheFirstEditOn();
    void ordersProblemsAsTheFormDoes();
    void needsLessForATest();
    void signalsEachChangeOnce();
    void movesTheBearerToken();
    void keepsWhatWasTypedForAnotherType();
    void marksSecretHeaders_data();
    void marksSecretHeaders();
    void ignoresBlankRows();
    void dropsAnAddedProblemWithTheNextChange();
    void fillsFromAPreset();
    void addsExpectations();
    void shiftsProblemsWithARemovedRow();
    void writesDurations_data();
    void writesDurations();
    void refusesDurations_data();
    void refusesDurations();
    void saysWhatFires_data();
    void saysWhatFires();
};

void TestWebhookDraft::keepsAWebhookAsItIs_data()
{
    QTest::addColumn<Webhook>("webhook");
    const auto row = [](const char *name, const std::function<void(Webhook &)> &change) {
        Webhook webhook = validWebhook();
        change(webhook);
        QTest::newRow(name) << webhook;
    };
    row("plain", [](Webhook &) {});
    row("empty", [](Webhook &webhook) { webhook = {}; });
    row("all fields", [](Webhook &webhook) {
        webhook.id = u"6f1c0000-0000-4000-8000-000000000000"_s;
        webhook.active = false;
        webhook.method = HttpMethod::Put;
        webhook.headers = {{.name = u"X-Key"_s, .value = u"${secret:a/b}"_s}, {.name = u"X-Plain"_s, .value = u"1"_s}};
        webhook.filters = {.integrations = {u"pg"_s}, .types = {u"mysql"_s}, .statuses = {IntegrationStatus::Error}};
        webhook.timeout = std::chrono::seconds{7};
        webhook.responseValidators = {{.jsonPath = u"$.data.ok"_s, .expectedValues = {u"true"_s, u"1"_s}}};
        webhook.customValidationErrorMessage = u"No ticket was made"_s;
        webhook.signingSecret = u"${secret:a/signing}"_s;
        webhook.previousSigningSecret = u"${secret:a/signing-previous}"_s;
        webhook.caCertificates = u"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"_s;
        webhook.clientCertificate = webhook.caCertificates;
        webhook.clientKey = u"${secret:a/key}"_s;
        webhook.retryDelays = {std::chrono::seconds{90}, std::chrono::hours{2}};
        webhook.concurrency = 3;
        webhook.ratePerMinute = 60;
        webhook.keep = KeptEvents::Newest;
        webhook.maximumAge = std::chrono::hours{36};
        webhook.settle = std::chrono::seconds{90};
    });
    row("no retries", [](Webhook &webhook) { webhook.retryDelays.clear(); });
    row("bearer", [](Webhook &webhook) {
        webhook.headers = {{.name = u"Authorization"_s, .value = u"Bearer ${secret:a/token}"_s},
                           {.name = u"X-Team"_s, .value = u"ops"_s}};
    });
    row("oauth", [](Webhook &webhook) {
        webhook.oauth = OAuthClientCredentials{.clientId = u"me"_s,
                                               .clientSecret = u"${secret:a/oauth}"_s,
                                               .tokenEndpointUrl = u"https://example.com/token"_s,
                                               .scopes = {u"read"_s, u"write"_s},
                                               .parameters = {{.name = u"audience"_s, .value = u"a"_s}},
                                               .clientAuthentication = ClientAuthentication::BasicRaw};
    });
}

void TestWebhookDraft::keepsAWebhookAsItIs()
{
    QFETCH(Webhook, webhook);
    WebhookDraft draft;
    draft.load(webhook);
    QVERIFY(!draft.isModified());
    QVERIFY(draft.toWebhook() == webhook);
}

void TestWebhookDraft::tellsAProblemWithItsField_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<Field>("field");
    const auto row = [](const char *name, Field field, const Edit &edit) {
        QTest::newRow(name) << edit << field;
    };
    row("empty name", Field::Name, [](WebhookDraft &draft) { draft.setName({}); });
    row("65 characters", Field::Name, [](WebhookDraft &draft) { draft.setName(QString(65, u'a')); });
    row("http", Field::Url, [](WebhookDraft &draft) { draft.setUrl(u"http://example.com"_s); });
    row("a placeholder for the host", Field::Url,
        [](WebhookDraft &draft) { draft.setUrl(u"https://{{data.id}}/x"_s); });
    row("a helper in the URL", Field::Url,
        [](WebhookDraft &draft) { draft.setUrl(u"https://example.com/{{lowr data.id}}"_s); });
    row("user info", Field::Url, [](WebhookDraft &draft) { draft.setUrl(u"https://me:pw@example.com"_s); });
    row("not JSON", Field::BodyTemplate, [](WebhookDraft &draft) { draft.setBodyTemplate(u"{oops"_s); });
    row("unclosed", Field::BodyTemplate, [](WebhookDraft &draft) { draft.setBodyTemplate(u"\"{{data.name\""_s); });
    row("timeout 0", Field::Timeout, [](WebhookDraft &draft) { draft.setTimeout(u"0"_s); });
    row("timeout 301", Field::Timeout, [](WebhookDraft &draft) { draft.setTimeout(u"301"_s); });
    row("timeout abc", Field::Timeout, [](WebhookDraft &draft) { draft.setTimeout(u"abc"_s); });
    row("no timeout", Field::Timeout, [](WebhookDraft &draft) { draft.setTimeout({}); });
    row("concurrency 65", Field::Concurrency, [](WebhookDraft &draft) { draft.setConcurrency(u"65"_s); });
    row("concurrency x", Field::Concurrency, [](WebhookDraft &draft) { draft.setConcurrency(u"x"_s); });
    row("retries", Field::Retries, [](WebhookDraft &draft) { draft.setRetries(u"5 s, soon"_s); });
    row("rate 0", Field::Rate, [](WebhookDraft &draft) { draft.setRate(u"0"_s); });
    row("rate 60001", Field::Rate, [](WebhookDraft &draft) { draft.setRate(u"60001"_s); });
    row("rate x", Field::Rate, [](WebhookDraft &draft) { draft.setRate(u"one"_s); });
    row("settle 2 h", Field::Settle, [](WebhookDraft &draft) { draft.setSettle(u"2h"_s); });
    row("settle x", Field::Settle, [](WebhookDraft &draft) { draft.setSettle(u"a while"_s); });
    row("two settle times", Field::Settle, [](WebhookDraft &draft) { draft.setSettle(u"5 s, 10 s"_s); });
    row("age 59 s", Field::MaximumAge, [](WebhookDraft &draft) { draft.setMaximumAge(u"59 s"_s); });
    row("age 31 d", Field::MaximumAge, [](WebhookDraft &draft) { draft.setMaximumAge(u"31 d"_s); });
    row("age x", Field::MaximumAge, [](WebhookDraft &draft) { draft.setMaximumAge(u"old"_s); });
    row("8 days", Field::Retries, [](WebhookDraft &draft) { draft.setRetries(u"8 d"_s); });
    row("Host", Field::Headers,
        [](WebhookDraft &draft) { draft.setHeaders({{.name = u"Host"_s, .value = u"x"_s, .locked = {}}}); });
    row("line break", Field::Headers,
        [](WebhookDraft &draft) { draft.setHeaders({{.name = u"X"_s, .value = u"a\nb"_s, .locked = {}}}); });
    row("no header name", Field::Headers,
        [](WebhookDraft &draft) { draft.setHeaders({{.name = {}, .value = u"x"_s, .locked = {}}}); });
    row("path", Field::JsonPath, [](WebhookDraft &draft) {
        draft.addValidator();
        draft.setJsonPath(0, u"$.other"_s);
        draft.setExpectedValues(0, {u"1"_s});
    });
    row("no values", Field::ExpectedValues, [](WebhookDraft &draft) {
        draft.addValidator();
        draft.setJsonPath(0, u"$.data.ok"_s);
        draft.setExpectedValues(0, {u"1"_s});
        draft.setExpectedValues(0, {});
    });
    row("no bearer token", Field::BearerToken,
        [](WebhookDraft &draft) { draft.setAuthentication(AuthenticationType::BearerToken); });
    row("no client", Field::ClientId, [](WebhookDraft &draft) {
        draft.setAuthentication(AuthenticationType::OAuth);
        draft.setClientId(u"x"_s);
        draft.setClientId({});
    });
    row("token URL", Field::TokenEndpointUrl, [](WebhookDraft &draft) {
        draft.setAuthentication(AuthenticationType::OAuth);
        draft.setTokenEndpointUrl(u"http://example.com"_s);
    });
    row("parameter", Field::TokenParameters, [](WebhookDraft &draft) {
        draft.setAuthentication(AuthenticationType::OAuth);
        draft.setTokenParameters({{.name = u"scope"_s, .value = u"a"_s}});
    });
    row("CA", Field::CaCertificates, [](WebhookDraft &draft) { draft.setCaCertificates(u"no PEM"_s); });
    row("certificate", Field::ClientCertificate, [](WebhookDraft &draft) { draft.setClientCertificate(u"no"_s); });
    row("key", Field::ClientKey, [](WebhookDraft &draft) { draft.setClientKey(u"no key"_s); });
}

void TestWebhookDraft::tellsAProblemWithItsField()
{
    QFETCH(Edit, edit);
    QFETCH(Field, field);
    WebhookDraft draft;
    draft.load(validWebhook());
    QVERIFY(draft.isReady());
    edit(draft);
    QVERIFY(hasErrors(draft.problemsFor(field)));
    QVERIFY(!draft.isReady());
    draft.showAllProblems();
    QVERIFY(hasErrors(draft.shownProblems(field)));
    for (const QString &message : messages(draft.problemsFor(field))) {
        QVERIFY(!message.isEmpty());
    }
}

void TestWebhookDraft::placesProblemsInRows()
{
    WebhookDraft draft;
    Webhook webhook = validWebhook();
    webhook.headers = {{.name = u"X-One"_s, .value = u"1"_s}, {.name = u"x-one"_s, .value = u"2"_s}};
    webhook.responseValidators = {{.jsonPath = u"$.data.a"_s, .expectedValues = {u"1"_s}},
                                  {.jsonPath = u"$.nowhere"_s, .expectedValues = {u"1"_s}},
                                  {.jsonPath = u"$.data.b"_s, .expectedValues = {}}};
    draft.load(webhook);
    QCOMPARE(draft.problemsFor(Field::Headers, 0), Problems());
    QVERIFY(!draft.problemsFor(Field::Headers, 1).isEmpty());
    QCOMPARE(draft.problemsFor(Field::JsonPath, 0), Problems());
    QVERIFY(!draft.problemsFor(Field::JsonPath, 1).isEmpty());
    QVERIFY(!draft.problemsFor(Field::ExpectedValues, 2).isEmpty());
    QCOMPARE(draft.firstError()->field, Field::Headers);
    QCOMPARE(draft.firstError()->row, 1);

    const auto placed = draft.place(
        {.severity = Severity::Error, .field = u"response_validators[1].json_path"_s, .message = {}, .position = {}});
    QCOMPARE(placed.field, Field::JsonPath);
    QCOMPARE(placed.row, 1);
}

void TestWebhookDraft::showsAProblemFromTheFirstEditOn()
{
    WebhookDraft draft;
    QVERIFY(!draft.isReady());
    QVERIFY(draft.shownProblems(Field::Name).isEmpty());
    QVERIFY(draft.shownProblems(Field::Url).isEmpty());

    QSignalSpy shown(&draft, &WebhookDraft::problemsChanged);
    draft.setUrl(u"http"_s);
    QVERIFY(shown.wait());
    QVERIFY(!draft.shownProblems(Field::Url).isEmpty());
    QVERIFY(draft.shownProblems(Field::Name).isEmpty());

    draft.setUrl(u"https://example.com"_s);
    QVERIFY(shown.wait());
    QVERIFY(draft.shownProblems(Field::Url).isEmpty());

    draft.showAllProblems();
    QVERIFY(!draft.shownProblems(Field::Name).isEmpty());
}

void TestWebhookDraft::ordersProblemsAsTheFormDoes()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.setCaCertificates(u"no PEM"_s);
    draft.setMaximumAge(u"1 s"_s);
    QCOMPARE(draft.firstError()->field, Field::MaximumAge);
    draft.setSettle(u"1 d"_s);
    QCOMPARE(draft.firstError()->field, Field::Settle);
    draft.setRate(u"0"_s);
    QCOMPARE(draft.firstError()->field, Field::Rate);
    draft.setConcurrency(u"0"_s);
    QCOMPARE(draft.firstError()->field, Field::Concurrency);
    draft.setTimeout(u"x"_s);
    QCOMPARE(draft.firstError()->field, Field::Timeout);
    draft.setUrl(u"ftp://x"_s);
    QCOMPARE(draft.firstError()->field, Field::Url);
    QCOMPARE(draft.errorCount(), 7);
}

void TestWebhookDraft::needsLessForATest()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.setName({});
    QVERIFY(draft.firstError());
    QVERIFY(!draft.firstError(WebhookDraft::Purpose::Test));
    draft.setUrl({});
    QCOMPARE(draft.firstError(WebhookDraft::Purpose::Test)->field, Field::Url);
}

void TestWebhookDraft::signalsEachChangeOnce()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    const int before = draft.revision();
    QSignalSpy changed(&draft, &WebhookDraft::changed);
    draft.setName(u"other"_s);
    draft.setName(u"other"_s);
    draft.setActive(false);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(0).value<Field>(), Field::Name);
    QCOMPARE(changed.at(1).at(0).value<Field>(), Field::Active);
    QCOMPARE(draft.revision(), before + 2);
    QVERIFY(draft.isModified());
    draft.setActive(true);
    draft.setName(validWebhook().name);
    QVERIFY(!draft.isModified());
}

void TestWebhookDraft::movesTheBearerToken()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.setAuthentication(AuthenticationType::BearerToken);
    draft.setBearerToken(u"t0ken"_s);
    const Header header{.name = u"Authorization"_s, .value = u"Bearer t0ken"_s};
    QCOMPARE(draft.toWebhook().headers, QList<Header>{header});
    QVERIFY(draft.toInput().secretHeaders.contains(u"authorization"_s));

    draft.setAuthentication(AuthenticationType::Custom);
    QCOMPARE(draft.fields().headers.size(), 1);
    QVERIFY(draft.fields().headers.constFirst().isLocked());
    QCOMPARE(draft.toWebhook().headers, QList<Header>{header});

    draft.setAuthentication(AuthenticationType::BearerToken);
    QCOMPARE(draft.fields().headers.size(), 0);
    QCOMPARE(draft.fields().bearerToken, u"t0ken"_s);
    QCOMPARE(draft.toWebhook().headers, QList<Header>{header});
}

void TestWebhookDraft::keepsWhatWasTypedForAnotherType()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.setAuthentication(AuthenticationType::OAuth);
    draft.setClientId(u"me"_s);
    draft.setAuthentication(AuthenticationType::BearerToken);
    draft.setBearerToken(u"t0ken"_s);
    QVERIFY(!draft.toWebhook().oauth);

    draft.setAuthentication(AuthenticationType::None);
    QCOMPARE(draft.toWebhook().headers, QList<Header>());

    draft.setAuthentication(AuthenticationType::OAuth);
    QCOMPARE(draft.toWebhook().oauth->clientId, u"me"_s);
    QCOMPARE(draft.toWebhook().headers, QList<Header>());

    draft.setAuthentication(AuthenticationType::BearerToken);
    QCOMPARE(draft.fields().bearerToken, u"t0ken"_s);
}

void TestWebhookDraft::marksSecretHeaders_data()
{
    QTest::addColumn<HeaderRow>("header");
    QTest::addColumn<bool>("isLocked");
    QTest::newRow("by name") << HeaderRow{.name = u"DD-API-KEY"_s, .value = u"x"_s, .locked = {}} << true;
    QTest::newRow("plain") << HeaderRow{.name = u"X-Team"_s, .value = u"x"_s, .locked = {}} << false;
    QTest::newRow("unlocked") << HeaderRow{.name = u"DD-API-KEY"_s, .value = u"x"_s, .locked = false} << false;
    QTest::newRow("locked") << HeaderRow{.name = u"X-Team"_s, .value = u"x"_s, .locked = true} << true;
    QTest::newRow("stored") << HeaderRow{.name = u"X-Team"_s, .value = u"${secret:a/b}"_s, .locked = {}} << true;
}

void TestWebhookDraft::marksSecretHeaders()
{
    QFETCH(HeaderRow, header);
    QFETCH(bool, isLocked);
    WebhookDraft draft;
    draft.setHeaders({header});
    QCOMPARE(header.isLocked(), isLocked);
    const WebhookInput input = draft.toInput();
    QCOMPARE(input.secretHeaders.contains(header.name.toLower()), isLocked);
    QCOMPARE(input.plainHeaders.contains(header.name.toLower()), !isLocked);
}

void TestWebhookDraft::ignoresBlankRows()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.setHeaders({{.name = {}, .value = {}, .locked = {}}, {.name = u"Host"_s, .value = u"x"_s, .locked = {}}});
    draft.addValidator();
    draft.addValidator();
    draft.setJsonPath(1, u"$.nowhere"_s);
    draft.setExpectedValues(1, {u"1"_s});
    QCOMPARE(draft.toWebhook().headers.size(), 1);
    QCOMPARE(draft.toWebhook().responseValidators.size(), 1);
    QVERIFY(draft.problemsFor(Field::Headers, 0).isEmpty());
    QVERIFY(!draft.problemsFor(Field::Headers, 1).isEmpty());
    QVERIFY(draft.problemsFor(Field::JsonPath, 0).isEmpty());
    QVERIFY(!draft.problemsFor(Field::JsonPath, 1).isEmpty());
}

void TestWebhookDraft::dropsAnAddedProblemWithTheNextChange()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    QCOMPARE(draft.addProblem(
                 {.severity = Severity::Error, .field = u"name"_s, .message = u"It is taken."_s, .position = {}}),
             Field::Name);
    QCOMPARE(messages(draft.shownProblems(Field::Name)), QStringList{u"It is taken."_s});
    QVERIFY(!draft.isReady());
    draft.setUrl(u"https://example.org"_s);
    QVERIFY(!draft.isReady());
    draft.setName(u"another"_s);
    QVERIFY(draft.isReady());
    QCOMPARE(draft.addProblem({.severity = Severity::Error, .field = {}, .message = u"No."_s, .position = {}}),
             Field::Other);
}

void TestWebhookDraft::fillsFromAPreset()
{
    WebhookDraft draft;
    draft.setName(u"mine"_s);
    draft.setActive(false);
    draft.setTypes({u"postgresql"_s});
    draft.setStatuses({IntegrationStatus::Error});
    Webhook preset = validWebhook();
    preset.headers = {{.name = u"DD-API-KEY"_s, .value = {}}};
    preset.filters = {};
    draft.fillFrom(preset);
    QCOMPARE(draft.fields().filters,
             (Filters{.integrations = {}, .types = {u"postgresql"_s}, .statuses = {IntegrationStatus::Error}}));
    preset.filters.statuses = {IntegrationStatus::Error, IntegrationStatus::Active};
    draft.fillFrom(preset);
    QCOMPARE(draft.fields().filters,
             (Filters{.integrations = {}, .types = {u"postgresql"_s}, .statuses = preset.filters.statuses}));
    QCOMPARE(draft.fields().name, u"mine"_s);
    QVERIFY(!draft.fields().active);
    QCOMPARE(draft.fields().url, preset.url);
    QVERIFY(draft.fields().headers.constFirst().isLocked());
    QVERIFY(draft.isModified());
}

void TestWebhookDraft::addsExpectations()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.addExpectation(u"$.data.ok"_s, u"true"_s);
    draft.addExpectation(u"$.data.ok"_s, u"true"_s);
    draft.addExpectation(u"$.data.ok"_s, u"1"_s);
    draft.addExpectation(u"$.data.id"_s, u"7"_s);
    const QList<ResponseValidator> expected{{.jsonPath = u"$.data.ok"_s, .expectedValues = {u"true"_s, u"1"_s}},
                                            {.jsonPath = u"$.data.id"_s, .expectedValues = {u"7"_s}}};
    QCOMPARE(draft.fields().validators, expected);
}

void TestWebhookDraft::shiftsProblemsWithARemovedRow()
{
    WebhookDraft draft;
    draft.load(validWebhook());
    draft.addValidator();
    draft.addValidator();
    draft.setJsonPath(0, u"$.a"_s);
    draft.setJsonPath(1, u"$.data.b"_s);
    QVERIFY(!draft.shownProblems(Field::JsonPath, 0).isEmpty());
    QVERIFY(draft.shownProblems(Field::ExpectedValues, 1).isEmpty()); // not edited yet
    QVERIFY(!draft.problemsFor(Field::ExpectedValues, 1).isEmpty());
    draft.removeValidator(0);
    QVERIFY(draft.shownProblems(Field::JsonPath, 0).isEmpty());
    draft.setJsonPath(0, u"$.b"_s);
    QVERIFY(!draft.shownProblems(Field::JsonPath, 0).isEmpty());
}

void TestWebhookDraft::writesDurations_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QList<qint64>>("seconds");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, const QString &typed, const QList<qint64> &seconds, const QString &written) {
        QTest::newRow(name) << typed << seconds << written;
    };
    row("none", {}, {}, {});
    row("seconds", u"5"_s, {5}, u"5 s"_s);
    row("units", u"5 s, 5 min, 2h, 1 d"_s, {5, 300, 7200, 86400}, u"5 s, 5 min, 2 h, 1 d"_s);
    row("short", u"90s; 3M"_s, {90, 180}, u"90 s, 3 min"_s);
    row("about to go on", u"5 s, "_s, {5}, u"5 s"_s);
    row("zero", u"0"_s, {0}, u"0 s"_s);
}

void TestWebhookDraft::writesDurations()
{
    QFETCH(QString, typed);
    QFETCH(QList<qint64>, seconds);
    QFETCH(QString, written);
    const auto read = durationsFromText(typed);
    QVERIFY(read.isOk());
    QList<qint64> counts;
    for (const auto duration : *read) {
        counts.append(duration.count());
    }
    QCOMPARE(counts, seconds);
    QCOMPARE(durationsToText(*read), written);
}

void TestWebhookDraft::refusesDurations_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("word") << u"soon"_s;
    QTest::newRow("unit") << u"5 weeks"_s;
    QTest::newRow("negative") << u"-5 s"_s;
    QTest::newRow("gap") << u"5 s,,6 s"_s;
    QTest::newRow("huge") << u"99999999999"_s;
}

void TestWebhookDraft::refusesDurations()
{
    QFETCH(QString, typed);
    QVERIFY(!durationsFromText(typed).isOk());
    QVERIFY(!durationFromText(typed).isOk());
}

void TestWebhookDraft::saysWhatFires_data()
{
    QTest::addColumn<Filters>("filters");
    QTest::addColumn<int>("known");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const Filters &filters, int known, const QString &sentence) {
        QTest::newRow(name) << filters << known << sentence;
    };
    using Status = IntegrationStatus;
    row("nothing known", {}, 0, u"Any integration turns Warning or Error — no integration is known yet."_s);
    row("any", {}, 3, u"Any integration turns Warning or Error — all of the 3 known match."_s);
    row("one, and it matches", {}, 1, u"Any integration turns Warning or Error — the only one known matches."_s);
    row("one, and it does not", {.integrations = {}, .types = {u"oracle"_s}, .statuses = {}}, 1,
        u"An oracle integration turns Warning or Error — the only one known does not match."_s);
    row("types", {.integrations = {}, .types = {u"postgresql"_s, u"mysql"_s}, .statuses = {Status::Error}}, 3,
        u"A postgresql or mysql integration turns Error — 2 of the 3 known match."_s);
    row("vowel", {.integrations = {}, .types = {u"aws-account"_s}, .statuses = {}}, 3,
        u"An aws-account integration turns Warning or Error — one of the 3 known matches."_s);
    row("integration", {.integrations = {u"id-1"_s, u"new"_s}, .types = {}, .statuses = {}}, 3,
        u"Orders or new turns Warning or Error — one of the 3 known matches."_s);
    row("both", {.integrations = {u"id-1"_s}, .types = {u"mysql"_s}, .statuses = {Status::Active, Status::Disabled}}, 3,
        u"Orders, if its type is mysql, turns Active or Disabled — none of the 3 known matches."_s);
    row("many", {.integrations = {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}, .types = {}, .statuses = {}}, 3,
        u"One of 5 integration(s) turns Warning or Error — none of the 3 known matches."_s);
    row("Tocsin's own", {.integrations = {}, .types = {u"tocsin-webhook"_s}, .statuses = {}}, 3,
        u"Another webhook turns Warning or Error — none of the 3 known matches."_s);
    row("every status", {.integrations = {}, .types = {}, .statuses = allIntegrationStatuses()}, 3,
        u"Any integration changes its status — all of the 3 known match."_s);
}

void TestWebhookDraft::saysWhatFires()
{
    QFETCH(Filters, filters);
    QFETCH(int, known);
    QFETCH(QString, sentence);
    const QList<KnownIntegration> all{{.id = u"id-1"_s, .name = u"Orders"_s, .type = u"postgresql"_s},
                                      {.id = u"id-2"_s, .name = u"Bills"_s, .type = u"mysql"_s},
                                      {.id = u"id-3"_s, .name = u"Cloud"_s, .type = u"aws-account"_s}};
    QCOMPARE(filterSentence(filters, all.first(known)), sentence);
}

QTEST_GUILESS_MAIN(TestWebhookDraft)
#include "tst_webhookdraft.moc"
