// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverytext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct DeliveryText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryText)
};

} // namespace

QString stateWord(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Pending:
        return DeliveryText::tr("Pending");
    case DeliveryState::Sending:
        return DeliveryText::tr("Sending");
    case DeliveryState::Waiting:
        return DeliveryText::tr("Waiting");
    case DeliveryState::Delivered:
        return DeliveryText::tr("Delivered");
    case DeliveryState::Dead:
        return DeliveryText::tr("Dead");
    case DeliveryState::Superseded:
        return DeliveryText::tr("Superseded");
    }
    return {};
}

QString stateInWords(const Delivery &delivery, const QDateTime &now)
{
    const QString until = delivery.nextAttemptAt ? shortTime(*delivery.nextAttemptAt, now) : QString();
    if (delivery.heldBy == HoldingRule::Mute) {
        return until.isEmpty() ? DeliveryText::tr("Muted") : DeliveryText::tr("Muted until %1").arg(until);
    }
    if (delivery.heldBy && !until.isEmpty()) {
        return delivery.heldBy == HoldingRule::Settle ? DeliveryText::tr("Settles at %1").arg(until)
                                                      : DeliveryText::tr("Rate, next %1").arg(until);
    }
    if (delivery.state == DeliveryState::Waiting && delivery.nextAttemptAt) {
        return DeliveryText::tr("Waiting, next %1").arg(shortTime(*delivery.nextAttemptAt, now));
    }
    return stateWord(delivery.state);
}

QString holdingInWords(const Delivery &delivery, const QDateTime &now)
{
    const QString until = delivery.nextAttemptAt ? shortTime(*delivery.nextAttemptAt, now) : QString();
    if (delivery.heldBy == HoldingRule::Mute && until.isEmpty()) {
        return DeliveryText::tr("Muted until unmuted");
    }
    if (delivery.heldBy && !until.isEmpty()) {
        switch (*delivery.heldBy) {
        case HoldingRule::Settle:
            return DeliveryText::tr("Waiting for its status to last, %1").arg(until);
        case HoldingRule::Mute:
            return DeliveryText::tr("Muted until %1").arg(until);
        case HoldingRule::Rate:
            return DeliveryText::tr("Waiting for its webhook's rate, %1").arg(until);
        }
    }
    return stateInWords(delivery, now);
}

ColorRole roleOf(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Delivered:
        return ColorRole::Success;
    case DeliveryState::Waiting:
        return ColorRole::Warning;
    case DeliveryState::Dead:
        return ColorRole::Error;
    case DeliveryState::Pending:
    case DeliveryState::Sending:
    case DeliveryState::Superseded:
        break;
    }
    return ColorRole::Inactive;
}

Symbol symbolOf(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Pending:
        return Symbol::Inactive;
    case DeliveryState::Sending:
        return Symbol::Forward;
    case DeliveryState::Waiting:
        return Symbol::Clock;
    case DeliveryState::Delivered:
        return Symbol::Success;
    case DeliveryState::Dead:
        return Symbol::Error;
    case DeliveryState::Superseded:
        return Symbol::Superseded;
    }
    return Symbol::Inactive;
}

QString httpInWords(const Delivery &delivery)
{
    if (delivery.attempts == 0) {
        return {};
    }
    return delivery.lastHttpStatus > 0 ? QString::number(delivery.lastHttpStatus) : u"–"_s;
}

QString shortTime(const QDateTime &moment, const QDateTime &now)
{
    const QDateTime local = moment.toLocalTime();
    const QLocale locale;
    const QDate today = now.toLocalTime().date();
    if (local.date() == today) {
        return locale.toString(local.time(), u"HH:mm"_s);
    }
    return locale.toString(
        local,
        local.date().year() == today.year()
            ? DeliveryText::tr("d MMM HH:mm", "day and month, as QDateTime::toString takes it")
            : DeliveryText::tr("d MMM yyyy HH:mm", "day, month and year, as QDateTime::toString takes it"));
}

QString spanInWords(const QDateTime &start, const QDateTime &end, const QDateTime &now)
{
    const QDateTime from = start.toLocalTime();
    const QDateTime to = end.toLocalTime();
    return DeliveryText::tr("%1 – %2", "a span of time")
        .arg(shortTime(from, now),
             from.date() == to.date() ? QLocale().toString(to.time(), u"HH:mm"_s) : shortTime(to, now));
}

} // namespace Tocsin
