// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxcauses.h"

#include "outboxqueries.h"
#include "outboxreading.h"
#include "sentencejson.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString webhookCause = u"webhook"_s;
const QString eventCause = u"event"_s;
const QString ageCause = u"age"_s;

QString causeKey(const QString &kind, int httpStatus, const QString &field)
{
    return kind % u' ' % QString::number(httpStatus) % u' ' % field;
}

/// Takes a key apart.
void readKey(DeathCause &cause)
{
    const QString kind = cause.key.section(u' ', 0, 0);
    cause.kind = errorKindFromString(kind);
    cause.befellWebhook = kind == webhookCause;
    cause.httpStatus = cause.key.section(u' ', 1, 1).toInt();
    cause.field = cause.key.section(u' ', 2);
}

} // namespace

QString causeOf(const Invocation &invocation)
{
    if (!invocation.error) {
        return {};
    }
    const bool isHttp = invocation.error->kind == ErrorKind::Http && invocation.response;
    return causeKey(toString(invocation.error->kind), isHttp ? invocation.response->status : 0,
                    invocation.error->field);
}

QString causeOfWebhook()
{
    return causeKey(webhookCause, 0, {});
}

QString causeOfEvent()
{
    return causeKey(eventCause, 0, {});
}

QString causeOfAge()
{
    return causeKey(ageCause, 0, {});
}

Result<QList<DeathCause>> selectDeathCauses(Database &database, const DeliveryFilter &asked)
{
    auto filter = asked;
    filter.states = {DeliveryState::Dead};
    filter.before.clear();
    const auto conditions = deliveryConditions(database, filter);
    if (!conditions) {
        return conditions.error();
    }
    QList<DeathCause> causes;
    const auto read =
        forEach(database, deathCausesSql(conditions->texts), conditions->values, [&causes](const Rows &rows) {
            DeathCause cause{.webhookId = rows.value(0).toString(),
                             .webhookName = rows.value(1).toString(),
                             .key = rows.value(2).toString(),
                             .reason = sentenceFromColumn(rows.value(6).toString()),
                             .newestId = QString::number(rows.value(7).toLongLong()),
                             .count = rows.value(3).toLongLong(),
                             .first = utcMoment(rows.value(4).toLongLong()),
                             .last = utcMoment(rows.value(5).toLongLong())};
            readKey(cause);
            causes.append(cause);
        });
    return read ? Result<QList<DeathCause>>(causes) : read.error();
}

} // namespace Tocsin
