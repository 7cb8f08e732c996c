// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery.h"

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct StateName
{
    DeliveryState state;
    QLatin1StringView name;
};

constexpr std::array stateNames{
    StateName{DeliveryState::Pending, "pending"_L1}, StateName{DeliveryState::Sending, "sending"_L1},
    StateName{DeliveryState::Waiting, "waiting"_L1}, StateName{DeliveryState::Delivered, "delivered"_L1},
    StateName{DeliveryState::Dead, "dead"_L1},       StateName{DeliveryState::Superseded, "superseded"_L1},
};

Json moment(const std::optional<QDateTime> &time)
{
    return time ? toJson(time->toUTC().toString(Qt::ISODateWithMs)) : Json();
}

} // namespace

QList<DeliveryState> allDeliveryStates()
{
    QList<DeliveryState> all;
    for (const auto &entry : stateNames) {
        all.append(entry.state);
    }
    return all;
}

QString toString(DeliveryState state)
{
    for (const auto &entry : stateNames) {
        if (entry.state == state) {
            return entry.name;
        }
    }
    return {};
}

std::optional<DeliveryState> deliveryStateFromString(const QString &text)
{
    for (const auto &entry : stateNames) {
        if (entry.name == text) {
            return entry.state;
        }
    }
    return std::nullopt;
}

bool isFinished(DeliveryState state)
{
    return state == DeliveryState::Delivered || state == DeliveryState::Dead || state == DeliveryState::Superseded;
}

QString toString(HoldingRule rule)
{
    switch (rule) {
    case HoldingRule::Settle:
        return u"settle"_s;
    case HoldingRule::Mute:
        return u"mute"_s;
    case HoldingRule::Rate:
        return u"rate"_s;
    }
    return {};
}

std::optional<HoldingRule> holdingRuleFromString(const QString &text)
{
    for (const auto rule : {HoldingRule::Settle, HoldingRule::Mute, HoldingRule::Rate}) {
        if (toString(rule) == text) {
            return rule;
        }
    }
    return std::nullopt;
}

Json toJson(const Delivery &delivery)
{
    return Json{
        {"id", toJson(delivery.id)},
        {"message_id", toJson(delivery.messageId)},
        {"event_id", toJson(delivery.eventId)},
        {"event_own_id", delivery.eventOwnId.isEmpty() ? Json() : toJson(delivery.eventOwnId)},
        {"webhook", Json{{"id", toJson(delivery.webhookId)}, {"name", toJson(delivery.webhookName)}}},
        {"integration",
         Json{{"id", toJson(delivery.integrationId)},
              {"name", toJson(delivery.integrationName)},
              {"type", toJson(delivery.integrationType)},
              {"status", toJson(toString(delivery.status))}}},
        {"state", toJson(toString(delivery.state))},
        {"attempts", delivery.attempts},
        {"created_at", moment(delivery.createdAt)},
        {"next_attempt_at", moment(delivery.nextAttemptAt)},
        {"held_by", delivery.heldBy ? toJson(toString(*delivery.heldBy)) : Json()},
        {"expires_at", moment(delivery.expiresAt)},
        {"finished_at", moment(delivery.finishedAt)},
        {"last_http_status", delivery.lastHttpStatus == 0 ? Json() : Json(delivery.lastHttpStatus)},
        {"last_reason", toJson(delivery.lastReason.text())},
        {"last_total_ms", delivery.lastTotal ? Json(delivery.lastTotal->count()) : Json()},
    };
}

Json toJson(const HeldDelivery &held)
{
    return Json{{"id", toJson(held.id)},
                {"webhook", toJson(held.webhookName)},
                {"held_by", held.rule ? toJson(toString(*held.rule)) : Json()},
                {"until", moment(held.until)}};
}

Json toJson(const AcceptedEvent &event)
{
    auto ids = Json::array();
    for (const auto &id : event.deliveryIds) {
        ids.push_back(toJson(id));
    }
    Json object{{"event_id", toJson(event.eventId)}};
    if (!event.ownId.isEmpty()) {
        object["event_own_id"] = toJson(event.ownId);
    }
    if (event.isDuplicate) {
        object["duplicate"] = true;
    }
    object["suppressed"] = event.suppressed;
    if (event.suppressed) {
        object["suppressed_reason"] = toJson(event.suppressedReason);
    }
    object["delivery_ids"] = ids;
    for (const auto &one : event.held) {
        object["held"].push_back(toJson(one));
    }
    for (const auto &id : event.supersededIds) {
        object["superseded_ids"].push_back(toJson(id));
    }
    return object;
}

} // namespace Tocsin
