// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretsequence.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace Tocsin {

/// Reads secrets for many deliveries: those who ask for the same version of a webhook's document at once share one
/// read, and what was found is used again for a short time, for that version alone. What could not be read is not kept.
class SecretCache : public QObject
{
    Q_OBJECT

public:
    SecretCache(SecretStore &store, std::chrono::milliseconds kept, QObject *parent);

    /// `keys` are those that this version of the webhook's document refers to. May answer at once.
    void resolve(const QString &webhookId, qint64 version, const QStringList &keys, QObject *context,
                 Reply<SecretSequenceOutcome> reply);
    void forget(); ///< the next one who asks has everything read anew

private:
    using Document = std::pair<QString, qint64>; // webhook id, version

    struct Entry
    {
        SecretSequenceOutcome outcome;
        QDeadlineTimer goodUntil;
        std::vector<Reply<SecretSequenceOutcome>> waiting; ///< not empty: it is being read
        bool isForgotten = false; ///< while it was being read
    };

    void read(const Document &document, const QStringList &keys);
    void answer(const Document &document, const SecretSequenceOutcome &outcome);

    SecretStore &m_store;
    std::chrono::milliseconds m_kept;
    QHash<Document, std::shared_ptr<Entry>> m_entries;
};

} // namespace Tocsin
