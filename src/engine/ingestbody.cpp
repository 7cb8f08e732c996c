// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestbody.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr qint64 leastRoom = 4096; // bytes

} // namespace

IngestBody::Growth IngestBody::append(QByteArrayView data, qint64 expected)
{
    const qint64 size = m_bytes.size() + data.size();
    if (size > m_bound->mostOfOne) {
        return Growth::TooLarge;
    }
    if (size > m_held) { // twice as much each time, but no more than can come
        const qint64 most = expected > 0 ? std::min(expected, m_bound->mostOfOne) : m_bound->mostOfOne;
        const qint64 wanted = std::max({std::min(2 * m_held, most), std::min(leastRoom, most), size});
        const qint64 more = wanted - m_held;
        if (m_bound->held.fetch_add(more) + more > m_bound->mostOfAll) {
            m_bound->held -= more;
            return Growth::NoRoom;
        }
        m_held = wanted;
        m_bytes.reserve(wanted);
    }
    m_bytes.append(data);
    return Growth::Taken;
}

void IngestBody::clear()
{
    m_bytes = {};
    if (m_held > 0) {
        m_bound->held -= std::exchange(m_held, 0);
    }
}

} // namespace Tocsin
