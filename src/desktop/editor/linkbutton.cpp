// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "linkbutton.h"

#include "metrics.h"

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
    return {text.width(), std::max(text.height() + 2 * lineMargin, Metrics::target)};
}

QSize LinkButton::minimumSizeHint() const
{
    int widest = 0;
    for (const QString &word : text().split(u' ')) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(word));
    }
    return {widest, std::max(fontMetrics().height() + 2 * lineMargin, Metrics::target)};
}

int LinkButton::heightForWidth(int width) const
{
    const int text = fontMetrics().boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), textFlags, this->text()).height();
    return std::max(text + 2 * lineMargin, Metrics::target);
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

#include "moc_linkbutton.cpp"
