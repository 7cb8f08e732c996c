// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QMenu;

namespace Tocsin {

/// A button that opens a menu, and shows that it does. Unlike QPushButton::setMenu(), which waits in the click until
/// the menu closes and lets whoever pressed it over the accessibility bus wait with it, the click returns at once; and
/// the menu is the button's child to assistive technology.
class MenuButton : public QPushButton
{
    Q_OBJECT

public:
    explicit MenuButton(QWidget *parent = nullptr);

    QMenu *offered() const { return m_offered; }
    QSize sizeHint() const override;

protected:
    void initStyleOption(QStyleOptionButton *option) const override;

private:
    void open();

    QMenu *m_offered;
};

} // namespace Tocsin
