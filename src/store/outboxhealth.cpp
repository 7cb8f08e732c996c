// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxhealth.h"

#include "firing.h"
#include "outboxqueries.h"
#include "outboxtransaction.h"
#include "sentencejson.h"

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ReasonWord
{
    HealthReason reason;
    QLatin1StringView word;
    IntegrationStatus status;
    bool endsWithSuccess;
};

constexpr std::array reasonWords{
    ReasonWord{HealthReason::Failures, "failures"_L1, IntegrationStatus::Warning, true},
    ReasonWord{HealthReason::Died, "died"_L1, IntegrationStatus::Error, true},
    ReasonWord{HealthReason::Gone, "gone"_L1, IntegrationStatus::Error, true},
    ReasonWord{HealthReason::Returned, "returned"_L1, IntegrationStatus::Error, true},
    ReasonWord{HealthReason::Ends, "ends"_L1, IntegrationStatus::Warning, false},
    ReasonWord{HealthReason::Document, "document"_L1, IntegrationStatus::Error, true},
};

const ReasonWord &wordOf(HealthReason reason)
{
    return *std::find_if(reasonWords.begin(), reasonWords.end(),
                         [reason](const ReasonWord &entry) { return entry.reason == reason; });
}

std::optional<HealthReason> reasonFromWord(const QString &word)
{
    const auto found = std::find_if(reasonWords.begin(), reasonWords.end(),
                                    [&word](const ReasonWord &entry) { return entry.word == word; });
    return found == reasonWords.end() ? std::optional<HealthReason>() : found->reason;
}

IntegrationStatus worstOf(const HealthReasons &reasons)
{
    const bool isError = std::any_of(reasons.begin(), reasons.end(), [](const auto &item) {
        return wordOf(item.first).status == IntegrationStatus::Error;
    });
    return isError ? IntegrationStatus::Error : IntegrationStatus::Warning;
}

/// None: nothing has been told of it, and nothing is to be.
std::optional<IntegrationStatus> healthOf(const OutboxTarget &target)
{
    if (!target.isActive()) {
        return target.webhook && target.reasons.contains(HealthReason::Gone) ? IntegrationStatus::Error
                                                                             : IntegrationStatus::Disabled;
    }
    if (!target.reasons.empty()) {
        return worstOf(target.reasons);
    }
    const bool isTroubled = target.health == IntegrationStatus::Warning || target.health == IntegrationStatus::Error;
    return isTroubled && !target.hasSucceeded ? target.health
        : target.health                       ? std::optional(IntegrationStatus::Active)
                                              : std::nullopt;
}

IntegrationEvent healthEvent(const OutboxTransaction &transaction, const OutboxTarget &target, IntegrationStatus status)
{
    const QString id = webhookIntegrationId(target.webhookId);
    auto issues = Json::array();
    for (const auto severity : {IntegrationStatus::Error, IntegrationStatus::Warning}) { // the worst first
        for (const auto &[reason, detail] : target.reasons) {
            if (status != IntegrationStatus::Disabled && wordOf(reason).status == severity) {
                issues.push_back(Json{{"status", toJson(toString(severity))}, {"message", toJson(detail.text())}});
            }
        }
    }
    return {.integrationId = id,
            .integrationName = target.name,
            .integrationType = webhookIntegrationType(),
            .status = status,
            .document = Json{{"event_type", "IntegrationStatusChanged"},
                             {"event_time", toJson(utcMoment(transaction.now).toString(Qt::ISODateWithMs))},
                             {"data",
                              Json{{"id", toJson(id)},
                                   {"name", toJson(target.name)},
                                   {"type", toJson(webhookIntegrationType())},
                                   {"status", toJson(toString(status))},
                                   {"issues", issues}}}}};
}

Result<void> tell(OutboxTransaction &transaction, OutboxTarget &target)
{
    if (target.isActive() && target.reasons.contains(HealthReason::Gone)) {
        const Sentence detail = target.reasons.at(HealthReason::Gone);
        auto changed = removeHealthReason(transaction, target, HealthReason::Gone);
        changed = changed ? addHealthReason(transaction, target, HealthReason::Returned, detail) : changed;
        if (!changed) {
            return changed;
        }
    }
    const auto status = healthOf(target);
    target.hasSucceeded = false;
    if (!status || (status == target.health && !target.reasonsChanged)) {
        return {};
    }
    target.reasonsChanged = false;
    target.health = status;
    const auto kept = change(transaction.database, OutboxStatement::UpdateTargetHealth, {toString(*status), target.id});
    return kept ? acceptOwnEvent(transaction, healthEvent(transaction, target, *status)) : kept.error();
}

} // namespace

Result<std::map<qint64, HealthReasons>> selectHealthReasons(Database &database)
{
    std::map<qint64, HealthReasons> all;
    const auto read = forEach(database, OutboxStatement::SelectHealth, {}, [&all](const Rows &rows) {
        if (const auto reason = reasonFromWord(rows.value(1).toString())) {
            all[rows.value(0).toLongLong()][*reason] = sentenceFromColumn(rows.value(2).toString());
        }
    });
    return read ? Result<std::map<qint64, HealthReasons>>(all) : read.error();
}

Result<void> addHealthReason(OutboxTransaction &transaction, OutboxTarget &target, HealthReason reason,
                             const Sentence &detail)
{
    if (target.reasons.contains(reason)) {
        return {}; // one for an outage, however often
    }
    const auto added = change(transaction.database, OutboxStatement::InsertHealth,
                              {target.id, QString(wordOf(reason).word), sentenceToColumn(detail)});
    if (!added) {
        return added.error();
    }
    target.reasons[reason] = detail;
    target.reasonsChanged = true;
    transaction.targets.healthMayDiffer(target);
    return {};
}

Result<void> removeHealthReason(OutboxTransaction &transaction, OutboxTarget &target, HealthReason reason)
{
    if (!target.reasons.contains(reason)) {
        return {};
    }
    const auto removed =
        change(transaction.database, OutboxStatement::DeleteHealth, {target.id, QString(wordOf(reason).word)});
    if (!removed) {
        return removed.error();
    }
    target.reasons.erase(reason);
    target.reasonsChanged = true;
    transaction.targets.healthMayDiffer(target);
    return {};
}

Result<void> noteHealth(OutboxTransaction &transaction, OutboxTarget &target, bool hasSucceeded, const Sentence &reason)
{
    if (!hasSucceeded) {
        return target.failures < Outbox::failuresBeforeProbing
            ? Result<void>()
            : addHealthReason(transaction, target, HealthReason::Failures,
                              Outbox::say("Five deliveries in a row have failed. %1", reason));
    }
    if (target.reasons.empty() && target.health != IntegrationStatus::Warning
        && target.health != IntegrationStatus::Error) {
        return {};
    }
    target.hasSucceeded = true;
    transaction.targets.healthMayDiffer(target);
    for (const auto &entry : reasonWords) {
        auto removed = entry.endsWithSuccess ? removeHealthReason(transaction, target, entry.reason) : Result<void>();
        if (!removed) {
            return removed;
        }
    }
    return {};
}

Result<bool> noteCheckedHealth(OutboxTransaction &transaction, const QString &webhookId, qint64 webhookVersion,
                               const Sentence &ends, const Sentence &fault)
{
    auto *target = transaction.targets.ofWebhook(webhookId);
    if (!target || !target->webhook || target->version != webhookVersion) {
        return false;
    }
    for (const auto &[reason, detail] :
         {std::pair(HealthReason::Ends, ends), std::pair(HealthReason::Document, fault)}) {
        const auto noted = detail.isEmpty() ? removeHealthReason(transaction, *target, reason)
                                            : addHealthReason(transaction, *target, reason, detail);
        if (!noted) {
            return noted.error();
        }
    }
    return true;
}

Result<void> tellHealth(OutboxTransaction &transaction)
{
    for (const qint64 id : transaction.targets.takeUnhealthy()) {
        if (auto told = tell(transaction, transaction.targets.all().at(id)); !told) {
            return told;
        }
    }
    return {};
}

} // namespace Tocsin
