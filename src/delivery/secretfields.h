// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytemplate.h"
#include "redaction.h"
#include "secrettext.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <optional>

namespace Tocsin {

struct Webhook;

/// Puts secrets into a webhook's texts, and tells a Redaction of each one that is used.
class SecretFields
{
public:
    SecretFields(const QHash<QString, QString> &secrets, Redaction &redaction);

    struct Text
    {
        QString value;
        QString shown; ///< with a mark for each secret
        bool hasSecret = false;
        std::optional<QString> missingKey;
        std::optional<Error> fault; ///< a reference that cannot be read
    };
    Text resolve(const QString &text, const QString &mark) const;

    /// How a header that looksSecret() is shown: a literal value is a secret as well. `Authorization` keeps its scheme.
    QString shownSecretHeader(const QString &name, const Text &text) const;

    void use(const QString &key) const;
    /// What stands literally in URL and body template though Save would lift it is redacted as well.
    void useLiterals(const Webhook &webhook, const QSet<QString> &keptAsText) const;
    BodyTemplate::SecretLookup lookup() const;

private:
    const QHash<QString, QString> &m_secrets;
    Redaction &m_redaction;
};

} // namespace Tocsin
