// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibleitem.h"
#include "foldingtabbar.h"

#include <QAccessibleWidget>
#include <QPointer>

namespace Tocsin {

/// Tabs to assistive technology, which Qt 6.4 does not tell the chosen one of. A folded tab is one as any other: its
/// place is that of the menu that names it.
class AccessibleTabs : public QAccessibleWidget
{
public:
    explicit AccessibleTabs(FoldingTabBar *tabs);

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    FoldingTabBar *tabs() const;

    mutable AccessibleItems m_items;
};

class AccessibleTab : public AccessibleItem
{
public:
    AccessibleTab(FoldingTabBar *tabs, int index);

    bool isValid() const override;
    QAccessible::Role role() const override { return QAccessible::PageTab; }
    QAccessibleInterface *parent() const override;
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    void doAction(const QString &actionName) override;

private:
    QPointer<FoldingTabBar> m_tabs;
    int m_index;
};

} // namespace Tocsin
