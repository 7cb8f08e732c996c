// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkschedule.h"

#include "engine.h"

#include <algorithm>

namespace Tocsin {

CheckSchedule::CheckSchedule(Engine &engine, const CheckScheduleOptions &options, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_options(options)
{
    m_round.setSingleShot(true);
    m_next.setSingleShot(true);
    connect(&m_round, &QTimer::timeout, this, &CheckSchedule::beginRound);
    connect(&m_next, &QTimer::timeout, this, &CheckSchedule::checkNext);
}

CheckSchedule::~CheckSchedule()
{
    stop();
}

void CheckSchedule::start()
{
    if (!m_isStopped) {
        m_round.start(m_options.first);
    }
}

void CheckSchedule::stop()
{
    m_isStopped = true;
    m_round.stop();
    m_next.stop();
    m_waiting.clear();
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
    }
}

void CheckSchedule::beginRound()
{
    m_sinceRound.start();
    m_engine.store().webhooks(this, [this](const Result<QList<StoredWebhook>> &stored) {
        if (m_isStopped) {
            return;
        }
        const auto webhooks = stored ? *stored : QList<StoredWebhook>();
        for (const auto &one : webhooks) {
            if (one.webhook.active) {
                m_waiting.append(one.webhook.id);
            }
        }
        const auto count = std::max<qsizetype>(m_waiting.size(), 1);
        m_between = std::min<std::chrono::milliseconds>(m_options.spread / count, m_options.mostBetween);
        checkNext();
    });
}

void CheckSchedule::checkNext()
{
    if (!m_waiting.isEmpty()) {
        check(m_waiting.takeFirst());
        return;
    }
    const std::chrono::milliseconds gone(m_sinceRound.elapsed());
    m_round.start(std::max(m_options.every - gone, std::chrono::milliseconds(1)));
    Q_EMIT roundEnded();
}

/// As it is stored by now, if it is still there and active.
void CheckSchedule::check(const QString &id)
{
    m_engine.store().webhook(id, this, [this, id](const Result<std::optional<StoredWebhook>> &stored) {
        if (m_isStopped) {
            return;
        }
        if (!stored || !*stored || (*stored)->webhook.id != id || !(*stored)->webhook.active) {
            goOn();
            return;
        }
        const WebhookInput input{.webhook = (*stored)->webhook, .secretHeaders = {}, .plainHeaders = {}};
        m_job = m_engine.check(input, CheckManner::Unasked);
        connect(m_job, &WebhookCheckJob::finished, this, [this](const WebhookCheckResult &result) {
            goOn();
            Q_EMIT checked(result);
        });
    });
}

void CheckSchedule::goOn()
{
    m_next.start(m_waiting.isEmpty() ? std::chrono::milliseconds(0) : m_between);
}

} // namespace Tocsin

#include "moc_checkschedule.cpp"
