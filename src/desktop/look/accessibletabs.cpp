// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibletabs.h"

#include "menubutton.h"

namespace Tocsin {

AccessibleTabs::AccessibleTabs(FoldingTabBar *tabs)
    : QAccessibleWidget(tabs, QAccessible::PageTabList)
{
}

FoldingTabBar *AccessibleTabs::tabs() const
{
    return static_cast<FoldingTabBar *>(widget());
}

int AccessibleTabs::childCount() const
{
    return tabs()->count();
}

QAccessibleInterface *AccessibleTabs::child(int index) const
{
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    return m_items.item(index, [this, index] { return new AccessibleTab(tabs(), index); });
}

int AccessibleTabs::indexOfChild(const QAccessibleInterface *child) const
{
    return m_items.indexOf(child);
}

QAccessibleInterface *AccessibleTabs::childAt(int x, int y) const
{
    return child(tabs()->tabAt(tabs()->mapFromGlobal(QPoint(x, y))));
}

QAccessibleInterface *AccessibleTabs::focusChild() const
{
    return tabs()->hasFocus() ? child(tabs()->currentIndex()) : nullptr;
}

AccessibleTab::AccessibleTab(FoldingTabBar *tabs, int index)
    : m_tabs(tabs)
    , m_index(index)
{
}

bool AccessibleTab::isValid() const
{
    return m_tabs && m_index < m_tabs->count();
}

QAccessibleInterface *AccessibleTab::parent() const
{
    return m_tabs ? QAccessible::queryAccessibleInterface(m_tabs) : nullptr;
}

QString AccessibleTab::text(QAccessible::Text kind) const
{
    if (!isValid()) {
        return {};
    }
    switch (kind) {
    case QAccessible::Name: {
        const QString given = m_tabs->accessibleTabName(m_index);
        return given.isEmpty() ? m_tabs->tabText(m_index).remove(u'&') : given;
    }
    case QAccessible::Description:
        return m_tabs->tabToolTip(m_index);
    default:
        return {};
    }
}

QRect AccessibleTab::rect() const
{
    if (!isValid() || !m_tabs->isVisible()) {
        return {};
    }
    const bool isFolded = m_tabs->foldedTabs().contains(m_index);
    const QWidget *holder = isFolded ? static_cast<const QWidget *>(m_tabs->moreButton()) : m_tabs;
    const QRect place = isFolded ? holder->rect() : m_tabs->tabRect(m_index);
    return {holder->mapToGlobal(place.topLeft()), place.size()};
}

QAccessible::State AccessibleTab::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.invisible = !m_tabs->isVisible() || !m_tabs->isTabVisible(m_index);
    state.disabled = !m_tabs->isEnabled() || !m_tabs->isTabEnabled(m_index);
    state.selectable = true;
    state.selected = m_tabs->currentIndex() == m_index;
    state.focusable = true;
    state.focused = state.selected && m_tabs->hasFocus();
    return state;
}

void AccessibleTab::doAction(const QString &actionName)
{
    if (actionName == pressAction() && isValid() && m_tabs->isEnabled() && m_tabs->isTabEnabled(m_index)) {
        m_tabs->setCurrentIndex(m_index);
    }
}

} // namespace Tocsin
