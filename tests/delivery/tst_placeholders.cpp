// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"
#include "readablesecrets.h"
#include "requestbuilder.h"
#include "secretlifting.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

InvocationRequest requestTo(const QString &url, const Json &data = Json::object())
{
    InvocationRequest made;
    made.webhook.name = u"pager"_s;
    made.webhook.url = url;
    made.webhook.bodyTemplate = u"{\"id\": \"{{@delivery.id}}\"}"_s;
    made.event = Json{{"data", data}};
    made.secrets = {{u"token"_s, u"T00/B00%2f"_s}};
    return made;
}

Json data()
{
    return {{"type", "postgresql"},
            {"status", "Error"},
            {"name", "ä b&c?d#e%f"},
            {"unreserved", "-._~aZ09"},
            {"slash", "a/b\\c"},
            {"dots", ".."},
            {"dot", "."},
            {"empty", ""},
            {"climbing", "../admin"},
            {"injected", "${secret:token}"},
            {"list", Json::array_t{"a", "b"}},
            {"quote", "a\"b"},
            {"tab", "a\tb"}};
}

QByteArray field(const HttpFields &fields, const QByteArray &name)
{
    for (const auto &[key, value] : fields) {
        if (key == name) {
            return value;
        }
    }
    return "absent";
}

} // namespace

/// Placeholders in the URL's path and query and in the values of headers (RFC 3986 §2 and §3.3, RFC 9110 §5.5).
class TestPlaceholders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("target");
        const auto row = [](const char *url, const char *target) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(target);
        };
        row("https://t.test/a/{{data.type}}/b", "/a/postgresql/b");
        row("https://t.test/{{data.name}}", "/%C3%A4%20b%26c%3Fd%23e%25f");
        row("https://t.test/?n={{data.name}}&s={{lower data.status}}", "/?n=%C3%A4%20b%26c%3Fd%23e%25f&s=error");
        row("https://t.test?n={{data.unreserved}}", "/?n=-._~aZ09");
        row("https://t.test/x?p={{data.slash}}{{data.gone}}{{data.dots}}", "/x?p=a%2Fb%5Cc..");
        row("https://t.test/x{{#if (eq data.status \"Error\")}}/down{{else}}/up{{/if}}", "/x/down");
        row("https://t.test/x{{#if data.gone}}?a{{/if}}/{{data.type}}", "/x/postgresql");
        row("https://t.test/{{data.dots}}.{{data.type}}", "/...postgresql");
        row("https://t.test/{{default data.gone \"none\"}}/%7e", "/none/%7e");
        row("https://t.test/{{data.injected}}", "/%24%7Bsecret%3Atoken%7D");
        row("https://t.test/${secret:token}/{{data.type}}?a={{data.injected}}",
            "/T00/B00%2f/postgresql?a=%24%7Bsecret%3Atoken%7D");
        row("https://t.test/\\{{x}}/{{@webhook.name}}/{{@delivery.attempt}}/{{@delivery.test}}",
            "/%7B%7Bx%7D%7D/pager/4/false");
    }

    void writesUrls()
    {
        QFETCH(QString, url);
        QFETCH(QString, target);
        auto request = requestTo(url, data());
        request.attempt = 4;
        request.isDelivery = true;
        const auto result = prepareRequest(request);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY2(!error, error ? qPrintable(error->message.text()) : "");
        const auto &made = std::get<PreparedRequest>(result);
        QCOMPARE(QString::fromLatin1(made.http.url.target), target);
        QCOMPARE(made.shown.url.contains(u"T00"_s), false);
    }

    // What would lead to another resource is not sent; neither is what is no URL any more.
    void refusesValues_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("column");
        const auto row = [](const char *url, const char *said, int column) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(said) << column;
        };
        row("https://t.test/a/{{data.gone}}", "is empty", 18);
        row("https://t.test/a/{{data.empty}}/b", "is empty", 18);
        row("https://t.test/a/{{data.dots}}", "segment of dots", 18);
        row("https://t.test/a/{{data.dots}}/b?c", "segment of dots", 18);
        row("https://t.test/.{{data.dot}}/b", "segment of dots", 17);
        row("https://t.test/%2e{{data.dot}}", "segment of dots", 19);
        row("https://t.test/x%2F{{data.dots}}", "segment of dots", 20);
        row("https://t.test/x%5c{{data.dots}}%2Fy", "segment of dots", 20);
        row("https://t.test/{{data.dots}}?x", "segment of dots", 16);
        row("https://t.test/a/{{data.slash}}", "holds a slash", 18);
        row("https://t.test/a/{{data.climbing}}", "holds a slash", 18);
        row("https://t.test/a/x{{join data.list \"/\"}}", "holds a slash", 19);
    }

    void refusesValues()
    {
        QFETCH(QString, url);
        QFETCH(QString, said);
        QFETCH(int, column);
        const auto result = prepareRequest(requestTo(url, data()));
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QVERIFY(error->kind == ErrorKind::Template);
        QCOMPARE(error->field, u"type.http_request.url"_s);
        QVERIFY2(error->message.text().contains(said), qPrintable(error->message.text()));
        QCOMPARE(error->position.column, column);
    }

    void refusesHosts_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url :
             {"https://{{data.host}}/x", "https://t.{{data.host}}", "https://t.test:{{data.port}}/x",
              "{{data.scheme}}://t.test/x", "https://t.test{{data.path}}", "https:{{data.rest}}",
              "https://{{#if data.x}}a{{else}}b{{/if}}.test/x", "https://t.test{{! nothing }}{{data.x}}?a",
              "https://{{!/}}{{data.host}}/x", "https://t{{!-- / --}}{{data.host}}/x",
              "https://t{{!?}}{{#if data.host}}a{{/if}}/x", "{{! https://t.test/ }}{{data.url}}"}) {
            QTest::newRow(url) << QString::fromUtf8(url);
        }
    }

    void refusesHosts()
    {
        QFETCH(QString, url);
        auto request = requestTo(url, data());
        const auto result = prepareRequest(request);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(error->field, u"type.http_request.url"_s);
        const auto problems = checkWebhook(request.webhook);
        QVERIFY(hasErrors(problems));
        QCOMPARE(problems.first().field, u"type.http_request.url"_s);
    }

    void writesHeaders()
    {
        auto request = requestTo(u"https://t.test/"_s, data());
        request.webhook.headers = {{u"X-Status"_s, u"{{upper data.status}} {{count data.list}}"_s},
                                   {u"X-Name"_s, u"{{data.name}}\"{{data.quote}}\""_s},
                                   {u"X-Empty"_s, u"{{data.gone}}"_s},
                                   {u"X-Id"_s, u"{{@delivery.id}}/{{@delivery.test}}"_s},
                                   {u"X-Tab"_s, u"{{data.tab}}"_s},
                                   {u"Authorization"_s, u"Token ${secret:token} {{data.type}}"_s}};
        const auto result = prepareRequest(request);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY2(!error, error ? qPrintable(error->message.text()) : "");
        const auto &made = std::get<PreparedRequest>(result);
        QCOMPARE(field(made.http.fields, "X-Status"), "ERROR 2"_ba);
        QCOMPARE(field(made.http.fields, "X-Name"), "ä b&c?d#e%f\"a\"b\""_ba);
        QCOMPARE(field(made.http.fields, "X-Empty"), ""_ba);
        QCOMPARE(field(made.http.fields, "X-Tab"), "a\tb"_ba);
        QCOMPARE(field(made.http.fields, "Authorization"), "Token T00/B00%2f postgresql"_ba);
        const auto id = field(made.http.fields, "webhook-id");
        QVERIFY(id.startsWith("test_"));
        QCOMPARE(field(made.http.fields, "X-Id"), id + "/true");
        QCOMPARE(made.http.body, "{\"id\": \"" + id + "\"}");
        for (const auto &header : made.shown.headers) {
            QVERIFY2(!header.value.contains(u"T00"_s), qPrintable(header.name));
        }
    }

    void refusesControlCharactersInHeaders_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("line feed") << u"a\nb"_s;
        QTest::newRow("carriage return") << u"a\r\nX-Other: 1"_s;
        QTest::newRow("null") << QString(u"a"_s + QChar(0) + u'b');
        QTest::newRow("escape") << u"\u001b[1m"_s;
        QTest::newRow("delete") << u"a\u007f"_s;
    }

    void refusesControlCharactersInHeaders()
    {
        QFETCH(QString, value);
        auto request = requestTo(u"https://t.test/"_s, Json{{"name", value.toStdString()}});
        request.webhook.headers = {{u"X-Name"_s, u"{{data.name}}"_s}};
        const auto result = prepareRequest(request);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QVERIFY(error->kind == ErrorKind::Template);
        QCOMPARE(error->field, u"type.http_request.headers.X-Name"_s);
    }

    // What an event holds at an end is not taken off in silence.
    void refusesLineEndsOfEvents()
    {
        for (const char *value : {"abc\n", "\r\n\r\n", "\x0b", "\nabc"}) {
            auto request = requestTo(u"https://t.test/"_s, Json{{"name", value}});
            request.webhook.headers = {{u"X-Name"_s, u"{{data.name}}"_s}};
            const auto result = prepareRequest(request);
            const auto *error = std::get_if<InvocationError>(&result);
            QVERIFY(error);
            QVERIFY(error->kind == ErrorKind::Template);
        }
    }

    void saysWhereATextIsWrong()
    {
        Webhook webhook = requestTo(u"https://t.test/{{lowr data.type}}"_s).webhook;
        webhook.headers = {{u"X-Name"_s, u"a {{#if data.name}}"_s}};
        const auto problems = checkWebhook(webhook);
        QCOMPARE(problems.size(), 2);
        QCOMPARE(problems[0].field, u"type.http_request.url"_s);
        QCOMPARE(problems[0].position.column, 18);
        QCOMPARE(problems[1].field, u"type.http_request.headers.X-Name"_s);
        QCOMPARE(problems[1].position.column, 3);
    }

    void aMissingSecretIsNamed()
    {
        auto request = requestTo(u"https://t.test/${secret:gone}/{{data.type}}"_s, data());
        const auto result = prepareRequest(request);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QVERIFY(error->kind == ErrorKind::Secret);
    }

    // A value that depends on the event is no secret to lift.
    void placeholdersAreNotLifted()
    {
        Webhook webhook = requestTo(u"https://t.test/?token={{data.token_of_this}}"_s).webhook;
        webhook.id = u"6f1c2a40-8d5e-4b7b-9a55-0c6f3f0f7a11"_s;
        webhook.headers = {{u"Authorization"_s, u"Bearer {{data.token}}"_s}};
        const auto lifted = liftSecrets(webhook, {}, {}, {});
        QVERIFY(lifted.secrets.isEmpty());
        QCOMPARE(lifted.webhook, webhook);
        // What may be one is said.
        const auto readable = readableSecrets(webhook);
        QCOMPARE(readable.size(), 1);
        QCOMPARE(readable.first().field, u"type.http_request.headers.Authorization"_s);
        webhook.headers = {{u"Authorization"_s, u"Bearer ${secret:token} {{data.id}}"_s}};
        QVERIFY(readableSecrets(webhook).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPlaceholders)
#include "tst_placeholders.moc"
