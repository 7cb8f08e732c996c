// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What CodeEditor does as one types: indentation, and what is inserted for one.
#include "codeeditor.h"

#include "codecompletion.h"

namespace Tocsin {

namespace {

using namespace std::string_view_literals;

bool opensBlock(std::string_view line)
{
    const auto last = line.find_last_not_of(" \t"sv);
    return last != std::string_view::npos && (line[last] == '{' || line[last] == '[')
        && (last == 0 || line[last - 1] != '{');
}

} // namespace

void CodeEditor::characterAdded(int character)
{
    if (character == '\n') {
        indentNewLine();
    } else if (character == '}' || character == ']') {
        alignClosingBracket();
    }
    m_completion->typed(character);
}

void CodeEditor::indentNewLine()
{
    const long cursor = send(SCI_GETCURRENTPOS);
    const long line = send(SCI_LINEFROMPOSITION, cursor);
    if (line == 0) {
        return;
    }
    const std::string before = slice(send(SCI_POSITIONFROMLINE, line - 1), send(SCI_GETLINEENDPOSITION, line - 1));
    const long base = send(SCI_GETLINEINDENTATION, line - 1);
    const long inner = base + (opensBlock(before) ? tabWidth() : 0);
    const std::string after = slice(cursor, send(SCI_GETLINEENDPOSITION, line));
    const auto next = after.find_first_not_of(" \t");
    const bool closesHere = inner > base && next != std::string::npos && (after[next] == '}' || after[next] == ']');
    if (closesHere) {
        SendScintilla(SCI_INSERTTEXT, static_cast<unsigned long>(cursor), "\n");
        send(SCI_SETLINEINDENTATION, line + 1, base);
    }
    send(SCI_SETLINEINDENTATION, line, inner);
    send(SCI_GOTOPOS, send(SCI_GETLINEINDENTPOSITION, line));
}

void CodeEditor::alignClosingBracket()
{
    const long cursor = send(SCI_GETCURRENTPOS);
    const long bracket = send(SCI_POSITIONBEFORE, cursor);
    const long line = send(SCI_LINEFROMPOSITION, cursor);
    if (send(SCI_GETLINEINDENTPOSITION, line) != bracket) {
        return;
    }
    const long opening = send(SCI_BRACEMATCH, bracket);
    if (opening >= 0) {
        send(SCI_SETLINEINDENTATION, line, send(SCI_GETLINEINDENTATION, send(SCI_LINEFROMPOSITION, opening)));
        send(SCI_GOTOPOS, send(SCI_GETLINEINDENTPOSITION, line) + 1);
    }
}

void CodeEditor::insertPlaceholder(const QString &path)
{
    if (isReadOnly()) {
        return;
    }
    if (!send(SCI_GETSELECTIONEMPTY) || !m_completion->write(path)) {
        SendScintilla(SCI_REPLACESEL, ("{{" + path.toStdString() + "}}").c_str());
    }
}

} // namespace Tocsin
