// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "blockreader.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr quint8 ends = 0xff; // what ends a stretch
constexpr quint8 skipped = 0xfe;
constexpr quint8 blank = 0xfd; // skipped behind a line break

using LetterValues = std::array<quint8, 256>;

constexpr LetterValues noLetters()
{
    LetterValues values{};
    values.fill(ends);
    for (const char c : {'\0', '\n', '\r'}) {
        values[static_cast<uchar>(c)] = skipped;
    }
    for (const char c : {' ', '\t'}) {
        values[static_cast<uchar>(c)] = blank;
    }
    return values;
}

constexpr LetterValues base64Letters()
{
    auto values = noLetters();
    for (std::size_t i = 0; i < 26; ++i) {
        values[std::size_t('A') + i] = static_cast<quint8>(i);
        values[std::size_t('a') + i] = static_cast<quint8>(26 + i);
    }
    for (std::size_t i = 0; i < 10; ++i) {
        values[std::size_t('0') + i] = static_cast<quint8>(52 + i);
    }
    values['+'] = values['-'] = 62;
    values['/'] = values['_'] = 63;
    return values;
}

constexpr LetterValues hexLetters()
{
    auto values = noLetters();
    for (std::size_t i = 0; i < 10; ++i) {
        values[std::size_t('0') + i] = static_cast<quint8>(i);
    }
    for (std::size_t i = 0; i < 6; ++i) {
        values[std::size_t('A') + i] = static_cast<quint8>(10 + i);
        values[std::size_t('a') + i] = static_cast<quint8>(10 + i);
    }
    for (const char c : {' ', '+', ':', '-'}) { // a form's blank is a plus
        values[static_cast<uchar>(c)] = skipped;
    }
    return values;
}

} // namespace

struct BlockReader::Alphabet
{
    LetterValues values;
    quint32 bits; ///< a letter
    quint32 group; ///< letters after which bytes begin at a letter again
};

constinit const std::array<BlockReader::Alphabet, 2> BlockReader::alphabets{
    Alphabet{.values = base64Letters(), .bits = 6, .group = 4},
    Alphabet{.values = hexLetters(), .bits = 4, .group = 2}};

BlockReader::BlockReader(quint32 shortest, quint32 shortestAtEnd, Visitor visitor)
    : m_shortest(shortest)
    , m_shortestAtEnd(shortestAtEnd)
    , m_visitor(std::move(visitor))
{
}

void BlockReader::read(const MappedText &text)
{
    for (const auto &alphabet : alphabets) {
        read(text, alphabet);
    }
}

void BlockReader::read(const MappedText &text, const Alphabet &alphabet)
{
    const auto &bytes = text.bytes;
    const auto size = static_cast<quint32>(bytes.size());
    m_steps += size;
    quint32 begin = 0;
    quint32 count = 0;
    bool isBehindBreak = false;
    for (quint32 place = 0; place <= size; ++place) {
        const auto value = place < size ? alphabet.values[static_cast<uchar>(bytes[place])] : ends;
        if (value < blank) {
            ++count;
            isBehindBreak = false;
            continue;
        }
        if (value == skipped || (value == blank && isBehindBreak)) {
            isBehindBreak = true;
            continue;
        }
        if (isLongEnough(count, alphabet, place == size)) {
            std::vector<Letter> letters;
            letters.reserve(count);
            for (; begin < place; ++begin) {
                if (const auto letter = alphabet.values[static_cast<uchar>(bytes[begin])]; letter < blank) {
                    letters.push_back(
                        {.origin = {.begin = text.beginOf(begin), .end = text.endOf(begin)}, .value = letter});
                }
            }
            decode(letters, alphabet, place == size);
        }
        begin = place + 1;
        count = 0;
        isBehindBreak = false;
    }
}

void BlockReader::take(char byte, TextRange origin, bool isEscaped)
{
    for (std::size_t i = 0; i < alphabets.size(); ++i) {
        auto &stretch = m_stretches[i];
        ++m_steps;
        const auto value = alphabets[i].values[static_cast<uchar>(byte)];
        if (value < blank) {
            stretch.letters.push_back({.origin = origin, .value = value});
            stretch.isBehindBreak = false;
            stretch.hasEscaped = stretch.hasEscaped || isEscaped;
        } else if (value == skipped || (value == blank && stretch.isBehindBreak)) {
            stretch.isBehindBreak = true;
            stretch.hasEscaped = stretch.hasEscaped || isEscaped;
        } else {
            finish(stretch, alphabets[i], false);
        }
    }
}

void BlockReader::end()
{
    for (std::size_t i = 0; i < alphabets.size(); ++i) {
        finish(m_stretches[i], alphabets[i], true);
    }
}

bool BlockReader::isLongEnough(quint64 letters, const Alphabet &alphabet, bool reachesEnd) const
{
    return letters * alphabet.bits >= 8 * quint64(reachesEnd ? m_shortestAtEnd : m_shortest);
}

void BlockReader::finish(Stretch &stretch, const Alphabet &alphabet, bool reachesEnd)
{
    if (stretch.hasEscaped && isLongEnough(stretch.letters.size(), alphabet, reachesEnd)) {
        decode(stretch.letters, alphabet, reachesEnd);
    }
    stretch.letters.clear();
    stretch.isBehindBreak = false;
    stretch.hasEscaped = false;
}

void BlockReader::decode(const std::vector<Letter> &letters, const Alphabet &alphabet, bool reachesEnd)
{
    constexpr quint32 byteBits = 8;
    const auto count = static_cast<quint32>(letters.size());
    std::vector<TextRange> origins(count);
    std::transform(letters.begin(), letters.end(), origins.begin(), [](const Letter &letter) { return letter.origin; });
    MappedText decoded{.bytes = {},
                       .letters = std::make_shared<const std::vector<TextRange>>(std::move(origins)),
                       .bits = alphabet.bits};
    for (; decoded.first < alphabet.group && decoded.first < count; ++decoded.first) {
        decoded.bytes.resize(static_cast<qsizetype>(quint64(count - decoded.first) * alphabet.bits / byteBits));
        m_steps += count;
        auto *byte = decoded.bytes.data();
        quint32 held = 0; // bits that are no whole byte yet
        quint32 heldCount = 0;
        for (auto i = decoded.first; i < count; ++i) {
            held = (held << alphabet.bits) | letters[i].value;
            heldCount += alphabet.bits;
            if (heldCount >= byteBits) {
                heldCount -= byteBits;
                *byte++ = static_cast<char>((held >> heldCount) & 0xffU);
            }
        }
        m_visitor(decoded, reachesEnd);
    }
}

} // namespace Tocsin
