// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverieschart.h"

#include "accessiblechart.h"
#include "colorroles.h"
#include "deliverytext.h"
#include "metrics.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int chartHeight = 92;
constexpr int leastSegment = 3; // px: what is rare is seen

qint64 sum(const DeliveryOutcomes &outcomes)
{
    return outcomes.delivered + outcomes.failed + outcomes.dead;
}

} // namespace

DeliveriesChart::DeliveriesChart(QWidget *parent)
    : QWidget(parent)
{
    installChartAccessibility();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setContentsMargins(Metrics::medium, Metrics::small, Metrics::medium, Metrics::small);
}

int DeliveriesChart::accessibleRole() const
{
    return QAccessible::Chart;
}

void DeliveriesChart::setTimeline(const DeliveryTimeline &timeline)
{
    if (m_timeline == timeline) {
        return;
    }
    const bool hasCurrent = m_current >= 0 && m_current < count();
    const QDateTime current = hasCurrent ? m_timeline.spans.at(m_current).start : QDateTime();
    m_timeline = timeline;
    m_current = -1;
    for (int bar = 0; hasCurrent && bar < count(); ++bar) {
        if (m_timeline.spans.at(bar).start == current) {
            m_current = bar;
        }
    }
    if (hasFocus() && m_current < 0) {
        m_current = count() - 1;
    }
    setHovered(-1);
    update();
}

void DeliveriesChart::setChosen(const std::optional<TimeRange> &range)
{
    m_chosen = range;
    update();
}

TimeRange DeliveriesChart::range(int bar) const
{
    const QDateTime start = m_timeline.spans.at(bar).start;
    return {.start = start, .end = start.addSecs(m_timeline.bucket.count() * 60)};
}

QString DeliveriesChart::text(int bar) const
{
    if (bar < 0 || bar >= count()) {
        return {};
    }
    const auto &outcomes = m_timeline.spans.at(bar);
    const TimeRange times = range(bar);
    return tr("%1: %2, %3, %4", "a time, delivered, failed, dead")
        .arg(spanInWords(times.start, times.end),
             tr("%Ln delivered", "deliveries", static_cast<int>(outcomes.delivered)),
             tr("%Ln failed attempt(s)", nullptr, static_cast<int>(outcomes.failed)),
             tr("%Ln dead", "deliveries", static_cast<int>(outcomes.dead)));
}

QRect DeliveriesChart::place(int bar) const
{
    if (bar < 0 || bar >= count()) {
        return {};
    }
    const QRect inside = contentsRect();
    const int left = inside.left() + inside.width() * bar / count();
    const int right = inside.left() + inside.width() * (bar + 1) / count();
    return QStyle::visualRect(layoutDirection(), rect(), QRect(left, inside.top(), right - left, inside.height()));
}

int DeliveriesChart::barAt(const QPoint &position) const
{
    for (int bar = 0; bar < count(); ++bar) {
        const QRect bounds = place(bar);
        if (position.x() >= bounds.left() && position.x() <= bounds.right()) {
            return bar;
        }
    }
    return -1;
}

void DeliveriesChart::choose(int bar)
{
    if (bar < 0 || bar >= count()) {
        return;
    }
    m_current = bar;
    if (m_chosen && *m_chosen == range(bar)) {
        Q_EMIT released();
    } else {
        Q_EMIT chosen(range(bar));
    }
    update();
}

QSize DeliveriesChart::sizeHint() const
{
    return {600, chartHeight};
}

QSize DeliveriesChart::minimumSizeHint() const
{
    return {120, chartHeight};
}

bool DeliveriesChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int bar = barAt(help->pos());
        QToolTip::showText(help->globalPos(), text(bar), this, place(bar));
        return true;
    }
    // Esc is a key of the window's too: while a bar is chosen and the chart has the focus, it is the chart's.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape
        && m_chosen) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void DeliveriesChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hairline(palette()));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    qint64 highest = 1;
    for (const auto &outcomes : std::as_const(m_timeline.spans)) {
        highest = std::max(highest, sum(outcomes));
    }
    for (int bar = 0; bar < count(); ++bar) {
        paintBar(painter, bar, highest);
    }
    paintLimit(painter);
    if (hasFocus() && m_current >= 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Link), 2));
        painter.drawRoundedRect(QRectF(place(m_current)).adjusted(0, -3, 0, 3), 3, 3);
    }
}

void DeliveriesChart::paintBar(QPainter &painter, int bar, qint64 highest) const
{
    const QRect whole = place(bar);
    const bool isChosen = m_chosen && *m_chosen == range(bar);
    if (isChosen || bar == m_hovered) {
        QColor field = palette().color(QPalette::Highlight);
        field.setAlphaF(isChosen ? (isDark(palette()) ? 0.45F : 0.22F) : 0.12F);
        painter.fillRect(whole, field);
    }
    const auto &outcomes = m_timeline.spans.at(bar);
    const int gap = std::max(1, std::min(Metrics::tight, whole.width() / 5));
    const std::array<std::pair<qint64, ColorRole>, 3> segments{{{outcomes.delivered, ColorRole::Success},
                                                                {outcomes.failed, ColorRole::Warning},
                                                                {outcomes.dead, ColorRole::Error}}};
    int bottom = whole.bottom() + 1;
    for (const auto &[number, role] : segments) {
        if (number > 0) {
            const int height =
                std::max<int>(leastSegment, static_cast<int>(number * (whole.height() - 2 * leastSegment) / highest));
            const QRect segment(whole.left() + gap / 2, std::max(whole.top(), bottom - height), whole.width() - gap,
                                std::min(height, bottom - whole.top()));
            painter.fillRect(segment, color(role, palette()));
            bottom = segment.top();
        }
    }
}

void DeliveriesChart::paintLimit(QPainter &painter) const
{
    const QString words = limitInWords();
    if (words.isEmpty()) {
        return;
    }
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    const QRect inside = contentsRect();
    QRect field = QFontMetrics(small).boundingRect(words).adjusted(-Metrics::tight, 0, Metrics::tight, 0);
    field.moveTopLeft(inside.topLeft());
    field = QStyle::visualRect(layoutDirection(), rect(), field);
    painter.fillRect(field, palette().color(QPalette::Base)); // above the bars
    painter.setPen(color(ColorRole::Inactive, palette()));
    painter.drawText(field, Qt::AlignCenter, words);
}

QString DeliveriesChart::limitInWords() const
{
    return m_timeline.isAll ? QString() : tr("The newest %Ln matches", nullptr, Outbox::searchedMatches);
}

void DeliveriesChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) {
        choose(barAt(event->pos()));
    }
}

void DeliveriesChart::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(barAt(event->pos()));
}

void DeliveriesChart::leaveEvent(QEvent *event)
{
    setHovered(-1);
    QWidget::leaveEvent(event);
}

void DeliveriesChart::keyPressEvent(QKeyEvent *event)
{
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Left:
        moveTo(m_current + (isMirrored ? 1 : -1));
        break;
    case Qt::Key_Right:
        moveTo(m_current + (isMirrored ? -1 : 1));
        break;
    case Qt::Key_Home:
        moveTo(0);
        break;
    case Qt::Key_End:
        moveTo(count() - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        choose(m_current);
        break;
    case Qt::Key_Escape:
        if (m_chosen) {
            Q_EMIT released();
            break;
        }
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

void DeliveriesChart::focusInEvent(QFocusEvent *event)
{
    if (m_current < 0) {
        moveTo(count() - 1);
    }
    QWidget::focusInEvent(event);
}

void DeliveriesChart::moveTo(int bar)
{
    if (count() == 0) {
        return;
    }
    m_current = std::clamp(bar, 0, count() - 1);
    update();
    QAccessibleEvent focused(this, QAccessible::Focus);
    focused.setChild(m_current);
    QAccessible::updateAccessibility(&focused);
    if (hasFocus()) {
        const QRect bounds = place(m_current);
        QToolTip::showText(mapToGlobal(bounds.topLeft()), text(m_current), this, bounds);
    }
}

void DeliveriesChart::setHovered(int bar)
{
    if (m_hovered != bar) {
        m_hovered = bar;
        update();
    }
}

} // namespace Tocsin
