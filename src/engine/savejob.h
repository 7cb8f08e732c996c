// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginestep.h"
#include "secretjournal.h"

#include <memory>
#include <vector>

namespace Tocsin {

/// Saves webhooks with their secrets, all or nothing: checks, names and ids, secrets lifted out of the document, every
/// reference resolved, keychain, database, and last the removal of secrets that nothing refers to any more.
class SaveJob : public EngineStep
{
    Q_OBJECT

public:
    /// How a webhook finds the one whose place it takes.
    enum class Mode {
        Save, ///< by its id
        Add, ///< not at all: a name or id that exists is refused
        Replace ///< by its id, else by its name
    };

    SaveJob(EngineCore &core, const QList<WebhookInput> &inputs, Mode mode, QObject *parent);

    /// Values for keys that the webhooks refer to, to be written with them.
    void addSecrets(const QHash<QString, QString> &values);

protected:
    void begin() override;
    void rollBack(const Error &error) override;

private:
    void identify(const QList<StoredWebhook> &stored);
    void lift();
    void checkReferences(const SecretSequenceOutcome &outcome);
    void openJournals();
    void rememberKeys(qsizetype index);
    void writeSecrets();
    void store();
    void restoreInvocations(); ///< of webhooks whose removal is undone by this
    void removeUnused();
    /// With the field that refers to the secret.
    Error errorAt(const SecretSequenceOutcome &outcome) const;
    QString fieldPrefix(qsizetype index) const;
    Problem problemAt(qsizetype index, const QString &field, const QString &message) const;

    QList<WebhookInput> m_inputs;
    Mode m_mode;
    QList<StoredWebhook> m_stored;
    QList<Webhook> m_lifted;
    QList<SecretStep> m_writes;
    QHash<QString, QString> m_previousValues; ///< of the keys in m_writes that were there before
    QStringList m_remembered; ///< keys whose names this job gave the store
    qsizetype m_written = 0;
    bool m_writeWasCancelled = false;
    QStringList m_unused; ///< keys that the replaced webhooks referred to and nothing does now

    struct OpenJournal
    {
        QString webhookId;
        std::unique_ptr<SecretJournal> journal;
        bool wasKept = false; ///< since a removal that can be undone
    };
    std::vector<OpenJournal> m_journals;
};

} // namespace Tocsin
