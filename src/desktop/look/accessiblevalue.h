// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace Tocsin {

/// The accessible side of a widget whose value is a text, kept in its property `accessibleValue`: its name is its label
/// alone, the value is its text. Where the property can be written, so can the text. The text's interface is what a
/// screen reader on Linux reads and writes.
///
/// The role is the property `accessibleRole` (QAccessible::Role as a number); without it, a checkable QAbstractButton
/// is a check box, others are an editable text, or a static one where the value cannot be written.
class AccessibleValue : public QAccessibleWidget,
                        public QAccessibleTextInterface,
                        public QAccessibleEditableTextInterface
{
public:
    explicit AccessibleValue(QWidget *widget);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text kind, const QString &text) override;

    QStringList actionNames() const override;
    void doAction(const QString &actionName) override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

    void deleteText(int start, int end) override;
    void insertText(int offset, const QString &text) override;
    void replaceText(int start, int end, const QString &text) override;

protected:
    virtual QString value() const;
    virtual void setValue(const QString &value);
    virtual bool isWritable() const;
};

} // namespace Tocsin
