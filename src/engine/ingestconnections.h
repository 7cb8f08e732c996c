// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QHash>
#include <QHostAddress>

#include <microhttpd.h>

#include <chrono>
#include <mutex>

namespace Tocsin {

/// Ends connections that would keep others out: those on which the lines before a body take too long to arrive
/// (libmicrohttpd itself ends only the silent ones, so that one byte now and then would keep one for ever), and, where
/// there are too many, the one that has kept its place longest without a request. All functions: any thread.
class IngestConnections
{
public:
    static constexpr int spare = 64; ///< beyond all, for those that are just beginning or being shut down

    struct Limits
    {
        std::chrono::seconds head{60}; ///< from a request's first line, or its connection's begin, to its body
        int all = 256;
        int perAddress = 64;
    };

    /// From now on.
    void setLimits(const Limits &limits);

    /// A connection has begun. Where there are too many, one of the address that has most makes room: the one that has
    /// waited longest for a request of which nothing is there to be read, else one whose body is slow, else it itself.
    /// An address has a second for more than it may keep.
    void begin(MHD_Connection *connection);
    /// Its last request has ended: the next one's lines are to come.
    void expect(MHD_Connection *connection);
    /// They have come; its body, if it has one, is to.
    void meet(MHD_Connection *connection);
    /// All has come: its sender waits for an answer.
    void keep(MHD_Connection *connection);
    /// The connection has ended; its socket is still its own.
    void forget(MHD_Connection *connection);

    /// Shuts down those that are late, and those that an address has too many. The server finds them closed, and
    /// forgets them.
    void enforce();

private:
    enum class Stage { Waiting, Receiving, Answering, ShutDown };

    struct Connection
    {
        QHostAddress address;
        Stage stage = Stage::Waiting;
        QElapsedTimer since; ///< it is in this stage
        QDeadlineTimer deadline{QDeadlineTimer::Forever};
    };
    using Entry = QHash<MHD_Connection *, Connection>::iterator;

    void enter(MHD_Connection *connection, Stage stage);
    QHash<QHostAddress, int> counts() const;
    Entry dispensable(const QHostAddress &address, qint64 age);
    void trim(const QHostAddress &address, int count);
    static void shutDown(Entry entry);

    std::mutex m_mutex;
    Limits m_limits;
    QHash<MHD_Connection *, Connection> m_connections;
};

} // namespace Tocsin
