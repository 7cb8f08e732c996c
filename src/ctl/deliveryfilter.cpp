// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliveryfilter.h"

#include "await.h"
#include "momenttext.h"
#include "session.h"
#include "shownname.h"

#include <algorithm>

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

/// Puts what an option says into `moment`; complains where it is no time.
bool readMoment(Session &session, const Arguments &arguments, const QString &option, std::optional<QDateTime> &moment)
{
    if (!arguments.has(option)) {
        return true;
    }
    moment = momentFromString(arguments.value(option), QDateTime::currentDateTimeUtc());
    if (!moment) {
        session.complain(DeliveryFilterText::tr("tocsinctl: --%1 takes a time such as 2026-01-31T08:00:00Z, or an age "
                                                "such as 90s, 30m, 2h or 7d.")
                             .arg(option));
    }
    return moment.has_value();
}

bool readStates(Session &session, const Arguments &arguments, QList<DeliveryState> &states)
{
    const auto words = arguments.has(u"state"_s) ? arguments.value(u"state"_s).split(u',') : QStringList();
    for (const QString &word : words) {
        const auto state = deliveryStateFromString(word);
        if (!state) {
            session.complain(DeliveryFilterText::tr("tocsinctl: There is no state \"%1\"; it is one of %2.")
                                 .arg(shownName(word), stateNames().join(", "_L1)));
            return false;
        }
        states.append(*state);
    }
    return true;
}

bool readHttpStatuses(Session &session, const Arguments &arguments, QList<HttpStatusRange> &statuses)
{
    if (!arguments.has(u"http-status"_s)) {
        return true;
    }
    const auto read = httpStatusesFromString(arguments.value(u"http-status"_s));
    if (!read) {
        session.complain(DeliveryFilterText::tr("tocsinctl: --http-status takes a status such as 503, a class such as "
                                                "5xx, or none, apart by commas."));
        return false;
    }
    statuses = *read;
    return true;
}

/// Complains where no event was ever of that integration: a mistyped one would only find nothing.
bool isKnownIntegration(Session &session, const QString &id)
{
    const auto known = await<Result<QList<IntegrationState>>>(
        [&](QObject *context, auto reply) { session.engine().outbox().integrations(context, std::move(reply)); });
    if (!known) {
        session.complain(known.error());
        return false;
    }
    const bool isKnown =
        std::any_of(known->begin(), known->end(), [&id](const IntegrationState &one) { return one.id == id; });
    if (!isKnown) {
        session.complain(
            DeliveryFilterText::tr("tocsinctl: There is no integration with the id \"%1\".").arg(shownName(id)));
    }
    return isKnown;
}

} // namespace

QList<CommandOption> deliveryFilterOptions()
{
    return {
        {u"state"_s, u"STATE[,STATE]"_s, DeliveryFilterText::tr("those that are %1").arg(stateNames().join(", "_L1))},
        {u"webhook"_s, u"NAME"_s, DeliveryFilterText::tr("those of a webhook")},
        {u"integration"_s, u"ID"_s, DeliveryFilterText::tr("those of an integration")},
        {u"event"_s, u"ID"_s, DeliveryFilterText::tr("those that an event caused: its own id, or evt_…")},
        {u"since"_s, u"TIME"_s,
         DeliveryFilterText::tr("those accepted then or later (2026-01-31T08:00, or 2h ago: 2h)")},
        {u"until"_s, u"TIME"_s, DeliveryFilterText::tr("those accepted before then")},
        {u"http-status"_s, u"STATUS"_s,
         DeliveryFilterText::tr(
             "those whose last attempt was answered so (503, 5xx, several apart by commas; none: not "
             "at all)")},
    };
}

std::optional<DeliveryFilter> readDeliveryFilter(Session &session, const Arguments &arguments)
{
    DeliveryFilter filter;
    filter.eventId = arguments.value(u"event"_s);
    filter.integrationId = arguments.value(u"integration"_s);
    if (!readStates(session, arguments, filter.states) || !readMoment(session, arguments, u"since"_s, filter.since)
        || !readMoment(session, arguments, u"until"_s, filter.until)
        || !readHttpStatuses(session, arguments, filter.httpStatuses)) {
        return std::nullopt;
    }
    if (filter.since && filter.until && *filter.since >= *filter.until) {
        session.complain(DeliveryFilterText::tr("tocsinctl: --since has to be before --until."));
        return std::nullopt;
    }
    if (arguments.has(u"webhook"_s)) {
        const auto webhook = session.findWebhook(arguments.value(u"webhook"_s));
        if (!webhook) {
            return std::nullopt;
        }
        filter.webhookId = webhook->webhook.id;
    }
    if (!session.openOutbox()
        || (!filter.integrationId.isEmpty() && !isKnownIntegration(session, filter.integrationId))) {
        return std::nullopt;
    }
    return filter;
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
