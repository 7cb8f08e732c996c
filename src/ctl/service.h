// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkschedule.h"
#include "command.h"
#include "deliverer.h"
#include "deliverymetrics.h"
#include "ingest.h"
#include "servicestatus.h"

#include <QCoreApplication>
#include <QEventLoop>

namespace Tocsin {

/// The secret that events must bear.
inline const QString ingestTokenKey = QStringLiteral("ingest/token");

/// What `serve` does from its start until it is told to stop: a second time, and it waits for nothing more.
class Service
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Service)

public:
    /// The session's deliveries are open; `kept` says which finished ones are forgotten.
    Service(Session &session, const DelivererOptions &options, const Retention &kept);

    /// Accepts events, too; complains where that cannot be.
    bool listen(const IngestOptions &options);
    ExitStatus run();

private:
    void announce();
    void stop();
    void complain(const QString &message);
    void prune();
    void showStatus();

    Session &m_session;
    Retention m_kept;
    std::unique_ptr<Deliverer> m_deliverer;
    std::unique_ptr<CheckSchedule> m_checks;
    std::unique_ptr<Ingest> m_ingest; ///< only where it listens
    DeliveryMetrics m_metrics;
    ServiceStatus m_status;
    QEventLoop m_loop;
    QString m_lastComplaint;
    bool m_isStopping = false;
    qint64 m_delivered = 0;
    qint64 m_failed = 0;
    qint64 m_dead = 0;
};

} // namespace Tocsin
