// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretlifting.h"

#include "secrettext.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype longestKey = 128;

/// A header's name is a token (RFC 9110 §5.1), which knows characters that a key does not. Those are written as `/` and
/// two hexadecimal digits: no token holds a `/`, so two names never share a key.
QString headerKey(const QString &webhookId, const QString &name)
{
    QString key = webhookId % u"/header/"_s;
    for (const QChar character : name) {
        if (character != u'/' && isSecretKey(character)) {
            key += character;
        } else {
            key += u"/%1"_s.arg(static_cast<uint>(character.unicode()), 2, 16, QLatin1Char('0'));
        }
    }
    if (key.size() <= longestKey) {
        return key;
    }
    const auto digest = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return webhookId % u"/header-sha256/"_s % QString::fromLatin1(digest.toHex());
}

/// A parameter's name (RFC 6749 §8.2) knows no character that a key does not, but may be as long as it likes.
QString parameterKey(const QString &webhookId, const QString &name)
{
    const QString key = webhookId % u"/oauth/parameter/"_s % name;
    if (key.size() <= longestKey) {
        return key;
    }
    const auto digest = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return webhookId % u"/oauth/parameter-sha256/"_s % QString::fromLatin1(digest.toHex());
}

/// How much of a header's value is a scheme word and the space after it (RFC 9110 §11.4). Only words that are known:
/// the first word of any other value may be a part of the secret.
qsizetype schemeLength(const QString &value)
{
    static const QRegularExpression scheme(
        u"\\A(?:Bearer|Basic|Splunk|Token|Digest|GenieKey|ApiKey|SSWS)[ \\t]+(?=[^ \\t])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return scheme.match(value).capturedLength();
}

/// Where a secret goes whose usual key another field may refer to: a signing secret became the previous one when its
/// reference was moved, and stays where it is.
QString keyBeside(const QString &other, const QString &key)
{
    return secretKeys(other).contains(key) ? QString(key % u"_2"_s) : key;
}

/// The value that a literal stands for; a faulty text is taken as it is.
QString plainText(const QString &text)
{
    const auto value = resolveSecretText(text, [](const QString &) { return std::optional<QString>(); });
    return value ? *value : text;
}

class Lifting
{
public:
    explicit Lifting(LiftedWebhook &lifted)
        : m_lifted(lifted)
    {
    }

    /// Lifts what comes after the first `kept` characters.
    void lift(QString &text, const QString &key, qsizetype kept = 0)
    {
        const QString literal = text.sliced(kept);
        if (literal.isEmpty() || !secretKeys(text).isEmpty()) {
            return;
        }
        m_lifted.secrets.insert(key, plainText(literal));
        text = text.first(kept) % secretReference(key);
    }

private:
    LiftedWebhook &m_lifted;
};

} // namespace

LiftedWebhook liftSecrets(const Webhook &webhook, const QSet<QString> &secretHeaders, const QSet<QString> &plainHeaders)
{
    Q_ASSERT(!webhook.id.isEmpty());
    LiftedWebhook lifted{webhook, {}};
    Webhook &result = lifted.webhook;
    Lifting lifting(lifted);
    for (auto &header : result.headers) {
        const QString name = header.name.toLower();
        if (secretHeaders.contains(name) || (looksSecret(header.name) && !plainHeaders.contains(name))) {
            lifting.lift(header.value, headerKey(webhook.id, header.name), schemeLength(header.value));
        }
    }
    if (result.oauth) {
        lifting.lift(result.oauth->clientSecret, webhook.id % u"/oauth/client_secret"_s);
        for (auto &parameter : result.oauth->parameters) {
            if (looksSecretParameter(parameter.name)) {
                lifting.lift(parameter.value, parameterKey(webhook.id, parameter.name));
            }
        }
    }
    lifting.lift(result.signingSecret, keyBeside(webhook.previousSigningSecret, webhook.id % u"/signing/secret"_s));
    lifting.lift(result.previousSigningSecret,
                 keyBeside(webhook.signingSecret, webhook.id % u"/signing/previous_secret"_s));
    lifting.lift(result.clientKey, webhook.id % u"/tls/client_key"_s);
    return lifted;
}

QStringList referencedKeys(const Webhook &webhook)
{
    QStringList texts{webhook.url};
    std::ranges::transform(webhook.headers, std::back_inserter(texts), &Header::value);
    texts << webhook.bodyTemplate;
    if (webhook.oauth) {
        texts << webhook.oauth->clientId << webhook.oauth->clientSecret << webhook.oauth->tokenEndpointUrl
              << webhook.oauth->scopes;
        std::ranges::transform(webhook.oauth->parameters, std::back_inserter(texts), &TokenParameter::value);
    }
    texts << webhook.signingSecret << webhook.previousSigningSecret << webhook.caCertificates
          << webhook.clientCertificate << webhook.clientKey;
    QStringList keys;
    for (const auto &text : std::as_const(texts)) {
        keys << secretKeys(text);
    }
    keys.removeDuplicates();
    return keys;
}

} // namespace Tocsin
