// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>

namespace Tocsin {

/// What the outbox holds, as the window counts it.
struct DeliveryFigures
{
    qint64 waiting = 0; ///< not finished
    qint64 deliveredToday = 0; ///< since the last midnight here
    qint64 dead = 0;

    bool operator==(const DeliveryFigures &) const = default;
};

/// The window's deliverer, without a window: opens the outbox, delivers unless told not to, can be paused, and keeps
/// what is to be said about it. Destroy it before the engine.
class BackgroundDelivery : public QObject
{
    Q_OBJECT

public:
    /// Off: not to deliver at all. Offline: no target's name can be looked up; deliveries are tried again.
    enum class State { Opening, Unavailable, Off, Paused, Offline, Delivering };

    explicit BackgroundDelivery(Engine &engine, const DelivererOptions &options = {}, QObject *parent = nullptr);
    ~BackgroundDelivery() override;

    /// Opens the outbox, and starts to deliver; after the engine was opened. A second call does nothing.
    void open();
    bool isOpen() const { return m_isOpen; }

    /// Whether to deliver at all; it does unless told not to.
    void setEnabled(bool enabled);
    bool isEnabled() const { return m_isEnabled; }
    void pause(); ///< sends nothing more; what is under way ends as it would
    void resume();
    bool isPaused() const { return m_isPaused; }
    bool isDelivering() const { return m_isOpen && m_isEnabled && !m_isPaused && !m_isStopping; }
    int underWay() const { return m_deliverer ? m_deliverer->underWay() : 0; }

    /// Ends what is on the wire, for at most `grace`; then stopped(), once.
    void stop(std::chrono::milliseconds grace);
    /// Leaves what is on the wire to its lease; stopped() at once.
    void stopNow();

    State state() const;
    const DeliveryFigures &figures() const { return m_figures; }
    /// What keeps deliveries from going out, in one sentence; empty: nothing does.
    QString trouble() const;

    /// Secrets may be others now: the next attempts read them anew.
    void forgetSecrets();

Q_SIGNALS:
    void opened(); ///< Engine::outbox() can be used from now on
    void stateChanged(); ///< the state, the figures or the trouble
    void underWayChanged(int count);
    /// A delivery has died here just now; `lastReason` says why.
    void died(const Tocsin::Delivery &delivery);
    /// And others with it: their webhook was deactivated.
    void condemned(const Tocsin::CondemnedDeliveries &deliveries);
    void stopped();

private:
    void start();
    void apply();
    void note(const FinishedAttempt &attempt);
    void noteTrouble(const QString &message);
    void prune();
    void refreshSoon();
    void refresh();
    void refreshToday(const DeliveryCounts &counts);
    void show(const DeliveryFigures &figures);
    void finish();

    Engine &m_engine;
    DelivererOptions m_options;
    std::unique_ptr<Deliverer> m_deliverer;
    DeliveryFigures m_figures;
    QString m_trouble;
    QTimer m_troubleLapses;
    QTimer m_refresh;
    QTimer m_minutes;
    QSet<QString> m_unresolvedHosts; ///< since a target answered last
    QString m_unresolvedReason;
    bool m_isOpening = false;
    bool m_isOpen = false;
    bool m_isEnabled = true;
    bool m_isPaused = false;
    bool m_isStopping = false;
    bool m_isStopped = false;
    bool m_isRefreshing = false;
    bool m_refreshesAgain = false;
};

} // namespace Tocsin
