// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "secretstore.h"

#include <QHash>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

class MemoryJob : public SecretJob
{
public:
    explicit MemoryJob(SecretOutcome outcome)
    {
        QMetaObject::invokeMethod(
            this,
            [this, outcome = std::move(outcome)] {
                Q_EMIT finished(outcome);
                deleteLater();
            },
            Qt::QueuedConnection);
    }
    void cancel() override { }
};

class MemoryStore : public SecretStore
{
public:
    SecretJob *read(const QString &key) override
    {
        SecretOutcome outcome{.error = {}, .value = m_values.value(key)};
        if (!m_values.contains(key)) {
            outcome.error = SecretError{.kind = SecretError::Kind::NotFound, .message = Sentence(u"Not there."_s)};
        }
        return new MemoryJob(outcome);
    }
    SecretJob *write(const QString &key, const QString &value) override
    {
        if (m_locked) {
            return new MemoryJob(
                {.error = SecretError{.kind = SecretError::Kind::Locked, .message = Sentence(u"Locked."_s)},
                 .value = {}});
        }
        m_values.insert(key, value);
        return new MemoryJob({});
    }
    SecretJob *remove(const QString &key) override
    {
        m_values.remove(key);
        return new MemoryJob({});
    }
    void availability(QObject *, Reply<SecretAvailability> reply) override { reply(SecretAvailability::Available); }
    bool isReadOnly() const override { return false; }

    QHash<QString, QString> m_values;
    bool m_locked = false;
};

class HeldJob : public InvocationJob
{
public:
    void cancel() override { end(Verdict::Failed, u"Cancelled."_s); }
    void end(Verdict verdict, const QString &reason = {})
    {
        Invocation invocation;
        invocation.verdict = verdict;
        invocation.reason = Sentence(reason);
        Q_EMIT finished(invocation);
        deleteLater();
    }
};

} // namespace Tocsin
