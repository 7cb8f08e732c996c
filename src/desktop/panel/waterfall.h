// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QRectF>

#include <vector>

namespace Tocsin {

/// One phase on the axis of the whole invocation, which starts at zero.
struct WaterfallBar
{
    InvocationPhase phase = InvocationPhase::Queued;
    int tokenExchange = 0; ///< as in TimelineSpan
    bool isWithTls = false; ///< a connect that was not measured apart from TLS
    Milliseconds start{0};
    Milliseconds duration{0};

    Milliseconds end() const { return start + duration; }
    bool operator==(const WaterfallBar &) const = default;
};

/// Bars that share a line; never empty. They follow one another, so that together they are one stretch of the axis.
using WaterfallRow = std::vector<WaterfallBar>;

/// The spans of the timeline. In old records, which have none, the phases that were measured, one after the other, the
/// token exchange's first.
std::vector<WaterfallBar> waterfallBars(const Invocation &invocation);

/// The length of the axis: to the end of the last phase, in old records to that of the totals where these are longer.
Milliseconds waterfallSpan(const Invocation &invocation);

/// A line for each bar, but neighbours that are all too short to be told apart (under 0.1 ms and 1 % of the axis) share
/// one, if they belong to the same exchange.
std::vector<WaterfallRow> waterfallRows(const std::vector<WaterfallBar> &bars, Milliseconds span);

/// Where a stretch is drawn in `track`: at least two pixels wide, and never outside.
QRectF waterfallRect(Milliseconds start, Milliseconds end, Milliseconds span, const QRectF &track);

} // namespace Tocsin
