// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessiblecombobox.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>

namespace Tocsin {

AccessibleComboBox::AccessibleComboBox(QComboBox *comboBox)
    : AccessibleValue(comboBox)
{
}

QComboBox *AccessibleComboBox::comboBox() const
{
    return static_cast<QComboBox *>(object());
}

QString AccessibleComboBox::value() const
{
    return comboBox()->currentText();
}

void AccessibleComboBox::setValue(const QString &value)
{
    if (comboBox()->isEditable()) {
        comboBox()->setEditText(value);
        return;
    }
    const int index = comboBox()->findText(value);
    if (index >= 0 && index != comboBox()->currentIndex()) {
        comboBox()->setCurrentIndex(index);
        Q_EMIT comboBox()->activated(index);
    }
}

bool AccessibleComboBox::isWritable() const
{
    return comboBox()->isEnabled();
}

QAccessible::State AccessibleComboBox::state() const
{
    QAccessible::State state = AccessibleValue::state();
    state.expandable = true;
    state.expanded = isValid() && comboBox()->view()->isVisible();
    state.editable = comboBox()->isEditable();
    return state;
}

int AccessibleComboBox::childCount() const
{
    return comboBox()->isEditable() ? 2 : 1;
}

QAccessibleInterface *AccessibleComboBox::child(int index) const
{
    if (index == 0) {
        return QAccessible::queryAccessibleInterface(comboBox()->view());
    }
    if (index == 1 && comboBox()->isEditable()) {
        return QAccessible::queryAccessibleInterface(comboBox()->lineEdit());
    }
    return nullptr;
}

int AccessibleComboBox::indexOfChild(const QAccessibleInterface *child) const
{
    if (child->object() == comboBox()->view()) {
        return 0;
    }
    if (comboBox()->isEditable() && child->object() == comboBox()->lineEdit()) {
        return 1;
    }
    return -1;
}

QAccessibleInterface *AccessibleComboBox::childAt(int x, int y) const
{
    return comboBox()->isEditable() && comboBox()->lineEdit()->rect().contains(x, y) ? child(1) : nullptr;
}

QAccessibleInterface *AccessibleComboBox::focusChild() const
{
    if (comboBox()->view()->hasFocus()) {
        return child(0);
    }
    return comboBox()->isEditable() && comboBox()->lineEdit()->hasFocus() ? child(1) : nullptr;
}

QStringList AccessibleComboBox::actionNames() const
{
    return QStringList{showMenuAction(), pressAction()} + QAccessibleWidget::actionNames();
}

QString AccessibleComboBox::localizedActionDescription(const QString &actionName) const
{
    return actionName == showMenuAction() || actionName == pressAction()
        ? QCoreApplication::translate("Tocsin::AccessibleComboBox", "Open the list of choices")
        : QAccessibleWidget::localizedActionDescription(actionName);
}

void AccessibleComboBox::doAction(const QString &actionName)
{
    if (actionName != showMenuAction() && actionName != pressAction()) {
        QAccessibleWidget::doAction(actionName);
        return;
    }
    if (comboBox()->view()->isVisible()) {
        comboBox()->hidePopup();
    } else {
        comboBox()->showPopup();
    }
}

QStringList AccessibleComboBox::keyBindingsForAction(const QString &) const
{
    return {};
}

} // namespace Tocsin
