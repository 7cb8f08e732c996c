// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mappedtext.h"

#include "utf8.h"

#include <QString>

namespace Tocsin {

namespace {

/// `unitAt` has `count` units, each of which counts as `width`.
template <typename UnitAt>
MappedText mapUnits(quint32 count, quint32 width, const UnitAt &unitAt)
{
    std::string utf8;
    std::vector<TextRange> letters;
    utf8.reserve(count);
    letters.reserve(count);
    for (quint32 i = 0; i < count; ++i) {
        char32_t character = unitAt(i);
        const auto begin = i;
        if (width < 4 && QChar::isHighSurrogate(character) && i + 1 < count && QChar::isLowSurrogate(unitAt(i + 1))) {
            character = QChar::surrogateToUcs4(static_cast<char16_t>(character), static_cast<char16_t>(unitAt(++i)));
        }
        const bool isCharacter = character <= QChar::LastValidCodePoint && !QChar::isSurrogate(character);
        appendUtf8(utf8, isCharacter ? character : char32_t(QChar::ReplacementCharacter));
        letters.resize(utf8.size(), {.begin = begin * width, .end = (i + 1) * width});
    }
    return {.bytes = QByteArray::fromStdString(utf8),
            .letters = std::make_shared<const std::vector<TextRange>>(std::move(letters))};
}

} // namespace

MappedText mapped(QStringView text)
{
    if (auto bytes = text.toUtf8(); bytes.size() == text.size()) { // ASCII
        return {.bytes = std::move(bytes)};
    }
    return mapUnits(static_cast<quint32>(text.size()), 1, [text](quint32 i) { return char32_t(text[i].unicode()); });
}

MappedText mapped(QByteArrayView text, UnitEncoding encoding)
{
    const auto width = encoding.width;
    return mapUnits(static_cast<quint32>(text.size()) / width, width, [text, encoding, width](quint32 i) {
        char32_t unit = 0;
        for (quint32 k = 0; k < width; ++k) {
            const auto place = i * width + (encoding.isBigEndian ? k : width - 1 - k);
            unit = (unit << 8) | static_cast<uchar>(text[place]);
        }
        return unit;
    });
}

QByteArray encoded(QStringView text, UnitEncoding encoding)
{
    QByteArray result;
    for (const auto unit : text) {
        for (quint32 k = 0; k < encoding.width; ++k) {
            const auto shift = 8 * (encoding.isBigEndian ? encoding.width - 1 - k : k);
            result.append(shift < 16 ? static_cast<char>((unit.unicode() >> shift) & 0xff) : '\0');
        }
    }
    return result;
}

} // namespace Tocsin
