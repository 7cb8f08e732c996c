// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessiblemenubutton.h"

#include "menubutton.h"

#include <QMenu>

namespace Tocsin {

AccessibleMenuButton::AccessibleMenuButton(MenuButton *button)
    : AccessibleValue(button)
{
}

MenuButton *AccessibleMenuButton::button() const
{
    return static_cast<MenuButton *>(object());
}

QAccessible::State AccessibleMenuButton::state() const
{
    QAccessible::State state = AccessibleValue::state();
    state.hasPopup = true;
    state.expandable = true;
    state.expanded = button()->offered()->isVisible();
    return state;
}

void *AccessibleMenuButton::interface_cast(QAccessible::InterfaceType type)
{
    return QAccessibleWidget::interface_cast(type); // a button has no text to read or write
}

QAccessibleInterface *AccessibleMenuButton::child(int index) const
{
    return index == 0 ? QAccessible::queryAccessibleInterface(button()->offered()) : nullptr;
}

int AccessibleMenuButton::indexOfChild(const QAccessibleInterface *child) const
{
    return child->object() == button()->offered() ? 0 : -1;
}

} // namespace Tocsin
