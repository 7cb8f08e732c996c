// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "removejob.h"

#include "enginecore.h"
#include "secretlifting.h"
#include "secretreferences.h"

namespace Tocsin {

RemoveJob::RemoveJob(EngineCore &core, const QString &id, What what, QObject *parent)
    : EngineStep(core, parent)
    , m_id(id)
    , m_what(what)
{
    m_webhook.id = id;
}

void RemoveJob::begin()
{
    if (!core().secrets->isReadOnly()) {
        m_wasKept = core().keptJournals.contains(m_id);
        auto journal = core().takeJournal(m_id);
        if (!journal) {
            rollBack(journal.error());
            return;
        }
        m_journal = std::move(journal).value();
    }
    core().store.webhooks(context(), [this](const Result<QList<StoredWebhook>> &stored) {
        const auto found = stored ? identify(*stored) : Result<void>(stored.error());
        if (!found) {
            rollBack(found.error());
        } else if (m_what == What::WebhookOnly) {
            keepInvocations();
        } else {
            core().keptInvocations.remove(m_id);
            removeWebhook();
        }
    });
}

Result<void> RemoveJob::identify(const QList<StoredWebhook> &stored)
{
    bool isStored = false;
    for (const StoredWebhook &other : stored) {
        if (other.webhook.id == m_id) {
            m_webhook = other.webhook;
            isStored = true;
        }
        if (other.webhook.id != m_id || m_what == What::SecretsOnly) {
            m_staying.append(other);
        }
    }
    if (m_what != What::SecretsOnly && !isStored) {
        return Error{.message = tr("There is no such webhook any more.")};
    }
    m_referred = referencedKeys(m_webhook);
    m_isGone = m_what != What::SecretsOnly || !isStored;
    if (!m_journal) {
        return {};
    }
    const bool canBeUndone = m_what == What::WebhookOnly;
    m_earlierMark = m_journal->markedKeys();
    if (m_what == What::SecretsOnly) {
        m_referred += m_earlierMark.value_or(QStringList());
    }
    auto marked = m_journal->mark(canBeUndone ? m_referred : QStringList());
    m_isMarked = marked.isOk();
    return marked;
}

void RemoveJob::keepInvocations()
{
    core().store.invocations(m_id, context(), [this](const Result<QList<Invocation>> &invocations) {
        if (!invocations) {
            rollBack(invocations.error());
            return;
        }
        core().keptInvocations.insert(m_id, *invocations);
        removeWebhook();
    });
}

void RemoveJob::removeWebhook()
{
    commit();
    const auto afterwards = [this] {
        if (m_what == What::WebhookOnly) {
            if (m_journal) {
                core().keptJournals[m_id] = std::move(m_journal);
            }
            finish(m_webhook);
            return;
        }
        findSecrets();
    };
    if (m_what == What::SecretsOnly) {
        afterwards();
        return;
    }
    core().store.removeWebhook(m_id, context(), [this, afterwards](const Result<void> &result) {
        if (result) {
            afterwards();
        } else {
            rollBack(result.error());
        }
    });
}

void RemoveJob::findSecrets()
{
    if (!m_isGone) { // a person may have chosen keys for it
        core().store.madeSecretKeys(context(), [this](const Result<QList<MadeSecretKey>> &made) {
            QStringList keys;
            for (const MadeSecretKey &key : made ? *made : QList<MadeSecretKey>()) {
                keys.append(key.name);
            }
            removeItsSecrets(keys);
        });
        return;
    }
    core().store.secretKeys(context(), [this](const Result<QStringList> &remembered) {
        removeItsSecrets((remembered ? *remembered : QStringList()) + referencedKeys(m_webhook));
    });
}

void RemoveJob::removeItsSecrets(QStringList keys)
{
    keys.removeDuplicates();
    const QStringList needed = SecretJournal::neededKeys(core().profile, m_id);
    keys.removeIf([this, &needed](const QString &key) { return !isOwnSecret(m_id, key) || needed.contains(key); });
    removeSecrets(unreferenced(keys, m_staying), [this](bool removed) { removeBorrowedSecrets(removed); });
}

/// Whom they were made for has left them to this one.
void RemoveJob::removeBorrowedSecrets(bool itsWereRemoved)
{
    m_referred.removeIf([this](const QString &key) { return isOwnSecret(m_id, key); });
    if (m_referred.isEmpty()) {
        end(itsWereRemoved);
        return;
    }
    core().store.madeSecretKeys(context(), [this, itsWereRemoved](const Result<QList<MadeSecretKey>> &made) {
        QList<MadeSecretKey> borrowed = made ? *made : QList<MadeSecretKey>();
        borrowed.removeIf([this](const MadeSecretKey &key) { return !m_referred.contains(key.name); });
        removeUnused(borrowed, {}, [this, itsWereRemoved](bool removed) { end(itsWereRemoved && removed); });
    });
}

void RemoveJob::end(bool removed)
{
    if (removed && m_journal) {
        m_journal->settle();
    }
    if (m_isGone && m_what != What::WebhookOnly) {
        core().settings.setKeptAsText(m_id, {});
    }
    if (!removed) {
        m_problems = {
            {.severity = Severity::Warning,
             .field = {},
             .message = tr("The keychain cannot be written to now; what it holds for \"%1\" is removed once it "
                           "is unlocked.")
                            .arg(m_webhook.name),
             .position = {}}};
    }
    m_journal.reset();
    finish(m_webhook);
}

void RemoveJob::rollBack(const Error &error)
{
    if (m_isMarked && m_earlierMark) {
        static_cast<void>(m_journal->mark(*m_earlierMark)); // else this one stays, and a later process looks
    } else if (m_isMarked) {
        m_journal->settle();
    }
    if (m_wasKept && m_journal) {
        core().keptJournals[m_id] = std::move(m_journal);
    }
    m_journal.reset();
    finish(error);
}

} // namespace Tocsin

#include "moc_removejob.cpp"
