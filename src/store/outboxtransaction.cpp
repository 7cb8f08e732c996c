// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxtransaction.h"

#include "outboxqueries.h"
#include "outboxtimes.h"
#include "sentencejson.h"

namespace Tocsin {

OutboxTransaction::OutboxTransaction(Database &usedDatabase, OutboxTargets &usedTargets, const OutboxClock &clock)
    : database(usedDatabase)
    , targets(usedTargets)
    , now(clock.wall())
    , steadyNow(clock.steady())
    , boot(sqlText(clock.boot))
    , m_sinceBoot(clock.sinceBoot())
{
}

Result<void> OutboxTransaction::startClock()
{
    const auto stored = storedClock(database);
    if (!stored) {
        return stored.error();
    }
    m_clock = continued(*stored, now, m_sinceBoot, boot);
    DatabaseClock asStored = *stored;
    asStored.now = m_clock.now;
    return asStored == m_clock ? Result<void>() : storeClock(database, m_clock);
}

void OutboxTransaction::count(qint64 target, std::optional<DeliveryState> from, std::optional<DeliveryState> to)
{
    if (from) {
        --m_states[{target, *from}];
    }
    if (to) {
        ++m_states[{target, *to}];
    }
    changed = true;
}

void OutboxTransaction::countEnding(qint64 target, Ending ending)
{
    auto &endings = m_endings[target];
    switch (ending) {
    case Ending::Delivered:
        ++endings.delivered;
        break;
    case Ending::Failed:
        ++endings.failed;
        break;
    case Ending::Dead:
        ++endings.dead;
        break;
    }
}

void OutboxTransaction::countCondemned(const OutboxTarget &target, const Sentence &reason)
{
    if (!target.webhook) {
        return;
    }
    auto &condemned = m_condemned[{target.id, sentenceToColumn(reason)}];
    condemned = {
        .webhookId = target.webhookId, .webhookName = target.name, .reason = reason, .count = condemned.count + 1};
}

void OutboxTransaction::noteAttempt(OutboxTarget &target, bool succeeded)
{
    const int failures = succeeded ? 0 : target.failures + 1;
    if (failures != target.failures) {
        target.failures = failures;
        m_failuresChanged.insert(target.id);
    }
}

Result<void> OutboxTransaction::writeCounts()
{
    for (const auto &[key, deliveries] : m_states) {
        if (deliveries == 0) {
            continue;
        }
        const auto added =
            Tocsin::change(database, OutboxStatement::AddToTally, {key.first, toString(key.second), deliveries});
        if (!added) {
            return added.error();
        }
    }
    for (const auto &[target, endings] : m_endings) {
        const auto added =
            Tocsin::change(database, OutboxStatement::AddOutcomes,
                           {now / minuteLength, target, endings.delivered, endings.failed, endings.dead});
        if (!added) {
            return added.error();
        }
    }
    constexpr qint64 noted = 60'000; // ms: for so long the clock is not stored anew
    if (changed && m_clock.now - m_clock.latest > noted) {
        if (auto stored = storeClock(database, m_clock); !stored) {
            return stored;
        }
    }
    if (m_forgettable != 0) {
        const auto added = Tocsin::change(database, OutboxStatement::AddForgettable, {m_forgettable});
        if (!added) {
            return added.error();
        }
    }
    for (const qint64 target : m_failuresChanged) {
        const auto updated = Tocsin::change(database, OutboxStatement::UpdateTargetFailures,
                                            {targets.all().at(target).failures, target});
        if (!updated) {
            return updated.error();
        }
    }
    return {};
}

} // namespace Tocsin
