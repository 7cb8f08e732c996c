// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <memory>

namespace Tocsin {

/// What a MemorySecretStore holds and how it is to fail; the test keeps it while the engine owns the store.
struct SecretShelf
{
    QHash<QString, QString> values;
    QStringList log; ///< "read key", "write key", "remove key"
    int failWriteAt = -1; ///< the write, counted from 0, that is denied
    bool hangs = false; ///< requests wait for an owner who does not come
    bool isLocked = false; ///< what availability() says
    int writes = 0;
};

class MemorySecretJob : public SecretJob
{
    Q_OBJECT

public:
    MemorySecretJob(bool hangs, std::function<SecretOutcome()> work, QObject *parent)
        : SecretJob(parent)
        , m_work(std::move(work))
    {
        QMetaObject::invokeMethod(
            this,
            [this, hangs] {
                if (hangs) {
                    Q_EMIT waitingForPrompt();
                } else {
                    end(m_work());
                }
            },
            Qt::QueuedConnection);
    }

    void cancel() override
    {
        end({.error =
                 SecretError{.kind = SecretError::Kind::Cancelled, .message = Sentence(QStringLiteral("Cancelled."))},
             .value = {}});
    }

private:
    void end(const SecretOutcome &outcome)
    {
        if (!m_ended) {
            m_ended = true;
            Q_EMIT finished(outcome);
            deleteLater();
        }
    }

    std::function<SecretOutcome()> m_work;
    bool m_ended = false;
};

/// A place for secrets whose failures a test can order one by one, which a real keychain does not offer.
class MemorySecretStore : public SecretStore
{
    Q_OBJECT

public:
    explicit MemorySecretStore(std::shared_ptr<SecretShelf> shelf)
        : m_shelf(std::move(shelf))
    {
    }

    SecretJob *read(const QString &key) override
    {
        return job("read", key, [shelf = m_shelf, key]() -> SecretOutcome {
            if (!shelf->values.contains(key)) {
                return failure(SecretError::Kind::NotFound);
            }
            return {.error = {}, .value = shelf->values.value(key)};
        });
    }

    SecretJob *write(const QString &key, const QString &value) override
    {
        return job("write", key, [shelf = m_shelf, key, value]() -> SecretOutcome {
            if (shelf->writes++ == shelf->failWriteAt) {
                return failure(SecretError::Kind::Denied);
            }
            shelf->values.insert(key, value);
            return {};
        });
    }

    SecretJob *remove(const QString &key) override
    {
        return job("remove", key, [shelf = m_shelf, key]() -> SecretOutcome {
            shelf->values.remove(key);
            return {};
        });
    }

    void availability(QObject *context, Reply<SecretAvailability> reply) override
    {
        const auto answer = m_shelf->isLocked ? SecretAvailability::Locked : SecretAvailability::Available;
        QMetaObject::invokeMethod(
            context, [reply, answer] { reply(answer); }, Qt::QueuedConnection);
    }

    bool isReadOnly() const override { return false; }

private:
    static SecretOutcome failure(SecretError::Kind kind)
    {
        return {.error = SecretError{.kind = kind, .message = Sentence(QStringLiteral("The keychain refused."))},
                .value = {}};
    }

    SecretJob *job(const char *what, const QString &key, std::function<SecretOutcome()> work)
    {
        m_shelf->log.append(QString::fromLatin1(what) + QLatin1Char(' ') + key);
        return new MemorySecretJob(m_shelf->hangs, std::move(work), this);
    }

    std::shared_ptr<SecretShelf> m_shelf;
};

} // namespace Tocsin
