// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headinglabel.h"

#include <QApplication>
#include <QEvent>

namespace Tocsin {

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

void HeadingLabel::applyFont()
{
    QFont font = semiboldFont();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    setFont(font);
}

} // namespace Tocsin
