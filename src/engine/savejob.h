// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginestep.h"
#include "secretjournal.h"

#include <functional>
#include <memory>
#include <vector>

namespace Tocsin {

/// Saves webhooks with their secrets, all or nothing: checks, names and ids, secrets lifted out of the document, every
/// reference resolved, keychain, database, and last the removal of secrets that nothing refers to any more. A value
/// that changes gets a key that no document refers to yet: so whenever this ends, a stored document has its own values.
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
    struct OpenJournal
    {
        QString webhookId;
        std::unique_ptr<SecretJournal> journal;
        bool wasKept = false; ///< since a removal that can be undone
    };

    struct FreshSecret
    {
        QString webhookId;
        QString key;
        QString value;
        QStringList earlier; ///< keys for the same thing that the stored document refers to
    };

    void readStored(std::function<void()> then);
    void identify();
    void noteReadable();
    Result<void> openJournals();
    QStringList heldWebhooks();
    QStringList storedKeys(const QString &webhookId) const; ///< that its document refers to
    bool isSaved(const QString &webhookId) const;
    void takeNumber();
    void lift(qint64 number);
    void useValues(const SecretSequenceOutcome &outcome);
    void checkReferences(const SecretSequenceOutcome &outcome);
    void rememberKeys();
    void writeSecrets();
    void store();
    void restoreInvocations(); ///< of webhooks whose removal is undone by this
    void removeReplaced();
    QList<MadeSecretKey> replacedKeys() const;
    void end();
    void giveJournalsBack(bool wasSaved);
    /// With the field that refers to the secret.
    Error errorAt(const SecretSequenceOutcome &outcome) const;
    QString fieldPrefix(qsizetype index) const;
    Problem problemAt(qsizetype index, const QString &field, const QString &message) const;

    QList<WebhookInput> m_inputs;
    Mode m_mode;
    QList<StoredWebhook> m_stored;
    QList<MadeSecretKey> m_made; ///< read with m_stored
    QList<Webhook> m_lifted;
    QHash<QString, QString> m_added; ///< see addSecrets()
    QList<FreshSecret> m_fresh;
    QList<SecretStep> m_writes;
    QStringList m_remembered; ///< keys whose names this job gave the store
    qsizetype m_written = 0;
    bool m_mayStillBeWritten = false;
    std::vector<OpenJournal> m_journals;
};

} // namespace Tocsin
