// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshsecrets.h"
#include "secretreferences.h"
#include "secrettext.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestSecretReferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nameTheirFields()
    {
        Webhook webhook;
        webhook.url = u"https://localhost/${secret:url/path}?k=${secret:shared}"_s;
        webhook.headers = {{u"X-Plain"_s, u"$${secret:literal}"_s}, {u"X-Key"_s, u"${secret:shared}"_s}};
        webhook.bodyTemplate = u"{\"routing_key\": \"${secret:body}\"}"_s;
        webhook.oauth = OAuthClientCredentials{.clientId = u"me"_s,
                                               .clientSecret = u"${secret:oauth}"_s,
                                               .tokenEndpointUrl = u"https://localhost/token"_s,
                                               .scopes = {},
                                               .parameters = {{u"audience"_s, u"${secret:audience}"_s}}};
        webhook.signingSecret = u"${secret:signing}"_s;
        webhook.previousSigningSecret = u"${secret:previous}"_s;
        webhook.clientKey = u"${secret:key}"_s;
        webhook.customValidationErrorMessage = u"${secret:not-here}"_s;
        const QList<SecretReference> expected{
            {u"type.http_request.url"_s, u"url/path"_s},
            {u"type.http_request.url"_s, u"shared"_s},
            {u"type.http_request.headers.X-Key"_s, u"shared"_s},
            {u"body_template"_s, u"body"_s},
            {u"authentication_config.oauth.client_secret"_s, u"oauth"_s},
            {u"authentication_config.oauth.parameters.audience"_s, u"audience"_s},
            {u"signing.secret"_s, u"signing"_s},
            {u"signing.previous_secret"_s, u"previous"_s},
            {u"tls.client_key"_s, u"key"_s},
        };
        const auto found = secretReferences(webhook);
        QCOMPARE(found.size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i) {
            QCOMPARE(found.at(i).field, expected.at(i).field);
            QCOMPARE(found.at(i).key, expected.at(i).key);
        }
    }

    void areRenamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("renamed");
        QTest::newRow("one") << u"Bearer ${secret:a/x}"_s << u"Bearer ${secret:b/x}"_s;
        QTest::newRow("two") << u"${secret:a/x}${secret:a/y}"_s << u"${secret:b/x}${secret:a/y}"_s;
        QTest::newRow("literal beside") << u"$${secret:a/x} ${secret:a/x}"_s << u"$${secret:a/x} ${secret:b/x}"_s;
        QTest::newRow("only literal") << u"$${secret:a/x}"_s << u"$${secret:a/x}"_s;
        QTest::newRow("other dollars") << u"$ $$ ${HOME} ${secret:a/x}$"_s << u"$ $$ ${HOME} ${secret:b/x}$"_s;
        QTest::newRow("faulty") << u"${secret:a/x"_s << u"${secret:a/x"_s;
        QTest::newRow("none") << u"a/x"_s << u"a/x"_s;
    }

    void areRenamed()
    {
        QFETCH(const QString, text);
        Webhook webhook;
        webhook.headers = {{u"X-Key"_s, text}};
        QTEST(withRenamedSecrets(webhook, {{u"a/x"_s, u"b/x"_s}}).headers.at(0).value, "renamed");
    }

    void areLiftedAfresh()
    {
        WebhookInput input;
        input.webhook.id = u"w"_s;
        input.webhook.headers = {{u"X-Api-Key"_s, u"a-new-value"_s}, {u"X-Token"_s, u"${secret:team/key}"_s}};
        input.webhook.bodyTemplate = u"{\"key\": \"${secret:w/header/X-Api-Key}\", \"home\": \"${HOME}\"}"_s;
        const LiftedWebhook lifted = liftAfresh(input, {}, 7);
        QCOMPARE(lifted.secrets, (QHash<QString, QString>{{u"w/header/X-Api-Key/7"_s, u"a-new-value"_s}}));
        Webhook expected = input.webhook;
        expected.headers[0].value = u"${secret:w/header/X-Api-Key/7}"_s;
        QCOMPARE(lifted.webhook, expected); // the body still refers to what it did
    }

    void areTypedAfresh()
    {
        WebhookInput input;
        input.webhook.id = u"w"_s;
        input.webhook.url = u"https://localhost/?token=${secret:w/url/query/token}&sig=${secret:w/url/query/sig}"_s;
        input.webhook.headers = {{u"X-Token"_s, u"${secret:w/url/query/token}"_s}};
        input.typedSecrets = {{u"w/url/query/token"_s, u"a-typed-value"_s},
                              {u"w/url/query/sig"_s, u"${secret:team/key}"_s}};
        const LiftedWebhook lifted = liftAfresh(input, {}, 7);
        QCOMPARE(lifted.secrets.values(), QStringList{u"a-typed-value"_s});
        const QString key = lifted.secrets.constBegin().key();
        QVERIFY2(key.startsWith("w/"_L1) && key.endsWith("/7"_L1), qPrintable(key));
        QCOMPARE(lifted.webhook.url, u"https://localhost/?token=${secret:%1}&sig=${secret:team/key}"_s.arg(key));
        QCOMPARE(lifted.webhook.headers, input.webhook.headers); // it refers to what it did
    }

    void haveFreshKeysThatAreNotTooLong()
    {
        const QString id = u"6f1c0b1e-2f0a-4a55-9d0e-0d9d0f0b5b11"_s;
        const QString longest = id + '/'_L1 + u"x"_s.repeated(91);
        QCOMPARE(longest.size(), 128);
        QCOMPARE(freshKey(id, id + "/url"_L1, 12), id + "/url/12"_L1);
        const QString shortened = freshKey(id, longest, 123'456'789'012);
        QVERIFY2(isSecretKey(shortened), qPrintable(shortened));
        QVERIFY(isOwnSecret(id, shortened));
        QVERIFY(shortened != freshKey(id, longest.chopped(1) + 'y'_L1, 123'456'789'012));
        QVERIFY(isForTheSame(shortened, freshKey(id, longest, 13'456'789'012)));
        QVERIFY(isForTheSame(u"w/header/X"_s, u"w/header/X/3"_s));
        QVERIFY(!isForTheSame(u"w/header/X/3"_s, u"w/header/Y/3"_s));
    }

    void keepASecret()
    {
        const auto storedWith = [](const QString &url) {
            StoredWebhook stored;
            stored.webhook.url = url;
            return stored;
        };
        QCOMPARE(unreferenced({u"a"_s, u"b"_s, u"c"_s},
                              {storedWith(u"https://x/${secret:b}"_s), storedWith(u"https://x/$${secret:c}"_s)}),
                 (QStringList{u"a"_s, u"c"_s}));
    }

    void belongToOneWebhook()
    {
        QVERIFY(isOwnSecret(u"6f1c"_s, u"6f1c/header/X"_s));
        QVERIFY(!isOwnSecret(u"6f1c"_s, u"6f1c2/header/X"_s));
        QVERIFY(!isOwnSecret({}, u"/header/X"_s));
    }
};

QTEST_GUILESS_MAIN(TestSecretReferences)
#include "tst_secretreferences.moc"
