// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filterchip.h"

#include "colorroles.h"
#include "icons.h"
#include "metrics.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

FilterChip::FilterChip(Kind kind, QWidget *parent)
    : QAbstractButton(parent)
    , m_kind(kind)
{
    setCheckable(kind == Kind::Choice);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    if (kind == Kind::Removable) {
        connect(this, &QAbstractButton::clicked, this, &FilterChip::removeRequested);
    }
}

int FilterChip::accessibleRole() const
{
    return m_kind == Kind::Choice ? QAccessible::RadioButton : QAccessible::Button;
}

void FilterChip::setCount(const QString &count)
{
    if (m_count != count) {
        m_count = count;
        updateGeometry();
        update();
    }
}

QString FilterChip::words() const
{
    return m_count.isEmpty() ? text() : text() + u' ' + m_count;
}

QSize FilterChip::sizeHint() const
{
    const int cross = m_kind == Kind::Removable ? Metrics::icon + Metrics::tight : 0;
    return {fontMetrics().horizontalAdvance(words()) + cross + 2 * Metrics::medium,
            std::max(fontMetrics().height() + Metrics::small, Metrics::target)};
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    if (m_kind == Kind::Removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested();
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor highlight = palette().color(QPalette::Highlight);
    const bool isMarked = isChecked() || m_kind == Kind::Removable;
    QColor field = highlight;
    field.setAlphaF(isMarked ? (isDark(palette()) ? 0.45F : 0.16F) : (underMouse() ? 0.08F : 0.0F));
    painter.setBrush(field);
    painter.setPen(hasFocus() ? QPen(focusColor(palette()), 2) : QPen(isMarked ? highlight : hairline(palette()), 1));
    const QRectF pill = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);

    const QColor ink = palette().color(QPalette::WindowText);
    painter.setPen(ink);
    const QRect inside = rect().adjusted(Metrics::medium, 0, -Metrics::medium, 0);
    painter.drawText(inside,
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                     words());
    if (m_kind == Kind::Removable) {
        const QRect cross(inside.right() - Metrics::icon + 1, (height() - Metrics::icon) / 2, Metrics::icon,
                          Metrics::icon);
        painter.drawPixmap(QStyle::visualRect(layoutDirection(), rect(), cross).topLeft(),
                           pixmap(Symbol::Close, ink, Metrics::icon, devicePixelRatioF()));
    }
}

void FilterChip::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void FilterChip::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace Tocsin

#include "moc_filterchip.cpp"
