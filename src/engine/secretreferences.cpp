// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretreferences.h"

#include "secretlifting.h"
#include "secrettext.h"

#include <functional>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Calls `visit` with each text in which references count, and stores back what it returns.
void visitTexts(Webhook &webhook, const std::function<QString(const QString &field, const QString &text)> &visit)
{
    const auto at = [&visit](const QString &field, QString &text) {
        if (text.contains("${secret:"_L1)) {
            text = visit(field, text);
        }
    };
    at(u"type.http_request.url"_s, webhook.url);
    for (Header &header : webhook.headers) {
        at("type.http_request.headers."_L1 + header.name, header.value);
    }
    at(u"body_template"_s, webhook.bodyTemplate);
    if (webhook.oauth) {
        at(u"authentication_config.oauth.client_id"_s, webhook.oauth->clientId);
        at(u"authentication_config.oauth.client_secret"_s, webhook.oauth->clientSecret);
        at(u"authentication_config.oauth.token_endpoint_url"_s, webhook.oauth->tokenEndpointUrl);
        for (qsizetype i = 0; i < webhook.oauth->scopes.size(); ++i) {
            at(u"authentication_config.oauth.scopes[%1]"_s.arg(i), webhook.oauth->scopes[i]);
        }
        for (TokenParameter &parameter : webhook.oauth->parameters) {
            at("authentication_config.oauth.parameters."_L1 + parameter.name, parameter.value);
        }
    }
    at(u"signing.secret"_s, webhook.signingSecret);
    at(u"signing.previous_secret"_s, webhook.previousSigningSecret);
    at(u"tls.ca_certificates"_s, webhook.caCertificates);
    at(u"tls.client_certificate"_s, webhook.clientCertificate);
    at(u"tls.client_key"_s, webhook.clientKey);
}

QString withRenamedKeys(const QString &text, const QHash<QString, QString> &renamed)
{
    constexpr auto opening = "${secret:"_L1;
    constexpr auto escape = "$${"_L1;
    if (!parseSecretText(text)) {
        return text;
    }
    QString result;
    qsizetype done = 0;
    for (qsizetype at = text.indexOf(u'$'); at >= 0; at = text.indexOf(u'$', at)) {
        const auto rest = QStringView(text).sliced(at);
        if (rest.startsWith(opening)) {
            const qsizetype end = rest.indexOf(u'}');
            const QString key = rest.sliced(opening.size(), end - opening.size()).toString();
            result += QStringView(text).sliced(done, at - done);
            result += secretReference(renamed.value(key, key));
            at += end + 1;
            done = at;
        } else {
            at += rest.startsWith(escape) ? escape.size() : 1;
        }
    }
    return result + QStringView(text).sliced(done);
}

} // namespace

QList<SecretReference> secretReferences(const Webhook &webhook)
{
    QList<SecretReference> references;
    Webhook copy = webhook;
    visitTexts(copy, [&references](const QString &field, const QString &text) {
        const auto keys = secretKeys(text);
        for (const QString &key : keys) {
            references.append({.field = field, .key = key});
        }
        return text;
    });
    return references;
}

Webhook withRenamedSecrets(const Webhook &webhook, const QHash<QString, QString> &renamed)
{
    Webhook result = webhook;
    visitTexts(result, [&renamed](const QString &, const QString &text) { return withRenamedKeys(text, renamed); });
    return result;
}

QStringList unreferenced(const QStringList &keys, const QList<StoredWebhook> &stored)
{
    QSet<QString> referred;
    for (const StoredWebhook &other : stored) {
        const QStringList its = referencedKeys(other.webhook);
        referred += QSet<QString>(its.begin(), its.end());
    }
    QStringList result = keys;
    result.removeIf([&referred](const QString &key) { return referred.contains(key); });
    return result;
}

bool isOwnSecret(const QString &webhookId, const QString &key)
{
    return !webhookId.isEmpty() && key.startsWith(webhookId + u'/');
}

} // namespace Tocsin
