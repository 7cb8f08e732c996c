// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestconnections.h"

#include "httpdaemon.h"

#include <algorithm>
#include <numeric>

namespace Tocsin {

namespace {

constexpr qint64 slowBody = 2000; // ms: a body that takes longer makes room where there is none
constexpr qint64 settling = 1000; // ms: so long an address may have more connections, as in a burst of short ones

bool hasUnread(MHD_Connection *connection)
{
    const auto socket = connectionSocket(connection);
    return socket != MHD_INVALID_SOCKET && hasUnreadBytes(socket);
}

} // namespace

void IngestConnections::setLimits(const Limits &limits)
{
    const std::lock_guard lock(m_mutex);
    m_limits = limits;
}

void IngestConnections::begin(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const std::lock_guard lock(m_mutex);
    const auto address = info && info->client_addr ? QHostAddress(info->client_addr) : QHostAddress();
    m_connections.insert(connection, {})->address = address;
    enter(connection, Stage::Waiting);
    trim(address, counts().value(address));
    const auto all = counts();
    const int sum = std::accumulate(all.begin(), all.end(), 0);
    if (sum <= m_limits.all) {
        return;
    }
    const auto found = dispensable(std::max_element(all.begin(), all.end()).key(), 0);
    if (found != m_connections.end()) {
        shutDown(found);
    } else if (sum > m_limits.all + spare) {
        shutDown(m_connections.find(connection));
    }
}

void IngestConnections::expect(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    enter(connection, Stage::Waiting);
}

void IngestConnections::meet(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    enter(connection, Stage::Receiving);
}

void IngestConnections::keep(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    enter(connection, Stage::Answering);
}

void IngestConnections::forget(MHD_Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections.remove(connection);
}

void IngestConnections::enforce()
{
    const std::lock_guard lock(m_mutex);
    for (auto i = m_connections.begin(); i != m_connections.end(); ++i) {
        if (i->deadline.hasExpired()) {
            shutDown(i);
        }
    }
    const auto all = counts();
    for (auto i = all.begin(); i != all.end(); ++i) {
        trim(i.key(), i.value());
    }
}

void IngestConnections::enter(MHD_Connection *connection, Stage stage)
{
    const auto found = m_connections.find(connection);
    if (found == m_connections.end() || found->stage == Stage::ShutDown) {
        return;
    }
    found->stage = stage;
    found->since.start();
    found->deadline = stage == Stage::Waiting ? QDeadlineTimer(m_limits.head) : QDeadlineTimer(QDeadlineTimer::Forever);
}

QHash<QHostAddress, int> IngestConnections::counts() const
{
    QHash<QHostAddress, int> counts;
    for (const auto &connection : m_connections) {
        if (connection.stage != Stage::ShutDown) {
            ++counts[connection.address];
        }
    }
    return counts;
}

/// The one that has done nothing for longest, at least for `age` (ms); the end where each is of use.
IngestConnections::Entry IngestConnections::dispensable(const QHostAddress &address, qint64 age)
{
    Entry found = m_connections.end();
    for (auto i = m_connections.begin(); i != m_connections.end(); ++i) {
        const bool mayGo = i->address == address && i->since.hasExpired(age)
            && (i->stage == Stage::Waiting || (i->stage == Stage::Receiving && i->since.hasExpired(slowBody)));
        const bool goesSooner = found == m_connections.end() || i->stage < found->stage
            || (i->stage == found->stage && i->since.msecsTo(found->since) > 0);
        if (mayGo && goesSooner && (i->stage != Stage::Waiting || !hasUnread(i.key()))) {
            found = i;
        }
    }
    return found;
}

/// To what an address may keep, as far as they have settled.
void IngestConnections::trim(const QHostAddress &address, int count)
{
    for (; count > m_limits.perAddress; --count) {
        const auto found = dispensable(address, settling);
        if (found == m_connections.end()) {
            return;
        }
        shutDown(found);
    }
}

void IngestConnections::shutDown(Entry entry)
{
    if (entry->stage == Stage::ShutDown) {
        return;
    }
    entry->stage = Stage::ShutDown;
    entry->deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    // It is known here, so its socket's number cannot have become another connection's.
    if (const auto socket = connectionSocket(entry.key()); socket != MHD_INVALID_SOCKET) {
        shutDownSocket(socket);
    }
}

} // namespace Tocsin
