// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mappedtext.h"

#include <array>
#include <functional>

namespace Tocsin {

/// Finds stretches of a text that may be base64 (RFC 4648 §4 and §5) or hexadecimal, and decodes them in each way: from
/// each letter of a group on, since nothing says where an encoded text begins within it. Line breaks and byte 0 do not
/// count; between hexadecimal digits a blank, `+`, `:` or `-` neither.
class BlockReader
{
public:
    /// What was decoded, mapped to the text's own source; whether it goes to the text's end.
    using Visitor = std::function<void(const MappedText &decoded, bool reachesEnd)>;

    /// What has fewer than `shortest` bytes decoded is left out, at the text's end what has fewer than `shortestAtEnd`.
    BlockReader(quint32 shortest, quint32 shortestAtEnd, Visitor visitor);

    void read(const MappedText &text); ///< all of it

    /// The same for a text of which some bytes were escaped: only stretches that hold one of these are decoded.
    void take(char byte, TextRange origin, bool isEscaped);
    void end();

    quint64 steps() const { return m_steps; }

private:
    struct Alphabet;
    static const std::array<Alphabet, 2> alphabets;

    struct Letter
    {
        TextRange origin;
        quint8 value;
    };
    struct Stretch
    {
        std::vector<Letter> letters;
        bool isBehindBreak = false; ///< where blanks are an indentation
        bool hasEscaped = false;
    };

    void read(const MappedText &text, const Alphabet &alphabet);
    bool isLongEnough(quint64 letters, const Alphabet &alphabet, bool reachesEnd) const;
    void finish(Stretch &stretch, const Alphabet &alphabet, bool reachesEnd);
    void decode(const std::vector<Letter> &letters, const Alphabet &alphabet, bool reachesEnd);

    const quint32 m_shortest;
    const quint32 m_shortestAtEnd;
    const Visitor m_visitor;
    std::array<Stretch, 2> m_stretches; ///< in either alphabet
    quint64 m_steps = 0;
};

} // namespace Tocsin
