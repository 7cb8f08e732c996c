// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectionpool.h"

#include "systemproxy.h"

#include <QNetworkProxyFactory>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int connectionsPerHost = 6; // what QNetworkAccessManager opens
constexpr int fewConnections = 4 * connectionsPerHost; // of an identity to an origin: enough where answers come at once
constexpr std::chrono::milliseconds patience{20}; // for one of these
constexpr qsizetype identitiesKept = 16;

class SystemProxies : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override { return systemProxies(query); }
};

std::unique_ptr<QNetworkAccessManager> makeNetwork()
{
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setProxyFactory(new SystemProxies);
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return network;
}

} // namespace

ConnectionLease::ConnectionLease(ConnectionLease &&other) noexcept
    : m_pool(std::exchange(other.m_pool, nullptr))
    , m_network(std::exchange(other.m_network, nullptr))
    , m_tls(std::move(other.m_tls))
    , m_identity(std::move(other.m_identity))
    , m_origin(std::move(other.m_origin))
    , m_group(std::move(other.m_group))
{
}

ConnectionLease &ConnectionLease::operator=(ConnectionLease &&other) noexcept
{
    std::swap(m_pool, other.m_pool);
    std::swap(m_network, other.m_network);
    std::swap(m_tls, other.m_tls);
    std::swap(m_identity, other.m_identity);
    std::swap(m_origin, other.m_origin);
    std::swap(m_group, other.m_group);
    return *this;
}

ConnectionLease::~ConnectionLease()
{
    if (m_pool) {
        m_pool->release(*this);
    }
}

void ConnectionLease::retire()
{
    if (m_pool) {
        if (auto *lane = m_pool->laneOf(*this)) {
            lane->isRetired = true;
        }
    }
}

ConnectionPool::ConnectionPool(QObject *parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setTimerType(Qt::PreciseTimer);
    connect(&m_patience, &QTimer::timeout, this, &ConnectionPool::serveWaiting);
}

Result<void> ConnectionPool::acquire(const TlsMaterial &material, const QUrl &url, const QString &group, int limit,
                                     QObject *context, Ready ready)
{
    const auto key = keyOf(material);
    if (!m_identities.contains(key)) {
        auto tls = tlsConfiguration(material);
        if (!tls) {
            return tls.error();
        }
        dropIdle();
        auto identity = std::make_shared<Identity>();
        identity->tls = std::make_shared<const QSslConfiguration>(std::move(tls).value());
        m_identities.insert(key, std::move(identity));
    }
    m_identities.value(key)->lastUse = ++m_uses;
    Waiting waiting{.identity = key,
                    .origin = url.host() % u':' % QString::number(url.port(443)),
                    .group = group,
                    .limit = std::max(1, limit),
                    .context = context,
                    .ready = std::move(ready),
                    .patience = QDeadlineTimer(patience, Qt::PreciseTimer)};
    if (!m_servesSoon && mayRun(waiting)) { // what waits already may not, or would run
        waiting.ready(grant(waiting));
    } else {
        m_waiting.push_back(std::move(waiting));
        serveImpatient();
    }
    return {};
}

QByteArray ConnectionPool::keyOf(const TlsMaterial &material)
{
    const auto known =
        std::find_if(m_keys.begin(), m_keys.end(), [&material](const auto &one) { return one.first == material; });
    if (known != m_keys.end()) {
        return known->second;
    }
    if (m_keys.size() >= static_cast<std::size_t>(identitiesKept)) {
        m_keys.clear();
    }
    return m_keys.emplace_back(material, material.fingerprint()).second;
}

void ConnectionPool::serveWaiting()
{
    m_servesSoon = false;
    while (true) {
        const auto next = std::find_if(m_waiting.begin(), m_waiting.end(),
                                       [this](const Waiting &waiting) { return mayRun(waiting); });
        if (next == m_waiting.end()) {
            serveImpatient();
            return;
        }
        const auto waiting = std::move(*next);
        m_waiting.erase(next);
        if (waiting.context) {
            waiting.ready(grant(waiting));
        }
    }
}

bool ConnectionPool::mayRun(const Waiting &waiting) const
{
    if (!waiting.context) {
        return true;
    }
    return m_running.value(waiting.group) < waiting.limit
        && (m_identities.value(waiting.identity)->runningTo.value(waiting.origin) < fewConnections
            || waiting.patience.hasExpired());
}

/// Looks again when the first of those that wait only for one of a few connections has waited enough.
void ConnectionPool::serveImpatient()
{
    if (m_patience.isActive()) {
        return;
    }
    const auto next = std::find_if(m_waiting.begin(), m_waiting.end(), [this](const Waiting &waiting) {
        return m_running.value(waiting.group) < waiting.limit;
    });
    if (next != m_waiting.end()) {
        m_patience.start(std::chrono::milliseconds(next->patience.remainingTime() + 1));
    }
}

ConnectionLease ConnectionPool::grant(const Waiting &waiting)
{
    auto &identity = *m_identities.value(waiting.identity);
    auto lane = std::find_if(identity.lanes.begin(), identity.lanes.end(), [&waiting](const Lane &candidate) {
        return !candidate.isRetired && candidate.running.value(waiting.origin) < connectionsPerHost;
    });
    if (lane == identity.lanes.end()) {
        lane = identity.lanes.insert(lane, {.network = makeNetwork(), .running = {}});
    }
    ++lane->running[waiting.origin];
    ++identity.running;
    ++identity.runningTo[waiting.origin];
    identity.lastUse = ++m_uses;
    ++m_running[waiting.group];
    ConnectionLease lease;
    lease.m_pool = this;
    lease.m_network = lane->network.get();
    lease.m_tls = identity.tls;
    lease.m_identity = waiting.identity;
    lease.m_origin = waiting.origin;
    lease.m_group = waiting.group;
    return lease;
}

void ConnectionPool::release(const ConnectionLease &lease)
{
    auto &identity = *m_identities.value(lease.m_identity);
    --identity.running;
    if (--identity.runningTo[lease.m_origin] == 0) {
        identity.runningTo.remove(lease.m_origin);
    }
    auto *lane = laneOf(lease);
    if (--lane->running[lease.m_origin] == 0) {
        lane->running.remove(lease.m_origin);
    }
    if (lane->isRetired && lane->running.isEmpty()) {
        lane->network.release()->deleteLater();
        std::erase_if(identity.lanes, [](const Lane &candidate) { return !candidate.network; });
    }
    if (--m_running[lease.m_group] == 0) {
        m_running.remove(lease.m_group);
    }
    // Not from within a destructor: what waits may start at once.
    if (!std::exchange(m_servesSoon, true)) {
        QMetaObject::invokeMethod(this, &ConnectionPool::serveWaiting, Qt::QueuedConnection);
    }
}

ConnectionPool::Lane *ConnectionPool::laneOf(const ConnectionLease &lease)
{
    auto &lanes = m_identities.value(lease.m_identity)->lanes;
    const auto found = std::find_if(lanes.begin(), lanes.end(),
                                    [&lease](const Lane &lane) { return lane.network.get() == lease.m_network; });
    return found == lanes.end() ? nullptr : &*found;
}

void ConnectionPool::dropIdle()
{
    while (m_identities.size() >= identitiesKept) {
        auto oldest = m_identities.end();
        for (auto it = m_identities.begin(); it != m_identities.end(); ++it) {
            const bool isAwaited = std::any_of(m_waiting.begin(), m_waiting.end(),
                                               [&it](const Waiting &waiting) { return waiting.identity == it.key(); });
            if (it.value()->running == 0 && !isAwaited
                && (oldest == m_identities.end() || it.value()->lastUse < oldest.value()->lastUse)) {
                oldest = it;
            }
        }
        if (oldest == m_identities.end()) {
            return;
        }
        m_identities.erase(oldest);
    }
}

} // namespace Tocsin
