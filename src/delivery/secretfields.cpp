// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretfields.h"

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

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
    m_redaction.add(credentials);
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
    m_redaction.add(m_secrets.value(key));
}

BodyTemplate::SecretLookup SecretFields::lookup() const
{
    return [this](const QString &key) -> std::optional<QString> {
        const auto found = m_secrets.find(key);
        return found == m_secrets.end() ? std::nullopt : std::optional(*found);
    };
}

} // namespace Tocsin
