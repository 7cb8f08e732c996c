// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "busyindicator.h"

#include "metrics.h"

#include <QPainter>
#include <QStyle>
#include <QTimerEvent>

namespace Tocsin {

namespace {
constexpr int steps = 12;
constexpr int stepLength = 80; // ms
} // namespace

BusyIndicator::BusyIndicator(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Under way"));
}

QSize BusyIndicator::sizeHint() const
{
    return {Metrics::icon, Metrics::icon};
}

void BusyIndicator::showEvent(QShowEvent *event)
{
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0) {
        m_timer.start(stepLength, this);
    }
    QWidget::showEvent(event);
}

void BusyIndicator::hideEvent(QHideEvent *event)
{
    m_timer.stop();
    QWidget::hideEvent(event);
}

void BusyIndicator::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_step = (m_step + 1) % steps;
    update();
}

void BusyIndicator::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle = QRectF(rect()).adjusted(2, 2, -2, -2);
    QColor quiet = palette().color(QPalette::WindowText);
    quiet.setAlphaF(0.2F);
    painter.setPen(QPen(quiet, 2));
    painter.drawEllipse(circle);
    painter.setPen(QPen(palette().color(QPalette::Link), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(circle, -m_step * 16 * 360 / steps, 16 * 100);
}

} // namespace Tocsin

#include "moc_busyindicator.cpp"
