// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "escapereader.h"

#include "hexdigits.h"
#include "htmlentities.h"

#include <QByteArray>
#include <QString>

#include <algorithm>

namespace Tocsin {

namespace {

constexpr quint32 mostReadings = 16; // of one place; escapes within escapes have one a level, or two
constexpr quint32 mostBlanks = 64;
constexpr quint8 mostDoubled = 5; // strings in one another

bool isHexDigit(char c)
{
    return hexDigit(static_cast<unsigned char>(c)) >= 0;
}

bool isLetterOrDigit(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
}

/// What languages' strings write a backslash before without a need.
bool isQuoted(char c)
{
    return c == '"' || c == '\'' || c == '/' || c == '`';
}

bool isLineBreak(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

EscapeReader::EscapeReader(QByteArrayView text, Terms terms)
    : m_text(text)
    , m_terms(terms)
{
    for (const auto byte : {'%', '\\', '&', '\0', '\n', '\r'}) {
        m_isIntroducer[static_cast<uchar>(byte)] = true;
    }
    m_isIntroducer['+'] = terms.readsPlusAsSpace;
    m_isIntroducer[' '] = terms.isFolded;
}

bool EscapeReader::hasEscapes() const
{
    return std::any_of(m_text.begin(), m_text.end(), [this](char byte) { return isIntroducer(byte); });
}

void EscapeReader::read(quint32 begin, quint32 end)
{
    const auto size = static_cast<quint32>(m_text.size());
    const auto stop = std::min(size, end + longestEscape);
    m_begin = begin;
    m_places.assign(stop - begin, {});
    m_readings.clear();
    for (auto place = stop; place-- > begin;) { // what an escape is made of stands behind its beginning
        if (isIntroducer(m_text[place])) {
            readPlace(place);
        }
    }
}

std::span<const Reading> EscapeReader::at(quint32 place) const
{
    const auto &found = m_places[place - m_begin];
    return {m_readings.data() + found.first, found.count};
}

template <typename Visitor>
void EscapeReader::eachByte(quint32 place, const Visitor &visit)
{
    if (place - m_begin >= m_places.size()) {
        return;
    }
    ++m_steps;
    visit(Byte{m_text[place], place + 1});
    const auto found = m_places[place - m_begin];
    for (quint32 i = 0; i < found.count; ++i) {
        ++m_steps;
        if (const auto reading = m_readings[found.first + i]; reading.size == 1) {
            visit(Byte{reading.bytes[0], reading.end});
        }
    }
}

template <typename Predicate>
std::optional<EscapeReader::Byte> EscapeReader::firstByte(quint32 place, const Predicate &fits)
{
    std::optional<Byte> found;
    eachByte(place, [&found, &fits](const Byte &byte) {
        if (!found && fits(byte.value)) {
            found = byte;
        }
    });
    return found;
}

template <typename Predicate>
std::optional<EscapeReader::Byte> EscapeReader::firstLetter(quint32 place, const Predicate &fits)
{
    if (!m_isPlain) {
        return firstByte(place, fits);
    }
    ++m_steps;
    const bool isThere = place - m_begin < m_places.size() && fits(m_text[place]);
    return isThere ? std::optional(Byte{m_text[place], place + 1}) : std::nullopt;
}

std::optional<std::pair<char32_t, quint32>> EscapeReader::hexNumber(quint32 place, int digits)
{
    char32_t number = 0;
    for (int i = 0; i < digits; ++i) {
        const auto digit = firstLetter(place, isHexDigit);
        if (!digit) {
            return {};
        }
        number = number * 16 + static_cast<char32_t>(hexDigit(static_cast<unsigned char>(digit->value)));
        place = digit->end;
    }
    return std::pair(number, place);
}

void EscapeReader::readPlace(quint32 place)
{
    m_place = place;
    auto &found = m_places[place - m_begin];
    found.first = static_cast<quint32>(m_readings.size());
    const char byte = m_text[place];
    if (byte == '\0' || isLineBreak(byte)) {
        addReading({.end = byte == '\0' ? place + 1 : behindBlanks(place + 1)});
    } else if (byte == '+') {
        add(' ', place + 1);
    } else if (byte == ' ') {
        addReading({.end = place + 1});
    } else {
        readEscape(byte, place + 1, 0);
        // What an escape stands for may begin another one.
        for (quint32 i = 0; i < found.count; ++i) {
            if (const auto reading = m_readings[found.first + i]; reading.size == 1) {
                readEscape(reading.bytes[0], reading.end, reading.doubled);
            }
        }
    }
}

void EscapeReader::readEscape(char introducer, quint32 rest, quint8 doubled)
{
    m_isPlain = rest - m_place == 1;
    if (introducer == '%') {
        readPercent(rest);
    } else if (introducer == '\\') {
        readBackslash(rest, doubled);
    } else if (introducer == '&') {
        readEntity(rest);
    }
}

void EscapeReader::readPercent(quint32 rest)
{
    if (const auto byte = hexNumber(rest, 2)) {
        add(static_cast<char>(byte->first), byte->second);
    }
    if (const auto u = firstLetter(rest, [](char c) { return c == 'u'; })) {
        readUnit(u->end);
    }
}

void EscapeReader::readBackslash(quint32 rest, quint8 doubled)
{
    const auto own = rest - m_place;
    eachByte(rest, [this, rest, own, doubled](const Byte &next) {
        constexpr std::array<std::pair<char, char>, 6> controls{
            {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'b', '\b'}, {'f', '\f'}, {'v', '\v'}}};
        const auto *const control = std::find_if(controls.begin(), controls.end(),
                                                 [&next](const auto &pair) { return pair.first == next.value; });
        if (next.value == '\\') {
            // Who escapes a backslash writes both in the same way; without that, a row of them could be read in any.
            if (next.end - rest == own && doubled < mostDoubled) {
                addReading({.end = next.end, .size = 1, .doubled = static_cast<quint8>(doubled + 1), .bytes = {'\\'}});
            }
        } else if (isQuoted(next.value)) {
            add(next.value, next.end);
        } else if (m_isPlain && next.end - rest > 1) {
            return; // who leaves the backslash as it is leaves letters, too
        } else if (control != controls.end()) {
            add(control->second, next.end);
        } else if (next.value == 'u') {
            readUnit(next.end);
        } else if (const auto byte = next.value == 'x' ? hexNumber(next.end, 2) : std::nullopt) {
            add(static_cast<char>(byte->first), byte->second);
        } else if (const auto character = next.value == 'U' ? hexNumber(next.end, 8) : std::nullopt) {
            addCharacter(character->first, character->second);
        }
    });
}

/// Four digits behind the `u` of `\u` or `%u`, or two times four of a surrogate pair.
void EscapeReader::readUnit(quint32 rest)
{
    const auto unit = hexNumber(rest, 4);
    if (!unit || !QChar::isHighSurrogate(unit->first)) {
        if (unit) {
            addCharacter(unit->first, unit->second);
        }
        return;
    }
    eachByte(unit->second, [this, high = unit->first](const Byte &introducer) {
        const auto u = introducer.value == '\\' || introducer.value == '%'
            ? firstLetter(introducer.end, [](char c) { return c == 'u'; })
            : std::nullopt;
        const auto low = u ? hexNumber(u->end, 4) : std::nullopt;
        if (low && QChar::isLowSurrogate(low->first)) {
            addCharacter(QChar::surrogateToUcs4(static_cast<char16_t>(high), static_cast<char16_t>(low->first)),
                         low->second);
        }
    });
}

void EscapeReader::readEntity(quint32 rest)
{
    const auto isEnd = [](char c) {
        return c == ';';
    };
    QByteArray name;
    auto place = rest;
    const auto hash = firstByte(place, [](char c) { return c == '#'; });
    if (hash) {
        place = hash->end;
    }
    while (name.size() <= longestEntityName) {
        if (const auto end = firstByte(place, isEnd)) {
            const bool isHex = hash && (name.startsWith('x') || name.startsWith('X'));
            bool isNumber = false;
            const auto number = isHex ? name.sliced(1).toUInt(&isNumber, 16) : hash ? name.toUInt(&isNumber) : 0;
            addCharacter(isNumber ? number : hash ? 0 : htmlEntity(name), end->end);
            return;
        }
        const auto letter = firstLetter(place, isLetterOrDigit);
        if (!letter) {
            return;
        }
        name.append(letter->value);
        place = letter->end;
    }
}

void EscapeReader::add(char byte, quint32 end)
{
    addReading({.end = end, .size = 1, .bytes = {byte}});
    if (byte == '\0' || isLineBreak(byte)) {
        addReading({.end = byte == '\0' ? end : behindBlanks(end)});
    } else if (byte == '+' && m_terms.readsPlusAsSpace) {
        addReading({.end = end, .size = 1, .bytes = {' '}});
    }
}

void EscapeReader::addCharacter(char32_t character, quint32 end)
{
    if (character == 0 || character > QChar::LastValidCodePoint || QChar::isSurrogate(character)) {
        return;
    }
    if (character < 0x80) {
        add(static_cast<char>(character), end);
        return;
    }
    const auto utf8 = QString::fromUcs4(&character, 1).toUtf8();
    Reading reading{.end = end, .size = static_cast<quint8>(utf8.size())};
    std::copy(utf8.begin(), utf8.end(), reading.bytes.begin());
    addReading(reading);
}

void EscapeReader::addReading(const Reading &reading)
{
    auto &found = m_places[m_place - m_begin];
    const auto known = at(m_place);
    const bool isKnown = std::any_of(known.begin(), known.end(), [&reading](const Reading &other) {
        return other.end == reading.end && other.size == reading.size && other.bytes == reading.bytes;
    });
    if (!isKnown && found.count < mostReadings && reading.end - m_place <= longestEscape) {
        m_readings.push_back(reading);
        ++found.count;
    }
}

quint32 EscapeReader::behindBlanks(quint32 place) const
{
    const auto stop = std::min(static_cast<quint32>(m_text.size()), place + mostBlanks);
    while (place < stop && (m_text[place] == ' ' || m_text[place] == '\t')) {
        ++place;
    }
    return place;
}

} // namespace Tocsin
