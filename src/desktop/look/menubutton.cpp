// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "menubutton.h"

#include <QMenu>
#include <QStyle>
#include <QStyleOptionButton>

namespace Tocsin {

MenuButton::MenuButton(QWidget *parent)
    : QPushButton(parent)
    , m_offered(new QMenu(this))
{
    setAutoDefault(false);
    connect(this, &QPushButton::clicked, this, &MenuButton::open);
    // An item that was not chosen with the mouse or a key leaves the menu open.
    connect(m_offered, &QMenu::triggered, m_offered, &QWidget::close);
}

/// QPushButton has room for the arrow of a menu of its own alone.
QSize MenuButton::sizeHint() const
{
    const QSize given = QPushButton::sizeHint();
    const int arrow = style()->pixelMetric(QStyle::PM_MenuButtonIndicator, nullptr, this);
    return text().isEmpty() ? given : QSize(given.width() + arrow, given.height());
}

void MenuButton::initStyleOption(QStyleOptionButton *option) const
{
    QPushButton::initStyleOption(option);
    if (!text().isEmpty()) { // an icon alone, as that of three dots, says it itself
        option->features |= QStyleOptionButton::HasMenu;
    }
}

void MenuButton::open()
{
    m_offered->setAccessibleName(accessibleName());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int width = m_offered->sizeHint().width();
    // Under the button, and ending with it where it would leave the window otherwise.
    QPoint corner(mirrored ? this->width() - width : 0, height());
    if (!mirrored && mapTo(window(), QPoint(width, 0)).x() > window()->width()) {
        corner.setX(this->width() - width);
    }
    m_offered->popup(mapToGlobal(corner));
}

} // namespace Tocsin
