// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxmutes.h"

#include "outboxqueries.h"
#include "outboxtransaction.h"

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

QString kindWord(MuteSubject::Kind kind)
{
    return kind == MuteSubject::Kind::Webhook ? u"webhook"_s : u"integration"_s;
}

StoredMute readMute(const Rows &rows)
{
    const bool isWebhooks = rows.value(0).toString() == kindWord(MuteSubject::Kind::Webhook);
    return {.subject = {.kind = isWebhooks ? MuteSubject::Kind::Webhook : MuteSubject::Kind::Integration,
                        .id = rows.value(1).toString()},
            .until = rows.value(2).isNull() ? std::optional<qint64>() : rows.value(2).toLongLong(),
            .isWall = rows.value(3).toBool(),
            .setAt = rows.value(4).toLongLong(),
            .isApplied = rows.value(5).toBool()};
}

} // namespace

Result<QList<StoredMute>> selectMutes(Database &database)
{
    QList<StoredMute> mutes;
    const auto read = forEach(database, OutboxStatement::SelectMutes, {},
                              [&mutes](const Rows &rows) { mutes.append(readMute(rows)); });
    return read ? Result<QList<StoredMute>>(mutes) : read.error();
}

Result<void> OutboxMutes::read(Database &database)
{
    const auto mutes = selectMutes(database);
    if (!mutes) {
        return mutes.error();
    }
    const auto webhooks = std::exchange(m_webhooks, {});
    const auto integrations = std::exchange(m_integrations, {});
    for (StoredMute mute : *mutes) {
        const auto &before = mute.subject.kind == MuteSubject::Kind::Webhook ? webhooks : integrations;
        const auto known = before.value(mute.subject.id);
        mute.released = known.setAt == mute.setAt ? known.released : 0;
        of(mute.subject.kind).insert(mute.subject.id, mute);
    }
    return {};
}

void OutboxMutes::clear()
{
    m_webhooks.clear();
    m_integrations.clear();
}

bool OutboxMutes::isMuted(const QString &webhookId, const QString &integrationId, qint64 wall, qint64 time) const
{
    const auto holds = [wall, time](const BySubject &mutes, const QString &id) {
        const auto found = mutes.constFind(id);
        return found != mutes.constEnd() && found->holds(wall, time);
    };
    return holds(m_webhooks, webhookId) || holds(m_integrations, integrationId);
}

std::optional<qint64> OutboxMutes::endOf(const QString &webhookId, const QString &integrationId, qint64 wall,
                                         qint64 time) const
{
    std::optional<qint64> end;
    bool isEndless = false;
    const auto consider = [&](const BySubject &mutes, const QString &id) {
        const auto found = mutes.constFind(id);
        if (found == mutes.constEnd() || !found->holds(wall, time)) {
            return;
        }
        isEndless = isEndless || !found->until;
        const qint64 until = found->until.value_or(0) + (found->isWall ? time - wall : 0);
        end = std::max(end.value_or(until), until);
    };
    consider(m_webhooks, webhookId);
    consider(m_integrations, integrationId);
    return isEndless ? std::nullopt : end;
}

Result<void> OutboxMutes::set(Database &database, const StoredMute &mute)
{
    const auto written = change(database, OutboxStatement::UpsertMute,
                                {kindWord(mute.subject.kind), sqlText(mute.subject.id),
                                 mute.until ? QVariant(*mute.until) : QVariant(QMetaType(QMetaType::LongLong)),
                                 mute.isWall ? 1 : 0, mute.setAt, mute.isApplied ? 1 : 0});
    if (!written) {
        return written.error();
    }
    of(mute.subject.kind).insert(mute.subject.id, mute);
    return {};
}

Result<void> OutboxMutes::forget(Database &database, const MuteSubject &subject)
{
    const auto deleted = change(database, OutboxStatement::DeleteMute, {kindWord(subject.kind), sqlText(subject.id)});
    if (!deleted) {
        return deleted.error();
    }
    of(subject.kind).remove(subject.id);
    return {};
}

StoredMute *OutboxMutes::find(const MuteSubject &subject)
{
    auto &mutes = of(subject.kind);
    const auto found = mutes.find(subject.id);
    return found == mutes.end() ? nullptr : &*found;
}

QList<MuteSubject> OutboxMutes::unsettled(qint64 wall, qint64 time) const
{
    QList<MuteSubject> unsettled;
    for (const auto *mutes : {&m_webhooks, &m_integrations}) {
        for (const auto &mute : *mutes) {
            if (!mute.isSettled(wall, time)) {
                unsettled.append(mute.subject);
            }
        }
    }
    return unsettled;
}

bool OutboxMutes::areSettled(qint64 wall, qint64 time) const
{
    const auto isSettled = [wall, time](const StoredMute &mute) {
        return mute.isSettled(wall, time);
    };
    return std::all_of(m_webhooks.begin(), m_webhooks.end(), isSettled)
        && std::all_of(m_integrations.begin(), m_integrations.end(), isSettled);
}

std::optional<qint64> OutboxMutes::untilNextEnd(qint64 wall, qint64 time) const
{
    std::optional<qint64> next;
    for (const auto *mutes : {&m_webhooks, &m_integrations}) {
        for (const auto &mute : *mutes) {
            if (mute.until) {
                const qint64 wait = *mute.until - (mute.isWall ? wall : time);
                next = std::min(next.value_or(wait), wait);
            }
        }
    }
    return next;
}

Result<bool> setMute(OutboxTransaction &transaction, const MuteSubject &subject, const MuteSpan &span)
{
    const bool isWebhooks = subject.kind == MuteSubject::Kind::Webhook;
    if (isWebhooks) {
        const auto *target = transaction.targets.ofWebhook(subject.id);
        if (!target || !target->webhook) {
            return false;
        }
    } else {
        const auto known =
            selectNumber(transaction.database, OutboxStatement::SelectIntegrationRow, {sqlText(subject.id)});
        if (!known || !*known) {
            return known ? Result<bool>(false) : known.error();
        }
    }
    StoredMute mute{.subject = subject, .setAt = transaction.now};
    if (span.until) {
        mute.until = span.until->toMSecsSinceEpoch();
        mute.isWall = true;
    } else if (span.duration) {
        mute.until = transaction.time() + std::chrono::milliseconds(*span.duration).count();
    }
    const auto written = transaction.targets.mutes().set(transaction.database, mute);
    if (!written) {
        return written.error();
    }
    transaction.changed = true;
    transaction.mutesChanged = true;
    return true;
}

Result<bool> endMute(OutboxTransaction &transaction, const MuteSubject &subject)
{
    auto &mutes = transaction.targets.mutes();
    const auto *found = mutes.find(subject);
    if (!found || found->hasEnded(transaction.now, transaction.time())) {
        return false;
    }
    StoredMute mute = *found;
    mute.until = transaction.time();
    mute.isWall = false;
    const auto written = mutes.set(transaction.database, mute);
    if (!written) {
        return written.error();
    }
    transaction.changed = true;
    transaction.mutesChanged = true;
    return true;
}

} // namespace Tocsin
