// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "toggleswitch.h"

#include "colorroles.h"
#include "metrics.h"

#include <QAccessible>
#include <QPainter>
#include <QStyleOptionFocusRect>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int trackWidth = 32;
constexpr int trackHeight = 18;
constexpr int knobInset = 3;
} // namespace

ToggleSwitch::ToggleSwitch(QWidget *parent)
    : QAbstractButton(parent)
    , m_onText(tr("On"))
    , m_offText(tr("Off"))
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::toggled, this, [this] {
        QAccessibleStateChangeEvent event(this, [] {
            QAccessible::State changed;
            changed.checked = true;
            return changed;
        }());
        QAccessible::updateAccessibility(&event);
    });
}

void ToggleSwitch::setOnText(const QString &text)
{
    m_onText = text;
    updateGeometry();
    update();
}

void ToggleSwitch::setOffText(const QString &text)
{
    m_offText = text;
    updateGeometry();
    update();
}

QSize ToggleSwitch::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    const int text = std::max(metrics.horizontalAdvance(m_onText), metrics.horizontalAdvance(m_offText));
    return {trackWidth + Metrics::small + text + Metrics::tight,
            std::max({trackHeight + Metrics::tight, metrics.height() + Metrics::tight, Metrics::target})};
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    QRectF track(mirrored ? width() - trackWidth - 1 : 1, (height() - trackHeight) / 2.0, trackWidth, trackHeight);
    const QColor mark = isEnabled() ? color(isChecked() ? ColorRole::Success : ColorRole::Inactive, palette())
                                    : palette().color(QPalette::Disabled, QPalette::WindowText);
    const QRectF outline = track.adjusted(0.75, 0.75, -0.75, -0.75);
    painter.setPen(QPen(mark, 1.5));
    painter.setBrush(isChecked() ? QBrush(mark)
                                 : QBrush(palette().color(underMouse() ? QPalette::Midlight : QPalette::Base)));
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2);

    const double diameter = trackHeight - 2 * knobInset;
    const bool knobRight = isChecked() != mirrored;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? palette().color(QPalette::Base) : mark);
    painter.drawEllipse(QRectF(knobRight ? track.right() - knobInset - diameter : track.left() + knobInset,
                               track.top() + knobInset, diameter, diameter));

    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, QPalette::WindowText));
    const QRect textRect = mirrored ? rect().adjusted(0, 0, -trackWidth - Metrics::small, 0)
                                    : rect().adjusted(trackWidth + Metrics::small, 0, 0, 0);
    painter.drawText(textRect, Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft), stateText());

    if (hasFocus()) {
        painter.setPen(QPen(focusColor(palette()), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(track.adjusted(-0.5, -1.5, 0.5, 1.5), (trackHeight + 3) / 2.0, (trackHeight + 3) / 2.0);
    }
}

void ToggleSwitch::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void ToggleSwitch::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace Tocsin

#include "moc_toggleswitch.cpp"
