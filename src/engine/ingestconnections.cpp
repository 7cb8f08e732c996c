// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingestconnections.h"

#include "httpdaemon.h"

namespace Tocsin {

namespace {

constexpr qint64 slowBody = 2000; // ms: a body that takes longer makes room where there is none

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
    makeRoom(connection, &address, m_limits.perAddress);
    makeRoom(connection, nullptr, m_limits.all);
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

/// Among all, or those of one address.
void IngestConnections::makeRoom(MHD_Connection *newcomer, const QHostAddress *only, int most)
{
    int count = 0;
    Entry oldest = m_connections.end();
    for (auto i = m_connections.begin(); i != m_connections.end(); ++i) {
        if (i->stage == Stage::ShutDown || (only && i->address != *only)) {
            continue;
        }
        ++count;
        const bool mayGo = i.key() != newcomer
            && (i->stage == Stage::Waiting || (i->stage == Stage::Receiving && i->since.hasExpired(slowBody)));
        const bool goesSooner = oldest == m_connections.end() || i->stage < oldest->stage
            || (i->stage == oldest->stage && i->since.msecsTo(oldest->since) > 0);
        if (mayGo && goesSooner) {
            oldest = i;
        }
    }
    if (count > most) {
        shutDown(oldest == m_connections.end() ? m_connections.find(newcomer) : oldest);
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
    if (const auto *info = MHD_get_connection_info(entry.key(), MHD_CONNECTION_INFO_CONNECTION_FD)) {
        shutDownSocket(info->connect_fd);
    }
}

} // namespace Tocsin
