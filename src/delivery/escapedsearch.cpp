// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "escapedsearch.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr quint32 stretch = 16 * 1024; // of which escapes are read at once

} // namespace

void SearchFindings::add(quint32 begin, quint32 end)
{
    if (!ranges.empty() && begin >= ranges.back().begin && begin <= ranges.back().end) {
        ranges.back().end = std::max(ranges.back().end, end);
    } else {
        ranges.push_back({.begin = begin, .end = end});
    }
}

std::vector<TextRange> SearchFindings::merged()
{
    std::sort(ranges.begin(), ranges.end(), [](const TextRange &a, const TextRange &b) { return a.begin < b.begin; });
    std::vector<TextRange> result;
    for (const auto &range : ranges) {
        if (!result.empty() && range.begin < result.back().end) {
            result.back().end = std::max(result.back().end, range.end);
        } else {
            result.push_back(range);
        }
    }
    return result;
}

EscapedSearch::EscapedSearch(const SecretTrie &trie, EscapeReader &reader, const MappedText &text,
                             SearchFindings &found)
    : m_trie(trie)
    , m_reader(reader)
    , m_text(text)
    , m_size(static_cast<quint32>(text.bytes.size()))
    , m_found(found)
{
}

void EscapedSearch::run(bool isCut, BlockReader *unescaped)
{
    m_found.steps += m_size;
    const auto &bytes = m_text.bytes;
    const bool hasEscapes = m_reader.hasEscapes();
    const bool unescapes = unescaped && hasEscapes && std::any_of(bytes.begin(), bytes.end(), EscapeReader::isEscape);
    for (quint32 begin = 0; begin < m_size; begin += stretch) {
        const auto end = std::min(m_size, begin + stretch);
        if (hasEscapes) {
            m_reader.read(begin, end);
        }
        for (auto place = begin; place < end; ++place) {
            takeWalks(place);
            if (hasEscapes && m_reader.isIntroducer(bytes[place])) {
                readReadings(place);
            }
            if (isCut && mayBeCutEscape(place)) {
                reportCut(place);
            }
            goOn(place);
        }
        if (unescapes) {
            unescape(end, *unescaped);
        }
    }
    if (unescapes) {
        unescaped->end();
    }
    if (isCut) {
        takeWalks(m_size);
        reportCut(m_size);
    }
    m_found.steps += m_reader.steps();
}

/// Those that are waiting at the place, but for what the bytes as they are say, too.
void EscapedSearch::takeWalks(quint32 place)
{
    m_here.clear();
    if (m_walks.empty()) {
        m_steps.clear();
        return;
    }
    if (m_walks.begin()->first != place) {
        return;
    }
    m_here.swap(m_walks.begin()->second);
    m_walks.erase(m_walks.begin());
    const auto depth = m_trie.depth(m_plain);
    std::erase_if(m_here, [this, place, depth](const Walk &walk) {
        return walk.node == m_plain && beginOf(walk, depth) >= place - depth;
    });
}

/// One byte further, read as it is.
void EscapedSearch::goOn(quint32 place)
{
    const auto byte = m_text.bytes[place];
    for (const auto &each : m_here) {
        walk(each, place, {.end = place + 1, .size = 1, .bytes = {byte}});
    }
    m_plain = m_trie.next(m_plain, static_cast<uchar>(byte));
    if (m_plain != SecretTrie::root) {
        if (const auto length = m_trie.longestEnd(m_plain); length > 0) {
            report(place + 1 - length, place + 1);
        }
    }
}

/// All that stand at the place go on behind each escape that begins there.
void EscapedSearch::readReadings(quint32 place)
{
    for (const auto &reading : m_reader.at(place)) {
        const Walk fresh{.node = m_plain, .step = static_cast<quint32>(m_steps.size())};
        m_steps.push_back({.begin = place, .number = 0, .previous = fresh.step, .jump = fresh.step});
        walk(fresh, place, reading);
        for (const auto &each : m_here) {
            walk(each, place, reading);
        }
    }
}

void EscapedSearch::walk(Walk from, quint32 place, const Reading &reading)
{
    ++m_found.steps;
    for (int i = 0; i < reading.size; ++i) {
        from.node = m_trie.next(from.node, static_cast<uchar>(reading.bytes[static_cast<std::size_t>(i)]));
        from.step = addStep(from.step, place);
        if (const auto length = m_trie.longestEnd(from.node); length > 0) {
            report(beginOf(from, length), reading.end);
        }
    }
    if (from.node != SecretTrie::root) { // there is one at the root, or further, everywhere
        arrive(from, reading.end);
    }
}

void EscapedSearch::arrive(const Walk &walk, quint32 place)
{
    auto &walks = m_walks[place];
    const auto same =
        std::find_if(walks.begin(), walks.end(), [&walk](const Walk &other) { return other.node == walk.node; });
    m_found.steps += walks.size();
    if (same == walks.end()) {
        walks.push_back(walk);
        return;
    }
    const auto depth = m_trie.depth(walk.node);
    if (beginOf(walk, depth) < beginOf(*same, depth)) {
        *same = walk;
    }
}

quint32 EscapedSearch::addStep(quint32 previous, quint32 begin)
{
    // Lengths of jumps as the digits of a skew binary number (Myers, "An applicative random-access stack").
    const auto &before = m_steps[previous];
    const auto &jumped = m_steps[before.jump];
    const bool joins = before.number - jumped.number == jumped.number - m_steps[jumped.jump].number;
    const Step step{
        .begin = begin, .number = before.number + 1, .previous = previous, .jump = joins ? jumped.jump : previous};
    m_steps.push_back(step);
    return static_cast<quint32>(m_steps.size()) - 1;
}

/// Where the last `length` bytes of a walk begin; at least one.
quint32 EscapedSearch::beginOf(const Walk &walk, quint32 length) const
{
    const auto *step = &m_steps[walk.step];
    if (length > step->number) {
        const auto before = length - step->number;
        while (step->number > 0) {
            step = &m_steps[step->jump];
        }
        return step->begin - before;
    }
    const auto wanted = step->number - length + 1;
    while (step->number > wanted) {
        const auto &jumped = m_steps[step->jump];
        step = jumped.number >= wanted ? &jumped : &m_steps[step->previous];
    }
    return step->begin;
}

void EscapedSearch::report(quint32 begin, quint32 end)
{
    m_found.add(m_text.beginOf(begin), m_text.endOf(end - 1));
}

/// What has been read of a secret, and what follows to the end.
void EscapedSearch::reportCut(quint32 place)
{
    const auto reportFrom = [this](quint32 begin) {
        m_found.add(m_text.beginOf(begin), m_found.sourceSize);
    };
    if (const auto depth = m_trie.depth(m_plain); depth >= SecretSearch::leastCut) {
        reportFrom(place - depth);
    }
    for (const auto &walk : m_here) {
        if (const auto depth = m_trie.depth(walk.node); depth >= SecretSearch::leastCut) {
            reportFrom(beginOf(walk, depth));
        }
    }
}

/// Whether an escape begins here of which the end may be cut off.
bool EscapedSearch::mayBeCutEscape(quint32 place) const
{
    constexpr quint32 longest = 24;
    const QByteArrayView rest = QByteArrayView(m_text.bytes).sliced(place);
    return m_size - place <= longest && EscapeReader::isEscape(rest.front())
        && std::all_of(rest.begin(), rest.end(), [](char c) {
               const char lower = static_cast<char>(c | 0x20);
               return EscapeReader::isEscape(c) || c == '#' || c == ';' || (c >= '0' && c <= '9')
                   || (lower >= 'a' && lower <= 'z');
           });
}

/// Each escape as what it means in the end.
void EscapedSearch::unescape(quint32 end, BlockReader &unescaped)
{
    while (m_unescapedUntil < end) {
        const auto place = m_unescapedUntil;
        const char byte = m_text.bytes[place];
        const Reading *deepest = nullptr;
        if (m_reader.isIntroducer(byte)) {
            for (const auto &reading : m_reader.at(place)) {
                if (reading.end > (deepest ? deepest->end : place + 1)) {
                    deepest = &reading;
                }
            }
        }
        m_unescapedUntil = deepest ? deepest->end : place + 1;
        const TextRange origin{.begin = m_text.beginOf(place), .end = m_text.endOf(m_unescapedUntil - 1)};
        if (!deepest) {
            unescaped.take(byte, origin, false);
            continue;
        }
        for (int i = 0; i < deepest->size; ++i) {
            unescaped.take(deepest->bytes[static_cast<std::size_t>(i)], origin, true);
        }
    }
}

} // namespace Tocsin
