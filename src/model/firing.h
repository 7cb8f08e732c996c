// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mute.h"
#include "webhook.h"

#include <QFlags>

namespace Tocsin {

/// Why an event does not fire a webhook.
enum class FiringObstacle {
    Inactive = 1, ///< the webhook
    Integration = 2, ///< the filter of that name does not include the event's
    Type = 4,
    Status = 8,
};
Q_DECLARE_FLAGS(FiringObstacles, FiringObstacle)
Q_DECLARE_OPERATORS_FOR_FLAGS(FiringObstacles)

// What Tocsin knows of itself is told as events of integrations whose types begin with `tocsin-`.

QString webhookIntegrationType(); ///< `tocsin-webhook`
QString webhookIntegrationId(const QString &webhookId);
/// Why an event from outside is refused that says to be one of these, by its integration's type or id; none: it is not.
std::optional<Error> ownEventFault(const IntegrationEvent &event);

/// All that keeps the event from firing the webhook; none: it fires, unless it is suppressed.
FiringObstacles firingObstacles(const Webhook &webhook, const IntegrationEvent &event);
/// What the filters alone say.
FiringObstacles filterObstacles(const Filters &filters, const IntegrationEvent &event);

/// Whether an event is recorded and not delivered, since it says what was known: `before` is the integration's status
/// so far, none where it was not known.
bool isSuppressed(std::optional<IntegrationStatus> before, IntegrationStatus now, bool force);

/// What an event will come to.
struct FiringForecast
{
    struct Line
    {
        QString webhookId;
        QString webhookName;
        FiringObstacles obstacles;
        KeptEvents keep = KeptEvents::Every; ///< the webhook's rule
        std::chrono::seconds settle{0}; ///< the webhook's rule: it goes out when its status has lasted so long
        std::optional<Mute> mute{}; ///< of the webhook or the integration, the one that ends last
        bool supersedes = false; ///< by one of the three, what waits there of an earlier status is not sent any more

        bool operator==(const Line &) const = default;
    };

    bool isSuppressed = false;
    QList<Line> lines; ///< of every webhook, in the order given

    int fired() const; ///< how many, 0 where it is suppressed
    bool operator==(const FiringForecast &) const = default;
};

FiringForecast forecast(const QList<Webhook> &webhooks, const IntegrationEvent &event,
                        std::optional<IntegrationStatus> before, bool force, const QList<Mute> &mutes = {});

/// How many of the webhooks fire when the integration turns to `status`.
int firedBy(const QList<Webhook> &webhooks, const QString &integrationId, const QString &type,
            IntegrationStatus status);

} // namespace Tocsin
