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

void SecretCache::resolve(const QString &webhookId, qint64 version, const QStringList &keys, QObject *context,
                          Reply<SecretSequenceOutcome> reply)
{
    const Document document(webhookId, version);
    auto &entry = m_entries[document];
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
        read(document, keys);
    }
}

void SecretCache::forget()
{
    m_entries.removeIf([](const auto &item) { return item.value()->waiting.empty(); });
    for (const auto &entry : std::as_const(m_entries)) {
        entry->isForgotten = true;
    }
}

void SecretCache::read(const Document &document, const QStringList &keys)
{
    auto *sequence = new SecretSequence(m_store, SecretSequence::reads(keys), this);
    connect(sequence, &SecretSequence::finished, this,
            [this, document](const SecretSequenceOutcome &outcome) { answer(document, outcome); });
    sequence->start();
}

void SecretCache::answer(const Document &document, const SecretSequenceOutcome &outcome)
{
    m_entries.removeIf(
        [](const auto &item) { return item.value()->waiting.empty() && item.value()->goodUntil.hasExpired(); });
    const auto entry = m_entries.value(document);
    if (outcome.error || !outcome.missing.isEmpty() || entry->isForgotten) {
        m_entries.remove(document);
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

#include "moc_secretcache.cpp"
