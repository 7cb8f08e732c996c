// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibleitem.h"

#include <QAccessibleWidget>
#include <QPointer>

class QAbstractItemView;
class QComboBox;

namespace Tocsin {

/// The list that a combo box opens. Its items are on the screen only while it is open, and pressing one chooses it.
class AccessibleChoices : public QAccessibleWidget
{
public:
    AccessibleChoices(QAbstractItemView *view, QComboBox *comboBox);

    QAccessible::Role role() const override { return QAccessible::List; }
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    QPointer<QComboBox> m_comboBox;
    mutable AccessibleItems m_items;
};

/// One item of that list.
class AccessibleChoice : public AccessibleItem
{
public:
    AccessibleChoice(QComboBox *comboBox, int row);

    int row() const { return m_row; }

    bool isValid() const override;
    QAccessibleInterface *parent() const override;
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    void doAction(const QString &actionName) override;

private:
    QPointer<QComboBox> m_comboBox;
    int m_row;
};

} // namespace Tocsin
