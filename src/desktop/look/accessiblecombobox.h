// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessiblevalue.h"

class QComboBox;

namespace Tocsin {

/// A combo box whose name is its label (accessible name or buddy), and whose value is its current text. Writing the
/// value types into an editable one; in another one it chooses the item with that text, if there is one.
class AccessibleComboBox : public AccessibleValue
{
public:
    explicit AccessibleComboBox(QComboBox *comboBox);

    QAccessible::Role role() const override { return QAccessible::ComboBox; }
    QAccessible::State state() const override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

    QStringList actionNames() const override;
    QString localizedActionDescription(const QString &actionName) const override;
    void doAction(const QString &actionName) override;
    QStringList keyBindingsForAction(const QString &actionName) const override;

protected:
    QString value() const override;
    void setValue(const QString &value) override;
    bool isWritable() const override;

private:
    QComboBox *comboBox() const;
};

} // namespace Tocsin
