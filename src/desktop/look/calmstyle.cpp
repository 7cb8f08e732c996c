// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "calmstyle.h"

#include "colorroles.h"
#include "icons.h"
#include "metrics.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleOption>

namespace Tocsin {

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    const QSize given = QProxyStyle::sizeFromContents(type, option, size, widget);
    return type == CT_PushButton ? QSize(given.width() + Metrics::large, given.height()) : given;
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const auto *item = element == CE_ItemViewItem ? qstyleoption_cast<const QStyleOptionViewItem *>(option) : nullptr;
    if (!item) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    QStyleOptionViewItem quiet(*item);
    quiet.palette = quietSelection(item->palette);
    QProxyStyle::drawControl(element, &quiet, painter, widget);
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    if (element == PE_FrameFocusRect && qobject_cast<const QAbstractItemView *>(widget)) {
        // A line only: Fusion's tint would lie over the cell's text and pale it.
        painter->save();
        painter->setPen(option->palette.color(QPalette::Highlight));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    const auto *row =
        element == PE_PanelItemViewRow ? qstyleoption_cast<const QStyleOptionViewItem *>(option) : nullptr;
    if (!row) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    QStyleOptionViewItem quiet(*row);
    quiet.palette = quietSelection(row->palette);
    QProxyStyle::drawPrimitive(element, &quiet, painter, widget);
}

QIcon CalmStyle::standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    switch (standard) {
    // The platform's come from files: each menu bar would load every image format's plugin for one that it never shows.
    case SP_ToolBarHorizontalExtensionButton:
        return icon(Symbol::More);
    case SP_LineEditClearButton:
        return icon(Symbol::Close);
    default:
        return QProxyStyle::standardIcon(standard, option, widget);
    }
}

} // namespace Tocsin
