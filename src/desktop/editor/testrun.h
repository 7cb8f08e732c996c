// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatcher.h"
#include "invocation.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace Tocsin {

/// The Test of a form: at most one at a time, what it is doing in words, and how the last one ended. A later start
/// takes the place of an earlier one, whose result no longer counts.
class TestRun : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~TestRun() override;

    /// Follows `job`, made for the form as it was at `revision`.
    void start(InvocationJob *job, int revision);
    /// A test that could not even begin, with its reason.
    void fail(const QString &reason);
    void cancel();
    void clear(); ///< forgets what there was
    /// A result that was kept from before.
    void restore(const Invocation &invocation);
    /// The form is now at `revision`; a result for another one says so.
    void setRevision(int revision);

    bool isRunning() const { return !m_job.isNull(); }
    const std::optional<Invocation> &invocation() const { return m_invocation; }
    std::optional<Verdict> verdict() const { return m_verdict; }
    bool isOutdated() const { return m_resultRevision != m_revision; }

    QString phaseText() const; ///< while it runs
    QString resultText() const; ///< empty while there is none

Q_SIGNALS:
    void changed();
    void finished();

private:
    void drop();

    QPointer<InvocationJob> m_job;
    InvocationJob::Phase m_phase = InvocationJob::Phase::Queued;
    bool m_waitsForKeychain = false;
    std::optional<Invocation> m_invocation;
    std::optional<Verdict> m_verdict;
    QString m_reason;
    int m_revision = 0;
    int m_jobRevision = 0;
    int m_resultRevision = 0;
};

} // namespace Tocsin
