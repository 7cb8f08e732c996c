// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

class QAbstractItemView;
class QComboBox;

namespace Tocsin {

/// The list that a combo box opens. Its items are on the screen only while it is open, and pressing one chooses it.
class AccessibleChoices : public QAccessibleWidget
{
public:
    AccessibleChoices(QAbstractItemView *view, QComboBox *comboBox);
    ~AccessibleChoices() override;

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
    mutable QHash<int, QAccessible::Id> m_items;
};

/// One item of that list.
class AccessibleChoice : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleChoice(QComboBox *comboBox, int row);

    int row() const { return m_row; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString &actionName) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<QComboBox> m_comboBox;
    int m_row;
};

} // namespace Tocsin
