// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonscanner.h"

#include "hexdigits.h"
#include "utf8.h"

#include <array>

namespace Tocsin {

namespace {

/// What ends the plain part of a string: its quote, a backslash, a control character.
constexpr std::array<bool, 256> endsPlainText = [] {
    std::array<bool, 256> ends{};
    for (std::size_t byte = 0; byte < 0x20; ++byte) {
        ends[byte] = true;
    }
    ends['"'] = true;
    ends['\\'] = true;
    return ends;
}();

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

JsonScanner::JsonScanner(std::string_view text, const JsonLimits &limits, JsonSink &sink)
    : m_text(text)
    , m_at(text.data())
    , m_end(text.data() + text.size())
    , m_valuesLeft(limits.values)
    , m_sink(sink)
{
}

bool JsonScanner::scan()
{
    if (!QByteArrayView(m_text.data(), static_cast<qsizetype>(m_text.size())).isValidUtf8()) {
        return false;
    }
    take(byteOrderMark);
    do {
        if (!beginValue()) {
            return false;
        }
    } while (!m_open.empty() && endValue());
    skipBlanks();
    return m_open.empty() && atEnd();
}

bool JsonScanner::take(char character)
{
    if (atEnd() || *m_at != character) {
        return false;
    }
    ++m_at;
    return true;
}

bool JsonScanner::take(std::string_view word)
{
    if (!std::string_view(m_at, static_cast<std::size_t>(m_end - m_at)).starts_with(word)) {
        return false;
    }
    m_at += word.size();
    return true;
}

void JsonScanner::skipBlanks()
{
    while (!atEnd() && isJsonSpace(static_cast<unsigned char>(*m_at))) {
        ++m_at;
    }
}

/// A value up to its end or, where it holds some, up to its first one.
bool JsonScanner::beginValue()
{
    while (true) {
        skipBlanks();
        if (atEnd() || m_valuesLeft == 0) {
            return false;
        }
        --m_valuesLeft;
        switch (*m_at) {
        case '{':
        case '[': {
            const bool isObject = *m_at == '{';
            if (m_open.size() == maximumJsonDepth) {
                return false;
            }
            ++m_at;
            m_open.push_back(isObject);
            m_sink.open(isObject);
            skipBlanks();
            if (!atEnd() && *m_at == (isObject ? '}' : ']')) {
                return true; // endValue() closes it
            }
            if (isObject && !member()) {
                return false;
            }
            continue;
        }
        case '"':
            if (!string()) {
                return false;
            }
            m_sink.string(m_string);
            return true;
        case 't':
        case 'f': {
            const bool isTrue = *m_at == 't';
            if (!take(isTrue ? std::string_view("true") : std::string_view("false"))) {
                return false;
            }
            m_sink.boolean(isTrue);
            return true;
        }
        case 'n':
            if (!take("null")) {
                return false;
            }
            m_sink.null();
            return true;
        default:
            return number();
        }
    }
}

/// What follows a value: ends what ends here, up to the place where the next value begins. False at the text's end,
/// too.
bool JsonScanner::endValue()
{
    while (!m_open.empty()) {
        skipBlanks();
        const bool isObject = m_open.back();
        if (take(isObject ? '}' : ']')) {
            m_open.pop_back();
            m_sink.close();
        } else {
            return take(',') && (!isObject || member());
        }
    }
    return false;
}

bool JsonScanner::member()
{
    skipBlanks();
    if (atEnd() || *m_at != '"' || !string()) {
        return false;
    }
    m_sink.name(m_string);
    skipBlanks();
    return take(':');
}

bool JsonScanner::number()
{
    const char *const start = m_at;
    take('-');
    if (!take('0') && !digits()) {
        return false;
    }
    if (take('.') && !digits()) {
        return false;
    }
    if (take('e') || take('E')) {
        if (!take('+')) {
            take('-');
        }
        if (!digits()) {
            return false;
        }
    }
    m_sink.number({start, static_cast<std::size_t>(m_at - start)});
    return true;
}

bool JsonScanner::digits()
{
    const char *const start = m_at;
    while (!atEnd() && *m_at >= '0' && *m_at <= '9') {
        ++m_at;
    }
    return m_at != start;
}

bool JsonScanner::string()
{
    m_string.clear();
    ++m_at;
    while (true) {
        const char *const start = m_at;
        while (!atEnd() && !endsPlainText[static_cast<unsigned char>(*m_at)]) {
            ++m_at;
        }
        m_string.append(start, m_at);
        if (take('"')) {
            return true;
        }
        if (!take('\\') || !escape()) {
            return false;
        }
    }
}

/// What follows the backslash.
bool JsonScanner::escape()
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (!take('u')) {
        const auto letter = atEnd() ? std::string_view::npos : letters.find(*m_at);
        if (letter == std::string_view::npos) {
            return false;
        }
        ++m_at;
        m_string += meanings[letter];
        return true;
    }
    char32_t character = 0;
    if (!unit(character)) {
        return false;
    }
    if (character >= 0xD800 && character <= 0xDFFF) {
        char32_t low = 0;
        if (character > 0xDBFF || !take("\\u") || !unit(low) || low < 0xDC00 || low > 0xDFFF) {
            return false;
        }
        character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
    }
    appendUtf8(m_string, character);
    return true;
}

/// Four hexadecimal digits.
bool JsonScanner::unit(char32_t &value)
{
    const auto digits = hexUnit({m_at, m_end});
    if (digits) {
        value = *digits;
        m_at += 4;
    }
    return digits.has_value();
}

} // namespace Tocsin
