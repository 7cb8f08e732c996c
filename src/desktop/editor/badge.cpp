// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "badge.h"

#include "metrics.h"

#include <QPainter>

namespace Tocsin {

namespace {
constexpr qreal strength = 0.18; // of the highlight in the background; the text keeps its contrast
} // namespace

Badge::Badge(QWidget *parent)
    : QLabel(parent)
{
    setContentsMargins(Metrics::small, 2, Metrics::small, 2);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::paintEvent(QPaintEvent *event)
{
    QColor field = palette().color(QPalette::Highlight);
    field.setAlphaF(strength);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(field);
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.end();
    QLabel::paintEvent(event);
}

} // namespace Tocsin

#include "moc_badge.cpp"
