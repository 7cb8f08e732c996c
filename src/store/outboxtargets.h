// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "outboxhealth.h"
#include "outboxmutes.h"
#include "webhook.h"

#include <QHash>

#include <memory>
#include <set>

namespace Tocsin {

/// A webhook as the outbox counts it.
struct OutboxTarget
{
    qint64 id = 0;
    QString webhookId;
    QString name;
    int failures = 0; ///< in a row
    qint64 epoch = 0; ///< deliveries of an earlier one are to die
    Sentence epochReason;
    bool isRemoved = false;
    std::shared_ptr<const Webhook> webhook; ///< none where it was removed
    qint64 version = 0; ///< of the document
    std::chrono::seconds settle{0}; ///< by which its deliveries have been dated
    std::chrono::seconds maximumAge{0}; ///< the same; 0: none
    HealthReasons reasons; ///< what is wrong with it
    std::optional<IntegrationStatus> health; ///< that was told; none: nothing was yet
    bool reasonsChanged = false; ///< since it was told
    bool hasSucceeded = false; ///< the same

    bool isActive() const { return webhook && webhook->active; }
};

/// The webhooks, parsed once and again when they have changed; whoever changed them.
class OutboxTargets
{
    static constexpr SentenceMaker say{"Tocsin::OutboxTargets"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::OutboxTargets)

public:
    /// In a transaction that may write: brings them up to date. True: an epoch has begun.
    Result<bool> refresh(Database &database);
    /// Forgets everything: what is remembered may not be what is stored.
    void distrust();

    std::map<qint64, OutboxTarget> &all() { return m_targets; }
    OutboxTarget *ofWebhook(const QString &webhookId);
    OutboxMutes &mutes() { return m_mutes; }
    const OutboxMutes &mutes() const { return m_mutes; }
    /// What is told of the webhook's health is to be looked at before the commit.
    void healthMayDiffer(const OutboxTarget &target) { m_unhealthy.insert(target.id); }
    std::set<qint64> takeUnhealthy() { return std::exchange(m_unhealthy, {}); }
    /// Whether a change of an integration's status may mean something for what waits already.
    bool haveRules() const { return m_haveRules || !m_mutes.isEmpty(); }

    /// Ends the epoch: what is unfinished is to die for `reason`.
    Result<void> beginEpoch(Database &database, OutboxTarget &target, const Sentence &reason);

private:
    Result<void> readTargets(Database &database);
    Result<void> readWebhooks(Database &database);
    Result<void> readWebhook(Database &database, const QString &id, qint64 version);
    Result<void> noticeRemoved(Database &database, const QSet<QString> &present);
    static Result<void> dateAnew(Database &database, OutboxTarget &target);

    std::map<qint64, OutboxTarget> m_targets;
    QHash<QString, qint64> m_ids;
    qint64 m_dataVersion = -1;
    OutboxMutes m_mutes;
    std::set<qint64> m_unhealthy;
    bool m_haveRules = false;
    bool m_isTrusted = false;
    bool m_epochBegan = false;
};

} // namespace Tocsin
