// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headinglabel.h"

#include <QApplication>
#include <QEvent>
#include <QStylePainter>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int leastWidth = 160;
} // namespace

QFont semiboldFont()
{
    QFont font = QApplication::font();
    font.setWeight(QFont::DemiBold);
    return font;
}

HeadingLabel::HeadingLabel(QWidget *parent)
    : HeadingLabel(QString(), parent)
{
}

HeadingLabel::HeadingLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    applyFont();
}

void HeadingLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        applyFont();
    }
    QLabel::changeEvent(event);
}

QSize HeadingLabel::minimumSizeHint() const
{
    const QSize own = QLabel::minimumSizeHint();
    return wordWrap() ? own : QSize(std::min(own.width(), leastWidth), own.height());
}

void HeadingLabel::paintEvent(QPaintEvent *event)
{
    if (wordWrap() || fontMetrics().horizontalAdvance(text()) <= contentsRect().width()) {
        QLabel::paintEvent(event);
        return;
    }
    QStylePainter(this).drawItemText(contentsRect(), Qt::AlignLeading | Qt::AlignVCenter, palette(), isEnabled(),
                                     fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()),
                                     foregroundRole());
}

void HeadingLabel::applyFont()
{
    QFont font = semiboldFont();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    setFont(font);
}

} // namespace Tocsin

#include "moc_headinglabel.cpp"
