// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "testrun.h"

namespace Tocsin {

TestRun::~TestRun()
{
    drop();
}

void TestRun::drop()
{
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
        m_job.clear();
    }
}

void TestRun::start(InvocationJob *job, int revision)
{
    clear();
    m_job = job;
    m_phase = InvocationJob::Phase::Queued;
    m_waitsForKeychain = false;
    m_revision = revision;
    m_jobRevision = revision;
    connect(job, &InvocationJob::phaseChanged, this, [this](InvocationJob::Phase phase) {
        m_phase = phase;
        m_waitsForKeychain = false;
        Q_EMIT changed();
    });
    connect(job, &InvocationJob::waitingForKeychain, this, [this] {
        m_waitsForKeychain = true;
        Q_EMIT changed();
    });
    connect(job, &InvocationJob::finished, this, [this, job](const Invocation &invocation) {
        job->disconnect(this);
        m_job.clear();
        m_invocation = invocation;
        m_verdict = invocation.verdict;
        m_reason = invocation.reason;
        m_resultRevision = m_jobRevision;
        Q_EMIT changed();
        Q_EMIT finished();
    });
    Q_EMIT changed();
}

void TestRun::fail(const QString &reason)
{
    clear();
    m_verdict = Verdict::Failed;
    m_reason = reason;
    m_resultRevision = m_revision;
    Q_EMIT changed();
}

void TestRun::cancel()
{
    if (m_job) {
        m_job->cancel();
    }
}

void TestRun::clear()
{
    drop();
    m_invocation.reset();
    m_verdict.reset();
    m_reason.clear();
    Q_EMIT changed();
}

void TestRun::restore(const Invocation &invocation)
{
    m_invocation = invocation;
    Q_EMIT changed();
}

void TestRun::setRevision(int revision)
{
    if (revision != m_revision) {
        m_revision = revision;
        Q_EMIT changed();
    }
}

QString TestRun::phaseText() const
{
    if (m_waitsForKeychain) {
        return tr("Waiting for the keychain…");
    }
    switch (m_phase) {
    case InvocationJob::Phase::Profile:
    case InvocationJob::Phase::Secrets:
        return tr("Reading secrets…");
    case InvocationJob::Phase::Render:
    case InvocationJob::Phase::Queued:
        return tr("Preparing the request…");
    case InvocationJob::Phase::TokenExchange:
        return tr("Fetching a token…");
    case InvocationJob::Phase::Lookup:
        return tr("Looking up the name…");
    case InvocationJob::Phase::Connect:
        return tr("Connecting…");
    case InvocationJob::Phase::Tls:
        return tr("Agreeing on TLS…");
    case InvocationJob::Phase::Send:
        return tr("Sending…");
    case InvocationJob::Phase::Wait:
        return tr("Waiting for the answer…");
    case InvocationJob::Phase::Receive:
        return tr("Receiving the answer…");
    case InvocationJob::Phase::Judge:
        return tr("Judging the answer…");
    }
    return {};
}

QString TestRun::resultText() const
{
    if (!m_verdict || isRunning()) {
        return {};
    }
    QString text = tr("Test successful");
    if (*m_verdict == Verdict::Failed) {
        text = m_reason.isEmpty() ? tr("Test failed") : tr("Test failed: %1").arg(m_reason);
    }
    return isOutdated() ? tr("Before the last change: %1").arg(text) : text;
}

} // namespace Tocsin

#include "moc_testrun.cpp"
