// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "statusdot.h"

#include "icons.h"
#include "metrics.h"

#include <QPainter>

namespace Tocsin {

StatusDot::StatusDot(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusDot::setStatus(ColorRole role, const QString &words)
{
    m_role = role;
    setAccessibleName(words);
    setToolTip(words);
    update();
}

QSize StatusDot::sizeHint() const
{
    return {Metrics::icon, Metrics::icon};
}

void StatusDot::paintEvent(QPaintEvent *)
{
    const Symbol symbol = m_role == ColorRole::Success ? Symbol::Active : symbolOf(m_role);
    QPainter(this).drawPixmap(0, 0, pixmap(symbol, color(m_role, palette()), Metrics::icon, devicePixelRatioF()));
}

} // namespace Tocsin

#include "moc_statusdot.cpp"
