// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "buttonlabel.h"

#include "metrics.h"

#include <QStyle>
#include <QStyleOptionButton>

#include <algorithm>

namespace Tocsin {

bool isMirroredTwice(const QStyleOptionButton &button)
{
    return button.direction == Qt::RightToLeft && !button.icon.isNull() && !button.text.isEmpty();
}

void drawLabelFromRight(const QStyleOptionButton &button, QPainter &painter, const QStyle &style)
{
    QRect room = button.rect;
    if (button.features.testFlag(QStyleOptionButton::HasMenu)) {
        room.setLeft(room.left() + style.pixelMetric(QStyle::PM_MenuButtonIndicator, &button));
    }
    const int words = button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width();
    const int left = std::max(0, room.width() - words - Metrics::tight - button.iconSize.width()) / 2;
    const QRect icon(
        QPoint(room.right() - left - button.iconSize.width() + 1, room.center().y() - button.iconSize.height() / 2),
        button.iconSize);
    const bool isEnabled = button.state.testFlag(QStyle::State_Enabled);
    button.icon.paint(&painter, icon, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled,
                      button.state.testFlag(QStyle::State_On) ? QIcon::On : QIcon::Off);
    room.setRight(icon.left() - Metrics::tight);
    style.drawItemText(&painter, room,
                       int(Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextShowMnemonic,
                       button.palette, isEnabled, button.text, QPalette::ButtonText);
}

} // namespace Tocsin
