// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "veil.h"

#include <QEvent>
#include <QPainter>

namespace Tocsin {

namespace {
constexpr qreal opacity = 0.55;
} // namespace

Veil::Veil(QWidget *covered)
    : QWidget(covered)
{
    setObjectName(QStringLiteral("veil"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    covered->installEventFilter(this);
    hide();
}

bool Veil::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        resize(parentWidget()->size());
    }
    return QWidget::eventFilter(watched, event);
}

void Veil::paintEvent(QPaintEvent *)
{
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(opacity);
    QPainter(this).fillRect(rect(), veil);
}

void Veil::showEvent(QShowEvent *event)
{
    resize(parentWidget()->size());
    raise();
    QWidget::showEvent(event);
}

} // namespace Tocsin
