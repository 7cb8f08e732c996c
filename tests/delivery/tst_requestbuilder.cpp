// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestbuilder.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestRequestBuilder : public QObject
{
    Q_OBJECT

private:
    static InvocationRequest request()
    {
        InvocationRequest made;
        made.webhook.url = u"https://target.test/hook"_s;
        made.webhook.bodyTemplate = u"{\"a\": 1}"_s;
        made.event = Json::object();
        return made;
    }

    static PreparedRequest prepared(const InvocationRequest &made)
    {
        auto result = prepareRequest(made);
        if (const auto *error = std::get_if<InvocationError>(&result)) {
            qWarning().noquote() << error->message;
        }
        return std::get<PreparedRequest>(std::move(result));
    }

    static QByteArray field(const HttpFields &fields, const QByteArray &name)
    {
        for (const auto &[key, value] : fields) {
            if (key == name) {
                return value;
            }
        }
        return {};
    }

    static QString header(const SentRequest &sent, const QString &name)
    {
        for (const auto &header : sent.headers) {
            if (header.name == name) {
                return header.value;
            }
        }
        return {};
    }

private Q_SLOTS:
    void secretsGoOutAndAreNotShown()
    {
        auto made = request();
        made.webhook.url = u"https://target.test/services/${secret:path}/x?token=${secret:query}"_s;
        made.webhook.headers = {{u"Authorization"_s, u"Bearer ${secret:token}"_s},
                                {u"X-Plain"_s, u"id-${secret:short}"_s}};
        made.webhook.bodyTemplate = u"{\"key\": \"${secret:body}\"}"_s;
        made.secrets = {{u"path"_s, u"T00/B00"_s},
                        {u"query"_s, u"a&c=%c3%BC"_s},
                        {u"token"_s, u"tok-123456"_s},
                        {u"short"_s, u"pin"_s},
                        {u"body"_s, u"routing-key"_s}};
        const auto result = prepared(made);
        const auto http = result.complete({});
        QCOMPARE(http.url.text(), "https://target.test/services/T00/B00/x?token=a&c=%c3%BC"_ba);
        QCOMPARE(field(http.fields, "Authorization"), "Bearer tok-123456"_ba);
        QCOMPARE(field(http.fields, "X-Plain"), "id-pin"_ba);
        QCOMPARE(http.body, "{\"key\": \"routing-key\"}"_ba);
        const auto shown = result.shownOf(result.complete({}));
        QCOMPARE(shown.url, u"https://target.test/services/••••••/x?token=••••••"_s);
        QCOMPARE(header(shown, u"Authorization"_s), u"Bearer ••••••"_s);
        QCOMPARE(header(shown, u"X-Plain"_s), u"id-••••••"_s);
        QCOMPARE(shown.body, "{\"key\": \"••••••\"}"_ba);
        QCOMPARE(shown.headers.size(), http.fields.size());
    }

    void literalsInSecretHeadersAreNotShown_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("shown");
        QTest::newRow("bearer") << u"Authorization"_s << u"Bearer literal-token"_s << u"Bearer ••••••"_s;
        QTest::newRow("small letters") << u"authorization"_s << u"Splunk literal-token"_s << u"Splunk ••••••"_s;
        QTest::newRow("no scheme") << u"Authorization"_s << u"literal-token"_s << u"••••••"_s;
        QTest::newRow("short") << u"Authorization"_s << u"Basic ab"_s << u"Basic ••••••"_s;
        QTest::newRow("key") << u"DD-API-KEY"_s << u"literal key"_s << u"••••••"_s;
        QTest::newRow("empty") << u"X-Api-Key"_s << QString() << QString();
        QTest::newRow("plain") << u"X-Team"_s << u"operations"_s << u"operations"_s;
    }

    void literalsInSecretHeadersAreNotShown()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const QString, shown);
        auto made = request();
        made.webhook.headers = {{name, value}};
        const auto result = prepared(made);
        QCOMPARE(field(result.complete({}).fields, name.toLatin1()), value.toUtf8());
        QCOMPARE(header(result.shownOf(result.complete({})), name), shown);
        const auto echoed = result.redaction.redact(value);
        QCOMPARE(echoed, value.size() < 10 ? value : shown);
    }

    void aHeaderThatIsMarkedSecretIsNotShown()
    {
        auto made = request();
        made.webhook.headers = {{u"X-Team"_s, u"operations"_s}, {u"X-Other"_s, u"visible"_s}};
        made.secretHeaders = {u"x-team"_s};
        const auto result = prepared(made);
        QCOMPARE(header(result.shownOf(result.complete({})), u"X-Team"_s), u"••••••"_s);
        QCOMPARE(header(result.shownOf(result.complete({})), u"X-Other"_s), u"visible"_s);
        QCOMPARE(result.redaction.redact(u"operations"_s), u"••••••"_s);
    }

    void aMissingSecretIsNamed_data()
    {
        QTest::addColumn<QString>("field");
        for (const auto *field :
             {"type.http_request.url", "type.http_request.headers.X-Key", "body_template", "tls.client_key",
              "authentication_config.oauth.client_secret", "signing.secret", "signing.previous_secret"}) {
            QTest::newRow(field) << QString::fromLatin1(field);
        }
    }

    void aMissingSecretIsNamed()
    {
        QFETCH(const QString, field);
        const auto reference = u"${secret:some/key}"_s;
        auto made = request();
        if (field.endsWith(u"url"_s)) {
            made.webhook.url += u'/' % reference;
        } else if (field.endsWith(u"X-Key"_s)) {
            made.webhook.headers = {{u"X-Key"_s, reference}};
        } else if (field == u"body_template"_s) {
            made.webhook.bodyTemplate = u"{\"a\": \"%1\"}"_s.arg(reference);
        } else if (field == u"tls.client_key"_s) {
            made.webhook.clientKey = reference;
        } else if (field == u"signing.secret"_s) {
            made.webhook.signingSecret = reference;
        } else if (field == u"signing.previous_secret"_s) {
            made.webhook.signingSecret = u"whsec_AAAA"_s;
            made.webhook.previousSigningSecret = reference;
        } else {
            made.webhook.oauth = OAuthClientCredentials{u"id"_s, reference, u"https://auth.test/token"_s, {}};
        }
        const auto result = prepareRequest(made);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"secret"_s);
        QCOMPARE(error->field, field);
        QVERIFY2(error->message.text().contains(u"some/key"_s), qPrintable(error->message));
    }

    void aSecretThatBreaksItsFieldIsRefusedUnseen_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<bool>("inUrl");
        QTest::newRow("line break in a header") << u"one\r\nX-Injected: two"_s << false;
        QTest::newRow("null in a header") << QString(u"one"_s % QChar(0) % u"two"_s) << false;
        QTest::newRow("space in a URL") << u"one two"_s << true;
        QTest::newRow("user info in a URL") << u"user@elsewhere.test"_s << true;
    }

    void aSecretThatBreaksItsFieldIsRefusedUnseen()
    {
        QFETCH(const QString, secret);
        QFETCH(const bool, inUrl);
        auto made = request();
        made.secrets = {{u"key"_s, secret}};
        if (inUrl) {
            made.webhook.url = u"https://${secret:key}/x"_s;
        } else {
            made.webhook.headers = {{u"X-Key"_s, u"${secret:key}"_s}};
        }
        const auto result = prepareRequest(made);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"secret"_s);
        QVERIFY(!error->message.text().contains(u"two"_s) && !error->message.text().contains(u"elsewhere"_s));
    }

    void aSecretsLastLineBreakIsNotSent()
    {
        auto made = request();
        made.webhook.headers = {{u"X-Key"_s, u"${secret:key}"_s}};
        made.secrets = {{u"key"_s, u"value-1\n"_s}};
        QCOMPARE(field(prepared(made).complete({}).fields, "X-Key"), "value-1"_ba);
    }

    void urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("sent");
        QTest::newRow("no path") << u"https://target.test"_s << u"https://target.test/"_s;
        QTest::newRow("port") << u"https://target.test:8443/a"_s << u"https://target.test:8443/a"_s;
        QTest::newRow("international") << u"https://bücher.test/ü?q=ü"_s
                                       << u"https://xn--bcher-kva.test/%C3%BC?q=%C3%BC"_s;
        QTest::newRow("address") << u"https://[::1]:8443/a"_s << u"https://[::1]:8443/a"_s;
        QTest::newRow("http") << u"http://target.test/"_s << QString();
        QTest::newRow("user info") << u"https://me:you@target.test/"_s << QString();
        QTest::newRow("no host") << u"https:///x"_s << QString();
        QTest::newRow("space") << u"https://target.test/a b"_s << u"https://target.test/a%20b"_s;
        QTest::newRow("space at the end") << u"https://target.test/a "_s << QString();
        QTest::newRow("fragment") << u"https://target.test/a#b"_s << QString();
        QTest::newRow("line break") << u"https://target.test/a\nb"_s << QString();
    }

    void urls()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, sent);
        auto made = request();
        made.webhook.url = url;
        const auto result = prepareRequest(made);
        if (sent.isEmpty()) {
            const auto *error = std::get_if<InvocationError>(&result);
            QVERIFY(error);
            QCOMPARE(error->field, u"type.http_request.url"_s);
            return;
        }
        const auto &good = std::get<PreparedRequest>(result);
        QCOMPARE(QString::fromLatin1(good.http.url.text()), sent);
        QCOMPARE(good.shown.url, sent);
    }

    void signsWithTheIdItIsGiven()
    {
        auto made = request();
        made.webhook.headers = {{u"Webhook-Id"_s, u"mine"_s}};
        made.webhook.signingSecret = u"${secret:signing}"_s;
        made.secrets = {{u"signing"_s, u"v1,whsec_c2lnbmluZy1zZWNyZXQ="_s}};
        made.messageId = u"msg_7"_s;
        const auto fields = prepared(made).complete({}).fields;
        QCOMPARE(field(fields, "webhook-id"), "msg_7"_ba);
        QCOMPARE(field(fields, "Webhook-Id"), QByteArray());
        QVERIFY(field(fields, "webhook-signature").startsWith("v1,"));
        made.messageId.clear();
        const auto id = field(prepared(made).complete({}).fields, "webhook-id");
        QVERIFY(id.startsWith("test_"));
        QCOMPARE_NE(field(prepared(made).complete({}).fields, "webhook-id"), id);
    }

    void saysWhichMessageItIsUnsignedToo()
    {
        auto made = request();
        made.webhook.headers = {{u"Webhook-Id"_s, u"mine"_s}, {u"WEBHOOK-TIMESTAMP"_s, u"1"_s}};
        made.messageId = u"msg_7"_s;
        for (const auto method : {HttpMethod::Post, HttpMethod::Get}) {
            made.webhook.method = method;
            const auto before = QDateTime::currentSecsSinceEpoch();
            const auto result = prepared(made);
            const auto fields = result.complete({}).fields;
            QCOMPARE(field(fields, "webhook-id"), "msg_7"_ba);
            QCOMPARE_GE(field(fields, "webhook-timestamp").toLongLong(), before);
            for (const auto *name : {"Webhook-Id", "WEBHOOK-TIMESTAMP", "webhook-signature"}) {
                QCOMPARE(field(fields, name), QByteArray());
            }
            QCOMPARE(header(result.shownOf(result.complete({})), u"webhook-id"_s), u"msg_7"_s);
        }
        made.messageId.clear();
        QVERIFY(field(prepared(made).complete({}).fields, "webhook-id").startsWith("test_"));
    }

    void aSigningSecretThatIsNoneIsNotSentWith()
    {
        auto made = request();
        made.webhook.signingSecret = u"whsec_AAAA"_s;
        made.webhook.previousSigningSecret = u"${secret:old}"_s;
        made.secrets = {{u"old"_s, u"whsk_0123456789"_s}};
        const auto result = prepareRequest(made);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"secret"_s);
        QCOMPARE(error->field, u"signing.previous_secret"_s);
        QVERIFY(!error->message.text().contains(u"0123456789"_s));
    }

    void signsWithBothWhileASecretIsReplaced()
    {
        auto made = request();
        made.webhook.signingSecret = u"${secret:new}"_s;
        made.webhook.previousSigningSecret = u"${secret:old}"_s;
        made.secrets = {{u"new"_s, u"whsec_dGhlLW5ldy1vbmU="_s}, {u"old"_s, u"dGhlLW9sZC1vbmUh\n"_s}};
        const auto result = prepared(made);
        QCOMPARE(field(result.complete({}).fields, "webhook-signature").count("v1,"), 2);
        QCOMPARE(result.redaction.redact(u"whsec_dGhlLW5ldy1vbmU=, dGhlLW9sZC1vbmUh"_s), u"••••••, ••••••"_s);
    }

    void aTemplateThatIsWrongSaysWhere()
    {
        auto made = request();
        made.webhook.bodyTemplate = u"{\n  \"a\": {{data.name\n}"_s;
        const auto result = prepareRequest(made);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"template"_s);
        QCOMPARE(error->field, u"body_template"_s);
        QVERIFY(error->position.isValid());
    }

    void aBodyThatIsNotJsonIsNotSent()
    {
        auto made = request();
        made.webhook.bodyTemplate = u"{{#if a}}{\"key\": \"${secret:key}\", {{/if}}\"b\": 1}"_s;
        made.secrets = {{u"key"_s, u"s3cr3t-key"_s}};
        const auto result = prepareRequest(made);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"template"_s);
        QVERIFY(error->position.isValid());
        QVERIFY(!error->message.text().contains(u"s3cr3t-key"_s));
    }

    void aBodyThatIsTooLargeIsNotSent()
    {
        auto made = request();
        made.webhook.bodyTemplate = u"{\"a\": \"{{big}}\"}"_s;
        made.event["big"] = std::string(1024 * 1024, 'x');
        const auto result = prepareRequest(made);
        const auto *error = std::get_if<InvocationError>(&result);
        QVERIFY(error);
        QCOMPARE(toString(error->kind), u"too_large"_s);
        made.event["big"] = std::string(1024 * 1024 - 9, 'x');
        QCOMPARE(prepared(made).http.body.size(), 1024 * 1024);
    }
};

QTEST_GUILESS_MAIN(TestRequestBuilder)
#include "tst_requestbuilder.moc"
