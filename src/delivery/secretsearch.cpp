// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretsearch.h"

#include "blockreader.h"
#include "escapedsearch.h"

#include <optional>

namespace Tocsin {

namespace {

/// One search: the text, what its escapes hide, and what is encoded in blocks within either.
class SearchRun
{
public:
    SearchRun(const SecretTrie &trie, EscapeReader::Terms terms, quint32 sourceSize)
        : m_trie(trie)
        , m_terms(terms)
        , m_found(sourceSize)
    {
    }

    void search(const MappedText &text, bool isCut, int depth)
    {
        std::optional<BlockReader> raw;
        std::optional<BlockReader> unescaped;
        if (depth < SecretSearch::deepestBlock) {
            const auto visit = [this, isCut, depth](const MappedText &inner, bool reachesEnd) {
                search(inner, isCut && reachesEnd, depth + 1);
            };
            const quint32 shortest = m_trie.shortest();
            const quint32 shortestAtEnd = isCut ? SecretSearch::leastCut : shortest;
            raw.emplace(shortest, shortestAtEnd, visit);
            unescaped.emplace(shortest, shortestAtEnd, visit);
        }
        EscapeReader reader(text.bytes, m_terms);
        EscapedSearch(m_trie, reader, text, m_found).run(isCut, unescaped ? &*unescaped : nullptr);
        if (raw) {
            raw->read(text);
            m_found.steps += raw->steps() + unescaped->steps();
        }
    }

    void searchPlain(const MappedText &text)
    {
        auto node = SecretTrie::root;
        const auto size = static_cast<quint32>(text.bytes.size());
        m_found.steps += size;
        for (quint32 place = 0; place < size; ++place) {
            node = m_trie.next(node, static_cast<uchar>(text.bytes[place]));
            if (const auto length = m_trie.longestEnd(node); length > 0) {
                m_found.add(text.beginOf(place + 1 - length), text.endOf(place));
            }
        }
    }

    SearchFindings &found() { return m_found; }

private:
    const SecretTrie &m_trie;
    const EscapeReader::Terms m_terms;
    SearchFindings m_found;
};

} // namespace

void SecretSearch::add(QByteArrayView secret)
{
    m_trie.insert(secret);
    m_hasSpaces = m_hasSpaces || secret.contains(' ');
}

void SecretSearch::link()
{
    m_trie.link();
}

SecretSearch::Found SecretSearch::find(const MappedText &text, quint32 sourceSize, Terms terms) const
{
    const auto size = static_cast<quint32>(text.bytes.size());
    if (m_trie.shortest() == 0 || size < (terms.isCut ? leastCut : m_trie.shortest())) {
        return {};
    }
    SearchRun run(m_trie, {.readsPlusAsSpace = m_hasSpaces, .isFolded = terms.isFolded}, sourceSize);
    if (terms.isPlain) {
        run.searchPlain(text);
    } else {
        run.search(text, terms.isCut, 0);
    }
    return {.ranges = run.found().merged(), .steps = run.found().steps};
}

} // namespace Tocsin
