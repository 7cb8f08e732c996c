// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"
#include "secretsequence.h"

#include <QPointer>

#include <functional>
#include <memory>

namespace Tocsin {

struct EngineCore;

/// What every EngineJob of the engine does alike: it starts when its maker is back in the event loop, runs one sequence
/// of keychain requests at a time, and ends once.
class EngineStep : public EngineJob
{
    Q_OBJECT

public:
    EngineStep(EngineCore &core, QObject *parent);

    /// While the keychain is asked, ends that; else takes back what was written, unless the database is being written.
    void cancel() override;

protected:
    virtual void begin() = 0;
    /// Takes back what was written, then calls finish(error).
    virtual void rollBack(const Error &error);

    EngineCore &core() { return m_core; }
    /// For replies: those that come after the end, or after the cancelling, are dropped.
    QObject *context() const { return m_context.get(); }
    /// Ends in `then` with Cancelled when the job is cancelled meanwhile.
    void runSecrets(const QList<SecretStep> &steps, std::function<void(const SecretSequenceOutcome &)> then);
    /// Removes secrets and forgets their names, without ever asking the keychain's owner; `then` hears whether all
    /// went.
    void removeSecrets(const QStringList &keys, std::function<void(bool removed)> then);
    /// removeSecrets() for those that no stored webhook refers to any more, nor what can be undone, each under the lock
    /// of the webhook that it was made for: this job holds those of `held`. Where another change holds one, a later
    /// sweep does it.
    void removeUnused(const QList<MadeSecretKey> &keys, const QStringList &held,
                      std::function<void(bool removed)> then);
    void forgetKeys(const QStringList &keys, std::function<void()> then);
    /// From here on the job cannot be cancelled.
    void commit() { m_committed = true; }
    void fail(const Problems &problems); ///< with the first error among them
    void finish(const Result<Webhook> &result);
    static Error errorOf(const SecretSequenceOutcome &outcome);

private:
    EngineCore &m_core;
    std::unique_ptr<QObject> m_context = std::make_unique<QObject>();
    QPointer<SecretSequence> m_sequence;
    bool m_committed = false;
    bool m_finished = false;
};

} // namespace Tocsin
