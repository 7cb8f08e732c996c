// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline.h"

#include <algorithm>
#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct PhaseName
{
    InvocationPhase phase;
    QLatin1StringView name;
};

constexpr std::array phaseNames{
    PhaseName{InvocationPhase::Profile, "profile"_L1},     PhaseName{InvocationPhase::Secrets, "secrets"_L1},
    PhaseName{InvocationPhase::Render, "render"_L1},       PhaseName{InvocationPhase::Queued, "queued"_L1},
    PhaseName{InvocationPhase::TokenExchange, "token"_L1}, PhaseName{InvocationPhase::Lookup, "lookup"_L1},
    PhaseName{InvocationPhase::Connect, "connect"_L1},     PhaseName{InvocationPhase::Tls, "tls"_L1},
    PhaseName{InvocationPhase::Send, "send"_L1},           PhaseName{InvocationPhase::Wait, "wait"_L1},
    PhaseName{InvocationPhase::Receive, "receive"_L1},     PhaseName{InvocationPhase::Judge, "judge"_L1},
};

} // namespace

QString toString(InvocationPhase phase)
{
    const auto found = std::find_if(phaseNames.begin(), phaseNames.end(),
                                    [phase](const PhaseName &entry) { return entry.phase == phase; });
    return found == phaseNames.end() ? QString() : QString(found->name);
}

std::optional<InvocationPhase> invocationPhaseFromString(const QString &text)
{
    const auto found = std::find_if(phaseNames.begin(), phaseNames.end(),
                                    [&text](const PhaseName &entry) { return entry.name == text; });
    return found == phaseNames.end() ? std::nullopt : std::optional(found->phase);
}

Milliseconds totalOf(const QList<TimelineSpan> &timeline)
{
    Milliseconds total(0);
    for (const auto &span : timeline) {
        total += span.duration;
    }
    return total;
}

void Timeline::enter(InvocationPhase phase, Clock::time_point at, int tokenExchange)
{
    at = m_marks.isEmpty() ? m_start : std::max(at, m_marks.constLast().begin);
    if (!m_marks.isEmpty() && m_marks.constLast().begin == at) {
        m_marks.removeLast(); // it took no time
    }
    if (!m_marks.isEmpty() && m_marks.constLast().phase == phase
        && m_marks.constLast().tokenExchange == tokenExchange) {
        return;
    }
    m_marks.append({.phase = phase, .tokenExchange = tokenExchange, .begin = at});
}

QList<TimelineSpan> Timeline::spans(Clock::time_point end) const
{
    QList<TimelineSpan> spans;
    spans.reserve(m_marks.size());
    for (qsizetype i = 0; i < m_marks.size(); ++i) {
        const auto &mark = m_marks[i];
        const auto until = i + 1 < m_marks.size() ? std::min(m_marks[i + 1].begin, end) : end;
        if (until > mark.begin) {
            spans.append({.phase = mark.phase,
                          .tokenExchange = mark.tokenExchange,
                          .duration = Milliseconds(until - mark.begin)});
        }
    }
    return spans;
}

} // namespace Tocsin
