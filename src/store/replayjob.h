// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "result.h"

#include <QObject>

#include <functional>
#include <optional>

namespace Tocsin {

/// How a replay ended.
struct ReplayOutcome
{
    qint64 replayed = 0;
    bool isStopped = false; ///< before its end, by cancel()
    std::optional<Error> fault{}; ///< what ended it before its end
};

/// A replay of what a filter finds, step by step: Outbox::replayMatching(). It goes once it has finished.
class ReplayJob : public QObject
{
    Q_OBJECT

public:
    /// Ends it after the step under way; what was replayed stays so.
    void cancel();

Q_SIGNALS:
    void progressed(qint64 replayed);
    void finished(const Tocsin::ReplayOutcome &outcome);

private:
    friend class Outbox;

    struct Step
    {
        int done = 0;
        bool isLast = true;
        qint64 position = 0; ///< where the next one goes on
    };
    using TakeStep = std::function<void(qint64 position, Reply<Result<Step>> reply)>;

    explicit ReplayJob(QObject *parent);
    void begin(TakeStep takeStep);
    void goOn(qint64 position);
    void end(const std::optional<Error> &fault);

    TakeStep m_takeStep;
    ReplayOutcome m_outcome;
    bool m_isCancelled = false;
};

} // namespace Tocsin
