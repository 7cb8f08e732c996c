// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QPushButton>
#include <QString>

class QKeyEvent;
class QMenu;

namespace Tocsin {

/// A button that opens a menu, and shows that it does. Unlike QPushButton::setMenu(), which waits in the click until
/// the menu closes and lets whoever pressed it over the accessibility bus wait with it, the click returns at once; and
/// the menu is the button's child to assistive technology. Where no letter is underlined in it, what is typed finds the
/// item that begins so.
class MenuButton : public QPushButton
{
    Q_OBJECT

public:
    explicit MenuButton(QWidget *parent = nullptr);

    QMenu *offered() const { return m_offered; }
    QSize sizeHint() const override;

protected:
    void initStyleOption(QStyleOptionButton *option) const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void open();
    bool find(const QKeyEvent &key); ///< whether the key was a letter of a name

    QMenu *m_offered;
    QString m_typed;
    QElapsedTimer m_sinceTyped;
};

} // namespace Tocsin
