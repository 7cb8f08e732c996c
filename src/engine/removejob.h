// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginestep.h"
#include "secretjournal.h"

#include <memory>

namespace Tocsin {

/// Removes a webhook, its secrets, or both. Secrets that another webhook refers to stay.
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
    void end(bool removed);

    QString m_id;
    What m_what;
    Webhook m_webhook;
    QList<StoredWebhook> m_staying;
    bool m_isGone = false; ///< or will be
    bool m_isMarked = false;
    bool m_wasKept = false; ///< the journal, since a removal that can be undone
    std::unique_ptr<SecretJournal> m_journal;
};

} // namespace Tocsin
