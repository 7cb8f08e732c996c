// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"
#include "httpurl.h"
#include "payloadschema.h"
#include "readablesecrets.h"
#include "secretlifting.h"
#include "secretplaces.h"
#include "secrettext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto id = u"6f1c0b1e-2f0a-4a55-9d0e-0d9d0f0b5b11"_s;

QStringList describe(const QList<SecretPlace> &places)
{
    QStringList result;
    static const QHash<SecretObstacle, QString> obstacles{{SecretObstacle::Number, u"number"_s},
                                                          {SecretObstacle::Cut, u"cut"_s},
                                                          {SecretObstacle::Escapes, u"escapes"_s},
                                                          {SecretObstacle::Member, u"member"_s}};
    for (const SecretPlace &place : places) {
        if (!place.isLiteral()) {
            result.append(place.what % u"->"_s % place.key);
        } else if (!place.canBeLifted()) {
            result.append(place.what % u" stays: "_s % obstacles.value(place.obstacle));
        } else {
            result.append(place.what % u"="_s % place.value);
        }
    }
    return result;
}

std::optional<QString> valueOf(const LiftedWebhook &lifted, const QString &key)
{
    const auto found = lifted.secrets.find(key);
    return found == lifted.secrets.end() ? std::nullopt : std::optional(*found);
}

/// The body that a template renders to, with the secrets that were lifted out of it.
std::string rendered(const LiftedWebhook &lifted)
{
    const auto compilation = BodyTemplate::compile(lifted.webhook.bodyTemplate.toStdString());
    if (!compilation.bodyTemplate) {
        return "no template: " + compilation.problems.constFirst().message.toStdString();
    }
    const auto body = compilation.bodyTemplate->render(PayloadSchema::instance().mockEvent(),
                                                       [&](const QString &key) { return valueOf(lifted, key); });
    return body ? *body : "no body: " + body.error().message.toStdString();
}

LiftedWebhook unlifted(const QString &bodyTemplate)
{
    LiftedWebhook webhook;
    webhook.webhook.id = id;
    webhook.webhook.bodyTemplate = bodyTemplate;
    return webhook;
}

} // namespace

/// Apostrophes stand for quotes: moc loses its way among literals that hold these.
static void addBodies()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *what, const char *text, const QStringList &expected) {
        QTest::newRow(what) << QString::fromUtf8(text).replace(u'\'', u'"') << expected;
    };
    row("PagerDuty", R"({'routing_key': 'R0123456789ABCDEF', 'event_action': 'trigger'})",
        {u"body/routing_key=R0123456789ABCDEF"_s});
    row("spelt otherwise", R"({'apiKey':'0123456789ab','Auth-Token' : '0123456789cd'})",
        {u"body/apiKey=0123456789ab"_s, u"body/Auth-Token=0123456789cd"_s});
    row("deeper", R"({'a': [{'b': {}}, {'client_secret': '0123456789ab'}]})",
        {u"body/a.1.client_secret=0123456789ab"_s});
    row("the same place in both branches",
        R"({'token': {{#if data.issues}}'0123456789ab'{{else}}'0123456789cd'{{/if}}, 'x': 1})",
        {u"body/token=0123456789ab"_s, u"body/token_2=0123456789cd"_s});
    row("members in branches", R"({{{#if data.issues}}'token': '0123456789ab'{{else}}'x': 1{{/if}}})", {});
    row("a member in a branch", R"({'x': 1{{#if data.issues}}, 'token': '0123456789ab'{{/if}}})",
        {u"body/token=0123456789ab"_s});
    row("escapes", R"({'token': 'abc\u0041\/\'\\é\ud83d\udd14xyz'})", {u"body/token=abcA/\"\\é🔔xyz"_s});
    row("a name with an escape", R"({'to\u006ben': '0123456789ab'})", {u"body/token=0123456789ab"_s});
    row("literal braces", R"({'token': 'abc\{{defghijk'})", {u"body/token=abc{{defghijk"_s});
    row("an escaped reference", R"({'token': 'abc$${secret:x}'})", {u"body/token=abc${secret:x}"_s});
    row("JSON in a string", R"({'message': '{\'token\':\'0123456789ab\',\'id\':\'{{data.id}}\'}'})",
        {u"body/message.token=0123456789ab"_s});
    row("JSON in a string without a placeholder", R"({'message': '{\'token\':\'0123456789ab\'}'})",
        {u"body/message.token=0123456789ab"_s});
    row("JSON in a string in a string",
        R"({'a': '{\'b\':\'{\\\'token\\\':\\\'0123456789ab\\\'}\',\'c\':\'{{data.id}}\'}'})",
        {u"body/a.b.token=0123456789ab"_s});
    row("escapes in JSON in a string",
        R"({'message': '{\'token\':\'abc\\\'def\\\\ghi\\u0041jk\',\'id\':\'{{data.id}}\'}'})",
        {u"body/message.token=abc\"def\\ghiAjk"_s});
    row("text around JSON in a string", R"({'message': 'see {\'token\':\'0123456789ab\'} there'})",
        {u"body/message.token=0123456789ab"_s});
    row("a comment before the value", R"({'token': {{!-- '}} --}} '0123456789ab'})", {u"body/token=0123456789ab"_s});
    row("a repetition",
        R"({'a': [{{#each data.issues}}{'token': '0123456789ab'}{{#unless @last}},{{/unless}}{{/each}}]})",
        {u"body/a.0.token=0123456789ab"_s});
    row("references",
        R"({'a': 'x ${secret:a}', 'token': '${secret:b}', 'c': '{\'d\':\'${secret:e}\'}', 'f': ${secret:g}})",
        {u"body/a->a"_s, u"body/token->b"_s, u"body/c.d->e"_s, u"body/f->g"_s});

    row("short", R"({'token': '01234567890'})", {});
    row("spaces", R"({'token': 'this is no secret'})", {});
    row("escaped line ends", R"({'token': '0123456789\nab'})", {});
    row("a byte that no keychain keeps", R"({'token': '0123456789\u0000ab'})", {});
    row("short beside a placeholder", R"({'token': 'tocsin-{{data.id}}-{{data.name}}'})", {});
    row("a placeholder alone", R"({'token': '{{data.id}}', 'auth_token': {{json data.id}}})", {});
    row("words beside a placeholder", R"({'token': 'the event is {{data.id}} of this day'})", {});
    row("short in a block", R"({'token': '{{#if data.issues}}0123456{{/if}}'})", {});
    row("a reference and more", R"({'token': '0123456789ab${secret:x}'})", {u"body/token->x"_s});
    row("a short number", R"({'token': 12345678901, 'max_tokens': 100, 'status': 'x'})", {});
    row("a name that no one takes for one", R"({'tokens_used': '0123456789ab', 'tokenizer': '0123456789ab'})", {});
    row("a scheme alone", R"({'authorization': 'Bearer 0123456789'})", {});
    row("an unknown scheme", R"({'authorization': 'Whatever 0123456789ab'})", {});
    row("other names", R"({'dedup_key': '0123456789ab', 'code': '0123456789ab', 'key': '0123456789ab'})", {});
    row("a value that is called so", R"({'name': 'token', 'value': '0123456789ab'})", {});
    row("an item", R"({'tokens': ['0123456789ab']})", {});
    row("in a comment", R"({{! {'token': '0123456789ab'} }}{'x': 1})", {});
    row("surely escaped once only", R"({'message': 'see {\'token\':\'abc\\\'defghijklm\'} there'})",
        {u"body/message.token stays: escapes"_s});
    row("nothing", "", {});
    row("unfinished", R"({'token': '0123456789ab)", {});
    row("unfinished braces", R"({'token': '0123456789ab', 'x': '{{)", {u"body/token=0123456789ab"_s});
    row("brackets that do not fit", R"(}}]]{'token': '0123456789ab'})", {u"body/token=0123456789ab"_s});
}

/// As addBodies(): what does not stand in one piece in one string with a plain name.
static void addOddBodies()
{
    const auto row = [](const char *what, const char *text, const QStringList &expected) {
        QTest::newRow(what) << QString::fromUtf8(text).replace(u'\'', u'"') << expected;
    };
    row("a comment within", R"({'token': '012345{{! no }}6789abcdef'})", {u"body/token=0123456789abcdef"_s});
    row("a comment behind", R"({'token': '0123456789ab{{!c}}'})", {u"body/token=0123456789ab"_s});
    row("a comment before", R"({'token': '{{!-- c --}}0123456789ab'})", {u"body/token=0123456789ab"_s});
    row("a comment with a quote", R"({'token': '0123456789ab{{~! don't ~}}', 'x': '}}'})",
        {u"body/token=0123456789ab"_s});
    row("a comment that strips", R"({'token': '012345  {{~! c ~}}  6789ab'})", {u"body/token=0123456789ab"_s});
    row("a comment within an escape", R"({'token': '\u00{{!c}}410123456789ab', 'api_key': '0123456789cd'})",
        {u"body/token=A0123456789ab"_s, u"body/api_key=0123456789cd"_s});
    row("a comment within another's escape", R"({'x': '\u00{{!c}}41', 'api_key': '0123456789cd'})",
        {u"body/api_key=0123456789cd"_s});
    row("a comment within a name", R"({'to{{!c}}ken'{{!c}}:{{!c}} '0123456789ab'})", {u"body/token=0123456789ab"_s});
    row("a comment within JSON in a string", R"({'a': '{\'token\':\'012345{{!c}}6789ab\',\'id\':\'{{data.id}}\'}'})",
        {u"body/a.token=0123456789ab"_s});
    row("a block", R"({'token': '{{#if data.issues}}0123456789ab{{/if}}'})", {u"body/token=0123456789ab"_s});
    row("two branches", R"({'token': '{{#if data.issues}}0123456789ab{{else}}0123456789cd{{/if}}'})",
        {u"body/token=0123456789ab"_s, u"body/token_2=0123456789cd"_s});
    row("a block beside", R"({'token': '0123456789ab{{#if data.issues}}-a{{/if}}'})", {u"body/token=0123456789ab"_s});
    row("a block that cuts", R"({'token': '012345{{#if data.issues}}678{{/if}}9abcdef'})",
        {u"body/token stays: cut"_s});
    row("a block within an escape",
        R"({'token': '\u00{{#if data.issues}}41{{else}}42{{/if}}0123456789', 'api_key': '0123456789cd'})",
        {u"body/token stays: cut"_s, u"body/api_key=0123456789cd"_s});
    row("a placeholder behind", R"({'token': '0123456789ab{{data.id}}'})", {u"body/token=0123456789ab"_s});
    row("a placeholder before", R"({'token': '{{data.id}}0123456789ab'})", {u"body/token=0123456789ab"_s});
    row("a quote in a block", R"({'token': {{#if data.issues}}'0123456789ab{{else}}'0123456789cd{{/if}}', 'x': 1})",
        {u"body/token=0123456789ab"_s, u"body/token_2=0123456789cd"_s});
    row("a closing quote in a block",
        R"({'token': '0123456789ab{{#if data.issues}}c'{{else}}d'{{/if}}, 'api_key': '0123456789ef'})",
        {u"body/token=0123456789ab"_s, u"body/api_key=0123456789ef"_s});
    row("a name in a block",
        R"({ {{#if data.issues}}'token'{{else}}'x'{{/if}}: '0123456789ab', 'api_key': '0123456789cd'})",
        {u"body/token=0123456789ab"_s, u"body/api_key=0123456789cd"_s});
    row("a name in the other branch", R"({ {{#if data.issues}}'x':{{else}}'token':{{/if}} '0123456789ab'})",
        {u"body/token=0123456789ab"_s});
    row("a block in a name", R"({'{{#if data.issues}}token{{else}}x{{/if}}': '0123456789ab'})",
        {u"body/token=0123456789ab"_s});
    row("a placeholder in a name", R"({'{{data.id}}_token': '0123456789ab'})", {u"body/_token=0123456789ab"_s});
    row("a scheme", R"({'authorization': 'Bearer 0123456789ab'})", {u"body/authorization=0123456789ab"_s});
    row("another scheme", R"({'Authorization': 'basic  dXNlcjpwYXNzd29yZA=='})",
        {u"body/Authorization=dXNlcjpwYXNzd29yZA=="_s});
    row("names with dots and brackets",
        R"({'api.key': '0123456789ab', 'X.Api.Key': '0123456789cd', 'token[]': '0123456789ef', 'a[token][0]': '0123456789gh'})",
        {u"body/api.key=0123456789ab"_s, u"body/X.Api.Key=0123456789cd"_s, u"body/token/5b/5d=0123456789ef"_s,
         u"body/a/5btoken/5d/5b0/5d=0123456789gh"_s});
    row("an item", R"({'token': ['0123456789ab', ['0123456789cd'], 'short']})",
        {u"body/token.0=0123456789ab"_s, u"body/token.1.0=0123456789cd"_s});
    row("an object", R"({'token': {'value': '0123456789ab', 'issuer': 'https://id.example/', 'type': 'x'}})",
        {u"body/token.value=0123456789ab"_s, u"body/token.issuer stays: member"_s});
    row("a number", R"({'token': 123456789012345, 'auth_token': -12345678901.5e3})",
        {u"body/token stays: number"_s, u"body/auth_token stays: number"_s});
    row("a number in an array", R"({'token': [123456789012]})", {u"body/token.0 stays: number"_s});
    row("a number in an object", R"({'token': {'value': 123456789012, 'expires': 1696263265858}})",
        {u"body/token.value stays: number"_s});
}

class TestSecretPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsSecretsOfUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *what, const QString &url, const QStringList &expected) {
            QTest::newRow(what) << url << expected;
        };
        row("Logz.io", u"https://listener.logz.io:8071?token=aBcDeFgHiJkLmNoP&type=x"_s,
            {u"url/token=aBcDeFgHiJkLmNoP"_s});
        row("Logic Apps",
            u"https://prod-1.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers&sv=1.0&sig=aB-cD_eF0123456789"_s,
            {u"url/sig=aB-cD_eF0123456789"_s});
        row("Azure Functions", u"https://x.azurewebsites.net/api/f?code=abc%2Fdef%3D%3D0123"_s,
            {u"url/code=abc%2Fdef%3D%3D0123"_s});
        row("spelt otherwise", u"https://x.org/?API_Key=0123456789ab&Access-Token=0123456789cd"_s,
            {u"url/API_Key=0123456789ab"_s, u"url/Access-Token=0123456789cd"_s});
        row("a name with an escape", u"https://x.org/?to%6ben=0123456789ab"_s, {u"url/token=0123456789ab"_s});
        row("twice", u"https://x.org/?token=0123456789ab&token=0123456789cd"_s,
            {u"url/token=0123456789ab"_s, u"url/token_2=0123456789cd"_s});
        row("Slack", u"https://hooks.slack.com/services/T000/B000/abcdefghij"_s, {u"url/path=T000/B000/abcdefghij"_s});
        row("Slack, spelt otherwise", u"HTTPS://Hooks.Slack.com.:443/services/T000/B000/abcdefghij"_s,
            {u"url/path=T000/B000/abcdefghij"_s});
        row("Discord", u"https://discord.com/api/webhooks/123456789/abc-DEF_ghi?wait=true"_s,
            {u"url/path=123456789/abc-DEF_ghi"_s});
        row("Discord, a version", u"https://ptb.discord.com/api/v10/webhooks/123456789/abc-DEF_ghi"_s,
            {u"url/path=123456789/abc-DEF_ghi"_s});
        row("Discord, its old name", u"https://ptb.discordapp.com/api/v9/webhooks/123456789/abc-DEF_ghi"_s,
            {u"url/path=123456789/abc-DEF_ghi"_s});
        row("Teams", u"https://contoso.webhook.office.com/webhookb2/1-2@3/IncomingWebhook/4/5"_s,
            {u"url/path=1-2@3/IncomingWebhook/4/5"_s});
        row("Torq", u"https://hooks.torq.io/v1/webhooks/af6aab8d-0000"_s, {u"url/path=af6aab8d-0000"_s});
        row("Tines", u"https://example.tines.com/webhook/1234567890ab/abcdef"_s, {u"url/path=1234567890ab/abcdef"_s});
        row("Splunk On-Call", u"https://alert.victorops.com/integrations/generic/20131114/alert/0123-4567-89ab/team"_s,
            {u"url/path=0123-4567-89ab/team"_s});
        row("Opsgenie", u"https://api.opsgenie.com/v1/json/datadog?apiKey=0123456789ab"_s,
            {u"url/apiKey=0123456789ab"_s});
        row("both", u"https://hooks.slack.com/services/T000/B000/abc?token=0123456789ab"_s,
            {u"url/path=T000/B000/abc"_s, u"url/token=0123456789ab"_s});
        row("Jira", u"https://automation.atlassian.com/pro/hooks/0123456789abcdef"_s, {u"url/path=0123456789abcdef"_s});
        row("Jira, its later hooks", u"https://api-private.atlassian.com/automation/webhooks/jira/a/0123-45/6789-ab"_s,
            {u"url/path=jira/a/0123-45/6789-ab"_s});
        row("Rootly", u"https://webhooks.rootly.com/webhooks/incoming/generic_webhooks/notify/service/0123"_s,
            {u"url/path=notify/service/0123"_s});
        row("Rootly, its parameter",
            u"https://webhooks.rootly.com/webhooks/incoming/generic_webhooks?secret=0123456789ab"_s,
            {u"url/secret=0123456789ab"_s});
        row("Workato", u"https://webhooks.eu.workato.com/webhooks/rest/0123-4567-89ab/new_event"_s,
            {u"url/path=0123-4567-89ab/new_event"_s});
        row("n8n", u"https://acme.app.n8n.cloud/webhook-test/0123-4567-89ab"_s, {u"url/path=0123-4567-89ab"_s});
        row("Grafana IRM", u"https://acme.grafana.net/oncall/integrations/v1/formatted_webhook/0123456789abcdef/"_s,
            {u"url/path=0123456789abcdef/"_s});
        row("Mattermost", u"https://mattermost.example.com/hooks/0123456789abcdef"_s, {u"url/path=0123456789abcdef"_s});
        row("Mattermost's cloud", u"https://acme.cloud.mattermost.com/hooks/0123456789abcdef"_s,
            {u"url/path=0123456789abcdef"_s});
        row("Rocket.Chat", u"https://acme.rocket.chat/hooks/0123456789/abcdef"_s, {u"url/path=0123456789/abcdef"_s});
        row("Mattermost on one's own host", u"https://chat.example.com/team/hooks/1b3d5f7h9j1l3n5p7r9t1v3x5z"_s,
            {u"url/path=1b3d5f7h9j1l3n5p7r9t1v3x5z"_s});
        row("Rocket.Chat on one's own host",
            u"https://chat.example.com/hooks/0123456789abcdef01234567/"_s + u"aB3"_s.repeated(15),
            {u"url/path=0123456789abcdef01234567/"_s + u"aB3"_s.repeated(15)});
        row("a path that is only named like one", u"https://chat.example.com/hooks/pagerduty-to-mattermost1"_s, {});
        row("an id with more behind it", u"https://chat.example.com/hooks/1b3d5f7h9j1l3n5p7r9t1v3x5z/status"_s, {});
        row("Make", u"https://hook.eu2.make.com/0123456789abcdef"_s, {u"url/path=0123456789abcdef"_s});
        row("Make at Celonis", u"https://hook.us1.make.celonis.com/0123456789abcdef"_s,
            {u"url/path=0123456789abcdef"_s});
        row("GitLab", u"https://gitlab.com/group/sub/project/alerts/notify/tocsin/0123456789abcdef.json"_s,
            {u"url/path=tocsin/0123456789abcdef.json"_s});
        row("a host in wide letters", u"https://ｈooks.slack。com/services/T000/B000/abcdefghij"_s,
            {u"url/path=T000/B000/abcdefghij"_s});
        row("a host with a soft hyphen", u"https://hooks.sl\u00adack.com/services/T000/B000/abcdefghij"_s,
            {u"url/path=T000/B000/abcdefghij"_s});
        row("a path with escapes", u"https://hooks.slack.com/%73ervi%63es%2FT000/B000/abcdefghij"_s,
            {u"url/path=T000/B000/abcdefghij"_s});
        row("a path with empty segments", u"https://hooks.slack.com//services///T000/B000/abcdefghij"_s,
            {u"url/path=T000/B000/abcdefghij"_s});
        row("a path with dots", u"https://hooks.slack.com/./a/%2E./services/./T000/B000/abcdefghij"_s,
            {u"url/path=T000/B000/abcdefghij"_s});
        row("names with dots and brackets",
            u"https://x.org/?api.key=0123456789ab&token[]=0123456789cd&a[token]=0123456789ef"_s,
            {u"url/api.key=0123456789ab"_s, u"url/token/5b/5d=0123456789cd"_s, u"url/a/5btoken/5d=0123456789ef"_s});
        row("a semicolon before", u"https://x.org/?a=b;token=0123456789ab"_s, {u"url/token=0123456789ab"_s});
        row("a semicolon in the path", u"https://x.org/hook;v=1;token=0123456789ab/x"_s, {u"url/token=0123456789ab"_s});
        row("a scheme", u"https://x.org/?authorization=Bearer%200123456789ab&token=Basic+0123456789cd"_s,
            {u"url/authorization=0123456789ab"_s, u"url/token=0123456789cd"_s});
        row("beside braces", u"https://x.org/?token={{data.id}}0123456789ab"_s, {u"url/token=0123456789ab"_s});
        row("a path with braces", u"https://hooks.slack.com/services/{{a/b}}/0123456789ab"_s,
            {u"url/path=/0123456789ab"_s});
        row("what a URL cannot hold", u"https://x.org/?token=\"0123456789\""_s, {u"url/token=%220123456789%22"_s});
        row("an escaped reference", u"https://x.org/?token=abc$${secret:x}def"_s,
            {u"url/token=abc$%7Bsecret:x%7Ddef"_s});
        row("references", u"https://hooks.slack.com/services/T/${secret:a}?x=1${secret:b}&token=${secret:a/b}"_s,
            {u"url/path->a"_s, u"url/x->b"_s, u"url/token->a/b"_s});

        row("short", u"https://x.org/?token=01234567890"_s, {});
        row("spaces", u"https://x.org/?token=hello%20world%20all"_s, {});
        row("braces alone", u"https://x.org/?token={{data.id}}"_s, {});
        row("a path that leads elsewhere", u"https://hooks.slack.com/services/../api/T000/B000/abcdefghij"_s, {});
        row("a host without a label", u"https://hook.make.com.example/0123456789abcdef"_s, {});
        row("two labels for one", u"https://hook.a.b.make.com/0123456789abcdef"_s, {});
        row("Rootly's base", u"https://webhooks.rootly.com/webhooks/incoming/generic_webhooks"_s, {});
        row("a placeholder that holds what ends a parameter", u"https://x.org/{{default a \"?token=0123456789ab&\"}}"_s,
            {});
        row("half a reference", u"https://x.org/?token=0123456789ab${secret:x}"_s, {u"url/token->x"_s});
        row("other names", u"https://x.org/?api-version=0123456789ab&page=0123456789ab&monkey=0123456789ab"_s, {});
        row("another host", u"https://slack.com/services/T000/B000/abcdefghij"_s, {});
        row("a host that ends alike", u"https://nothooks.slack.com/services/T000/B000/abcdefghij"_s, {});
        row("Slack's API", u"https://hooks.slack.com/api/chat.postMessage"_s, {});
        row("no URL", u"token=0123456789ab"_s, {});
        row("nothing", QString(), {});
        row("unfinished", u"https://x.org/?token"_s, {});
    }

    void findsSecretsOfUrls()
    {
        QFETCH(const QString, url);
        QFETCH(const QStringList, expected);
        QCOMPARE(describe(urlSecretPlaces(url)), expected);
    }

    void aLiftedUrlIsTheSame_data() { findsSecretsOfUrls_data(); }

    void aLiftedUrlIsTheSame()
    {
        QFETCH(const QString, url);
        QFETCH(const QStringList, expected);
        Webhook webhook;
        webhook.id = id;
        webhook.url = url;
        const auto lifted = liftSecrets(webhook);
        const bool isLiteral = std::any_of(expected.begin(), expected.end(),
                                           [](const QString &place) { return !place.contains("->"_L1); });
        QCOMPARE(!lifted.secrets.isEmpty(), isLiteral);
        for (const auto &value : lifted.secrets) {
            QVERIFY2(!lifted.webhook.url.contains(value), qPrintable(lifted.webhook.url));
            QCOMPARE_LT(firstForbiddenByte(value.toUtf8()), 0);
        }
        const auto resolve = [&](const QString &text) {
            return resolveSecretText(text,
                                     [&](const QString &key) -> std::optional<QString> {
                                         return lifted.secrets.value(key, u"known"_s);
                                     })
                .value();
        };
        const auto before = parseHttpUrl(resolve(url), Sentence(u"URL"_s));
        const auto after = parseHttpUrl(resolve(lifted.webhook.url), Sentence(u"URL"_s));
        QCOMPARE(after.isOk(), before.isOk());
        if (before) {
            QCOMPARE(after->text(), before->text());
        }
        QCOMPARE(liftSecrets(lifted.webhook).webhook, lifted.webhook);
    }

    void findsSecretsOfBodies_data()
    {
        addBodies();
        addOddBodies();
    }

    void findsSecretsOfBodies()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, expected);
        QCOMPARE(describe(bodySecretPlaces(text)), expected);
    }

    void aLiftedBodyIsTheSame_data() { findsSecretsOfBodies_data(); }

    void aLiftedBodyIsTheSame()
    {
        QFETCH(const QString, text);
        if (!BodyTemplate::compile(text.toStdString()).bodyTemplate) {
            return; // never saved
        }
        auto before = unlifted(text);
        const auto places = bodySecretPlaces(text);
        auto lifted = liftSecrets(before.webhook);
        QCOMPARE(lifted.secrets.size(), std::count_if(places.begin(), places.end(), [](const SecretPlace &place) {
                     return place.canBeLifted();
                 }));

        // all but the literals is as it was
        QString expected = text;
        for (auto place = places.rbegin(); place != places.rend(); ++place) {
            if (place->canBeLifted()) {
                expected.replace(place->begin, place->length, secretReference(id % u'/' % place->what));
                QCOMPARE(lifted.secrets.value(id % u'/' % place->what), place->value);
            }
        }
        QCOMPARE(lifted.webhook.bodyTemplate, expected);

        // and so is the body
        for (const QString &key : {u"a"_s, u"b"_s, u"e"_s, u"g"_s, u"x"_s}) {
            before.secrets.insert(key, u"known \"1\""_s);
            lifted.secrets.insert(key, u"known \"1\""_s);
        }
        const auto bodyBefore = parseJson(QByteArray::fromStdString(rendered(before)));
        const auto bodyAfter = parseJson(QByteArray::fromStdString(rendered(lifted)));
        QVERIFY2(bodyBefore.isOk(), rendered(before).c_str());
        QVERIFY2(bodyAfter.isOk(), rendered(lifted).c_str());
        if (!text.contains("\\u0041"_L1)) { // an escape that nobody needs is not written again
            QCOMPARE(*bodyAfter, *bodyBefore);
        }
        QCOMPARE(liftSecrets(lifted.webhook).webhook, lifted.webhook);
    }

    void keepsBytesOfASimpleBody()
    {
        const auto text = u"{\n\t\"token\" :\"0123456789ab\" , \"x\":  \"\\u00e9\" }\r\n"_s;
        const auto lifted = liftSecrets(unlifted(text).webhook);
        QCOMPARE(lifted.secrets.size(), 1);
        QCOMPARE(rendered(lifted), rendered(unlifted(text)));
    }

    void liftsFromATokenEndpointsUrl()
    {
        Webhook webhook;
        webhook.id = id;
        webhook.url = u"https://x.org/?token=0123456789ab"_s;
        webhook.oauth =
            OAuthClientCredentials{.clientId = u"a"_s, .clientSecret = {}, .tokenEndpointUrl = {}, .scopes = {}};
        webhook.oauth->tokenEndpointUrl = u"https://id.example/token?api_key=0123456789cd"_s;
        const auto lifted = liftSecrets(webhook);
        QCOMPARE(lifted.webhook.oauth->tokenEndpointUrl,
                 u"https://id.example/token?api_key=${secret:%1/oauth/url/api_key}"_s.arg(id));
        QCOMPARE(lifted.secrets.value(id + u"/oauth/url/api_key"_s), u"0123456789cd"_s);
        QCOMPARE(lifted.secrets.size(), 2);
    }

    void keepsAsTextWhatIsChosen()
    {
        Webhook webhook =
            unlifted(QString::fromUtf8(R"({"token": "0123456789ab", "a": {"token": "0123456789cd"}})")).webhook;
        webhook.url = u"https://x.org/?token=0123456789ef&sig=0123456789ab"_s;
        const auto lifted = liftSecrets(webhook, {}, {}, {u"url/token"_s, u"body/a.token"_s});
        QCOMPARE(lifted.webhook.url, u"https://x.org/?token=0123456789ef&sig=${secret:%1/url/sig}"_s.arg(id));
        QCOMPARE(lifted.webhook.bodyTemplate,
                 QString::fromUtf8(R"({"token": "${secret:%1/body/token}", "a": {"token": "0123456789cd"}})").arg(id));
        QCOMPARE(lifted.secrets,
                 (QHash<QString, QString>{{id + u"/url/sig"_s, u"0123456789ab"_s},
                                          {id + u"/body/token"_s, u"0123456789ab"_s}}));
    }

    void saysOnceWhatStaysReadable()
    {
        const auto webhook = unlifted(u"{\n \"é\": 1, \"token\": 123456789012,\n"
                                      "\"credentials\": {\"user\": \"administrator\"}}"_s)
                                 .webhook;
        QVERIFY(liftSecrets(webhook).secrets.isEmpty());
        const auto both = readableSecrets(webhook);
        QCOMPARE(both.size(), 1);
        QCOMPARE(both.constFirst().severity, Severity::Warning);
        QCOMPARE(both.constFirst().field, u"body_template"_s);
        QVERIFY2(both.constFirst().message.startsWith("\"token\" looks like a secret and stays readable, because"_L1),
                 qPrintable(both.constFirst().message));
        QVERIFY2(both.constFirst().message.contains("1 more"_L1), qPrintable(both.constFirst().message));
        QCOMPARE(both.constFirst().position.line, 2);
        QCOMPARE(both.constFirst().position.column, 19);

        const auto one = readableSecrets(webhook, {u"body/token"_s});
        QCOMPARE(one.size(), 1);
        QVERIFY2(one.constFirst().message.startsWith("\"user\""_L1), qPrintable(one.constFirst().message));
        QVERIFY2(!one.constFirst().message.contains("more like"_L1), qPrintable(one.constFirst().message));
        QVERIFY(readableSecrets(webhook, {u"body/token"_s, u"body/credentials.user"_s}).isEmpty());
        QVERIFY(readableSecrets(unlifted(u"{\"token\": \"0123456789ab\"}"_s).webhook).isEmpty());
    }

    void aNewSecretNeverTakesTheKeyOfAnother()
    {
        const auto key = QString(id + u"/body/token"_s);
        const auto lifted =
            liftSecrets(unlifted(u"{\"old\": \"${secret:%1}\", \"token\": \"0123456789ab\"}"_s.arg(key)).webhook);
        QCOMPARE(lifted.secrets, (QHash<QString, QString>{{key + u"_2"_s, u"0123456789ab"_s}}));
        QCOMPARE(lifted.webhook.bodyTemplate, u"{\"old\": \"${secret:%1}\", \"token\": \"${secret:%1_2}\"}"_s.arg(key));
    }

    void longAndOddNamesMakeKeys()
    {
        const auto name = QString(QString(300, u'x') % u"-token"_s);
        const auto lifted =
            liftSecrets(unlifted(u"{\"%1\": \"0123456789ab\", \"é/😀 token\": \"0123456789cd\"}"_s.arg(name)).webhook);
        QCOMPARE(lifted.secrets.size(), 2);
        for (auto secret = lifted.secrets.begin(); secret != lifted.secrets.end(); ++secret) {
            QVERIFY2(isSecretKey(secret.key() % u"/1000"_s), qPrintable(secret.key()));
        }
    }

    void typedSecretsTakeThePlaceOfReferences()
    {
        Webhook webhook = unlifted(u"{\"routing_key\": \"${secret:mine}\", \"b\": \"${secret:other}\"}"_s).webhook;
        webhook.url = u"https://hooks.slack.com/services/${secret:path}"_s;
        webhook.headers = {{u"X-Key"_s, u"${secret:mine}"_s}};
        const auto placed = withTypedSecrets(webhook, {{u"mine"_s, u"a \"b\""_s}, {u"path"_s, u"T/B/é"_s}});
        QCOMPARE(placed.webhook.url, u"https://hooks.slack.com/services/${secret:%1/url/path}"_s.arg(id));
        QCOMPARE(placed.webhook.bodyTemplate,
                 u"{\"routing_key\": \"${secret:%1/body/routing_key}\", \"b\": \"${secret:other}\"}"_s.arg(id));
        QCOMPARE(placed.webhook.headers, webhook.headers);
        QCOMPARE(placed.secrets,
                 (QHash<QString, QString>{{id + u"/url/path"_s, u"T/B/%C3%A9"_s},
                                          {id + u"/body/routing_key"_s, u"a \"b\""_s}}));
        QCOMPARE(withTypedSecrets(webhook, {}).webhook, webhook);

        webhook.oauth =
            OAuthClientCredentials{.clientId = u"a"_s, .clientSecret = {}, .tokenEndpointUrl = {}, .scopes = {}};
        webhook.oauth->tokenEndpointUrl = u"https://id.example/token?key=${secret:mine}&x=${secret:other}"_s;
        const auto ofToken = withTypedSecrets(webhook, {{u"mine"_s, u"é"_s}});
        QCOMPARE(ofToken.webhook.oauth->tokenEndpointUrl,
                 u"https://id.example/token?key=${secret:%1/oauth/url/key}&x=${secret:other}"_s.arg(id));
        QCOMPARE(ofToken.secrets.value(id + u"/oauth/url/key"_s), u"%C3%A9"_s);

        const auto referring = withTypedSecrets(webhook, {{u"mine"_s, u"${secret:team/key}"_s}});
        QVERIFY(referring.webhook.bodyTemplate.contains("\"${secret:team/key}\""_L1));
        QVERIFY(referring.secrets.isEmpty());
    }

    void hostileTextsTakeNoLongerThanOthers_data()
    {
        constexpr qsizetype size = 1024 * 1024;
        const auto filled = [](const QString &piece) {
            return piece.repeated(size / piece.size());
        };
        QTest::addColumn<QString>("text");
        QTest::newRow("brackets") << filled(u"["_s);
        QTest::newRow("objects") << filled(u"{\"token\":"_s);
        QTest::newRow("deep long names") << QString(u"{\"%1\":"_s.arg(QString(1000, u'n')).repeated(500)
                                                    % filled(u"\"token\":\"0123456789ab\","_s).left(500000));
        QTest::newRow("many strings in depth")
            << QString(u"{\"n\":"_s.repeated(390) % u"["_s % filled(u"\"a\","_s)).left(size);
        QTest::newRow("many blocks in a string")
            << QString(u"{\"token\":\""_s % filled(u"a{{#if a}}\"{{else}}\"b{{/if}}"_s)).left(size);
        QTest::newRow("semicolons") << filled(u";"_s);
        QTest::newRow("ampersands") << filled(u"&"_s);
        QTest::newRow("numbers") << QString(u"{\"token\":["_s % filled(u"123456789012,"_s)).left(size);
        QTest::newRow("one place often") << QString(u"{"_s % filled(u"\"token\":\"0123456789ab\","_s).left(size - 1));
        QTest::newRow("blocks") << filled(u"{{#if a}}"_s);
        QTest::newRow("blocks in depth")
            << QString(u"{\"a\":"_s.repeated(400) % filled(u"{{#if a}}1{{/if}}"_s)).left(size);
        QTest::newRow("opened braces") << filled(u"{{["_s);
        QTest::newRow("names in brackets that never close") << filled(u"{{[}}"_s);
        QTest::newRow("long comments") << filled(u"{{!-- -- "_s);
        QTest::newRow("quotes in braces") << filled(u"{{\"'"_s);
        QTest::newRow("backslashes") << QString(u"{\"a\":\"{"_s % filled(u"\\"_s)).left(size);
        QTest::newRow("secrets") << filled(u"${secret:"_s);
    }

    void hostileTextsTakeNoLongerThanOthers()
    {
        QFETCH(const QString, text);
        const auto url = QString(u"https://x.org/"_s % text % u'?' % text);
        QElapsedTimer timer;
        timer.start();
        const auto body = bodySecretPlaces(text);
        qInfo("body %lld ms, %lld places", timer.restart(), qlonglong(body.size()));
        const auto places = urlSecretPlaces(url);
        qInfo("url %lld ms, %lld places", timer.elapsed(), qlonglong(places.size()));
        QCOMPARE_LE(body.size(), text.size());
        QCOMPARE_LE(places.size(), text.size());
    }
};

QTEST_GUILESS_MAIN(TestSecretPlaces)
#include "tst_secretplaces.moc"
