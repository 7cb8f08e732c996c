// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"
#include "tlsidentity.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace Tocsin {

class ConnectionPool;

/// The right to run one exchange on a manager; given back when it is destroyed.
class ConnectionLease
{
public:
    ConnectionLease() = default;
    ConnectionLease(ConnectionLease &&other) noexcept;
    ConnectionLease &operator=(ConnectionLease &&other) noexcept;
    ~ConnectionLease();

    QNetworkAccessManager &network() const { return *m_network; }

    /// A connection is being made that nobody waits for any more: nothing new goes to this manager.
    void retire();

    const QSslConfiguration &tls() const { return *m_tls; }

private:
    friend class ConnectionPool;
    QPointer<ConnectionPool> m_pool;
    QNetworkAccessManager *m_network = nullptr;
    std::shared_ptr<const QSslConfiguration> m_tls; // making one, even an empty one, costs as much as a small request
    QByteArray m_identity;
    QString m_origin;
    QString m_group;
};

/// Keeps the managers, and with them the connections that are kept alive: those of one TLS identity never serve
/// another. A manager opens six connections to a host, and what it queues beyond runs against its deadline unsent: so
/// the pool queues itself, and adds a manager where more may run at once. A manager has a thread of its own, and many
/// are slower than few: to a target that answers at once a few connections are enough, and more are made only for what
/// has waited.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    using Ready = std::function<void(ConnectionLease)>;

    explicit ConnectionPool(QObject *parent = nullptr);

    /// Calls `ready` (at once or later, unless `context` is gone) when fewer than `limit` (1–64) of `group` run.
    /// An error's `where` is the webhook's field.
    Result<void> acquire(const TlsMaterial &material, const QUrl &url, const QString &group, int limit,
                         QObject *context, Ready ready);

private:
    friend class ConnectionLease;

    struct Lane
    {
        std::unique_ptr<QNetworkAccessManager> network;
        QHash<QString, int> running; ///< by origin
        bool isRetired = false;
    };
    struct Identity
    {
        std::shared_ptr<const QSslConfiguration> tls;
        std::vector<Lane> lanes;
        QHash<QString, int> runningTo; ///< by origin
        int running = 0;
        quint64 lastUse = 0;
    };
    struct Waiting
    {
        QByteArray identity;
        QString origin;
        QString group;
        int limit = 1;
        QPointer<QObject> context;
        Ready ready;
        QDeadlineTimer patience; ///< until then it waits for one of a few connections
    };

    QByteArray keyOf(const TlsMaterial &material);
    void serveWaiting();
    bool mayRun(const Waiting &waiting) const;
    void serveImpatient();
    ConnectionLease grant(const Waiting &waiting);
    void release(const ConnectionLease &lease);
    Lane *laneOf(const ConnectionLease &lease);
    void dropIdle();

    QHash<QByteArray, std::shared_ptr<Identity>> m_identities;
    std::vector<std::pair<TlsMaterial, QByteArray>> m_keys; ///< of the last materials
    QHash<QString, int> m_running; ///< by group
    std::deque<Waiting> m_waiting;
    QTimer m_patience;
    bool m_servesSoon = false;
    quint64 m_uses = 0;
};

} // namespace Tocsin
