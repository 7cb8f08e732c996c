// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxtargets.h"

#include "outboxqueries.h"
#include "sentencejson.h"

#include <QSet>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

Result<bool> OutboxTargets::refresh(Database &database)
{
    const qint64 version = database.dataVersion();
    if (m_isTrusted && version == m_dataVersion) {
        return false;
    }
    m_epochBegan = false;
    for (const auto read : {&OutboxTargets::readTargets, &OutboxTargets::readWebhooks}) {
        if (const auto done = (this->*read)(database); !done) {
            return done.error();
        }
    }
    if (const auto read = m_mutes.read(database); !read) {
        return read.error();
    }
    const auto reasons = selectHealthReasons(database);
    if (!reasons) {
        return reasons.error();
    }
    for (auto &[id, target] : m_targets) {
        const auto found = reasons->find(id);
        target.reasons = found == reasons->end() ? HealthReasons() : found->second;
    }
    m_haveRules = std::any_of(m_targets.begin(), m_targets.end(), [](const auto &item) {
        const auto &webhook = item.second.webhook;
        return webhook && (webhook->keep == KeptEvents::Newest || webhook->settle.count() > 0);
    });
    m_dataVersion = version;
    m_isTrusted = true;
    return m_epochBegan;
}

void OutboxTargets::distrust()
{
    m_targets.clear();
    m_ids.clear();
    m_mutes.clear();
    m_unhealthy.clear();
    m_isTrusted = false;
}

OutboxTarget *OutboxTargets::ofWebhook(const QString &webhookId)
{
    const auto id = m_ids.constFind(webhookId);
    return id == m_ids.constEnd() ? nullptr : &m_targets.at(*id);
}

Result<void> OutboxTargets::beginEpoch(Database &database, OutboxTarget &target, const Sentence &reason)
{
    m_epochBegan = true;
    ++target.epoch;
    target.epochReason = reason;
    target.isRemoved = !target.webhook;
    const auto changed = change(database, OutboxStatement::UpdateTargetEpoch,
                                {target.epoch, sentenceToColumn(reason), target.isRemoved ? 1 : 0, target.id});
    return changed ? Result<void>() : changed.error();
}

Result<void> OutboxTargets::readTargets(Database &database)
{
    return forEach(database, OutboxStatement::SelectTargets, {}, [this](const Rows &rows) {
        const qint64 id = rows.value(0).toLongLong();
        auto &target = m_targets[id];
        target.id = id;
        target.webhookId = rows.value(1).toString();
        target.name = rows.value(2).toString();
        target.failures = rows.value(3).toInt();
        m_epochBegan = m_epochBegan || target.epoch != rows.value(4).toLongLong();
        target.epoch = rows.value(4).toLongLong();
        target.epochReason = sentenceFromColumn(rows.value(5).toString());
        target.isRemoved = rows.value(6).toBool();
        target.settle = std::chrono::seconds(rows.value(7).toLongLong());
        target.maximumAge = std::chrono::seconds(rows.value(8).toLongLong());
        target.health = integrationStatusFromString(rows.value(9).toString());
        m_ids[target.webhookId] = id;
    });
}

Result<void> OutboxTargets::readWebhooks(Database &database)
{
    QList<std::pair<QString, qint64>> stale;
    QSet<QString> present;
    const auto read = forEach(database, OutboxStatement::SelectWebhookVersions, {}, [&](const Rows &rows) {
        const QString id = rows.value(0).toString();
        const qint64 version = rows.value(1).toLongLong();
        const auto *target = ofWebhook(id);
        present.insert(id);
        if (!target || !target->webhook || target->version != version) {
            stale.append({id, version});
        }
    });
    if (!read) {
        return read;
    }
    for (const auto &[id, version] : stale) {
        if (auto done = readWebhook(database, id, version); !done) {
            return done;
        }
    }
    return noticeRemoved(database, present);
}

Result<void> OutboxTargets::readWebhook(Database &database, const QString &id, qint64 version)
{
    QByteArray text;
    const auto read = forEach(database, OutboxStatement::SelectWebhookDocument, {id},
                              [&text](const Rows &rows) { text = rows.value(0).toString().toUtf8(); });
    if (!read) {
        return read;
    }
    const auto document = parseJson(text);
    if (!document) {
        return damaged(database, id, document.error());
    }
    auto webhook = std::make_shared<Webhook>(webhookFromJson(*document).webhook);
    webhook->id = id;
    auto *target = ofWebhook(id);
    if (!target) {
        const auto inserted =
            database.run(sql(OutboxStatement::InsertTarget),
                         {id, webhook->name, webhook->active ? u""_s : toString(IntegrationStatus::Disabled)});
        if (!inserted) {
            return inserted.error();
        }
        const qint64 number = inserted->insertedId();
        m_ids[id] = number;
        target = &m_targets[number];
        target->id = number;
        target->webhookId = id;
        target->health = webhook->active ? std::optional<IntegrationStatus>() : IntegrationStatus::Disabled;
    } else if (target->name != webhook->name) {
        const auto renamed = change(database, OutboxStatement::UpdateTargetName, {webhook->name, target->id});
        if (!renamed) {
            return renamed.error();
        }
    }
    target->name = webhook->name;
    target->webhook = webhook;
    target->version = version;
    healthMayDiffer(*target);
    if (auto dated = dateAnew(database, *target); !dated) {
        return dated;
    }
    if (target->isRemoved) { // it came back
        target->isRemoved = false;
        const auto changed = change(database, OutboxStatement::UpdateTargetEpoch,
                                    {target->epoch, sentenceToColumn(target->epochReason), 0, target->id});
        return changed ? Result<void>() : changed.error();
    }
    return {};
}

/// What waits goes by the rules that are there now.
Result<void> OutboxTargets::dateAnew(Database &database, OutboxTarget &target)
{
    const auto settle = target.webhook->settle;
    const auto maximumAge = target.webhook->maximumAge.value_or(std::chrono::seconds(0));
    if (settle == target.settle && maximumAge == target.maximumAge) {
        return {};
    }
    if (settle != target.settle) {
        const auto dated = change(database, OutboxStatement::DateSettling,
                                  {qint64(std::chrono::milliseconds(settle).count()), target.id});
        if (!dated) {
            return dated.error();
        }
    }
    if (maximumAge != target.maximumAge) {
        const qint64 age = std::chrono::milliseconds(maximumAge).count();
        const auto dated = change(database, OutboxStatement::DateExpiring, {age, age, target.id});
        if (!dated) {
            return dated.error();
        }
    }
    target.settle = settle;
    target.maximumAge = maximumAge;
    const auto written = change(database, OutboxStatement::UpdateTargetRules,
                                {qint64(settle.count()), qint64(maximumAge.count()), target.id});
    return written ? Result<void>() : written.error();
}

Result<void> OutboxTargets::noticeRemoved(Database &database, const QSet<QString> &present)
{
    for (auto &[id, target] : m_targets) {
        if (present.contains(target.webhookId)) {
            continue;
        }
        target.webhook.reset();
        if (!target.isRemoved) {
            healthMayDiffer(target);
            if (auto begun = beginEpoch(database, target, say("The webhook was removed.")); !begun) {
                return begun;
            }
        }
    }
    return {};
}

} // namespace Tocsin
