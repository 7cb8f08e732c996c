// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "urlsecrets.h"

#include "icons.h"
#include "liftedsecrets.h"
#include "secrettext.h"

#include <QAction>
#include <QLineEdit>

#include <algorithm>

namespace Tocsin {

UrlSecrets::UrlSecrets(QLineEdit *line, LiftedSecrets *lines, WebhookDraft *draft, WebhookDraft::Field field)
    : QObject(line)
    , m_lines(lines)
    , m_draft(draft)
    , m_field(field)
    , m_lock(line->addAction(icon(Symbol::Lock), QLineEdit::TrailingPosition))
{
    connect(m_lock, &QAction::triggered, this, &UrlSecrets::change);
    connect(lines, &LiftedSecrets::keptChanged, draft, &WebhookDraft::setKeptAsText);
    connect(draft, &WebhookDraft::problemsChanged, this, &UrlSecrets::show);
    show();
}

bool UrlSecrets::isAnyLifted() const
{
    const auto literals = m_draft->literalSecrets(m_field);
    const QSet<QString> &kept = m_draft->fields().keptAsText;
    return std::any_of(literals.begin(), literals.end(),
                       [&kept](const SecretPlace &place) { return !kept.contains(place.what); });
}

void UrlSecrets::change()
{
    const bool isKept = isAnyLifted();
    const auto literals = m_draft->literalSecrets(m_field);
    for (const SecretPlace &place : literals) {
        m_draft->setKeptAsText(place.what, isKept);
    }
}

void UrlSecrets::show()
{
    const auto &fields = m_draft->fields();
    const auto literals = m_draft->literalSecrets(m_field);
    m_lines->setPlaces(literals, fields.keptAsText);
    const QString &url = m_field == WebhookDraft::Field::Url ? fields.url : fields.oauth.tokenEndpointUrl;
    const bool isStored = literals.isEmpty() && !secretKeys(url).isEmpty();
    m_lock->setVisible(!literals.isEmpty() || isStored);
    m_lock->setEnabled(!literals.isEmpty());
    m_lock->setIcon(icon(isAnyLifted() || isStored ? Symbol::Lock : Symbol::Unlock));
    m_lock->setText(isStored ? tr("The URL's secrets are in the keychain.") : m_lines->text());
    m_lock->setToolTip(m_lock->text());
    Q_EMIT shown();
}

} // namespace Tocsin

#include "moc_urlsecrets.cpp"
