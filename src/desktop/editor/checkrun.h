// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "colorroles.h"
#include "engine.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace Tocsin {

/// The Check of a form: at most one at a time, what it has found so far, and how the last one ended. A later start
/// takes the place of an earlier one.
class CheckRun : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~CheckRun() override;

    /// Follows `job`, made for the form as it was at `revision`.
    void start(WebhookCheckJob *job, int revision);
    /// A check that could not even begin, with its reason.
    void fail(const QString &reason);
    void cancel();
    /// The form is now at `revision`; a result for another one says so.
    void setRevision(int revision);

    bool isRunning() const { return !m_job.isNull(); }
    const WebhookCheckResult &found() const { return m_found; } ///< so far
    bool isOutdated() const { return m_resultRevision != m_revision; }

    QString progressText() const; ///< while it runs
    /// Empty while there is none.
    QString resultText() const;
    std::optional<ColorRole> resultRole() const;

Q_SIGNALS:
    void changed();
    void progressed(); ///< found() has more

private:
    void drop();

    QPointer<WebhookCheckJob> m_job;
    WebhookCheckResult m_found;
    QString m_text;
    std::optional<ColorRole> m_role;
    bool m_waitsForKeychain = false;
    int m_revision = 0;
    int m_jobRevision = 0;
    int m_resultRevision = 0;
};

} // namespace Tocsin
