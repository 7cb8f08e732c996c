// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretsequence.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace Tocsin {

/// Reads secrets for many deliveries: those who ask for the same keys at once share one read, and what was found is
/// used again for a short time. What could not be read is not kept.
class SecretCache : public QObject
{
    Q_OBJECT

public:
    SecretCache(SecretStore &store, std::chrono::milliseconds kept, QObject *parent);

    void resolve(const QStringList &keys, QObject *context, Reply<SecretSequenceOutcome> reply);
    void forget(); ///< the next one who asks has everything read anew

private:
    struct Entry
    {
        SecretSequenceOutcome outcome;
        QDeadlineTimer goodUntil;
        std::vector<Reply<SecretSequenceOutcome>> waiting; ///< not empty: it is being read
    };

    void read(const QStringList &keys);
    void answer(const QStringList &keys, const SecretSequenceOutcome &outcome);

    SecretStore &m_store;
    std::chrono::milliseconds m_kept;
    QHash<QStringList, std::shared_ptr<Entry>> m_entries;
};

} // namespace Tocsin
