// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretlifting.h"
#include "secrettext.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto id = u"6f1c0b1e-2f0a-4a55-9d0e-0d9d0f0b5b11"_s;

Webhook webhookWith(const QString &name, const QString &value)
{
    Webhook webhook;
    webhook.id = id;
    webhook.name = u"datadog-alerts"_s;
    webhook.url = u"https://example.org/"_s;
    webhook.headers = {{name, value}};
    return webhook;
}

} // namespace

class TestSecretLifting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void liftsHeaders_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("lifted");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("secret");

        const auto key = [](const QString &name) {
            return QString(id + u"/header/"_s + name);
        };
        const auto whole = [](const QString &lifted) {
            return QString(u"${secret:"_s + lifted + u"}"_s);
        };
        const auto row = [&](const char *what, const QString &name, const QString &value, const QString &scheme,
                             const QString &secret) {
            QTest::newRow(what) << name << value << QString(scheme + whole(key(name))) << key(name) << secret;
        };
        const auto stays = [](const char *what, const QString &name, const QString &value) {
            QTest::newRow(what) << name << value << value << QString() << QString();
        };

        row("a key", u"DD-API-KEY"_s, u"0123456789"_s, u""_s, u"0123456789"_s);
        row("spelt otherwise", u"dd-api-key"_s, u"0123456789"_s, u""_s, u"0123456789"_s);
        row("bearer", u"Authorization"_s, u"Bearer abc.def"_s, u"Bearer "_s, u"abc.def"_s);
        row("bearer in lower case", u"authorization"_s, u"bearer abc"_s, u"bearer "_s, u"abc"_s);
        row("bearer with two spaces", u"Authorization"_s, u"Bearer  abc"_s, u"Bearer  "_s, u"abc"_s);
        row("basic", u"Authorization"_s, u"Basic dTpw"_s, u"Basic "_s, u"dTpw"_s);
        row("Splunk", u"Authorization"_s, u"Splunk 1-2-3"_s, u"Splunk "_s, u"1-2-3"_s);
        row("PagerDuty", u"Authorization"_s, u"Token token=abc"_s, u"Token "_s, u"token=abc"_s);
        row("Opsgenie", u"Authorization"_s, u"GenieKey abc"_s, u"GenieKey "_s, u"abc"_s);
        row("scheme in another header", u"X-Secret"_s, u"Bearer abc"_s, u"Bearer "_s, u"abc"_s);
        row("a first word that is no scheme", u"Authorization"_s, u"correct horse"_s, u""_s, u"correct horse"_s);
        row("a scheme alone", u"Authorization"_s, u"Bearer"_s, u""_s, u"Bearer"_s);
        row("a scheme and a space", u"Authorization"_s, u"Bearer "_s, u""_s, u"Bearer "_s);
        row("marked", u"X-Plain"_s, u"value"_s, u""_s, u"value"_s);
        row("emoji and quotes", u"X-Plain"_s, u"\"🔔\""_s, u""_s, u"\"🔔\""_s);
        row("an escaped reference", u"X-Plain"_s, u"a$${secret:x}"_s, u""_s, u"a${secret:x}"_s);
        row("a faulty reference", u"X-Plain"_s, u"a${secret:"_s, u""_s, u"a${secret:"_s);

        stays("a reference", u"DD-API-KEY"_s, u"${secret:mine}"_s);
        stays("a reference after a scheme", u"Authorization"_s, u"Bearer ${secret:mine}"_s);
        stays("a reference and more", u"X-Plain"_s, u"a${secret:mine}b"_s);
        stays("nothing", u"DD-API-KEY"_s, u""_s);
        stays("an ordinary header", u"Content-Type"_s, u"application/json"_s);

        QTest::newRow("characters that a key does not know")
            << u"x-plain!#$%&'*+^`|~"_s << u"value"_s
            << whole(id + u"/header/x-plain/21/23/24/25/26/27/2a/2b/5e/60/7c/7e"_s)
            << QString(id + u"/header/x-plain/21/23/24/25/26/27/2a/2b/5e/60/7c/7e"_s) << u"value"_s;
    }

    void liftsHeaders()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const QString, lifted);
        QFETCH(const QString, key);
        QFETCH(const QString, secret);
        const auto webhook = webhookWith(name, value);
        const auto result = liftSecrets(webhook, {u"x-plain"_s, u"x-secret"_s, u"x-plain!#$%&'*+^`|~"_s});
        QCOMPARE(result.webhook.headers, (QList<Header>{{name, lifted}}));
        QCOMPARE(result.secrets,
                 key.isEmpty() ? (QHash<QString, QString>{}) : (QHash<QString, QString>{{key, secret}}));
        QVERIFY(key.isEmpty() || isSecretKey(key));

        // what the request will carry is what was typed
        const auto resolved = resolveSecretText(lifted, [&](const QString &wanted) -> std::optional<QString> {
            return result.secrets.contains(wanted) ? result.secrets.value(wanted) : u"already there"_s;
        });
        QVERIFY(resolved.isOk());
        if (!key.isEmpty()) {
            QVERIFY(resolved->endsWith(secret));
        }

        // and lifting again changes nothing
        const auto again = liftSecrets(result.webhook, {u"x-plain"_s, u"x-secret"_s, u"x-plain!#$%&'*+^`|~"_s});
        QCOMPARE(again.webhook, result.webhook);
        QVERIFY(again.secrets.isEmpty());
    }

    void marksDecide_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isMarked");
        QTest::addColumn<bool>("isPlain");
        QTest::addColumn<bool>("isLifted");
        QTest::newRow("looks secret") << u"X-Api-Key"_s << false << false << true;
        QTest::newRow("looks secret, said to be plain") << u"X-Api-Key"_s << false << true << false;
        QTest::newRow("looks plain") << u"X-Colour"_s << false << false << false;
        QTest::newRow("looks plain, marked") << u"X-Colour"_s << true << false << true;
        QTest::newRow("both marks: the safe one") << u"X-Colour"_s << true << true << true;
    }

    void marksDecide()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isMarked);
        QFETCH(const bool, isPlain);
        QFETCH(const bool, isLifted);
        const QSet<QString> names{name.toLower()};
        const auto result = liftSecrets(webhookWith(name, u"value"_s), isMarked ? names : QSet<QString>{},
                                        isPlain ? names : QSet<QString>{});
        QCOMPARE(!result.secrets.isEmpty(), isLifted);
        QCOMPARE(result.webhook.headers.first().value == u"value"_s, !isLifted);
    }

    void differentNamesHaveDifferentKeys()
    {
        const QStringList names{u"X-Key"_s,
                                u"X-Key!"_s,
                                u"X-Key-21"_s,
                                u"X-Key21"_s,
                                u"X-Key_21"_s,
                                u"X-Key.21"_s,
                                u"X_Key"_s,
                                QString(200, u'a') + u"-Key"_s,
                                QString(201, u'a') + u"-Key"_s};
        Webhook webhook = webhookWith(u"A-Key"_s, u"value"_s);
        QSet<QString> marks;
        for (const auto &name : names) {
            webhook.headers.append({name, name});
            marks.insert(name.toLower());
        }
        const auto result = liftSecrets(webhook, marks);
        QCOMPARE(result.secrets.size(), names.size() + 1);
        for (const auto &header : result.webhook.headers) {
            const auto key = soleSecretKey(header.value);
            QVERIFY2(key.has_value(), qPrintable(header.name));
            QVERIFY(isSecretKey(*key));
            QVERIFY(key->startsWith(id));
        }
    }

    void liftsTheOtherSecrets()
    {
        Webhook webhook = webhookWith(u"X-Colour"_s, u"blue"_s);
        webhook.oauth = OAuthClientCredentials{.clientId = u"client"_s,
                                               .clientSecret = u"client secret"_s,
                                               .tokenEndpointUrl = u"https://example.org/token"_s,
                                               .scopes = {u"a"_s},
                                               .parameters = {{u"audience"_s, u"https://example.org/"_s},
                                                              {u"client_assertion"_s, u"e30.e30.AAAA"_s},
                                                              {u"api_key"_s, u"0123456789"_s}}};
        webhook.signingSecret = u"whsec_AAAA"_s;
        webhook.previousSigningSecret = u"whsec_BBBB"_s;
        webhook.clientCertificate = u"-----BEGIN CERTIFICATE-----"_s;
        webhook.clientKey = u"-----BEGIN PRIVATE KEY-----\nAAAA\n"_s;
        const auto result = liftSecrets(webhook);

        Webhook expected = webhook;
        expected.oauth->clientSecret = u"${secret:%1/oauth/client_secret}"_s.arg(id);
        expected.oauth->parameters[1].value = u"${secret:%1/oauth/parameter/client_assertion}"_s.arg(id);
        expected.oauth->parameters[2].value = u"${secret:%1/oauth/parameter/api_key}"_s.arg(id);
        expected.signingSecret = u"${secret:%1/signing/secret}"_s.arg(id);
        expected.previousSigningSecret = u"${secret:%1/signing/previous_secret}"_s.arg(id);
        expected.clientKey = u"${secret:%1/tls/client_key}"_s.arg(id);
        QCOMPARE(result.webhook, expected);
        QCOMPARE(result.secrets,
                 (QHash<QString, QString>{{id + u"/oauth/client_secret"_s, u"client secret"_s},
                                          {id + u"/oauth/parameter/client_assertion"_s, u"e30.e30.AAAA"_s},
                                          {id + u"/oauth/parameter/api_key"_s, u"0123456789"_s},
                                          {id + u"/signing/secret"_s, u"whsec_AAAA"_s},
                                          {id + u"/signing/previous_secret"_s, u"whsec_BBBB"_s},
                                          {id + u"/tls/client_key"_s, u"-----BEGIN PRIVATE KEY-----\nAAAA\n"_s}}));
        QVERIFY(liftSecrets(result.webhook).secrets.isEmpty());
        QCOMPARE(referencedKeys(result.webhook),
                 (QStringList{id + u"/oauth/client_secret"_s, id + u"/oauth/parameter/client_assertion"_s,
                              id + u"/oauth/parameter/api_key"_s, id + u"/signing/secret"_s,
                              id + u"/signing/previous_secret"_s, id + u"/tls/client_key"_s}));
    }

    void aNewSigningSecretLeavesThePreviousOneWhereItIs()
    {
        Webhook webhook = webhookWith(u"X-Colour"_s, u"blue"_s);
        webhook.signingSecret = u"first"_s;
        webhook = liftSecrets(webhook).webhook;
        for (const QString &next : {u"second"_s, u"third"_s, u"fourth"_s}) {
            webhook.previousSigningSecret = webhook.signingSecret;
            webhook.signingSecret = next;
            const auto lifted = liftSecrets(webhook);
            QCOMPARE(lifted.secrets.size(), 1);
            QVERIFY(!webhook.previousSigningSecret.contains(lifted.secrets.constBegin().key() + u'}'));
            QCOMPARE(referencedKeys(lifted.webhook).size(), 2);
            webhook = lifted.webhook;
        }
    }

    void aRenamedWebhookKeepsItsKeys()
    {
        Webhook webhook = webhookWith(u"DD-API-KEY"_s, u"value"_s);
        const auto before = liftSecrets(webhook);
        webhook.name = u"another name"_s;
        const auto after = liftSecrets(webhook);
        QCOMPARE(after.secrets, before.secrets);
    }

    void findsEveryReference()
    {
        Webhook webhook = webhookWith(u"A"_s, u"Bearer ${secret:header}"_s);
        webhook.headers.append({u"B"_s, u"${secret:again}${secret:header}"_s});
        webhook.url = u"https://example.org/${secret:url}?token=${secret:again}"_s;
        webhook.bodyTemplate = u"{\"key\": \"${secret:body}\", \"text\": \"$${secret:none}\"}"_s;
        webhook.oauth = OAuthClientCredentials{.clientId = u"${secret:client}"_s,
                                               .clientSecret = u"${secret:client_secret}"_s,
                                               .tokenEndpointUrl = u"https://example.org/${secret:token_url}"_s,
                                               .scopes = {u"a"_s, u"${secret:scope}"_s},
                                               .parameters = {{u"resource"_s, u"${secret:parameter}"_s}}};
        webhook.signingSecret = u"${secret:signing}"_s;
        webhook.previousSigningSecret = u"${secret:previous}"_s;
        webhook.clientCertificate = u"${secret:certificate}"_s;
        webhook.clientKey = u"${secret:key}"_s;
        QCOMPARE(
            referencedKeys(webhook),
            (QStringList{u"url"_s, u"again"_s, u"header"_s, u"body"_s, u"client"_s, u"client_secret"_s, u"token_url"_s,
                         u"scope"_s, u"parameter"_s, u"signing"_s, u"previous"_s, u"certificate"_s, u"key"_s}));
        QCOMPARE(referencedKeys(Webhook{}), QStringList{});
    }
};

QTEST_GUILESS_MAIN(TestSecretLifting)
#include "tst_secretlifting.moc"
