// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginestep.h"
#include "secretjournal.h"

#include <memory>
#include <optional>

namespace Tocsin {

/// Removes a webhook, its secrets, or both; with them what was made for another webhook and only this one referred to
/// any more. Secrets that another webhook refers to stay.
class RemoveJob : public EngineStep
{
    Q_OBJECT

public:
    enum class What { Everything, WebhookOnly, SecretsOnly };

    RemoveJob(EngineCore &core, const QString &id, What what, QObject *parent);

protected:
    void begin() override;
    void rollBack(const Error &error) override;

private:
    Result<void> identify(const QList<StoredWebhook> &stored);
    void keepInvocations();
    void removeWebhook();
    void findSecrets();
    void removeItsSecrets(QStringList keys);
    void removeBorrowedSecrets(bool itsWereRemoved);
    void end(bool removed);

    QString m_id;
    What m_what;
    Webhook m_webhook;
    QList<StoredWebhook> m_staying;
    bool m_isGone = false; ///< or will be
    bool m_isMarked = false; ///< by this job
    std::optional<QStringList> m_earlierMark; ///< of a removal that did not end, or can be undone
    QStringList m_referred; ///< the keys in the document that goes, or has gone
    bool m_wasKept = false; ///< the journal, since a removal that can be undone
    std::unique_ptr<SecretJournal> m_journal;
};

} // namespace Tocsin
