// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessiblevalue.h"

#include <QAbstractButton>
#include <QMetaProperty>
#include <QVariant>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr const char *valueProperty = "accessibleValue";
constexpr const char *roleProperty = "accessibleRole";
} // namespace

AccessibleValue::AccessibleValue(QWidget *widget)
    : QAccessibleWidget(widget)
{
}

QString AccessibleValue::value() const
{
    return object()->property(valueProperty).toString();
}

void AccessibleValue::setValue(const QString &value)
{
    object()->setProperty(valueProperty, value);
}

bool AccessibleValue::isWritable() const
{
    const QMetaObject *meta = object()->metaObject();
    return widget()->isEnabled() && meta->property(meta->indexOfProperty(valueProperty)).isWritable();
}

void *AccessibleValue::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface) {
        return static_cast<QAccessibleTextInterface *>(this);
    }
    if (type == QAccessible::EditableTextInterface && isWritable()) {
        return static_cast<QAccessibleEditableTextInterface *>(this);
    }
    return QAccessibleWidget::interface_cast(type);
}

QAccessible::Role AccessibleValue::role() const
{
    const QVariant role = object()->property(roleProperty);
    if (role.isValid()) {
        return static_cast<QAccessible::Role>(role.toInt());
    }
    const auto *button = qobject_cast<QAbstractButton *>(object());
    if (button && button->isCheckable()) {
        return QAccessible::CheckBox;
    }
    return isWritable() ? QAccessible::EditableText : QAccessible::StaticText;
}

QAccessible::State AccessibleValue::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    if (const auto *button = qobject_cast<QAbstractButton *>(object())) {
        const bool isTab = role() == QAccessible::PageTab;
        state.checkable = button->isCheckable() && !isTab;
        state.checked = button->isChecked() && !isTab;
        state.selectable = isTab;
        state.selected = button->isChecked() && isTab;
        state.pressed = button->isDown();
    }
    state.editable = isWritable();
    return state;
}

QString AccessibleValue::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Value ? value() : QAccessibleWidget::text(kind);
}

void AccessibleValue::setText(QAccessible::Text kind, const QString &text)
{
    if (kind == QAccessible::Value && isWritable()) {
        setValue(text);
        return;
    }
    QAccessibleWidget::setText(kind, text);
}

QStringList AccessibleValue::actionNames() const
{
    QStringList names;
    const auto *button = qobject_cast<QAbstractButton *>(object());
    if (button && button->isEnabled()) {
        names.append(state().checkable ? toggleAction() : pressAction());
    }
    return names + QAccessibleWidget::actionNames();
}

void AccessibleValue::doAction(const QString &actionName)
{
    auto *button = qobject_cast<QAbstractButton *>(object());
    if (button && (actionName == toggleAction() || actionName == pressAction())) {
        button->click();
        return;
    }
    QAccessibleWidget::doAction(actionName);
}

void AccessibleValue::selection(int, int *start, int *end) const
{
    *start = *end = 0;
}

int AccessibleValue::selectionCount() const
{
    return 0;
}

void AccessibleValue::addSelection(int, int)
{
}

void AccessibleValue::removeSelection(int)
{
}

void AccessibleValue::setSelection(int, int, int)
{
}

int AccessibleValue::cursorPosition() const
{
    return 0;
}

void AccessibleValue::setCursorPosition(int)
{
}

QString AccessibleValue::text(int start, int end) const
{
    return value().mid(start, end < 0 ? -1 : end - start);
}

int AccessibleValue::characterCount() const
{
    return static_cast<int>(value().size());
}

QRect AccessibleValue::characterRect(int) const
{
    return rect();
}

int AccessibleValue::offsetAtPoint(const QPoint &) const
{
    return -1;
}

void AccessibleValue::scrollToSubstring(int, int)
{
}

QString AccessibleValue::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

void AccessibleValue::deleteText(int start, int end)
{
    replaceText(start, end, {});
}

void AccessibleValue::insertText(int offset, const QString &text)
{
    replaceText(offset, offset, text);
}

void AccessibleValue::replaceText(int start, int end, const QString &text)
{
    QString changed = value();
    const int length = static_cast<int>(changed.size());
    const int from = std::clamp(start, 0, length);
    const int to = std::clamp(end < 0 ? length : end, from, length);
    setValue(changed.replace(from, to - from, text));
}

} // namespace Tocsin
