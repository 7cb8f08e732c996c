// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigationbutton.h"

#include "headinglabel.h"
#include "metrics.h"

#include <QAccessible>
#include <QPainter>
#include <QStyle>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

NavigationButton::NavigationButton(Symbol symbol, const QString &name, QWidget *parent)
    : QAbstractButton(parent)
    , m_symbol(symbol)
{
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

int NavigationButton::accessibleRole() const
{
    return isCheckable() ? QAccessible::PageTab : QAccessible::PushButton;
}

void NavigationButton::setCount(const QString &count)
{
    if (count != m_count) {
        m_count = count;
        updateToolTip();
        update();
    }
}

void NavigationButton::setExplanation(const QString &explanation)
{
    m_explanation = explanation;
    updateToolTip();
}

void NavigationButton::setKeys(const QKeySequence &keys)
{
    m_keys = keys.toString(QKeySequence::NativeText);
    updateToolTip();
}

void NavigationButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    updateToolTip();
    updateGeometry();
    update();
}

void NavigationButton::updateToolTip()
{
    const QString name = m_count.isEmpty() ? text() : text() + u": "_s + m_count;
    setToolTip(!m_explanation.isEmpty() ? m_explanation : m_keys.isEmpty() ? name : u"%1 (%2)"_s.arg(name, m_keys));
}

QSize NavigationButton::sizeHint() const
{
    const QFontMetrics metrics(semiboldFont());
    const int height = std::max(metrics.height(), Metrics::icon) + 2 * Metrics::small;
    const int width = m_collapsed
        ? Metrics::icon + 2 * Metrics::medium
        : Metrics::icon + metrics.horizontalAdvance(text()) + Metrics::small + 2 * Metrics::medium + Metrics::huge;
    return {width, height};
}

QSize NavigationButton::minimumSizeHint() const
{
    return sizeHint();
}

void NavigationButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor background = palette().color(QPalette::Highlight);
    background.setAlphaF(isChecked() ? (isDark(palette()) ? 0.45F : 0.16F) : (underMouse() ? 0.08F : 0.0F));
    painter.setPen(hasFocus() ? QPen(focusColor(palette()), 1.5) : QPen(Qt::NoPen));
    painter.setBrush(background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);

    const QColor ink = palette().color(QPalette::WindowText);
    const int top = (height() - Metrics::icon) / 2;
    const QRect inside = rect().adjusted(Metrics::medium, 0, -Metrics::medium, 0);
    const QRect iconRect = QStyle::visualRect(
        layoutDirection(), rect(),
        QRect(m_collapsed ? (width() - Metrics::icon) / 2 : inside.left(), top, Metrics::icon, Metrics::icon));
    painter.drawPixmap(iconRect.topLeft(), pixmap(m_symbol, ink, Metrics::icon, devicePixelRatioF()));
    if (m_collapsed) {
        return;
    }
    const Qt::Alignment left = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
    const Qt::Alignment right = QStyle::visualAlignment(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter);
    painter.setPen(ink);
    painter.setFont(isChecked() ? semiboldFont() : font());
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), inside.adjusted(Metrics::icon + Metrics::small, 0, 0, 0)),
        static_cast<int>(left), text());
    painter.setPen(isChecked() ? ink : quietText(palette()));
    painter.setFont(font());
    painter.drawText(inside, static_cast<int>(right), m_count);
}

void NavigationButton::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void NavigationButton::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace Tocsin

#include "moc_navigationbutton.cpp"
