// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverymetrics.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace Tocsin {

namespace {

constexpr double millisecondsPerSecond = 1000;

/// Every digit that counts: a sum that is cut to six would seem to stand still.
QByteArray numberText(double value)
{
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

/// A metric's two lines of comment, and its value.
void append(QByteArray &text, const QByteArray &name, const QByteArray &type, const QByteArray &help,
            const QByteArray &value)
{
    text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    if (!value.isEmpty()) {
        text += name + ' ' + value + '\n';
    }
}

} // namespace

void DeliveryMetrics::noteAccepted(const QList<AcceptedEvent> &events)
{
    for (const auto &event : events) {
        m_duplicates += event.isDuplicate ? 1 : 0;
        m_accepted += event.isDuplicate ? 0 : 1;
        m_suppressed += event.suppressed && !event.isDuplicate ? 1 : 0;
    }
}

void DeliveryMetrics::noteAttempt(const FinishedAttempt &attempt, std::chrono::milliseconds age)
{
    switch (attempt.outcome) {
    case AttemptOutcome::Retry:
    case AttemptOutcome::Superseded:
        ++m_failed;
        break;
    case AttemptOutcome::Dead:
        ++m_dead;
        break;
    case AttemptOutcome::Delivered:
        ++m_delivered;
        // Where the clock was set back meanwhile: a sum never falls.
        m_latencySum += static_cast<double>(std::max<qint64>(age.count(), 0)) / millisecondsPerSecond;
        const auto bound = std::find_if(latencyBounds.begin(), latencyBounds.end(),
                                        [&age](int limit) { return age.count() <= limit; });
        if (bound != latencyBounds.end()) {
            ++m_latencies[static_cast<std::size_t>(bound - latencyBounds.begin())];
        }
        break;
    }
}

QByteArray DeliveryMetrics::text(const DeliveryCounts &counts, int underWay) const
{
    QByteArray text;
    append(text, "tocsin_events_accepted_total", "counter", "Events accepted over HTTP.",
           QByteArray::number(m_accepted));
    append(text, "tocsin_events_suppressed_total", "counter", "Events accepted whose status had not changed.",
           QByteArray::number(m_suppressed));
    append(text, "tocsin_events_duplicate_total", "counter", "Events that had been accepted before, by their own ids.",
           QByteArray::number(m_duplicates));
    append(text, "tocsin_deliveries_delivered_total", "counter", "Deliveries that arrived.",
           QByteArray::number(m_delivered));
    append(text, "tocsin_attempts_failed_total", "counter", "Attempts that failed and are followed by another.",
           QByteArray::number(m_failed));
    append(text, "tocsin_deliveries_dead_total", "counter", "Deliveries that were given up.",
           QByteArray::number(m_dead));
    append(text, "tocsin_deliveries_under_way", "gauge", "Deliveries this process is sending.",
           QByteArray::number(underWay));
    append(text, "tocsin_queue_depth", "gauge", "Deliveries of the profile that are not finished, by state.", {});
    for (const auto state : {DeliveryState::Pending, DeliveryState::Sending, DeliveryState::Waiting}) {
        text += "tocsin_queue_depth{state=\"" + toString(state).toLatin1() + "\"} "
            + QByteArray::number(counts.states.value(state)) + '\n';
    }
    const double oldest = counts.oldestUnfinished
        ? static_cast<double>(counts.oldestUnfinished->msecsTo(QDateTime::currentDateTimeUtc())) / millisecondsPerSecond
        : 0;
    append(text, "tocsin_queue_oldest_age_seconds", "gauge", "Since the oldest unfinished one was accepted.",
           numberText(std::max(oldest, 0.0)));
    append(text, "tocsin_history_bytes", "gauge", "Delivered, or without any delivery: what --keep-size bounds.",
           QByteArray::number(counts.forgettableBytes));
    append(text, "tocsin_database_bytes", "gauge", "All that is in the database: what waits and what is dead, too.",
           QByteArray::number(counts.databaseBytes));
    const QByteArray latency = "tocsin_delivery_latency_seconds";
    append(text, latency, "histogram", "From accepted to delivered.", {});
    qint64 below = 0;
    for (std::size_t i = 0; i < latencyBounds.size(); ++i) {
        below += m_latencies[i];
        text += latency + "_bucket{le=\"" + numberText(latencyBounds[i] / millisecondsPerSecond) + "\"} "
            + QByteArray::number(below) + '\n';
    }
    text += latency + "_bucket{le=\"+Inf\"} " + QByteArray::number(m_delivered) + '\n';
    text += latency + "_sum " + numberText(m_latencySum) + '\n';
    text += latency + "_count " + QByteArray::number(m_delivered) + '\n';
    return text;
}

} // namespace Tocsin
