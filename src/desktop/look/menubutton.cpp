// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "menubutton.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QStyle>
#include <QStyleOptionButton>

#include <algorithm>

namespace Tocsin {

MenuButton::MenuButton(QWidget *parent)
    : QPushButton(parent)
    , m_offered(new QMenu(this))
{
    setAutoDefault(false);
    m_offered->installEventFilter(this);
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

bool MenuButton::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_offered && event->type() == QEvent::KeyPress && find(*static_cast<QKeyEvent *>(event))) {
        return true;
    }
    return QPushButton::eventFilter(watched, event);
}

/// QMenu's own search (SH_Menu_KeyboardSearch) takes letters anywhere in a name, in any order.
bool MenuButton::find(const QKeyEvent &key)
{
    const QList<QAction *> actions = m_offered->actions();
    if (!m_sinceTyped.isValid() || m_sinceTyped.hasExpired(QApplication::keyboardInputInterval())) {
        m_typed.clear();
    }
    const bool isPrintable = !key.text().isEmpty() && key.text().front().isPrint()
        && !(key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    if (!isPrintable || (m_typed.isEmpty() && key.key() == Qt::Key_Space)
        || std::any_of(actions.begin(), actions.end(),
                       [](const QAction *action) { return action->text().contains(u'&'); })) {
        return false;
    }
    m_typed += key.text();
    m_sinceTyped.start();
    const auto found = std::find_if(actions.begin(), actions.end(), [this](const QAction *action) {
        return action->isVisible() && !action->isSeparator() && action->text().startsWith(m_typed, Qt::CaseInsensitive);
    });
    if (found != actions.end()) {
        m_offered->setActiveAction(*found);
    }
    return true;
}

void MenuButton::open()
{
    m_typed.clear();
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

#include "moc_menubutton.cpp"
