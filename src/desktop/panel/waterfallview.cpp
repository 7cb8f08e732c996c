// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "waterfallview.h"

#include "colorroles.h"
#include "format.h"
#include "isolates.h"
#include "metrics.h"
#include "timelinetext.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int widestLabel = 26; // in average characters; what is longer takes more lines
constexpr int usualTrack = 200;
constexpr int narrowestTrack = 60;

QString phaseName(const WaterfallBar &bar)
{
    return bar.isWithTls ? phaseText(bar.phase) + u", "_s + phaseText(InvocationPhase::Tls) : phaseText(bar.phase);
}

QString rowLabel(const WaterfallRow &row, bool isNumbered)
{
    QStringList phases;
    for (const WaterfallBar &bar : row) {
        phases << phaseName(bar);
    }
    return phaseLabel(phases, row.front().tokenExchange, isNumbered);
}

} // namespace

WaterfallView::WaterfallView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Timings"));
    setContentsMargins(Metrics::large, Metrics::medium, Metrics::large, Metrics::small);
}

void WaterfallView::setInvocation(const Invocation &invocation)
{
    m_span = waterfallSpan(invocation);
    m_rows = waterfallRows(waterfallBars(invocation), m_span);
    m_isNumbered = hasTwoTokenExchanges(invocation.timeline);
    m_text = text(invocation);
    layOut();
    setVisible(!m_rows.empty());
}

QString WaterfallView::text(const Invocation &invocation)
{
    const bool isNumbered = hasTwoTokenExchanges(invocation.timeline);
    QStringList phases;
    for (const WaterfallBar &bar : waterfallBars(invocation)) {
        phases << phaseLabel({phaseName(bar)}, bar.tokenExchange, isNumbered) + u' ' + formatDuration(bar.duration);
    }
    if (!invocation.timeline.isEmpty()) {
        phases << tr("in all %1").arg(formatDuration(waterfallSpan(invocation)));
    }
    return phases.join(u", "_s);
}

QSize WaterfallView::sizeHint() const
{
    return sizeWithTrack(usualTrack);
}

QSize WaterfallView::minimumSizeHint() const
{
    return sizeWithTrack(narrowestTrack);
}

QSize WaterfallView::sizeWithTrack(int track) const
{
    const int height = m_lines.empty() ? 0 : m_lines.back().top + m_lines.back().height;
    return QSize(m_labelWidth + m_durationWidth + track, height).grownBy(contentsMargins());
}

bool WaterfallView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    auto *help = static_cast<QHelpEvent *>(event);
    const int place = help->pos().y() - contentsRect().top();
    const auto line = std::find_if(m_lines.begin(), m_lines.end(),
                                   [place](const Line &each) { return place < each.top + each.height; });
    if (line != m_lines.end()) {
        QToolTip::showText(help->globalPos(), line->toolTip, this);
    }
    return true;
}

void WaterfallView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        layOut();
    }
}

void WaterfallView::layOut()
{
    m_lines.clear();
    m_labelWidth = 0;
    m_durationWidth = 0;
    const QRect labelSpace(0, 0, fontMetrics().averageCharWidth() * widestLabel, QWIDGETSIZE_MAX);
    int top = 0;
    for (const WaterfallRow &row : m_rows) {
        QStringList exact;
        for (const WaterfallBar &bar : row) {
            exact << tr("%1: %2, starting after %3")
                         .arg(phaseLabel({phaseName(bar)}, bar.tokenExchange, m_isNumbered),
                              formatExactDuration(bar.duration), formatExactDuration(bar.start));
        }
        exact << tr("In all: %1").arg(formatExactDuration(m_span));
        const QString label = rowLabel(row, m_isNumbered);
        const QString duration = formatDuration(row.back().end() - row.front().start);
        const QSize space = fontMetrics().boundingRect(labelSpace, Qt::TextWordWrap, label).size();
        m_labelWidth = std::max(m_labelWidth, space.width());
        m_durationWidth = std::max(m_durationWidth, fontMetrics().horizontalAdvance(duration));
        m_lines.push_back({.label = label,
                           .duration = duration,
                           .toolTip = exact.join(u'\n'),
                           .tokenExchange = row.front().tokenExchange,
                           .start = row.front().start,
                           .end = row.back().end(),
                           .top = top,
                           .height = space.height() + Metrics::tight});
        top += m_lines.back().height;
    }
    updateGeometry();
    update();
    Q_EMIT laidOut();
}

void WaterfallView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setLayoutDirection(layoutDirection());
    const int firstLine = fontMetrics().height() + Metrics::tight;
    const int bar = fontMetrics().height() / 2;
    const QRect area = contentsRect();
    const auto place = [this, &area](int left, int top, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(area.left() + left, top, width, height));
    };
    for (const Line &line : m_lines) {
        const int top = area.top() + line.top;
        painter.setPen(quietText(palette()));
        painter.drawText(place(0, top, m_labelWidth, line.height), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap,
                         line.label);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(place(area.width() - m_durationWidth, top, m_durationWidth, firstLine),
                         Qt::AlignVCenter | Qt::AlignRight, leftToRight(line.duration));
        const int barTop = top + (firstLine - bar) / 2; // on a whole pixel
        const QRectF track(m_labelWidth + Metrics::medium, barTop,
                           area.width() - m_labelWidth - m_durationWidth - 2 * Metrics::medium, bar);
        const QRect drawn = waterfallRect(line.start, line.end, m_span, track).toAlignedRect();
        painter.setPen(Qt::NoPen);
        painter.setBrush(line.tokenExchange > 0 ? color(ColorRole::Placeholder, palette())
                                                : palette().color(QPalette::Active, QPalette::Link));
        painter.drawRoundedRect(place(drawn.left(), drawn.top(), drawn.width(), drawn.height()), 1.5, 1.5);
    }
}

} // namespace Tocsin

#include "moc_waterfallview.cpp"
