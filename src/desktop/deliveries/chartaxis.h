// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QFontMetrics>
#include <QList>
#include <QString>

namespace Tocsin {

/// A time on the axis of a chart.
struct AxisLabel
{
    QString text; ///< "18:00", "Sat 02:00" where a day begins, "23 Nov" where the labels are days
    int position = 0; ///< of its moment, in pixels from where the axis begins
    int left = 0; ///< where the text begins; it stays on the axis

    bool operator==(const AxisLabel &) const = default;
};

/// Labels at whole hours, days or months of the local time, as close as they can be read; none over another. The last
/// one says "now" where the axis ends.
QList<AxisLabel> axisLabels(const QDateTime &start, const QDateTime &end, int width, const QFontMetrics &metrics);

} // namespace Tocsin
