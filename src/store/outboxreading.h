// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "outbox.h"

namespace Tocsin {

// What the outbox reads, on its reader's thread.

Result<QList<Delivery>> listDeliveries(Database &database, const DeliveryFilter &filter);
Result<std::optional<DeliveryDetails>> selectDelivery(Database &database, const QString &idOrMessageId);
Result<DeliveryCounts> countDeliveries(Database &database);
Result<MatchingDeliveries> countMatchingDeliveries(Database &database, const DeliveryFilter &filter);
Result<QList<DeliveryOutcomes>> selectTimeline(Database &database, const QDateTime &since, std::chrono::minutes bucket,
                                               const QString &webhookId);
Result<MatchingOutcomes> selectMatchingTimeline(Database &database, const QString &text, const QDateTime &since,
                                                std::chrono::minutes bucket, const QString &webhookId);
Result<QHash<QString, WebhookActivity>> selectActivity(Database &database, const QDateTime &since,
                                                       std::chrono::minutes bucket);
Result<QList<IntegrationState>> selectIntegrationStates(Database &database);

} // namespace Tocsin
