// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "linkbutton.h"

#include <QStyleOptionFocusRect>
#include <QStylePainter>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int lineMargin = 2; // above and below; its text begins where a label's would
constexpr int textFlags = Qt::AlignLeading | Qt::AlignVCenter | Qt::TextWordWrap | Qt::TextShowMnemonic;
} // namespace

LinkButton::LinkButton(QWidget *parent)
    : QPushButton(parent)
{
    setFlat(true);
    setAutoDefault(false);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Maximum, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize LinkButton::sizeHint() const
{
    const QSize text = fontMetrics().size(Qt::TextShowMnemonic, this->text());
    return text + QSize(0, 2 * lineMargin);
}

QSize LinkButton::minimumSizeHint() const
{
    int widest = 0;
    for (const QString &word : text().split(u' ')) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(word));
    }
    return QSize(widest, fontMetrics().height() + 2 * lineMargin);
}

int LinkButton::heightForWidth(int width) const
{
    return fontMetrics().boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), textFlags, text()).height() + 2 * lineMargin;
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QFont lined = font();
    lined.setUnderline(isEnabled() && (underMouse() || isDown()));
    painter.setFont(lined);
    painter.setPen(isEnabled() ? palette().color(QPalette::Link)
                               : palette().color(QPalette::Disabled, QPalette::WindowText));
    painter.drawText(rect().adjusted(0, lineMargin, 0, -lineMargin), textFlags, text());
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.backgroundColor = palette().color(QPalette::Window);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, option);
    }
}

} // namespace Tocsin
