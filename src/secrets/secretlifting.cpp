// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretlifting.h"

#include "httpurl.h"
#include "keypart.h"
#include "placeholdertext.h"
#include "secretnames.h"
#include "secretplaces.h"
#include "secrettext.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

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

    /// Lifts the literals of a URL or body template.
    void lift(QString &text, const QList<SecretPlace> &places, const QSet<QString> &keptAsText)
    {
        replace(text, places, [this, &keptAsText](const SecretPlace &place) {
            if (!place.canBeLifted() || keptAsText.contains(place.what)) {
                return QString();
            }
            const QString key = unusedKey(place.what);
            m_lifted.secrets.insert(key, place.value);
            return key;
        });
    }

    /// Gives the references with a typed value keys of their own.
    void rename(QString &text, const QList<SecretPlace> &places, const QHash<QString, QString> &typed,
                QString (*asStored)(const QString &value))
    {
        QHash<QString, QString> renamed;
        replace(text, places, [this, &typed, &renamed, asStored](const SecretPlace &place) {
            if (!typed.contains(place.key)) {
                return QString();
            }
            if (const auto other = soleSecretKey(typed.value(place.key))) {
                return *other;
            }
            if (!renamed.contains(place.key)) {
                const QString key = unusedKey(place.what);
                m_lifted.secrets.insert(key, asStored(typed.value(place.key)));
                renamed.insert(place.key, key);
            }
            return renamed.value(place.key);
        });
    }

    /// Keys that something refers to, and whose value is not to be replaced.
    void spare(const QStringList &keys) { m_spared += QSet<QString>(keys.begin(), keys.end()); }

private:
    /// `keyFor` says what a place is to refer to; empty: it stays as it is.
    template <typename KeyFor>
    static void replace(QString &text, const QList<SecretPlace> &places, KeyFor keyFor)
    {
        QString result;
        qsizetype done = 0;
        for (const SecretPlace &place : places) {
            if (const QString key = keyFor(place); !key.isEmpty()) {
                result += QStringView(text).sliced(done, place.begin - done) % secretReference(key);
                done = place.begin + place.length;
            }
        }
        text = result % QStringView(text).sliced(done);
    }

    QString unusedKey(const QString &what) const
    {
        const QString wanted = m_lifted.webhook.id % u'/' % what;
        QString key = wanted;
        for (int number = 2; m_spared.contains(key) || m_lifted.secrets.contains(key); ++number) {
            key = wanted % u'_' % QString::number(number);
        }
        return key;
    }

    LiftedWebhook &m_lifted;
    QSet<QString> m_spared;
};

} // namespace

LiftedWebhook liftSecrets(const Webhook &webhook, const QSet<QString> &secretHeaders, const QSet<QString> &plainHeaders,
                          const QSet<QString> &keptAsText)
{
    Q_ASSERT(!webhook.id.isEmpty());
    LiftedWebhook lifted{webhook, {}};
    Webhook &result = lifted.webhook;
    Lifting lifting(lifted);
    for (auto &header : result.headers) {
        const QString name = header.name.toLower();
        if (secretHeaders.contains(name)
            || (looksSecret(header.name) && !plainHeaders.contains(name) && !hasPlaceholders(header.value))) {
            lifting.lift(header.value, QString(webhook.id % u'/' % keyPart("header"_L1, header.name)),
                         schemeLength(header.value));
        }
    }
    if (result.oauth) {
        lifting.lift(result.oauth->clientSecret, webhook.id % u"/oauth/client_secret"_s);
        for (auto &parameter : result.oauth->parameters) {
            if (looksSecretParameter(parameter.name)) {
                lifting.lift(parameter.value,
                             QString(webhook.id % u'/' % keyPart("oauth/parameter"_L1, parameter.name)));
            }
        }
    }
    lifting.lift(result.signingSecret, keyBeside(webhook.previousSigningSecret, webhook.id % u"/signing/secret"_s));
    lifting.lift(result.previousSigningSecret,
                 keyBeside(webhook.signingSecret, webhook.id % u"/signing/previous_secret"_s));
    lifting.lift(result.clientKey, webhook.id % u"/tls/client_key"_s);
    lifting.spare(referencedKeys(webhook));
    lifting.lift(result.url, urlSecretPlaces(webhook.url), keptAsText);
    lifting.lift(result.bodyTemplate, bodySecretPlaces(webhook.bodyTemplate), keptAsText);
    if (result.oauth) {
        lifting.lift(result.oauth->tokenEndpointUrl, tokenUrlSecretPlaces(webhook.oauth->tokenEndpointUrl), keptAsText);
    }
    return lifted;
}

LiftedWebhook withTypedSecrets(const Webhook &webhook, const QHash<QString, QString> &typed)
{
    LiftedWebhook placed{webhook, {}};
    if (typed.isEmpty()) {
        return placed;
    }
    QStringList others = referencedKeys(webhook);
    others.removeIf([&typed](const QString &key) { return typed.contains(key); });
    Lifting lifting(placed);
    lifting.spare(others);
    const auto asInUrl = [](const QString &value) { // as if it had been typed there
        return QString::fromLatin1(withForbiddenEncoded(value.toUtf8()));
    };
    lifting.rename(placed.webhook.url, urlSecretPlaces(webhook.url), typed, asInUrl);
    lifting.rename(placed.webhook.bodyTemplate, bodySecretPlaces(webhook.bodyTemplate), typed,
                   [](const QString &value) { return value; });
    if (webhook.oauth) {
        lifting.rename(placed.webhook.oauth->tokenEndpointUrl, tokenUrlSecretPlaces(webhook.oauth->tokenEndpointUrl),
                       typed, asInUrl);
    }
    return placed;
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
