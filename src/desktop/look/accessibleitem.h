// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QHash>

namespace Tocsin {

/// An item of a list that is not a widget of its own: it has no object and no children, and can be pressed.
class AccessibleItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override { }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
};

/// The items that somebody has asked for, each made once; they go with their list.
class AccessibleItems
{
public:
    AccessibleItems() = default;
    ~AccessibleItems()
    {
        for (const QAccessible::Id id : std::as_const(m_ids)) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    Q_DISABLE_COPY_MOVE(AccessibleItems)

    /// `make` makes the item of that index (QAccessibleInterface *) where there is none yet.
    template <typename Make>
    QAccessibleInterface *item(int index, const Make &make)
    {
        if (!m_ids.contains(index)) {
            m_ids.insert(index, QAccessible::registerAccessibleInterface(make()));
        }
        return QAccessible::accessibleInterface(m_ids.value(index));
    }

    /// -1: no item of these.
    int indexOf(const QAccessibleInterface *item) const
    {
        for (auto id = m_ids.cbegin(); id != m_ids.cend(); ++id) {
            if (QAccessible::accessibleInterface(id.value()) == item) {
                return id.key();
            }
        }
        return -1;
    }

private:
    QHash<int, QAccessible::Id> m_ids;
};

} // namespace Tocsin
