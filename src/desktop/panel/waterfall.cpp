// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "waterfall.h"

#include <algorithm>
#include <utility>

namespace Tocsin {

namespace {

constexpr double narrowestBar = 2;
constexpr Milliseconds shortest(0.1);
constexpr double shortestPart = 0.01;

Milliseconds append(std::vector<WaterfallBar> &bars, const Timings &timings, int tokenExchange, Milliseconds start)
{
    const std::pair<InvocationPhase, std::optional<Milliseconds>> phases[] = {
        {InvocationPhase::Queued, timings.queued},   {InvocationPhase::Lookup, timings.lookup},
        {InvocationPhase::Connect, timings.connect}, {InvocationPhase::Tls, timings.tls},
        {InvocationPhase::Send, timings.send},       {InvocationPhase::Wait, timings.wait},
        {InvocationPhase::Receive, timings.receive},
    };
    Milliseconds end = start;
    for (const auto &[phase, duration] : phases) {
        if (duration) {
            const Milliseconds length = std::max(*duration, Milliseconds(0));
            bars.push_back({.phase = phase,
                            .tokenExchange = tokenExchange,
                            .isWithTls = phase == InvocationPhase::Connect && !timings.tls,
                            .start = end,
                            .duration = length});
            end += length;
        }
    }
    return std::max(end, start + timings.total.value_or(Milliseconds(0)));
}

Milliseconds appendMeasured(std::vector<WaterfallBar> &bars, const Invocation &invocation)
{
    Milliseconds end(0);
    if (invocation.tokenExchange) {
        end = append(bars, invocation.tokenExchange->timings, 1, end);
    }
    return append(bars, invocation.timings, 0, end);
}

Milliseconds appendAll(std::vector<WaterfallBar> &bars, const Invocation &invocation)
{
    if (invocation.timeline.isEmpty()) {
        return appendMeasured(bars, invocation);
    }
    Milliseconds end(0);
    for (const TimelineSpan &span : invocation.timeline) {
        bars.push_back({.phase = span.phase,
                        .tokenExchange = span.tokenExchange,
                        .isWithTls = false,
                        .start = end,
                        .duration = span.duration});
        end += span.duration;
    }
    return end;
}

} // namespace

std::vector<WaterfallBar> waterfallBars(const Invocation &invocation)
{
    std::vector<WaterfallBar> bars;
    appendAll(bars, invocation);
    return bars;
}

Milliseconds waterfallSpan(const Invocation &invocation)
{
    std::vector<WaterfallBar> bars;
    return appendAll(bars, invocation);
}

std::vector<WaterfallRow> waterfallRows(const std::vector<WaterfallBar> &bars, Milliseconds span)
{
    const auto isShort = [limit = std::min(shortest, span * shortestPart)](const WaterfallBar &bar) {
        return bar.duration < limit;
    };
    std::vector<WaterfallRow> rows;
    for (const WaterfallBar &bar : bars) {
        const bool isShared = !rows.empty() && isShort(bar) && isShort(rows.back().back())
            && bar.tokenExchange == rows.back().back().tokenExchange;
        if (!isShared) {
            rows.emplace_back();
        }
        rows.back().push_back(bar);
    }
    return rows;
}

QRectF waterfallRect(Milliseconds start, Milliseconds end, Milliseconds span, const QRectF &track)
{
    if (span <= Milliseconds(0)) {
        return {track.left(), track.top(), std::min(narrowestBar, track.width()), track.height()};
    }
    const double scale = track.width() / span.count();
    const double width = std::min(std::max((end - start).count() * scale, narrowestBar), track.width());
    const double left = std::min(start.count() * scale, track.width() - width);
    return {track.left() + std::max(left, 0.0), track.top(), width, track.height()};
}

} // namespace Tocsin
