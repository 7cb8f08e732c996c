// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

#include <QHash>
#include <QTimer>

#include <memory>

namespace Tocsin {

/// Keeps secrets in memory, answering from the event loop as a keychain does. `values` outlives the store.
class MemorySecrets : public SecretStore
{
    Q_OBJECT

public:
    using Values = QHash<QString, QString>;

    explicit MemorySecrets(std::shared_ptr<Values> values)
        : m_values(std::move(values))
    {
    }

    SecretJob *read(const QString &key) override
    {
        SecretOutcome outcome;
        if (m_values->contains(key)) {
            outcome.value = m_values->value(key);
        } else {
            outcome.error = SecretError{.kind = SecretError::Kind::NotFound, .message = Sentence(key)};
        }
        return answer(outcome);
    }

    SecretJob *write(const QString &key, const QString &value) override
    {
        m_values->insert(key, value);
        return answer({});
    }

    SecretJob *remove(const QString &key) override
    {
        m_values->remove(key);
        return answer({});
    }

    void availability(QObject *context, Reply<SecretAvailability> reply) override
    {
        QTimer::singleShot(0, context, [reply = std::move(reply)] { reply(SecretAvailability::Available); });
    }

    bool isReadOnly() const override { return false; }

private:
    class Job : public SecretJob
    {
    public:
        using SecretJob::SecretJob;
        void cancel() override
        {
            end({.error = SecretError{.kind = SecretError::Kind::Cancelled, .message = {}}, .value = {}});
        }
        void end(const SecretOutcome &outcome)
        {
            if (!std::exchange(m_ended, true)) {
                Q_EMIT finished(outcome);
                deleteLater();
            }
        }

    private:
        bool m_ended = false;
    };

    SecretJob *answer(const SecretOutcome &outcome)
    {
        auto *job = new Job(this);
        QTimer::singleShot(0, job, [job, outcome] { job->end(outcome); });
        return job;
    }

    std::shared_ptr<Values> m_values;
};

} // namespace Tocsin
