// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretfields.h"

#include "secretplaces.h"
#include "webhook.h"

#include <QCache>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr qsizetype keptBodyCharacters = 1024 * 1024; // of all texts together

/// Each thread keeps the latest ones, as it does with their compilations: looking through a text takes about as long as
/// rendering it.
QList<SecretPlace> literalsOf(const QString &bodyTemplate)
{
    thread_local QCache<QString, QList<SecretPlace>> kept(keptBodyCharacters);
    if (const auto *known = kept.object(bodyTemplate)) {
        return *known;
    }
    auto places = bodySecretPlaces(bodyTemplate);
    places.removeIf([](const SecretPlace &place) { return !place.isLiteral(); });
    kept.insert(bodyTemplate, new QList<SecretPlace>(places), std::max<qsizetype>(bodyTemplate.size(), 1));
    return places;
}

} // namespace

SecretFields::SecretFields(const QHash<QString, QString> &secrets, Redaction &redaction)
    : m_secrets(secrets)
    , m_redaction(redaction)
{
}

SecretFields::Text SecretFields::resolve(const QString &text, const QString &mark) const
{
    Text result;
    const auto parts = parseSecretText(text);
    if (!parts) {
        result.fault = parts.error();
        return result;
    }
    for (const auto &part : *parts) {
        if (!part.isReference) {
            result.value += part.text;
            result.shown += part.text;
            continue;
        }
        if (!m_secrets.contains(part.text)) {
            result.missingKey = part.text;
            return result;
        }
        use(part.text);
        result.hasSecret = true;
        result.value += m_secrets.value(part.text);
        result.shown += mark;
    }
    return result;
}

QString SecretFields::shownSecretHeader(const QString &name, const Text &text) const
{
    const auto value = text.value.trimmed();
    if (value.isEmpty()) {
        return {};
    }
    const bool isAuthorization = name.compare("Authorization"_L1, Qt::CaseInsensitive) == 0;
    const auto space = isAuthorization ? value.indexOf(u' ') : -1;
    const auto credentials = value.sliced(space + 1).trimmed();
    m_redaction.addWithPieces(credentials);
    if (value.startsWith("Basic "_L1, Qt::CaseInsensitive)) {
        m_redaction.addBasicCredentials(credentials.toLatin1());
    }
    if (text.hasSecret) {
        return text.shown;
    }
    return value.first(space + 1) % redactionMark;
}

void SecretFields::use(const QString &key) const
{
    m_redaction.addWithPieces(m_secrets.value(key));
}

void SecretFields::useLiterals(const Webhook &webhook, const QSet<QString> &keptAsText) const
{
    auto ofUrls = urlSecretPlaces(webhook.url);
    if (webhook.oauth) {
        ofUrls += tokenUrlSecretPlaces(webhook.oauth->tokenEndpointUrl);
    }
    for (const SecretPlace &place : std::as_const(ofUrls)) {
        if (place.isLiteral() && !keptAsText.contains(place.what)) {
            m_redaction.addWithPieces(place.value);
        }
    }
    for (const SecretPlace &place : literalsOf(webhook.bodyTemplate)) {
        if (!keptAsText.contains(place.what)) {
            m_redaction.add(place.value);
        }
    }
}

BodyTemplate::SecretLookup SecretFields::lookup() const
{
    return [this](const QString &key) -> std::optional<QString> {
        const auto found = m_secrets.find(key);
        return found == m_secrets.end() ? std::nullopt : std::optional(*found);
    };
}

} // namespace Tocsin
