// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "headdeadlines.h"

#include "httpdaemon.h"

namespace Tocsin {

void HeadDeadlines::setLimit(std::chrono::seconds limit)
{
    const std::lock_guard lock(m_mutex);
    m_limit = limit;
}

void HeadDeadlines::expect(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_deadlines.insert(connection, QDeadlineTimer(m_limit));
}

void HeadDeadlines::meet(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_deadlines.insert(connection, QDeadlineTimer(QDeadlineTimer::Forever));
}

void HeadDeadlines::forget(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_deadlines.remove(connection);
}

void HeadDeadlines::enforce()
{
    const std::lock_guard lock(m_mutex); // while it is held, no socket's number can become another connection's
    for (auto i = m_deadlines.begin(); i != m_deadlines.end(); ++i) {
        if (i.value().hasExpired()) {
            i.value() = QDeadlineTimer(QDeadlineTimer::Forever);
            if (const auto *info = MHD_get_connection_info(i.key(), MHD_CONNECTION_INFO_CONNECTION_FD)) {
                shutDownSocket(info->connect_fd);
            }
        }
    }
}

} // namespace Tocsin
