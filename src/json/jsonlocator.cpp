// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonlocator.h"

#include "json.h"

#include <string_view>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Goes on from a place to the end of the text that follows it.
void goOn(TextPosition &position, QByteArrayView text)
{
    for (const char byte : text) {
        if (byte == '\n') {
            ++position.line;
            position.column = 1;
        } else if ((byte & 0xc0) != 0x80) {
            ++position.column;
        }
    }
    position.offset += text.size();
}

/// Walks through a JSON text that is known to be well-formed.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text)
        : m_text(text)
    {
        constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");
        m_position = text.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
        skipSpace();
    }

    qsizetype position() const { return m_position; }
    char current() const { return m_position < m_text.size() ? m_text[m_position] : '\0'; }

    /// Goes to the value that the path's first step names; false, and nowhere, if there is none.
    bool enter(QStringView &path)
    {
        if (path.startsWith(u'$')) {
            path = path.sliced(1);
        }
        if (path.startsWith(u'.')) {
            path = path.sliced(1);
        }
        if (path.isEmpty()) {
            return false;
        }
        const qsizetype start = m_position;
        const bool found = current() == '{' ? enterMember(path) : current() == '[' && enterElement(path);
        if (!found) {
            m_position = start;
        }
        return found;
    }

    /// To an array's first item, or from one to the next; false where there is none.
    bool nextItem(bool isFirst)
    {
        if (current() != (isFirst ? '[' : ',')) {
            return false;
        }
        ++m_position;
        skipSpace();
        return current() != ']';
    }

    /// From a value's start to what follows it.
    void skipValue()
    {
        int depth = 0;
        do {
            if (current() == '"') {
                skipString();
            } else {
                depth += current() == '{' || current() == '[' ? 1 : 0;
                depth -= current() == '}' || current() == ']' ? 1 : 0;
                ++m_position;
            }
            skipSpace();
            const char c = current();
            if (depth == 0 && (c == ',' || c == '}' || c == ']' || c == '\0')) {
                return;
            }
        } while (current() != '\0');
    }

    /// From a string's quote to the character at a place in what the string stands for.
    void goInside(const TextPosition &inside)
    {
        if (current() != '"' || !inside.isValid()) {
            return;
        }
        ++m_position;
        TextPosition at{.line = 1, .column = 1};
        while (current() != '"' && current() != '\0'
               && (at.line < inside.line || (at.line == inside.line && at.column < inside.column))) {
            const bool isNewLine = m_text.sliced(m_position).startsWith("\\n");
            skipCharacter();
            at.line += isNewLine ? 1 : 0;
            at.column = isNewLine ? 1 : at.column + 1;
        }
    }

private:
    void skipSpace()
    {
        while (current() != '\0' && std::string_view(" \t\r\n").find(current()) != std::string_view::npos) {
            ++m_position;
        }
    }

    /// One code point inside a string: an escape, two that make a surrogate pair, or bytes of UTF-8.
    void skipCharacter()
    {
        if (current() == '\\') {
            const bool isUnit = m_text[m_position + 1] == 'u';
            const bool isPair = isUnit && (m_text[m_position + 2] | 0x20) == 'd' && m_text[m_position + 3] >= '8';
            m_position += isPair ? 12 : isUnit ? 6 : 2;
            return;
        }
        ++m_position;
        while ((current() & 0xc0) == 0x80) {
            ++m_position;
        }
    }

    void skipString()
    {
        ++m_position;
        while (current() != '"' && current() != '\0') {
            m_position += current() == '\\' ? 2 : 1;
        }
        ++m_position;
    }

    QString readString()
    {
        const qsizetype start = m_position;
        skipString();
        const auto value = parseJson(m_text.sliced(start, m_position - start));
        return value && value->is_string() ? toQString(value->get_ref<const std::string &>()) : QString();
    }

    bool enterMember(QStringView &path)
    {
        qsizetype longest = -1;
        qsizetype found = -1;
        ++m_position;
        skipSpace();
        while (current() == '"') {
            const QString name = readString();
            skipSpace();
            ++m_position; // the colon
            skipSpace();
            // A name may hold dots itself, so the longest that fits is meant.
            const bool fits = path.startsWith(name)
                && (path.size() == name.size() || path[name.size()] == u'.' || path[name.size()] == u'[');
            if (fits && name.size() > longest) {
                longest = name.size();
                found = m_position;
            }
            skipValue();
            m_position += current() == ',' ? 1 : 0;
            skipSpace();
        }
        if (found < 0) {
            return false;
        }
        path = path.sliced(longest);
        m_position = found;
        return true;
    }

    bool enterElement(QStringView &path)
    {
        const qsizetype end = path.indexOf(u']');
        if (!path.startsWith(u'[') || end < 0) {
            return false;
        }
        bool isNumber = false;
        const int index = path.sliced(1, end - 1).toInt(&isNumber);
        ++m_position;
        skipSpace();
        for (int i = 0; isNumber && i < index && current() != ']' && current() != '\0'; ++i) {
            skipValue();
            m_position += current() == ',' ? 1 : 0;
            skipSpace();
        }
        if (!isNumber || current() == ']' || current() == '\0') {
            return false;
        }
        path = path.sliced(end + 1);
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_position = 0;
};

} // namespace

TextPosition locateField(QByteArrayView text, const QString &field, const TextPosition &inside)
{
    Scanner scanner(text);
    QStringView path(field);
    while (scanner.enter(path)) { }
    if (path.isEmpty()) {
        scanner.goInside(inside);
    }
    TextPosition result{.line = 1, .column = 1, .offset = 0};
    goOn(result, text.first(scanner.position()));
    return result;
}

std::vector<LocatedText> locateItems(QByteArrayView text)
{
    std::vector<LocatedText> items;
    Scanner scanner(text);
    TextPosition position{.line = 1, .column = 1, .offset = 0};
    while (scanner.nextItem(items.empty())) {
        const qsizetype start = scanner.position();
        goOn(position, text.sliced(position.offset, start - position.offset));
        scanner.skipValue();
        items.push_back({.text = text.sliced(start, scanner.position() - start), .start = position});
    }
    return items;
}

} // namespace Tocsin
