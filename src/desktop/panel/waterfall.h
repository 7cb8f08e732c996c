// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QRectF>

#include <vector>

namespace Tocsin {

enum class InvocationPhase { Queued, Lookup, Connect, Send, Wait, Receive };

/// One measured phase on the axis of the whole invocation, which starts at zero.
struct WaterfallBar
{
    InvocationPhase phase = InvocationPhase::Queued;
    bool isTokenExchange = false;
    Milliseconds start{0};
    Milliseconds duration{0};

    bool operator==(const WaterfallBar &) const = default;
};

/// The phases that were measured, one after the other, the token exchange's first on the same axis.
std::vector<WaterfallBar> waterfallBars(const Invocation &invocation);

/// The length of the axis: to the end of the last phase, or of the totals where these are longer.
Milliseconds waterfallSpan(const Invocation &invocation);

/// Where a bar is drawn in `track`: at least two pixels wide, and never outside.
QRectF waterfallRect(const WaterfallBar &bar, Milliseconds span, const QRectF &track);

} // namespace Tocsin
