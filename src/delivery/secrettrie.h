// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <array>
#include <vector>

namespace Tocsin {

/// Aho and Corasick's automaton: finds many secrets at once, with a step or two for each byte of a text.
class SecretTrie
{
public:
    using Node = quint32;
    static constexpr Node root = 0;

    SecretTrie();
    void insert(QByteArrayView secret);
    void link(); ///< after the last insert(), before the first next()

    /// Where a byte leads to: to the longest beginning of a secret that what was read ends with.
    Node next(Node node, uchar byte) const
    {
        while (node != root) {
            if (const auto child = childOf(node, byte); child != root) {
                return child;
            }
            node = m_nodes[node].failure;
        }
        return m_first[byte];
    }

    quint32 depth(Node node) const { return m_nodes[node].depth; } ///< how many bytes of a secret were read
    quint32 longestEnd(Node node) const { return m_nodes[node].longestEnd; } ///< of the secrets that end here; or 0
    quint32 shortest() const { return m_shortest; } ///< of all secrets; 0: there are none

private:
    struct State
    {
        Node firstChild = root;
        Node sibling = root;
        Node failure = root;
        quint32 depth = 0;
        quint32 longestEnd = 0;
        uchar byte = 0;
    };

    Node childOf(Node node, uchar byte) const
    {
        auto child = m_nodes[node].firstChild;
        while (child != root && m_nodes[child].byte != byte) {
            child = m_nodes[child].sibling;
        }
        return child;
    }

    std::vector<State> m_nodes;
    std::array<Node, 256> m_first{};
    quint32 m_shortest = 0;
};

} // namespace Tocsin
