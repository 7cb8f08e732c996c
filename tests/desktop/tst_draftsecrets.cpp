// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "webhookdraft.h"

#include <QSignalSpy>
#include <QTest>

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

} // namespace

/// What a draft knows of the secrets in URL, body template and token endpoint's URL.
class TestDraftSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForAPresetsSecrets();
    void remembersWhatIsKeptAsText();
    void knowsTheTokenEndpointsSecrets();
    void warnsOfWhatStaysReadable();
};

void TestDraftSecrets::asksForAPresetsSecrets()
{
    WebhookDraft draft;
    Webhook preset = validWebhook();
    preset.url = u"https://example.com/hook?token=${secret:preset/token}"_s;
    preset.bodyTemplate = uR"({"routing_key": "${secret:preset/key}", "again": "${secret:preset/key}"})"_s;
    draft.fillFrom(preset);
    QCOMPARE(draft.secretRows(),
             (QList<SecretRow>{{.key = u"preset/token"_s, .name = u"token"_s, .typed = {}, .isAsked = true},
                               {.key = u"preset/key"_s, .name = u"routing_key"_s, .typed = {}, .isAsked = true}}));
    QCOMPARE(draft.problemsFor(Field::Secrets).size(), 2);
    QVERIFY(!draft.isReady());
    draft.setTypedSecret(u"preset/token"_s, u"a"_s);
    draft.setTypedSecret(u"preset/key"_s, u"b"_s);
    QVERIFY(draft.isReady());
    QCOMPARE(draft.toInput().typedSecrets,
             (QHash<QString, QString>{{u"preset/token"_s, u"a"_s}, {u"preset/key"_s, u"b"_s}}));
    QCOMPARE(draft.toWebhook().bodyTemplate, preset.bodyTemplate);

    // what is no longer referred to is not asked for, nor handed on
    draft.setBodyTemplate(u"{}"_s);
    QCOMPARE(draft.secretRows().size(), 1);
    QCOMPARE(draft.toInput().typedSecrets.size(), 1);

    // a stored webhook's secrets are there
    draft.load(preset);
    QVERIFY(draft.isReady());
    QVERIFY(!draft.isModified());
    draft.setTypedSecret(u"preset/key"_s, u"b"_s);
    QVERIFY(draft.isModified());
    draft.setTypedSecret(u"preset/key"_s, {});
    QVERIFY(!draft.isModified());
}

void TestDraftSecrets::remembersWhatIsKeptAsText()
{
    Webhook webhook = validWebhook();
    webhook.url = u"https://example.com/hook?token=0123456789ab"_s;
    webhook.bodyTemplate = uR"({"token": "0123456789cd"})"_s;
    WebhookDraft draft;
    draft.load(webhook, {u"body/token"_s, u"url/sig"_s});
    QVERIFY(!draft.isModified());
    QCOMPARE(draft.literalSecrets(Field::Url).size(), 1);
    QCOMPARE(draft.literalSecrets(Field::BodyTemplate).constFirst().what, u"body/token"_s);
    // of the places that are there
    QCOMPARE(draft.toInput().keptAsText, QSet<QString>{u"body/token"_s});
    draft.setKeptAsText(u"url/token"_s, true);
    draft.setKeptAsText(u"body/token"_s, false);
    QVERIFY(draft.isModified());
    QCOMPARE(draft.toInput().keptAsText, QSet<QString>{u"url/token"_s});
}

void TestDraftSecrets::knowsTheTokenEndpointsSecrets()
{
    Webhook webhook = validWebhook();
    webhook.headers.clear();
    webhook.oauth = OAuthClientCredentials{
        .clientId = u"a"_s,
        .clientSecret = u"b"_s,
        .tokenEndpointUrl = u"https://id.example/token?api_key=0123456789ab&code=0123456789cd&key=${secret:mine}"_s,
        .scopes = {}};
    WebhookDraft draft;
    draft.load(webhook, {u"oauth/url/code"_s});
    QVERIFY(!draft.isModified());
    QCOMPARE(draft.literalSecrets(Field::TokenEndpointUrl).size(), 2);
    QCOMPARE(draft.toInput().keptAsText, QSet<QString>{u"oauth/url/code"_s});
    QSignalSpy changed(&draft, &WebhookDraft::changed);
    draft.setKeptAsText(u"oauth/url/api_key"_s, true);
    QCOMPARE(changed.constFirst().constFirst().value<Field>(), Field::TokenEndpointUrl);
    QCOMPARE(draft.toInput().keptAsText, (QSet<QString>{u"oauth/url/code"_s, u"oauth/url/api_key"_s}));

    QCOMPARE(draft.secretRows(),
             (QList<SecretRow>{
                 {.key = u"mine"_s, .name = u"key"_s, .isOfTokenEndpoint = true, .typed = {}, .isAsked = false}}));
    draft.setTypedSecret(u"mine"_s, u"typed"_s);
    QCOMPARE(draft.toInput().typedSecrets, (QHash<QString, QString>{{u"mine"_s, u"typed"_s}}));

    // a preset's is asked for
    WebhookDraft fresh;
    fresh.fillFrom(webhook);
    QVERIFY(fresh.secretRows().constFirst().isAsked);
    QCOMPARE(fresh.problemsFor(Field::Secrets).size(), 1);

    // and without OAuth there is no such URL
    draft.setAuthentication(AuthenticationType::None);
    QVERIFY(draft.literalSecrets(Field::TokenEndpointUrl).isEmpty());
    QVERIFY(draft.secretRows().isEmpty());
    QVERIFY(draft.toInput().keptAsText->isEmpty());
}

void TestDraftSecrets::warnsOfWhatStaysReadable()
{
    Webhook webhook = validWebhook();
    webhook.bodyTemplate = uR"({"token": 123456789012})"_s;
    WebhookDraft draft;
    draft.load(webhook);
    QCOMPARE(draft.problemsFor(Field::BodyTemplate).size(), 1);
    QVERIFY(draft.isReady());
    QCOMPARE(draft.literalSecrets(Field::BodyTemplate).size(), 1);
    draft.setKeptAsText(u"body/token"_s, true);
    QVERIFY(draft.problemsFor(Field::BodyTemplate).isEmpty());
    QCOMPARE(draft.toInput().keptAsText, QSet<QString>{u"body/token"_s});
}

QTEST_GUILESS_MAIN(TestDraftSecrets)
#include "tst_draftsecrets.moc"
