// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tabs.h"

#include "colorroles.h"
#include "headinglabel.h"
#include "metrics.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>
#include <QStyleOptionTab>

namespace Tocsin {

namespace {
constexpr int underline = 2;
constexpr double hoverShare = 0.06;
} // namespace

void drawTabShape(const QStyleOptionTab &tab, QPainter &painter)
{
    const bool isChosen = tab.state.testFlag(QStyle::State_Selected);
    if (!isChosen && tab.state.testFlag(QStyle::State_Enabled) && tab.state.testFlag(QStyle::State_MouseOver)) {
        QColor hover = tab.palette.color(QPalette::WindowText);
        hover.setAlphaF(hoverShare);
        painter.fillRect(tab.rect, hover);
    }
    if (isChosen) {
        painter.fillRect(QRect(tab.rect.left(), tab.rect.bottom() + 1 - underline, tab.rect.width(), underline),
                         focusColor(tab.palette));
    }
}

void drawTabLabel(const QStyleOptionTab &tab, QPainter &painter, const QStyle &style)
{
    if (tab.rect.isEmpty()) {
        return;
    }
    const bool isChosen = tab.state.testFlag(QStyle::State_Selected);
    const bool isEnabled = tab.state.testFlag(QStyle::State_Enabled);
    QRect place = tab.rect.adjusted(Metrics::medium, 0, -Metrics::medium, 0);
    painter.save();
    if (!tab.icon.isNull()) {
        const QRect mark(place.left(), place.center().y() - tab.iconSize.height() / 2, tab.iconSize.width(),
                         tab.iconSize.height());
        tab.icon.paint(&painter, QStyle::visualRect(tab.direction, place, mark), Qt::AlignCenter,
                       isEnabled ? QIcon::Normal : QIcon::Disabled);
        place =
            QStyle::visualRect(tab.direction, place, place.adjusted(tab.iconSize.width() + Metrics::tight, 0, 0, 0));
    }
    if (isChosen) {
        painter.setFont(semiboldFont());
    }
    QPalette inks = tab.palette;
    if (!isChosen) {
        inks.setColor(QPalette::Active, QPalette::WindowText, quietText(tab.palette));
        inks.setColor(QPalette::Inactive, QPalette::WindowText, quietText(tab.palette));
    }
    const int mnemonic =
        style.styleHint(QStyle::SH_UnderlineShortcut, &tab) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    style.drawItemText(&painter, place, Qt::AlignCenter | mnemonic, inks, isEnabled, tab.text, QPalette::WindowText);
    if (tab.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect ring;
        ring.QStyleOption::operator=(tab);
        ring.rect = tab.rect.adjusted(1, 1, -1, -1 - underline);
        ring.backgroundColor = tab.palette.color(QPalette::Window);
        style.drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &painter, nullptr);
    }
    painter.restore();
}

void drawTabBase(const QStyleOption &base, QPainter &painter)
{
    painter.fillRect(QRect(base.rect.left(), base.rect.bottom(), base.rect.width(), 1), hairline(base.palette));
}

} // namespace Tocsin
