// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replayjob.h"

namespace Tocsin {

ReplayJob::ReplayJob(QObject *parent)
    : QObject(parent)
{
}

void ReplayJob::cancel()
{
    m_isCancelled = true;
}

void ReplayJob::begin(TakeStep takeStep)
{
    m_takeStep = std::move(takeStep);
    goOn(0);
}

void ReplayJob::goOn(qint64 position)
{
    if (m_isCancelled) {
        m_outcome.isStopped = true;
        end({});
        return;
    }
    m_takeStep(position, [this](const Result<Step> &step) {
        if (!step) {
            end(step.error());
            return;
        }
        m_outcome.replayed += step->done;
        Q_EMIT progressed(m_outcome.replayed);
        if (step->isLast) {
            end({});
        } else {
            goOn(step->position);
        }
    });
}

void ReplayJob::end(const std::optional<Error> &fault)
{
    m_outcome.fault = fault;
    Q_EMIT finished(m_outcome);
    deleteLater();
}

} // namespace Tocsin

#include "moc_replayjob.cpp"
