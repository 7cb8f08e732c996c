// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "waterfall.h"

#include <algorithm>
#include <utility>

namespace Tocsin {

namespace {

constexpr double narrowestBar = 2;

Milliseconds append(std::vector<WaterfallBar> &bars, const Timings &timings, bool isTokenExchange, Milliseconds start)
{
    const std::pair<InvocationPhase, std::optional<Milliseconds>> phases[] = {
        {InvocationPhase::Queued, timings.queued},   {InvocationPhase::Lookup, timings.lookup},
        {InvocationPhase::Connect, timings.connect}, {InvocationPhase::Send, timings.send},
        {InvocationPhase::Wait, timings.wait},       {InvocationPhase::Receive, timings.receive},
    };
    Milliseconds end = start;
    for (const auto &[phase, duration] : phases) {
        if (duration) {
            const Milliseconds length = std::max(*duration, Milliseconds(0));
            bars.push_back({.phase = phase, .isTokenExchange = isTokenExchange, .start = end, .duration = length});
            end += length;
        }
    }
    return std::max(end, start + timings.total.value_or(Milliseconds(0)));
}

Milliseconds appendAll(std::vector<WaterfallBar> &bars, const Invocation &invocation)
{
    Milliseconds end(0);
    if (invocation.tokenExchange) {
        end = append(bars, invocation.tokenExchange->timings, true, end);
    }
    return append(bars, invocation.timings, false, end);
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

QRectF waterfallRect(const WaterfallBar &bar, Milliseconds span, const QRectF &track)
{
    if (span <= Milliseconds(0)) {
        return {track.left(), track.top(), std::min(narrowestBar, track.width()), track.height()};
    }
    const double scale = track.width() / span.count();
    const double width = std::min(std::max(bar.duration.count() * scale, narrowestBar), track.width());
    const double left = std::min(bar.start.count() * scale, track.width() - width);
    return {track.left() + std::max(left, 0.0), track.top(), width, track.height()};
}

} // namespace Tocsin
