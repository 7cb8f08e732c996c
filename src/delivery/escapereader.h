// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace Tocsin {

/// What else than its own byte may stand at a place of a text: what an escape there means, or nothing at all.
struct Reading
{
    quint32 end = 0; ///< behind the escape, in the text
    quint8 size = 0; ///< of `bytes`: UTF-8
    quint8 doubled = 0; ///< how often a backslash was escaped by another
    std::array<char, 4> bytes{};
};

/// Reads the escapes of a text, those within others too, in whatever way they were nested: percent-encoding (and IIS's
/// `%u002B`), `+` of a form, JSON's and other languages' backslashes, HTML's entities. Byte 0 and a line break with the
/// blanks behind it may be left out. Each place has a few readings, longestEscape bytes at most; which of them was
/// meant is for others to find.
class EscapeReader
{
public:
    static constexpr quint32 longestEscape = 512;

    struct Terms
    {
        bool readsPlusAsSpace = false;
        bool isFolded = false; ///< a blank may be what is left of a line break
    };
    EscapeReader(QByteArrayView text, Terms terms);

    /// Whether a byte has other readings anywhere; makes read() worth its while.
    bool hasEscapes() const;
    bool isIntroducer(char byte) const { return m_isIntroducer[static_cast<uchar>(byte)]; }
    /// A byte by which an escape begins that hides others: `%`, `\` or `&`.
    static bool isEscape(char byte) { return byte == '%' || byte == '\\' || byte == '&'; }

    /// Makes ready for at() of the places from `begin` to `end`.
    void read(quint32 begin, quint32 end);
    std::span<const Reading> at(quint32 place) const;
    quint64 steps() const { return m_steps; }

private:
    struct Place
    {
        quint32 first = 0;
        quint32 count = 0;
    };
    struct Byte
    {
        char value;
        quint32 end;
    };

    template <typename Visitor>
    void eachByte(quint32 place, const Visitor &visit);
    template <typename Predicate>
    std::optional<Byte> firstByte(quint32 place, const Predicate &fits);
    template <typename Predicate>
    std::optional<Byte> firstLetter(quint32 place, const Predicate &fits);
    std::optional<std::pair<char32_t, quint32>> hexNumber(quint32 place, int digits);

    void readPlace(quint32 place);
    void readEscape(char introducer, quint32 rest, quint8 doubled);
    void readPercent(quint32 rest);
    void readBackslash(quint32 rest, quint8 doubled);
    void readUnit(quint32 rest);
    void readEntity(quint32 rest);
    void add(char byte, quint32 end);
    void addCharacter(char32_t character, quint32 end);
    void addReading(const Reading &reading);
    quint32 behindBlanks(quint32 place) const;

    const QByteArrayView m_text;
    const Terms m_terms;
    std::array<bool, 256> m_isIntroducer{};
    quint32 m_begin = 0; ///< of what was read
    quint32 m_place = 0; ///< that is being read
    bool m_isPlain = false; ///< the escape begins with its own byte, so nothing escapes the letters behind it
    std::vector<Place> m_places;
    std::vector<Reading> m_readings;
    quint64 m_steps = 0;
};

} // namespace Tocsin
