// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverieschart.h"

#include "accessiblechart.h"
#include "chartaxis.h"
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

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int barsHeight = 68;
constexpr int leastSegment = 3; // px: what is rare is seen

} // namespace

DeliveriesChart::DeliveriesChart(QWidget *parent)
    : QWidget(parent)
{
    installChartAccessibility();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    makeRoomBelow();
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

void DeliveriesChart::setStates(const QList<DeliveryState> &states)
{
    if (m_states != states) {
        m_states = states;
        update();
    }
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
    const TimeRange times = range(bar);
    QStringList figures;
    for (const auto &segment : segmentsOf(m_timeline.spans.at(bar))) {
        figures.append(segment.figure);
    }
    return tr("%1: %2", "a time, what ended in it").arg(spanInWords(times.start, times.end), figures.join(u", "_s));
}

QStringList DeliveriesChart::legend() const
{
    QStringList words;
    for (const auto &segment : segmentsOf({})) {
        words.append(segment.words);
    }
    return words;
}

QList<DeliveriesChart::Segment> DeliveriesChart::segmentsOf(const DeliveryOutcomes &outcomes) const
{
    QList<Segment> segments;
    if (m_states.isEmpty() || m_states.contains(DeliveryState::Delivered)) {
        segments.append({outcomes.delivered, ColorRole::Success, tr("delivered"),
                         tr("%Ln delivered", "deliveries", static_cast<int>(outcomes.delivered))});
    }
    if (m_states.isEmpty() || m_states.contains(DeliveryState::Waiting)) {
        segments.append({outcomes.failed, ColorRole::Warning, tr("failed, tried again"),
                         tr("%Ln failed attempt(s)", nullptr, static_cast<int>(outcomes.failed))});
    }
    if (m_states.isEmpty() || m_states.contains(DeliveryState::Dead)) {
        segments.append({outcomes.dead, ColorRole::Error, tr("dead"),
                         tr("%Ln dead", "deliveries", static_cast<int>(outcomes.dead))});
    }
    return segments;
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
    const QMargins margins = contentsMargins();
    return {600, barsHeight + margins.top() + margins.bottom()};
}

QSize DeliveriesChart::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

QFont DeliveriesChart::smallFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    return small;
}

int DeliveriesChart::lineHeight() const
{
    return QFontMetrics(smallFont()).height();
}

void DeliveriesChart::makeRoomBelow()
{
    setContentsMargins(Metrics::medium, Metrics::small, Metrics::medium,
                       2 * lineHeight() + 2 * Metrics::tight + Metrics::small);
    updateGeometry();
}

void DeliveriesChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        makeRoomBelow();
    }
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
        qint64 sum = 0;
        for (const auto &segment : segmentsOf(outcomes)) {
            sum += segment.count;
        }
        highest = std::max(highest, sum);
    }
    for (int bar = 0; bar < count(); ++bar) {
        paintBar(painter, bar, highest);
    }
    paintAxis(painter);
    paintLegend(painter);
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
    int bottom = whole.bottom() + 1;
    for (const auto &part : segmentsOf(outcomes)) {
        if (part.count > 0) {
            const int height = std::max<int>(
                leastSegment, static_cast<int>(part.count * (whole.height() - 2 * leastSegment) / highest));
            const QRect segment(whole.left() + gap / 2, std::max(whole.top(), bottom - height), whole.width() - gap,
                                std::min(height, bottom - whole.top()));
            painter.fillRect(segment, color(part.role, palette()));
            bottom = segment.top();
        }
    }
}

void DeliveriesChart::paintAxis(QPainter &painter) const
{
    if (m_timeline.spans.isEmpty()) {
        return;
    }
    const QRect inside = contentsRect();
    const QFontMetrics metrics(smallFont());
    const QRect line(inside.left(), inside.bottom() + 1, inside.width(), 1);
    painter.fillRect(line, hairline(palette()));
    painter.setFont(smallFont());
    painter.setPen(quietText(palette()));
    for (const auto &label : axisLabels(m_timeline.start, range(count() - 1).end, inside.width(), metrics)) {
        const QRect mark(inside.left() + std::min(label.position, inside.width() - 1), line.top(), 1, Metrics::tight);
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), mark), hairline(palette()));
        const QRect words(inside.left() + label.left, line.bottom() + Metrics::tight,
                          metrics.horizontalAdvance(label.text) + 1, lineHeight());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words), Qt::AlignCenter, label.text);
    }
}

void DeliveriesChart::paintLegend(QPainter &painter) const
{
    const QFontMetrics metrics(smallFont());
    const int top = height() - Metrics::tight - lineHeight();
    const int side = metrics.ascent() * 3 / 4;
    int left = contentsRect().left();
    painter.setFont(smallFont());
    for (const auto &segment : segmentsOf({})) {
        const QRect square(left, top + (lineHeight() - side) / 2, side, side);
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), square), color(segment.role, palette()));
        left += side + Metrics::tight;
        const QRect words(left, top, metrics.horizontalAdvance(segment.words) + 1, lineHeight());
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words), Qt::AlignCenter, segment.words);
        left += words.width() + Metrics::large;
    }
    const QString usage = m_chosen ? tr("a click on the bar shows all again") : tr("a click on a bar filters");
    const int length = metrics.horizontalAdvance(usage) + 1;
    if (contentsRect().right() - length >= left) {
        const QRect words(contentsRect().right() - length, top, length, lineHeight());
        painter.setPen(quietText(palette()));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words), Qt::AlignCenter, usage);
    }
}

void DeliveriesChart::paintLimit(QPainter &painter) const
{
    const QString words = limitInWords();
    if (words.isEmpty()) {
        return;
    }
    const QFont small = smallFont();
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

#include "moc_deliverieschart.cpp"
