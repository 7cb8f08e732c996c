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
    core().store.webhooks(context(), [this](const Result<QList<StoredWebhook>> &stored) {
        if (!stored) {
            rollBack(stored.error());
            return;
        }
        bool isStored = false;
        for (const StoredWebhook &other : *stored) {
            if (other.webhook.id == m_id) {
                m_webhook = other.webhook;
                isStored = true;
            } else {
                m_others.append(other);
            }
        }
        if (m_what != What::SecretsOnly && !isStored) {
            rollBack(Error{.message = tr("There is no such webhook any more.")});
            return;
        }
        if (m_what == What::SecretsOnly && isStored) {
            m_others.append({.webhook = m_webhook, .createdAt = {}, .changedAt = {}, .version = {}, .lastInvocation = {}});
        }
        if (!core().secrets->isReadOnly()) {
            auto journal = core().takeJournal(m_id);
            if (!journal) {
                rollBack(journal.error());
                return;
            }
            m_journal = std::move(journal).value();
        }
        if (m_what == What::WebhookOnly) {
            keepInvocations();
        } else {
            core().keptInvocations.remove(m_id);
            removeWebhook();
        }
    });
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
        core().store.secretKeys(context(), [this](const Result<QStringList> &remembered) {
            removeItsSecrets(remembered ? *remembered : QStringList());
        });
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

void RemoveJob::removeItsSecrets(const QStringList &remembered)
{
    QStringList keys = remembered + referencedKeys(m_webhook);
    keys.removeDuplicates();
    QStringList kept;
    for (const StoredWebhook &other : std::as_const(m_others)) {
        kept += referencedKeys(other.webhook);
    }
    keys.removeIf([this, &kept](const QString &key) { return !isOwnSecret(m_id, key) || kept.contains(key); });
    removeSecrets(keys, [this](bool removed) { end(removed); });
}

void RemoveJob::end(bool removed)
{
    if (removed && m_journal) {
        m_journal->settle();
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
    if (m_journal) {
        m_journal->settle();
    }
    m_journal.reset();
    finish(error);
}

} // namespace Tocsin
