// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkround.h"

namespace Tocsin {

CheckRound::CheckRound(Engine &engine, QList<WebhookInput> inputs, qsizetype atOnce, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_inputs(std::move(inputs))
    , m_atOnce(atOnce)
    , m_results(static_cast<std::size_t>(m_inputs.size()))
{
}

void CheckRound::start()
{
    QMetaObject::invokeMethod(this, &CheckRound::startMore, Qt::QueuedConnection);
}

void CheckRound::cancel()
{
    if (std::exchange(m_isEnded, true)) {
        return;
    }
    const auto running = std::exchange(m_running, {});
    for (const auto &job : running) {
        if (job) {
            job->disconnect(this);
            job->cancel();
        }
    }
    Q_EMIT finished(false);
}

void CheckRound::startMore()
{
    if (m_isEnded) {
        return;
    }
    m_running.removeIf([](const QPointer<WebhookCheckJob> &job) { return job.isNull(); });
    while (m_started < m_inputs.size() && m_running.size() < m_atOnce) {
        const auto index = m_started++;
        auto *job = m_engine.check(m_inputs.at(index));
        m_running.append(job);
        connect(job, &WebhookCheckJob::finished, this, [this, job, index](const WebhookCheckResult &result) {
            m_running.removeOne(job);
            take(index, result);
        });
    }
    if (m_told == m_inputs.size()) {
        m_isEnded = true;
        Q_EMIT finished(true);
    }
}

void CheckRound::take(qsizetype index, const WebhookCheckResult &result)
{
    m_results[static_cast<std::size_t>(index)] = result;
    while (m_told < m_inputs.size() && m_results[static_cast<std::size_t>(m_told)]) {
        Q_EMIT checked(*m_results[static_cast<std::size_t>(m_told++)]);
        if (m_isEnded) {
            return; // who heard of it has cancelled
        }
    }
    startMore();
}

} // namespace Tocsin

#include "moc_checkround.cpp"
