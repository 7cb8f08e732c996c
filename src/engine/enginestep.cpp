// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enginestep.h"

#include "enginecore.h"
#include "secretreferences.h"

#include <algorithm>
#include <vector>

namespace Tocsin {

EngineStep::EngineStep(EngineCore &core, QObject *parent)
    : EngineJob(parent)
    , m_core(core)
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_finished) {
                return;
            }
            if (m_core.isOpen) {
                begin();
            } else {
                finish(Error{.message = tr("The profile is not open.")});
            }
        },
        Qt::QueuedConnection);
}

void EngineStep::cancel()
{
    if (m_finished) {
        return;
    }
    if (m_sequence) {
        m_sequence->cancel();
    } else if (!m_committed) {
        commit();
        m_context = std::make_unique<QObject>();
        rollBack(Error{.message = tr("Cancelled.")});
    }
}

void EngineStep::rollBack(const Error &error)
{
    finish(error);
}

void EngineStep::runSecrets(const QList<SecretStep> &steps, std::function<void(const SecretSequenceOutcome &)> then)
{
    if (steps.isEmpty()) {
        then({});
        return;
    }
    auto *sequence = new SecretSequence(*m_core.secrets, steps, this);
    m_sequence = sequence;
    connect(sequence, &SecretSequence::waitingForPrompt, this, &EngineJob::waitingForKeychain);
    connect(sequence, &SecretSequence::finished, this,
            [this, then = std::move(then)](const SecretSequenceOutcome &outcome) {
                m_sequence = nullptr;
                then(outcome);
            });
    sequence->start();
}

void EngineStep::removeSecrets(const QStringList &keys, std::function<void(bool)> then)
{
    if (keys.isEmpty() || m_core.secrets->isReadOnly()) {
        then(true);
        return;
    }
    m_core.secrets->availability(context(), [this, keys, then = std::move(then)](SecretAvailability availability) {
        if (availability != SecretAvailability::Available) {
            then(false);
            return;
        }
        runSecrets(SecretSequence::removals(keys), [this, keys, then](const SecretSequenceOutcome &outcome) {
            forgetKeys(keys.first(outcome.done), [then, removed = !outcome.error] { then(removed); });
        });
    });
}

void EngineStep::removeUnused(const QList<MadeSecretKey> &keys, const QStringList &held, std::function<void(bool)> then)
{
    if (keys.isEmpty() || m_core.secrets->isReadOnly()) {
        then(true);
        return;
    }
    auto journals = std::make_shared<std::vector<std::unique_ptr<SecretJournal>>>();
    QStringList names;
    QStringList free = held;
    QStringList busy;
    for (const MadeSecretKey &key : keys) {
        if (!free.contains(key.madeFor) && !busy.contains(key.madeFor)) {
            auto journal = SecretJournal::begin(m_core.profile, key.madeFor);
            (journal ? free : busy).append(key.madeFor);
            if (journal) {
                journals->push_back(std::move(journal).value());
            }
        }
        if (free.contains(key.madeFor)) {
            names.append(key.name);
        }
    }
    m_core.store.webhooks(context(),
                          [this, names, journals, then = std::move(then)](const Result<QList<StoredWebhook>> &stored) {
                              QStringList unused = stored ? unreferenced(names, *stored) : QStringList();
                              const QStringList needed = SecretJournal::neededKeys(m_core.profile, {});
                              unused.removeIf([&needed](const QString &key) { return needed.contains(key); });
                              removeSecrets(unused, [journals, then](bool removed) {
                                  journals->clear();
                                  then(removed);
                              });
                          });
}

void EngineStep::forgetKeys(const QStringList &keys, std::function<void()> then)
{
    if (keys.isEmpty()) {
        then();
        return;
    }
    m_core.store.forgetSecretKey(
        keys.constFirst(), context(),
        [this, keys, then = std::move(then)](const Result<void> &) { forgetKeys(keys.sliced(1), then); });
}

void EngineStep::fail(const Problems &problems)
{
    m_problems = problems;
    const auto first = std::find_if(problems.begin(), problems.end(),
                                    [](const Problem &problem) { return problem.severity == Severity::Error; });
    finish(Error{.message = first->message, .where = first->field, .position = first->position});
}

void EngineStep::finish(const Result<Webhook> &result)
{
    if (m_finished) {
        return;
    }
    m_finished = true;
    m_context.reset();
    Q_EMIT finished(result);
    deleteLater();
}

Error EngineStep::errorOf(const SecretSequenceOutcome &outcome)
{
    return {.message = outcome.error->message, .where = outcome.failedKey};
}

} // namespace Tocsin

#include "moc_enginestep.cpp"
