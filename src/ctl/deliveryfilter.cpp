// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveryfilter.h"

#include "await.h"
#include "session.h"
#include "shownname.h"

#include <QRegularExpression>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct DeliveryFilterText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::DeliveryFilter)
};

QStringList stateNames()
{
    QStringList names;
    const auto states = allDeliveryStates();
    for (const DeliveryState state : states) {
        names.append(toString(state));
    }
    return names;
}

/// `2026-01-31T08:00:00Z`, `2026-01-31`, or an age: `90s`, `30m`, `2h`, `7d`.
std::optional<QDateTime> parseSince(const QString &text)
{
    static const QRegularExpression age(u"^(\\d{1,6})([smhd])$"_s);
    if (const auto match = age.match(text); match.hasMatch()) {
        static const QHash<QString, qint64> seconds{
            {u"s"_s, 1}, {u"m"_s, 60}, {u"h"_s, 3600}, {u"d"_s, qint64(24) * 3600}};
        return QDateTime::currentDateTimeUtc().addSecs(-match.captured(1).toLongLong()
                                                       * seconds.value(match.captured(2)));
    }
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

} // namespace

QList<CommandOption> deliveryFilterOptions()
{
    return {
        {u"state"_s, u"STATE[,STATE]"_s, DeliveryFilterText::tr("those that are %1").arg(stateNames().join(", "_L1))},
        {u"webhook"_s, u"NAME"_s, DeliveryFilterText::tr("those of a webhook")},
        {u"event"_s, u"ID"_s, DeliveryFilterText::tr("those that an event caused: its own id, or evt_…")},
        {u"since"_s, u"TIME"_s,
         DeliveryFilterText::tr("those accepted then or later (2026-01-31T08:00, or 2h ago: 2h)")},
    };
}

std::optional<DeliveryFilter> readDeliveryFilter(Session &session, const Arguments &arguments)
{
    DeliveryFilter filter;
    const auto words = arguments.has(u"state"_s) ? arguments.value(u"state"_s).split(u',') : QStringList();
    for (const QString &word : words) {
        const auto state = deliveryStateFromString(word);
        if (!state) {
            session.complain(DeliveryFilterText::tr("tocsinctl: There is no state \"%1\"; it is one of %2.")
                                 .arg(shownName(word), stateNames().join(", "_L1)));
            return std::nullopt;
        }
        filter.states.append(*state);
    }
    filter.eventId = arguments.value(u"event"_s);
    if (arguments.has(u"since"_s)) {
        filter.since = parseSince(arguments.value(u"since"_s));
        if (!filter.since) {
            session.complain(DeliveryFilterText::tr(
                "tocsinctl: --since takes a time such as 2026-01-31T08:00:00Z, or an age such as 90s, 30m, 2h or 7d."));
            return std::nullopt;
        }
    }
    if (arguments.has(u"webhook"_s)) {
        const auto webhook = session.findWebhook(arguments.value(u"webhook"_s));
        if (!webhook) {
            return std::nullopt;
        }
        filter.webhookId = webhook->webhook.id;
    }
    return session.openOutbox() ? std::optional(filter) : std::nullopt;
}

bool forEachDelivery(Session &session, DeliveryFilter filter, const std::function<bool(const Delivery &)> &take)
{
    constexpr int pageSize = 500;
    filter.limit = pageSize;
    while (true) {
        const auto page = await<Result<QList<Delivery>>>(
            [&](QObject *context, auto reply) { session.engine().outbox().list(filter, context, std::move(reply)); });
        if (!page) {
            session.complain(page.error());
            return false;
        }
        for (const Delivery &delivery : *page) {
            if (!take(delivery)) {
                return true;
            }
        }
        if (page->size() < pageSize) {
            return true;
        }
        filter.before = page->constLast().id;
    }
}

} // namespace Tocsin
