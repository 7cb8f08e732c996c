// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mappedtext.h"
#include "secrettrie.h"

#include <vector>

namespace Tocsin {

/// Finds secrets in a text whatever escapes it was written with, as EscapeReader reads them, and in base64 (both
/// alphabets, at any offset, with line breaks) and hexadecimal, each in one another deepestBlock times.
///
/// The work is linear in the text, however many the secrets are: a step or two for each reading of each byte, of which
/// a text without escapes has one, and four times that for each level of base64. Only secrets that repeat themselves
/// can make a text of escapes cost more: a step for each way in which it can be read as the beginning of one.
class SecretSearch
{
public:
    static constexpr int deepestBlock = 3;
    static constexpr quint32 leastCut = 6; ///< bytes of a secret that a cut text must end with

    void add(QByteArrayView secret);
    void link(); ///< after the last add(), before the first find()

    struct Terms
    {
        bool isCut = false; ///< what the text ends with may be the beginning of a secret
        bool isFolded = false; ///< a blank may be what is left of a line break
        bool isPlain = false; ///< nothing in it is escaped or encoded
    };
    struct Found
    {
        std::vector<TextRange> ranges; ///< of the source, in order and apart
        quint64 steps = 0; ///< that it took
    };
    /// `sourceSize`: of what the text was made from, at most 2 GiB.
    Found find(const MappedText &text, quint32 sourceSize, Terms terms) const;

private:
    SecretTrie m_trie;
    bool m_hasSpaces = false;
};

} // namespace Tocsin
