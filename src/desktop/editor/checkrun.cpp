// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkrun.h"

#include <algorithm>

namespace Tocsin {

namespace {

/// What was found first in this state; empty where nothing was.
QString firstIn(CheckState state, const WebhookCheckResult &result)
{
    const auto found = std::find_if(result.lines.begin(), result.lines.end(),
                                    [state](const CheckLine &line) { return line.state == state; });
    return found == result.lines.end() ? QString() : found->found.text();
}

} // namespace

CheckRun::~CheckRun()
{
    drop();
}

void CheckRun::drop()
{
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
        m_job.clear();
    }
}

void CheckRun::start(WebhookCheckJob *job, int revision)
{
    drop();
    m_job = job;
    m_found = {};
    m_text.clear();
    m_role.reset();
    m_waitsForKeychain = false;
    m_revision = revision;
    m_jobRevision = revision;
    connect(job, &WebhookCheckJob::waitingForKeychain, this, [this] {
        m_waitsForKeychain = true;
        Q_EMIT changed();
    });
    connect(job, &WebhookCheckJob::progressed, this, [this](const WebhookCheckResult &sofar) {
        m_found = sofar;
        if (std::exchange(m_waitsForKeychain, false)) {
            Q_EMIT changed();
        }
        Q_EMIT progressed();
    });
    connect(job, &WebhookCheckJob::finished, this, [this, job](const WebhookCheckResult &result) {
        job->disconnect(this);
        m_job.clear();
        m_found = result;
        m_resultRevision = m_jobRevision;
        if (result.isCancelled) {
            m_text = tr("The check was cancelled.");
            m_role = ColorRole::Inactive;
        } else if (const auto failure = firstIn(CheckState::Failed, result); !failure.isEmpty()) {
            m_text = tr("Check failed: %1").arg(failure);
            m_role = ColorRole::Error;
        } else if (const auto warning = firstIn(CheckState::Warning, result); !warning.isEmpty()) {
            m_text = tr("Check with a warning: %1").arg(warning);
            m_role = ColorRole::Warning;
        } else {
            m_text = tr("Check successful; nothing was sent");
            m_role = ColorRole::Success;
        }
        Q_EMIT progressed();
        Q_EMIT changed();
    });
    Q_EMIT progressed();
    Q_EMIT changed();
}

void CheckRun::fail(const QString &reason)
{
    drop();
    m_found = {};
    m_text = tr("Not checked: %1").arg(reason);
    m_role = ColorRole::Error;
    m_resultRevision = m_revision;
    Q_EMIT changed();
}

void CheckRun::cancel()
{
    if (m_job) {
        m_job->cancel();
    }
}

void CheckRun::setRevision(int revision)
{
    if (revision != m_revision) {
        m_revision = revision;
        Q_EMIT changed();
    }
}

QString CheckRun::progressText() const
{
    return m_waitsForKeychain ? tr("Waiting for the keychain…") : tr("Checking…");
}

QString CheckRun::resultText() const
{
    if (m_text.isEmpty() || isRunning()) {
        return {};
    }
    return isOutdated() ? tr("Before the last change: %1").arg(m_text) : m_text;
}

std::optional<ColorRole> CheckRun::resultRole() const
{
    if (!m_role || isRunning()) {
        return std::nullopt;
    }
    return isOutdated() ? ColorRole::Inactive : *m_role;
}

} // namespace Tocsin

#include "moc_checkrun.cpp"
