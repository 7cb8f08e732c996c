// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessiblevalue.h"

namespace Tocsin {

class MenuButton;

/// A button whose child is the menu that it opens.
class AccessibleMenuButton : public AccessibleValue
{
public:
    explicit AccessibleMenuButton(MenuButton *button);

    QAccessible::Role role() const override { return QAccessible::Button; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;
    int childCount() const override { return 1; }
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;

private:
    MenuButton *button() const;
};

} // namespace Tocsin
