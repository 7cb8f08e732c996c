// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What CodeEditor does as one types: indentation and the completion of placeholders.
#include "codeeditor.h"

#include <algorithm>
#include <array>

namespace Tocsin {

namespace {

using namespace std::string_view_literals;

constexpr std::array blockWords{"#each"sv, "#if"sv, "#unless"sv, "#with"sv, "else"sv, "json"sv};

bool isPathByte(char byte)
{
    return std::isalnum(static_cast<unsigned char>(byte)) || byte == '_' || byte == '.' || byte == '@' || byte == '['
        || byte == ']';
}

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
    if (m_language == CodeLanguage::BodyTemplate
        && (character == '{' || character == '#' || isPathByte(static_cast<char>(character)))) {
        complete(false);
    }
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

std::optional<std::string> CodeEditor::begunPath() const
{
    const long cursor = send(SCI_GETCURRENTPOS);
    const std::string line = slice(send(SCI_POSITIONFROMLINE, send(SCI_LINEFROMPOSITION, cursor)), cursor);
    const auto opening = line.rfind("{{");
    if (opening == std::string::npos || line.find("}}", opening) != std::string::npos
        || (opening > 0 && line[opening - 1] == '\\')) {
        return {};
    }
    const std::string inner = line.substr(opening + 2);
    if (inner.starts_with('!')) {
        return {};
    }
    auto start = inner.size();
    while (start > 0 && isPathByte(inner[start - 1])) {
        --start;
    }
    if (start == 1 && inner.front() == '#') {
        start = 0;
    }
    return inner.substr(start);
}

void CodeEditor::complete(bool onRequest)
{
    const auto begun = m_language == CodeLanguage::BodyTemplate && !isReadOnly() ? begunPath() : std::nullopt;
    if (!begun) {
        return;
    }
    QStringList words = m_completions;
    for (const auto word : blockWords) {
        words << QString::fromUtf8(word.data(), qsizetype(word.size()));
    }
    const QString prefix = QString::fromStdString(*begun);
    words.removeIf([&prefix](const QString &word) { return !word.startsWith(prefix, Qt::CaseInsensitive); });
    const bool hasNothingToSay = words.isEmpty() || (!onRequest && words.size() == 1 && words.first() == prefix);
    if (hasNothingToSay) {
        return;
    }
    SendScintilla(SCI_AUTOCSHOW, static_cast<unsigned long>(begun->size()),
                  words.join(QLatin1Char('\n')).toUtf8().constData());
}

void CodeEditor::finishCompletion(const char *chosen, int position)
{
    const std::string_view word(chosen);
    const long end = position + long(word.size());
    const std::string rest = slice(end, send(SCI_GETLINEENDPOSITION, send(SCI_LINEFROMPOSITION, end)));
    const bool takesMore =
        std::find(blockWords.begin(), blockWords.end(), word) != blockWords.end() && word != "else"sv;
    if (takesMore) {
        SendScintilla(SCI_INSERTTEXT, static_cast<unsigned long>(end), " ");
        send(SCI_GOTOPOS, end + 1);
    } else if (!rest.starts_with("}}")) {
        SendScintilla(SCI_INSERTTEXT, static_cast<unsigned long>(end), "}}");
        send(SCI_GOTOPOS, end + 2);
    } else {
        send(SCI_GOTOPOS, end + 2);
    }
}

} // namespace Tocsin
