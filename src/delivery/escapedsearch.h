// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "blockreader.h"
#include "escapereader.h"
#include "secretsearch.h"

#include <map>

namespace Tocsin {

/// What a search has come to until now.
struct SearchFindings
{
    explicit SearchFindings(quint32 size)
        : sourceSize(size)
    {
    }

    void add(quint32 begin, quint32 end);
    std::vector<TextRange> merged();

    const quint32 sourceSize;
    std::vector<TextRange> ranges;
    quint64 steps = 0;
};

/// Runs through a text once, along all the ways in which its escapes can be read, in each of them with the automaton.
class EscapedSearch
{
public:
    EscapedSearch(const SecretTrie &trie, EscapeReader &reader, const MappedText &text, SearchFindings &found);

    /// `unescaped` is given the text with its escapes undone as far as they go, where it has any.
    void run(bool isCut, BlockReader *unescaped);

private:
    /// Where the automaton stands that came along one way through the text.
    struct Walk
    {
        SecretTrie::Node node = SecretTrie::root;
        quint32 step = 0; ///< the last one
    };
    /// One byte of a way through the text. By `jump`, which skips about half of what is left, any earlier one is found
    /// in logarithmic time.
    struct Step
    {
        quint32 begin = 0;
        quint32 number = 0; ///< 0 is none: until `begin` each byte was read as it is
        quint32 previous = 0;
        quint32 jump = 0;
    };

    void takeWalks(quint32 place);
    void readReadings(quint32 place);
    void walk(Walk from, quint32 place, const Reading &reading);
    void arrive(const Walk &walk, quint32 place);
    quint32 addStep(quint32 previous, quint32 begin);
    quint32 beginOf(const Walk &walk, quint32 length) const;
    void report(quint32 begin, quint32 end);
    void reportCut(quint32 place);
    bool mayBeCutEscape(quint32 place) const;
    void goOn(quint32 place);
    void unescape(quint32 end, BlockReader &unescaped);

    const SecretTrie &m_trie;
    EscapeReader &m_reader;
    const MappedText &m_text;
    const quint32 m_size;
    SearchFindings &m_found;
    std::map<quint32, std::vector<Walk>> m_walks; ///< by the place where they go on
    std::vector<Step> m_steps;
    SecretTrie::Node m_plain = SecretTrie::root; ///< along the bytes as they are
    std::vector<Walk> m_here; ///< of m_walks, at the place that is looked at
    quint32 m_unescapedUntil = 0;
};

} // namespace Tocsin
