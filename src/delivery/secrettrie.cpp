// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrettrie.h"

#include <algorithm>

namespace Tocsin {

SecretTrie::SecretTrie()
    : m_nodes(1)
{
}

void SecretTrie::insert(QByteArrayView secret)
{
    const auto size = static_cast<quint32>(secret.size());
    if (size == 0) {
        return;
    }
    Node node = root;
    for (const auto letter : secret) {
        const auto byte = static_cast<uchar>(letter);
        auto child = childOf(node, byte);
        if (child == root) {
            child = static_cast<Node>(m_nodes.size());
            m_nodes.push_back({.firstChild = root,
                               .sibling = m_nodes[node].firstChild,
                               .failure = root,
                               .depth = m_nodes[node].depth + 1,
                               .longestEnd = 0,
                               .byte = byte});
            m_nodes[node].firstChild = child;
        }
        node = child;
    }
    m_nodes[node].longestEnd = size;
    m_shortest = m_shortest == 0 ? size : std::min(m_shortest, size);
}

void SecretTrie::link()
{
    std::vector<Node> order; // by depth
    order.reserve(m_nodes.size());
    for (auto child = m_nodes[root].firstChild; child != root; child = m_nodes[child].sibling) {
        m_first[m_nodes[child].byte] = child;
        order.push_back(child);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto node = order[i];
        for (auto child = m_nodes[node].firstChild; child != root; child = m_nodes[child].sibling) {
            auto &state = m_nodes[child];
            state.failure = next(m_nodes[node].failure, state.byte);
            // What ends here is at least as long as what ends in its tail.
            state.longestEnd = std::max(state.longestEnd, m_nodes[state.failure].longestEnd);
            order.push_back(child);
        }
    }
}

} // namespace Tocsin
