// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contentarea.h"

#include <QEvent>
#include <QLayout>
#include <QScreen>
#include <QScrollBar>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr double shareOfScreen = 0.75; // the rest is for the window's frame, and what stands in it beside this
} // namespace

ContentArea::ContentArea(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
}

/// QScrollArea's own goes no further than 24 lines.
QSize ContentArea::sizeHint() const
{
    return widget() ? contentSize() : QScrollArea::sizeHint();
}

QSize ContentArea::minimumSizeHint() const
{
    if (!widget()) {
        return QScrollArea::minimumSizeHint();
    }
    const QSize content = contentSize();
    const int most = static_cast<int>(screen()->availableGeometry().height() * shareOfScreen);
    return {narrowestWidth(), std::min(content.height(), most)};
}

int ContentArea::narrowestWidth() const
{
    return widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
}

QSize ContentArea::contentSize() const
{
    if (QLayout *layout = widget()->layout()) {
        layout->activate(); // what is in it may have changed while none of it was seen
    }
    const QSize hint = widget()->sizeHint();
    const int width = std::max(hint.width(), narrowestWidth());
    const int height = widget()->heightForWidth(width);
    return {width, height < 0 ? hint.height() : height};
}

bool ContentArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace Tocsin

#include "moc_contentarea.cpp"
