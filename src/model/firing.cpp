// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firing.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct FiringText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Firing)
};

constexpr QLatin1StringView ownTypes("tocsin-");
constexpr QLatin1StringView webhookType("tocsin-webhook");
constexpr QLatin1StringView sourceType("tocsin-source");

} // namespace

QString webhookIntegrationType()
{
    return webhookType;
}

QString webhookIntegrationId(const QString &webhookId)
{
    return webhookType % u'/' % webhookId;
}

std::optional<Error> ownEventFault(const IntegrationEvent &event)
{
    if (event.integrationType.startsWith(ownTypes)) {
        return Error{.message = FiringText::tr("Types that begin with \"tocsin-\" are what Tocsin says of itself: "
                                               "an event from outside needs another one."),
                     .where = u"$.data.type"_s,
                     .position = {}};
    }
    const auto isOf = [&event](QLatin1StringView type) {
        return event.integrationId.startsWith(type) && event.integrationId.mid(type.size()).startsWith(u'/');
    };
    if (isOf(webhookType) || isOf(sourceType)) {
        return Error{.message = FiringText::tr("Ids that begin with \"tocsin-webhook/\" or \"tocsin-source/\" are what "
                                               "Tocsin says of itself: an event from outside needs another one."),
                     .where = u"$.data.id"_s,
                     .position = {}};
    }
    return std::nullopt;
}

namespace {

/// Of those that hold for a delivery the one that ends last.
std::optional<Mute> longestMute(const QList<Mute> &mutes, const QString &webhookId, const QString &integrationId)
{
    std::optional<Mute> longest;
    for (const auto &mute : mutes) {
        const QString &id = mute.subject.kind == MuteSubject::Kind::Webhook ? webhookId : integrationId;
        const bool isLonger = !longest || (longest->until && (!mute.until || *mute.until > *longest->until));
        if (mute.subject.id == id && isLonger) {
            longest = mute;
        }
    }
    return longest;
}

} // namespace

FiringObstacles filterObstacles(const Filters &filters, const IntegrationEvent &event)
{
    FiringObstacles obstacles;
    if (!filters.integrations.isEmpty() && !filters.integrations.contains(event.integrationId)) {
        obstacles |= FiringObstacle::Integration;
    }
    if (!filters.types.isEmpty() && !filters.types.contains(event.integrationType)) {
        obstacles |= FiringObstacle::Type;
    }
    const bool isNamed =
        filters.types.contains(event.integrationType) || filters.integrations.contains(event.integrationId);
    if (event.integrationType.startsWith(ownTypes) && !isNamed) {
        obstacles |= FiringObstacle::Type;
    }
    const bool statusMatches = filters.statuses.isEmpty()
        ? event.status == IntegrationStatus::Warning || event.status == IntegrationStatus::Error
        : filters.statuses.contains(event.status);
    if (!statusMatches) {
        obstacles |= FiringObstacle::Status;
    }
    return obstacles;
}

FiringObstacles firingObstacles(const Webhook &webhook, const IntegrationEvent &event)
{
    FiringObstacles obstacles = filterObstacles(webhook.filters, event);
    if (!webhook.id.isEmpty() && event.integrationId == webhookIntegrationId(webhook.id)) {
        obstacles |= FiringObstacle::Integration; // never for itself
    }
    return webhook.active ? obstacles : obstacles | FiringObstacle::Inactive;
}

bool Filters::matches(const IntegrationEvent &event) const
{
    return !filterObstacles(*this, event);
}

bool isSuppressed(std::optional<IntegrationStatus> before, IntegrationStatus now, bool force)
{
    return !force && before == now;
}

int FiringForecast::fired() const
{
    return isSuppressed
        ? 0
        : static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const Line &line) { return !line.obstacles; }));
}

FiringForecast forecast(const QList<Webhook> &webhooks, const IntegrationEvent &event,
                        std::optional<IntegrationStatus> before, bool force, const QList<Mute> &mutes)
{
    FiringForecast forecast{.isSuppressed = isSuppressed(before, event.status, force), .lines = {}};
    const bool isChange = before && *before != event.status;
    for (const auto &webhook : webhooks) {
        const auto obstacles = firingObstacles(webhook, event);
        const auto mute = longestMute(mutes, webhook.id, event.integrationId);
        const bool holds = mute || webhook.keep == KeptEvents::Newest || webhook.settle > std::chrono::seconds::zero();
        // A status that the filter does not include overtakes, too.
        const bool isOfIts = !(obstacles & ~FiringObstacles(FiringObstacle::Status));
        forecast.lines.append({.webhookId = webhook.id,
                               .webhookName = webhook.name,
                               .obstacles = obstacles,
                               .keep = webhook.keep,
                               .settle = webhook.settle,
                               .mute = mute,
                               .supersedes = holds && isOfIts && isChange});
    }
    return forecast;
}

int firedBy(const QList<Webhook> &webhooks, const QString &integrationId, const QString &type, IntegrationStatus status)
{
    const IntegrationEvent event{.integrationId = integrationId,
                                 .integrationName = {},
                                 .integrationType = type,
                                 .status = status,
                                 .document = {}};
    return static_cast<int>(std::count_if(webhooks.begin(), webhooks.end(), [&event](const Webhook &webhook) {
        return !firingObstacles(webhook, event);
    }));
}

} // namespace Tocsin
