// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringView>

#include <memory>
#include <vector>

namespace Tocsin {

/// A stretch of a source, from `begin` to before `end`.
struct TextRange
{
    quint32 begin = 0;
    quint32 end = 0;

    bool operator==(const TextRange &) const = default;
};

/// A text as UTF-8, and from where in what it was made each of its bytes comes.
struct MappedText
{
    QByteArray bytes;
    std::shared_ptr<const std::vector<TextRange>> letters{}; ///< that the bytes were made from; none: each is its own
    quint32 first = 0; ///< the letter with which they begin
    quint32 bits = 8; ///< of a byte in a letter

    quint32 beginOf(quint32 place) const { return letters ? (*letters)[first + place * 8 / bits].begin : place; }
    quint32 endOf(quint32 place) const { return letters ? (*letters)[first + (place * 8 + 7) / bits].end : place + 1; }
};

/// How a text is written, as far as that can be mapped: in units of a fixed size. Latin-1 is of one byte.
struct UnitEncoding
{
    quint32 width = 1; ///< bytes: 1, 2 (UTF-16) or 4 (UTF-32)
    bool isBigEndian = false;
};

/// Mapped to the text's code units.
MappedText mapped(QStringView text);
/// Mapped to its bytes; what does not make a whole unit is left out.
MappedText mapped(QByteArrayView text, UnitEncoding encoding);

QByteArray encoded(QStringView text, UnitEncoding encoding);

} // namespace Tocsin
