// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretsequence.h"

namespace Tocsin {

SecretSequence::SecretSequence(SecretStore &store, QList<SecretStep> steps, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_steps(std::move(steps))
{
}

QList<SecretStep> SecretSequence::reads(const QStringList &keys)
{
    QList<SecretStep> steps;
    for (const QString &key : keys) {
        steps.append({.kind = SecretStep::Kind::Read, .key = key, .value = {}});
    }
    return steps;
}

QList<SecretStep> SecretSequence::removals(const QStringList &keys)
{
    QList<SecretStep> steps;
    for (const QString &key : keys) {
        steps.append({.kind = SecretStep::Kind::Remove, .key = key, .value = {}});
    }
    return steps;
}

void SecretSequence::start()
{
    QMetaObject::invokeMethod(this, &SecretSequence::next, Qt::QueuedConnection);
}

void SecretSequence::cancel()
{
    if (m_finished) {
        return;
    }
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
    }
    m_outcome.error = SecretError{.kind = SecretError::Kind::Cancelled, .message = say("Cancelled.")};
    finish();
}

void SecretSequence::next()
{
    if (m_finished) {
        return;
    }
    if (m_outcome.done == m_steps.size()) {
        finish();
        return;
    }
    const SecretStep &step = m_steps.at(m_outcome.done);
    switch (step.kind) {
    case SecretStep::Kind::Read:
        m_job = m_store.read(step.key);
        break;
    case SecretStep::Kind::Write:
        m_job = m_store.write(step.key, step.value);
        break;
    case SecretStep::Kind::Remove:
        m_job = m_store.remove(step.key);
        break;
    }
    connect(m_job, &SecretJob::waitingForPrompt, this, &SecretSequence::waitingForPrompt);
    connect(m_job, &SecretJob::finished, this, &SecretSequence::stepFinished);
}

void SecretSequence::stepFinished(const SecretOutcome &outcome)
{
    const SecretStep &step = m_steps.at(m_outcome.done);
    m_job = nullptr;
    const bool isNotThere =
        outcome.error ? outcome.error->kind == SecretError::Kind::NotFound : outcome.value.isEmpty();
    if (step.kind == SecretStep::Kind::Read && isNotThere) {
        m_outcome.missing.append(step.key);
    } else if (outcome.error) {
        m_outcome.error = outcome.error;
        m_outcome.failedKey = step.key;
        finish();
        return;
    } else if (step.kind == SecretStep::Kind::Read) {
        m_outcome.values.insert(step.key, outcome.value);
    }
    ++m_outcome.done;
    next();
}

void SecretSequence::finish()
{
    m_finished = true;
    Q_EMIT finished(m_outcome);
    deleteLater();
}

} // namespace Tocsin

#include "moc_secretsequence.cpp"
