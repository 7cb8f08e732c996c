// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <cmath>

namespace Tocsin {

/// The words of a timeline in their order: "render queued … judge"; those of a token exchange as "1:lookup".
inline QString timelineText(const QList<TimelineSpan> &timeline)
{
    QStringList words;
    for (const auto &span : timeline) {
        const auto number = span.tokenExchange > 0 ? QString::number(span.tokenExchange) + u':' : QString();
        words.append(number + toString(span.phase));
    }
    return words.join(u' ');
}

/// What is wrong with the times of an invocation; empty where they are in order: phases follow one another as a request
/// goes, nothing lasts less than no time, and together they are the whole.
inline QString badTimes(const Invocation &invocation)
{
    using Phase = InvocationPhase;
    const auto &timeline = invocation.timeline;
    if (timeline.isEmpty() || !invocation.timings.total) {
        return QStringLiteral("no times");
    }
    int exchange = 0;
    for (qsizetype i = 0; i < timeline.size(); ++i) {
        const auto &span = timeline.at(i);
        if (span.duration.count() < 0) {
            return QStringLiteral("less than no time: ") + timelineText(timeline);
        }
        if (i == 0) {
            continue;
        }
        const auto &before = timeline.at(i - 1);
        const bool goesOn = span.tokenExchange == before.tokenExchange && span.phase > before.phase;
        const bool isExchange = span.tokenExchange == exchange + 1;
        const bool wantsToken = span.phase == Phase::TokenExchange && before.phase == Phase::Receive;
        const bool isBegun = i == 1 && before.phase == Phase::Queued && span.phase == Phase::Render; // on its thread
        const bool hasToken =
            span.tokenExchange == 0 && (before.tokenExchange > 0 || before.phase == Phase::TokenExchange);
        if (!goesOn && !isExchange && !wantsToken && !hasToken && !isBegun) {
            return QStringLiteral("out of order: ") + timelineText(timeline);
        }
        exchange = std::max(exchange, span.tokenExchange);
    }
    const auto sum = totalOf(timeline).count();
    const auto total = invocation.timings.total->count();
    constexpr double rounding = 1e-3; // a microsecond
    if (std::abs(sum - total) > rounding) {
        return QStringLiteral("%1 ms in all, yet %2 ms in parts").arg(total).arg(sum);
    }
    const auto &timings = invocation.timings;
    double parts = 0;
    for (const auto &part :
         {timings.queued, timings.lookup, timings.connect, timings.tls, timings.send, timings.wait, timings.receive}) {
        parts += part ? part->count() : 0;
    }
    return parts > total + rounding ? QStringLiteral("the parts, %1 ms, are more than all").arg(parts) : QString();
}

} // namespace Tocsin
