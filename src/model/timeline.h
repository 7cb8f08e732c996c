// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Tocsin {

using Milliseconds = std::chrono::duration<double, std::milli>;

/// What an invocation is doing.
enum class InvocationPhase {
    Profile, ///< reading what it says of the webhook
    Secrets, ///< reading them
    Render, ///< making the request
    Queued, ///< waiting for a connection that it may use
    TokenExchange, ///< waiting for a token that another invocation has asked for
    Lookup,
    Connect,
    Tls,
    Send,
    Wait,
    Receive,
    Judge,
};
/// The word in documents (`secrets`, `tls`); not translated.
QString toString(InvocationPhase phase);
std::optional<InvocationPhase> invocationPhaseFromString(const QString &text);

/// One stretch of an invocation's time. Spans follow one another without a gap, the first begins at zero.
struct TimelineSpan
{
    InvocationPhase phase = InvocationPhase::Queued;
    int tokenExchange = 0; ///< 1 for a phase of the first token exchange, 2 for the second's; 0 for the request's own
    Milliseconds duration{0};

    bool operator==(const TimelineSpan &) const = default;
};

Milliseconds totalOf(const QList<TimelineSpan> &timeline);

/// Takes down what an invocation does, on one axis: each phase lasts until the next one begins, so that nothing
/// overlaps and nothing is left unnamed. A value; the clock is the same on all threads.
class Timeline
{
public:
    using Clock = std::chrono::steady_clock;

    explicit Timeline(Clock::time_point start = Clock::now())
        : m_start(start)
    {
    }

    Clock::time_point start() const { return m_start; }

    /// Begins a phase; not before the one that was begun last.
    void enter(InvocationPhase phase, Clock::time_point at = Clock::now(), int tokenExchange = 0);

    /// What was begun until `end`, the last of it until then; what took no time is left out. What lies before the first
    /// belongs to it.
    QList<TimelineSpan> spans(Clock::time_point end) const;

private:
    struct Mark
    {
        InvocationPhase phase;
        int tokenExchange;
        Clock::time_point begin;
    };

    Clock::time_point m_start;
    QList<Mark> m_marks;
};

} // namespace Tocsin
