// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "waterfallview.h"

#include "colorroles.h"
#include "format.h"
#include "metrics.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

WaterfallView::WaterfallView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Timings"));
    setContentsMargins(Metrics::large, Metrics::medium, Metrics::large, Metrics::small);
}

void WaterfallView::setInvocation(const Invocation &invocation)
{
    m_bars = waterfallBars(invocation);
    m_span = waterfallSpan(invocation);
    setVisible(!m_bars.empty());
    updateGeometry();
    update();
}

QString WaterfallView::text(const std::vector<WaterfallBar> &bars)
{
    QStringList phases;
    for (const WaterfallBar &bar : bars) {
        phases << label(bar) + u' ' + formatDuration(bar.duration);
    }
    return phases.join(u", "_s);
}

QSize WaterfallView::sizeHint() const
{
    return QSize(labelWidth() + durationWidth() + 200, int(m_bars.size()) * rowHeight()).grownBy(contentsMargins());
}

QSize WaterfallView::minimumSizeHint() const
{
    return QSize(labelWidth() + durationWidth() + 60, int(m_bars.size()) * rowHeight()).grownBy(contentsMargins());
}

bool WaterfallView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    auto *help = static_cast<QHelpEvent *>(event);
    const auto row = std::size_t(std::max((help->pos().y() - contentsRect().top()) / rowHeight(), 0));
    if (row < m_bars.size()) {
        QToolTip::showText(help->globalPos(),
                           tr("%1: %2, starting after %3")
                               .arg(label(m_bars[row]), formatExactDuration(m_bars[row].duration),
                                    formatExactDuration(m_bars[row].start)),
                           this);
    }
    return true;
}

void WaterfallView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setLayoutDirection(layoutDirection());
    const int labels = labelWidth();
    const int durations = durationWidth();
    const int bar = fontMetrics().height() / 2;
    const QRect area = contentsRect();
    const auto place = [this, &area](int left, int top, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(area.left() + left, top, width, height));
    };
    const int row = rowHeight();
    int top = area.top();
    for (const WaterfallBar &phase : m_bars) {
        painter.setPen(quietText(palette()));
        painter.drawText(place(0, top, labels, row), Qt::AlignVCenter | Qt::AlignLeft, label(phase));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(place(area.width() - durations, top, durations, row), Qt::AlignVCenter | Qt::AlignRight,
                         formatDuration(phase.duration));
        const QRectF track(labels + Metrics::medium, top + (row - bar) / 2,
                           area.width() - labels - durations - 2 * Metrics::medium, bar);
        const QRect drawn = waterfallRect(phase, m_span, track).toAlignedRect();
        painter.setPen(Qt::NoPen);
        painter.setBrush(phase.isTokenExchange ? color(ColorRole::Placeholder, palette())
                                               : palette().color(QPalette::Active, QPalette::Link));
        painter.drawRoundedRect(place(drawn.left(), drawn.top(), drawn.width(), drawn.height()), 1.5, 1.5);
        top += row;
    }
}

QString WaterfallView::label(const WaterfallBar &bar)
{
    switch (bar.phase) {
    case InvocationPhase::Queued:
        return bar.isTokenExchange ? tr("token: queued") : tr("queued");
    case InvocationPhase::Lookup:
        return bar.isTokenExchange ? tr("token: name lookup") : tr("name lookup");
    case InvocationPhase::Connect:
        return bar.isTokenExchange ? tr("token: connect, TLS") : tr("connect, TLS");
    case InvocationPhase::Send:
        return bar.isTokenExchange ? tr("token: send") : tr("send");
    case InvocationPhase::Wait:
        return bar.isTokenExchange ? tr("token: wait") : tr("wait");
    case InvocationPhase::Receive:
        return bar.isTokenExchange ? tr("token: receive") : tr("receive");
    }
    return {};
}

int WaterfallView::rowHeight() const
{
    return fontMetrics().height() + Metrics::tight;
}

int WaterfallView::labelWidth() const
{
    int widest = 0;
    for (const WaterfallBar &bar : m_bars) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(label(bar)));
    }
    return widest;
}

int WaterfallView::durationWidth() const
{
    int widest = 0;
    for (const WaterfallBar &bar : m_bars) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(formatDuration(bar.duration)));
    }
    return widest;
}

} // namespace Tocsin
