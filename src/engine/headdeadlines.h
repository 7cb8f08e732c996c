// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QHash>

#include <microhttpd.h>

#include <chrono>
#include <mutex>

namespace Tocsin {

/// Ends connections on which the lines before a body take too long to arrive: libmicrohttpd itself ends only those that
/// are silent, so that one byte now and then would keep one for ever. All functions: any thread.
class HeadDeadlines
{
public:
    /// From now on.
    void setLimit(std::chrono::seconds limit);

    /// A connection has begun, or its last request has ended: the next one's lines are to come.
    void expect(MHD_Connection *connection);
    /// They have come.
    void meet(MHD_Connection *connection);
    /// The connection has ended; its socket is still its own.
    void forget(MHD_Connection *connection);

    /// Shuts down those that are late. The server finds them closed, and forgets them.
    void enforce();

private:
    std::mutex m_mutex;
    std::chrono::seconds m_limit{60};
    QHash<MHD_Connection *, QDeadlineTimer> m_deadlines; ///< for ever: none is expected
};

} // namespace Tocsin
