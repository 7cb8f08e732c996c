// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scrollbar.h"

#include "colorroles.h"

#include <QPainter>
#include <QStyleOptionSlider>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr qreal inset = 3; // of the handle, across the bar
} // namespace

QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part, int shortest)
{
    const bool isHorizontal = bar.orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    const int handle = range <= 0
        ? length
        : std::clamp(int(qint64(bar.pageStep) * length / (range + bar.pageStep)), std::min(shortest, length), length);
    const int begin =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown);
    const auto between = [&bar, isHorizontal](int from, int to) {
        const QRect rect = isHorizontal ? QRect(bar.rect.left() + from, bar.rect.top(), to - from, bar.rect.height())
                                        : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), to - from);
        return QStyle::visualRect(bar.direction, bar.rect, rect);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return between(begin, begin + handle);
    case QStyle::SC_ScrollBarGroove:
        return between(0, length);
    case QStyle::SC_ScrollBarSubPage:
        return between(0, begin);
    case QStyle::SC_ScrollBarAddPage:
        return between(begin + handle, length);
    default:
        return {};
    }
}

void drawScrollBar(const QStyleOptionSlider &bar, const QRect &handle, QPainter &painter)
{
    painter.fillRect(bar.rect, bar.palette.color(QPalette::Window));
    if (bar.maximum <= bar.minimum) {
        return;
    }
    const bool isHeld = bar.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider)
        && (bar.state & (QStyle::State_MouseOver | QStyle::State_Sunken));
    const QRectF room = bar.orientation == Qt::Horizontal ? QRectF(handle).adjusted(1, inset, -1, -inset)
                                                          : QRectF(handle).adjusted(inset, 1, -inset, -1);
    const qreal radius = std::min(room.width(), room.height()) / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isHeld ? bar.palette.color(QPalette::WindowText) : quietText(bar.palette));
    painter.drawRoundedRect(room, radius, radius);
    painter.restore();
}

} // namespace Tocsin
