// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service.h"

#include "batchscheduling.h"
#include "checklines.h"
#include "session.h"
#include "stopsignal.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto grace = 10s;
constexpr auto pruneEvery = 1min;
constexpr auto statusEvery = 5s;

} // namespace

Service::Service(Session &session, const DelivererOptions &options, const Retention &kept)
    : m_session(session)
    , m_kept(kept)
    , m_deliverer(session.engine().makeDeliverer(options))
    , m_checks(session.engine().makeCheckSchedule())
{
    QObject::connect(m_deliverer.get(), &Deliverer::troubled, &m_loop,
                     [this](const QString &message) { complain(message); });
    QObject::connect(m_checks.get(), &CheckSchedule::checked, &m_loop, [this](const WebhookCheckResult &result) {
        if (const auto summary = checkSummary(result); !summary.isEmpty()) {
            m_session.complain(u"tocsinctl: "_s + summary);
        }
    });
    QObject::connect(m_deliverer.get(), &Deliverer::stopped, &m_loop, &QEventLoop::quit);
    QObject::connect(
        m_deliverer.get(), &Deliverer::attempted, &m_loop, [this](const FinishedAttempt &attempt, milliseconds age) {
            m_lastComplaint.clear();
            m_metrics.noteAttempt(attempt, age);
            m_delivered += attempt.outcome == AttemptOutcome::Delivered ? 1 : 0;
            m_failed +=
                attempt.outcome == AttemptOutcome::Retry || attempt.outcome == AttemptOutcome::Superseded ? 1 : 0;
            m_dead += attempt.outcome == AttemptOutcome::Dead ? 1 : 0;
            if (attempt.outcome == AttemptOutcome::Dead) {
                const QString reason = attempt.deadReason.isEmpty() ? attempt.invocation.reason : attempt.deadReason;
                m_session.complain(tr("tocsinctl: Delivery %1 is dead: %2").arg(attempt.deliveryId, reason));
            }
        });
    QObject::connect(
        &session.engine().outbox(), &Outbox::condemned, &m_loop, [this](const CondemnedDeliveries &deliveries) {
            m_metrics.noteCondemned(deliveries.count);
            m_dead += deliveries.count;
            m_session.complain(tr("tocsinctl: %n waiting deliveries to \"%1\" are dead: %2", nullptr, deliveries.count)
                                   .arg(deliveries.webhookName, deliveries.reason));
        });
}

bool Service::listen(const IngestOptions &options)
{
    m_ingest = std::make_unique<Ingest>(m_session.engine().outbox());
    m_ingest->followToken(m_session.engine().secrets(), ingestTokenKey);
    m_ingest->setMetrics(
        [this](const DeliveryCounts &counts) { return m_metrics.text(counts, m_deliverer->underWay()); });
    QObject::connect(m_ingest.get(), &Ingest::accepted, &m_loop,
                     [this](const QList<AcceptedEvent> &events) { m_metrics.noteAccepted(events); });
    const auto listening = m_ingest->listen(options);
    if (!listening) {
        m_session.complain(listening.error());
    }
    return listening.isOk();
}

ExitStatus Service::run()
{
    scheduleThisThreadAsBatch();
    StopSignal signal;
    QObject::connect(&signal, &StopSignal::raised, &m_loop, [this] { stop(); });
    QTimer pruning;
    QObject::connect(&pruning, &QTimer::timeout, &m_loop, [this] { prune(); });
    pruning.start(pruneEvery);
    QTimer reporting;
    QObject::connect(&reporting, &QTimer::timeout, &m_loop, [this] { showStatus(); });
    reporting.start(statusEvery);
    m_deliverer->start();
    m_checks->start();
    announce();
    prune();
    m_loop.exec();
    return ExitStatus::Done;
}

void Service::announce()
{
    m_status.ready();
    showStatus();
    if (m_session.isJson()) {
        Json announcement{{"profile", toJson(m_session.engine().profile())}};
        if (m_ingest) {
            announcement["url"] = toJson(m_ingest->url().toString());
        }
        m_session.print(announcement, JsonFormat::Compact);
        return;
    }
    m_session.print(tr("Delivering from %1").arg(m_session.engine().profile()));
    if (m_ingest) {
        m_session.print(tr("Listening on %1").arg(m_ingest->url().toString()));
    }
}

void Service::stop()
{
    if (m_isStopping) {
        m_loop.quit();
        return;
    }
    m_isStopping = true;
    m_status.stopping();
    if (m_ingest) {
        m_ingest->close();
    }
    m_checks->stop();
    m_deliverer->stop(grace);
}

void Service::complain(const QString &message)
{
    if (m_lastComplaint != message) { // not again and again while nothing gets better
        m_lastComplaint = message;
        m_session.complain(u"tocsinctl: "_s + message);
    }
}

void Service::prune()
{
    m_session.engine().outbox().prune(m_kept, &m_loop, [this](const Result<int> &pruned) {
        if (!pruned) {
            complain(pruned.error().message);
        }
    });
}

void Service::showStatus()
{
    m_status.tell(tr("%1 delivered, %2 failed, %3 dead, %4 under way")
                      .arg(m_delivered)
                      .arg(m_failed)
                      .arg(m_dead)
                      .arg(m_deliverer->underWay()));
}

} // namespace Tocsin
