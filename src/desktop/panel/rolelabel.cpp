// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rolelabel.h"

#include <QApplication>
#include <QEvent>

namespace Tocsin {

RoleLabel::RoleLabel(QWidget *parent)
    : RoleLabel(QString(), parent)
{
}

RoleLabel::RoleLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    applyColor();
}

void RoleLabel::setRole(std::optional<ColorRole> role)
{
    m_role = role;
    applyColor();
}

void RoleLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange) {
        applyColor();
    }
}

void RoleLabel::applyColor()
{
    const QPalette around = parentWidget() ? parentWidget()->palette() : QApplication::palette();
    const QColor ink = m_role ? color(*m_role, around) : quietText(around);
    if (palette().color(QPalette::WindowText) != ink) {
        QPalette own;
        own.setColor(QPalette::WindowText, ink);
        setPalette(own);
    }
}

} // namespace Tocsin

#include "moc_rolelabel.cpp"
