// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "outbox.h"

namespace Tocsin {

// What the outbox reads, on its reader's thread.

/// The conditions of a filter on d (delivery), and what they bind.
struct DeliveryConditions
{
    QStringList texts;
    QVariantList values;

    void add(const QString &text, const QVariantList &bound);
};
Result<DeliveryConditions> deliveryConditions(Database &database, const DeliveryFilter &filter);

Result<QList<qint64>> listDeliveryIds(Database &database, const DeliveryFilter &filter);
Result<QList<Delivery>> listDeliveries(Database &database, const DeliveryFilter &filter, const OutboxClock &clock);
Result<std::optional<DeliveryDetails>> selectDelivery(Database &database, const QString &idOrMessageId,
                                                      const OutboxClock &clock);
Result<DeliveryCounts> countDeliveries(Database &database);
Result<MatchingDeliveries> countMatchingDeliveries(Database &database, const DeliveryFilter &filter);
Result<ReplayForecast> selectReplayForecast(Database &database, const DeliveryFilter &filter);
/// The filter, bound to what is finished now; one that is bound already as it is.
Result<DeliveryFilter> boundReplay(Database &database, const DeliveryFilter &filter);
Result<QList<DeliveryOutcomes>> selectTimeline(Database &database, const QDateTime &since, std::chrono::minutes bucket,
                                               const QString &webhookId);
Result<QList<DeliveryOutcomes>> selectIntegrationTimeline(Database &database, const DeliveryFilter &filter,
                                                          std::chrono::minutes bucket);
Result<MatchingOutcomes> selectMatchingTimeline(Database &database, const DeliveryFilter &filter,
                                                std::chrono::minutes bucket);
Result<QHash<QString, WebhookActivity>> selectActivity(Database &database, const QDateTime &since,
                                                       std::chrono::minutes bucket, const OutboxClock &clock);
Result<QList<IntegrationState>> selectIntegrationStates(Database &database, const OutboxClock &clock);

} // namespace Tocsin
