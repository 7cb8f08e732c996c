// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "readablesecrets.h"

#include "placeholdertext.h"
#include "secretnames.h"
#include "secrettext.h"
#include "utf8.h"
#include "webhook.h"

#include <QCoreApplication>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ReadableText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ReadableSecrets)
};

QString sentenceOf(const SecretPlace &place)
{
    switch (place.obstacle) {
    case SecretObstacle::Number:
        return ReadableText::tr("\"%1\" looks like a secret and stays readable, because it is a number: only text is "
                                "moved to the keychain.")
            .arg(place.name.simplified());
    case SecretObstacle::Cut:
        return ReadableText::tr("\"%1\" looks like a secret and stays readable, because blocks cut it into pieces.")
            .arg(place.name.simplified());
    case SecretObstacle::Escapes:
        return ReadableText::tr("\"%1\" looks like a secret and stays readable, because the text around it is no JSON "
                                "that tells how it is to be escaped.")
            .arg(place.name.simplified());
    case SecretObstacle::Member:
        return ReadableText::tr("\"%1\" looks like a secret and stays readable, because only the object that it "
                                "stands in is named like one.")
            .arg(place.name.simplified());
    case SecretObstacle::None:
        break;
    }
    return {};
}

} // namespace

Problems readableHeaders(const Webhook &webhook)
{
    Problems problems;
    for (const Header &header : webhook.headers) {
        if (looksSecret(header.name) && hasPlaceholders(header.value) && secretKeys(header.value).isEmpty()) {
            problems.append({.severity = Severity::Warning,
                             .field = "type.http_request.headers."_L1 % header.name,
                             .message = ReadableText::tr("\"%1\" looks like a secret and stays readable, because its "
                                                         "value has placeholders: write the secret as ${secret:KEY}.")
                                            .arg(header.name.simplified()),
                             .position = {}});
        }
    }
    return problems;
}

Problems readableSecrets(const Webhook &webhook, const QSet<QString> &keptAsText)
{
    return readableHeaders(webhook)
        + readableSecrets(webhook.bodyTemplate, bodySecretPlaces(webhook.bodyTemplate), keptAsText);
}

Problems readableSecrets(const QString &bodyTemplate, QList<SecretPlace> places, const QSet<QString> &keptAsText)
{
    places.removeIf([&keptAsText](const SecretPlace &place) {
        return !place.isLiteral() || place.canBeLifted() || keptAsText.contains(place.what);
    });
    if (places.isEmpty()) {
        return {};
    }
    const SecretPlace &first = places.constFirst();
    QString message = sentenceOf(first);
    if (places.size() > 1) {
        message +=
            u' ' + ReadableText::tr("%n more like it stay(s) so, too.", nullptr, static_cast<int>(places.size() - 1));
    }
    const auto text = bodyTemplate.toStdString();
    const auto offset = QStringView(bodyTemplate).first(first.begin).toUtf8().size();
    return {{.severity = Severity::Warning,
             .field = u"body_template"_s,
             .message = message,
             .position = textPosition(text, static_cast<std::size_t>(offset))}};
}

} // namespace Tocsin
