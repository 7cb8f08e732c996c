// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sweepjob.h"

#include "enginecore.h"
#include "secretreferences.h"

namespace Tocsin {

void SweepJob::begin()
{
    const QDateTime limit = QDateTime::currentDateTimeUtc().addMSecs(-std::chrono::milliseconds(youngestAge).count());
    core().store.staleSecretKeys(limit, context(), [this](const Result<QList<MadeSecretKey>> &stale) {
        if (!stale) {
            finish(stale.error());
        } else if (stale->isEmpty() || core().secrets->isReadOnly()) {
            finish(Webhook());
        } else {
            takeJournals(*stale);
        }
    });
}

void SweepJob::takeJournals(const QList<MadeSecretKey> &stale)
{
    QStringList free;
    QStringList busy;
    for (const MadeSecretKey &key : stale) {
        if (!free.contains(key.madeFor) && !busy.contains(key.madeFor)) {
            auto journal = SecretJournal::begin(core().profile, key.madeFor);
            (journal ? free : busy).append(key.madeFor);
            if (journal) {
                m_journals.push_back(std::move(journal).value());
            }
        }
        if (free.contains(key.madeFor)) {
            m_keys.append(key.name);
        }
    }
    removeThem();
}

void SweepJob::removeThem()
{
    core().store.webhooks(context(), [this](const Result<QList<StoredWebhook>> &stored) {
        QStringList keys = stored ? unreferenced(m_keys, *stored) : QStringList();
        const QStringList needed = SecretJournal::neededKeys(core().profile, {});
        keys.removeIf([&needed](const QString &key) { return needed.contains(key); });
        removeSecrets(keys, [this](bool) {
            m_journals.clear();
            finish(Webhook());
        });
    });
}

} // namespace Tocsin
