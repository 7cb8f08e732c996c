// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretcache.h"

#include <utility>

namespace Tocsin {

SecretCache::SecretCache(SecretStore &store, std::chrono::milliseconds kept, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_kept(kept)
{
}

void SecretCache::resolve(const QStringList &keys, QObject *context, Reply<SecretSequenceOutcome> reply)
{
    auto &entry = m_entries[keys];
    if (!entry) {
        entry = std::make_shared<Entry>();
    }
    const bool isBeingRead = !entry->waiting.empty();
    if (!isBeingRead && !entry->goodUntil.hasExpired()) {
        reply(SecretSequenceOutcome(entry->outcome));
        return;
    }
    entry->waiting.push_back(guarded(context, std::move(reply)));
    if (!isBeingRead) {
        read(keys);
    }
}

void SecretCache::forget()
{
    m_entries.removeIf([](const auto &item) { return item.value()->waiting.empty(); });
}

void SecretCache::read(const QStringList &keys)
{
    auto *sequence = new SecretSequence(m_store, SecretSequence::reads(keys), this);
    connect(sequence, &SecretSequence::finished, this,
            [this, keys](const SecretSequenceOutcome &outcome) { answer(keys, outcome); });
    sequence->start();
}

void SecretCache::answer(const QStringList &keys, const SecretSequenceOutcome &outcome)
{
    m_entries.removeIf(
        [](const auto &item) { return item.value()->waiting.empty() && item.value()->goodUntil.hasExpired(); });
    const auto entry = m_entries.value(keys);
    if (outcome.error || !outcome.missing.isEmpty()) {
        m_entries.remove(keys);
    } else {
        entry->outcome = outcome;
        entry->goodUntil = QDeadlineTimer(m_kept);
    }
    const auto waiting = std::exchange(entry->waiting, {});
    for (const auto &reply : waiting) {
        reply(outcome);
    }
}

} // namespace Tocsin
