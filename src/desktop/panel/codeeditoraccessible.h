// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessiblevalue.h"

namespace Tocsin {

class CodeEditor;

/// The accessible side of a code editor: an editable text with the widget's accessible name, whose offsets count UTF-16
/// units, as Qt's do. QScintilla's own one counts differently and leaves the name to the class.
class CodeEditorAccessible : public AccessibleValue
{
public:
    explicit CodeEditorAccessible(CodeEditor *editor);

    /// Makes Qt use this class; further calls do nothing.
    static void install();
    /// Tells assistive technology where the cursor is now; `position` is QScintilla's.
    static void tellCursor(CodeEditor *editor, int position);

    QAccessible::Role role() const override;
    QAccessible::State state() const override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int offset) override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;

    void replaceText(int start, int end, const QString &text) override;

protected:
    QString value() const override;
    void setValue(const QString &value) override;
    bool isWritable() const override;

private:
    CodeEditor *editor() const;
    /// Between QScintilla's byte positions and UTF-16 offsets; `offset` may be -1 for the end.
    long positionOf(int offset) const;
    int offsetOf(long position) const;
};

} // namespace Tocsin
