// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codeeditoraccessible.h"

#include "codeeditor.h"

#include <algorithm>

namespace Tocsin {

namespace {

using Sci = QsciScintillaBase;

long send(const CodeEditor *editor, unsigned int message, unsigned long wParam = 0, long lParam = 0)
{
    return editor->SendScintilla(message, wParam, lParam);
}

QAccessibleInterface *makeEditorInterface(const QString &, QObject *object)
{
    auto *editor = qobject_cast<CodeEditor *>(object);
    return editor ? new CodeEditorAccessible(editor) : nullptr;
}

} // namespace

CodeEditorAccessible::CodeEditorAccessible(CodeEditor *editor)
    : AccessibleValue(editor)
{
}

void CodeEditorAccessible::install()
{
    [[maybe_unused]] static const bool installed = (QAccessible::installFactory(makeEditorInterface), true);
}

void CodeEditorAccessible::tellCursor(CodeEditor *editor, int position)
{
    if (!QAccessible::isActive()) {
        return;
    }
    QAccessibleTextCursorEvent event(editor, int(send(editor, Sci::SCI_COUNTCODEUNITS, 0, position)));
    QAccessible::updateAccessibility(&event);
}

QString CodeEditorAccessible::value() const
{
    return editor()->text();
}

void CodeEditorAccessible::setValue(const QString &value)
{
    editor()->replaceText(value);
}

bool CodeEditorAccessible::isWritable() const
{
    return !editor()->isReadOnly();
}

QAccessible::Role CodeEditorAccessible::role() const
{
    return QAccessible::EditableText;
}

QAccessible::State CodeEditorAccessible::state() const
{
    QAccessible::State state = AccessibleValue::state();
    state.multiLine = true;
    state.selectableText = true;
    state.readOnly = editor()->isReadOnly();
    return state;
}

void CodeEditorAccessible::selection(int index, int *start, int *end) const
{
    const bool exists = index == 0 && selectionCount() == 1;
    *start = exists ? offsetOf(send(editor(), Sci::SCI_GETSELECTIONSTART)) : 0;
    *end = exists ? offsetOf(send(editor(), Sci::SCI_GETSELECTIONEND)) : 0;
}

int CodeEditorAccessible::selectionCount() const
{
    return send(editor(), Sci::SCI_GETSELECTIONEMPTY) ? 0 : 1;
}

void CodeEditorAccessible::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void CodeEditorAccessible::removeSelection(int index)
{
    if (index == 0) {
        send(editor(), Sci::SCI_SETEMPTYSELECTION, send(editor(), Sci::SCI_GETCURRENTPOS));
    }
}

void CodeEditorAccessible::setSelection(int index, int start, int end)
{
    if (index == 0) {
        send(editor(), Sci::SCI_SETSEL, positionOf(start), positionOf(end));
    }
}

int CodeEditorAccessible::cursorPosition() const
{
    return offsetOf(send(editor(), Sci::SCI_GETCURRENTPOS));
}

void CodeEditorAccessible::setCursorPosition(int offset)
{
    send(editor(), Sci::SCI_GOTOPOS, positionOf(offset));
}

QRect CodeEditorAccessible::characterRect(int offset) const
{
    const long position = positionOf(offset);
    const auto x = int(send(editor(), Sci::SCI_POINTXFROMPOSITION, 0, position));
    const auto y = int(send(editor(), Sci::SCI_POINTYFROMPOSITION, 0, position));
    const auto next =
        int(send(editor(), Sci::SCI_POINTXFROMPOSITION, 0, send(editor(), Sci::SCI_POSITIONAFTER, position)));
    const QSize size(std::max(next - x, 1), int(send(editor(), Sci::SCI_TEXTHEIGHT)));
    return {editor()->viewport()->mapToGlobal(QPoint(x, y)), size};
}

int CodeEditorAccessible::offsetAtPoint(const QPoint &point) const
{
    const QPoint local = editor()->viewport()->mapFromGlobal(point);
    const long position = send(editor(), Sci::SCI_POSITIONFROMPOINTCLOSE, local.x(), local.y());
    return position < 0 ? -1 : offsetOf(position);
}

void CodeEditorAccessible::scrollToSubstring(int start, int end)
{
    send(editor(), Sci::SCI_SCROLLRANGE, positionOf(end), positionOf(start));
}

void CodeEditorAccessible::replaceText(int start, int end, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    send(editor(), Sci::SCI_SETTARGETRANGE, positionOf(start), positionOf(end));
    editor()->SendScintilla(Sci::SCI_REPLACETARGET, static_cast<unsigned long>(utf8.size()), utf8.constData());
}

CodeEditor *CodeEditorAccessible::editor() const
{
    return static_cast<CodeEditor *>(object());
}

long CodeEditorAccessible::positionOf(int offset) const
{
    const long length = send(editor(), Sci::SCI_GETLENGTH);
    if (offset < 0 || offset >= send(editor(), Sci::SCI_COUNTCODEUNITS, 0, length)) {
        return length;
    }
    return offset == 0 ? 0 : send(editor(), Sci::SCI_POSITIONRELATIVECODEUNITS, 0, offset);
}

int CodeEditorAccessible::offsetOf(long position) const
{
    return int(send(editor(), Sci::SCI_COUNTCODEUNITS, 0, position));
}

} // namespace Tocsin
