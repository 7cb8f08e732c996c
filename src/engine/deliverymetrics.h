// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QByteArray>

#include <array>
#include <chrono>

namespace Tocsin {

/// What this process has done since it started, for a monitor to read.
class DeliveryMetrics
{
public:
    void noteAccepted(const QList<AcceptedEvent> &events);
    /// `age`: since the event was accepted.
    void noteAttempt(const FinishedAttempt &attempt, std::chrono::milliseconds age);
    /// Deliveries that died without an attempt.
    void noteCondemned(int deliveries) { m_dead += deliveries; }

    /// The Prometheus text format, version 0.0.4, with what the profile holds now.
    QByteArray text(const DeliveryCounts &counts, int underWay) const;

private:
    static constexpr std::array latencyBounds{5,     10,    25,    50,     100,    250,     500,
                                              1'000, 2'500, 5'000, 10'000, 60'000, 300'000, 3'600'000}; // ms

    qint64 m_accepted = 0;
    qint64 m_suppressed = 0;
    qint64 m_duplicates = 0;
    qint64 m_delivered = 0;
    qint64 m_failed = 0;
    qint64 m_dead = 0;
    std::array<qint64, latencyBounds.size()> m_latencies{}; ///< each counts its own span only
    double m_latencySum = 0; ///< seconds
};

} // namespace Tocsin
