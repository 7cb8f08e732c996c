// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonweight.h"
#include "outboxcauses.h"
#include "outboxqueries.h"
#include "outboxrate.h"
#include "outboxrules.h"
#include "outboxtransaction.h"
#include "sentencejson.h"

#include <algorithm>
#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

/// A lease that ends further ahead than it is long comes from a clock that began anew.
bool hasEnded(const OutboxTransaction &transaction, const QString &boot, qint64 expiresAt, qint64 length)
{
    return boot != transaction.boot || expiresAt <= transaction.steadyNow || expiresAt > transaction.steadyNow + length;
}

Result<int> releaseHeld(OutboxTransaction &transaction, const QString &owner, const QSet<qint64> &only, GivenBack how)
{
    struct Held
    {
        qint64 id;
        qint64 target;
        qint64 epoch;
        qint64 lane;
        qint64 claimedAt; ///< ms, the database's time
    };
    QList<Held> held;
    const auto read = forEach(transaction.database, OutboxStatement::SelectHeld, {owner}, [&](const Rows &rows) {
        const qint64 id = rows.value(0).toLongLong();
        if (only.isEmpty() || only.contains(id)) {
            held.append({.id = id,
                         .target = rows.value(1).toLongLong(),
                         .epoch = rows.value(2).toLongLong(),
                         .lane = rows.value(3).toLongLong(),
                         .claimedAt = rows.value(4).toLongLong()});
        }
    });
    if (!read) {
        return read.error();
    }
    for (const auto &[id, target, epoch, lane, claimedAt] : std::as_const(held)) {
        const auto released = change(transaction.database, OutboxStatement::ReleaseDelivery, {id, owner});
        if (!released) {
            return released.error();
        }
        const auto noted = how == GivenBack::MaybeSent ? doubtDelivered(transaction, lane)
                                                       : uncountAttempt(transaction.database, target, claimedAt);
        if (!noted) {
            return noted.error();
        }
        transaction.count(target, DeliveryState::Sending, DeliveryState::Pending);
        transaction.workArrived = true;
        // where its epoch is over it is to die, and could not while it was being sent
        const auto found = transaction.targets.all().find(target);
        transaction.epochBegan =
            transaction.epochBegan || (found != transaction.targets.all().end() && epoch != found->second.epoch);
    }
    return static_cast<int>(held.size());
}

Result<void> writeLease(OutboxTransaction &transaction, const QString &owner, milliseconds lease)
{
    const auto written =
        change(transaction.database, OutboxStatement::UpsertLease,
               {owner, transaction.boot, transaction.steadyNow + qint64(lease.count()), qint64(lease.count())});
    return written ? Result<void>() : written.error();
}

Result<void> takeBackExpired(OutboxTransaction &transaction, const ClaimRequest &request)
{
    QStringList expired;
    const auto read = forEach(transaction.database, OutboxStatement::SelectLeases, {}, [&](const Rows &rows) {
        if (hasEnded(transaction, rows.value(1).toString(), rows.value(2).toLongLong(), rows.value(3).toLongLong())) {
            expired.append(rows.value(0).toString());
        }
    });
    if (!read) {
        return read;
    }
    for (const auto &owner : expired) {
        if (request.isAtWork && owner == request.owner) {
            if (auto written = writeLease(transaction, owner, request.lease); !written) {
                return written;
            }
            continue;
        }
        const auto released = releaseHeld(transaction, owner, {}, GivenBack::MaybeSent);
        if (!released) {
            return released.error();
        }
        const auto deleted = change(transaction.database, OutboxStatement::DeleteLease, {owner});
        if (!deleted) {
            return deleted.error();
        }
    }
    return {};
}

/// What was scheduled while the clock was ahead waits as long as it was meant to, from now.
Result<void> mendSchedule(OutboxTransaction &transaction)
{
    const auto mended = change(transaction.database, OutboxStatement::MendSchedule,
                               {transaction.time(), transaction.time(), transaction.time()});
    return mended ? Result<void>() : mended.error();
}

/// How many deliveries a target may get beside those that are on their way.
Result<std::map<qint64, int>> roomOfTargets(OutboxTransaction &transaction)
{
    std::map<qint64, int> room;
    for (const auto &[id, target] : transaction.targets.all()) {
        if (target.isActive()) {
            room[id] = target.failures >= Outbox::failuresBeforeProbing ? 1 : target.webhook->concurrency;
        }
    }
    const auto read = forEach(transaction.database, OutboxStatement::SelectSending, {}, [&room](const Rows &rows) {
        const auto found = room.find(rows.value(0).toLongLong());
        if (found != room.end()) {
            found->second -= rows.value(1).toInt();
        }
    });
    return read ? Result<std::map<qint64, int>>(room) : read.error();
}

struct Candidate
{
    qint64 dueAt = 0;
    IdleDelivery row;
    ClaimedDelivery claimed;
    QByteArray event; ///< empty: it is long, and has not been looked at
    qsizetype eventSize = 0; ///< bytes
    qint64 lane = 0;
};

Candidate readCandidate(const Rows &rows, const OutboxTarget &target)
{
    Candidate candidate;
    auto &delivery = candidate.claimed.delivery;
    delivery = readDelivery(rows);
    delivery.webhookId = target.webhookId;
    delivery.webhookName = target.name;
    candidate.row = {.id = rows.value(0).toLongLong(),
                     .next = rows.value(deliveryColumnCount + 2).toLongLong(),
                     .state = delivery.state};
    candidate.dueAt = rows.value(5).toLongLong();
    candidate.claimed.webhook = target.webhook;
    candidate.claimed.webhookVersion = target.version;
    candidate.claimed.attempt = delivery.attempts + 1;
    candidate.claimed.tryNumber = rows.value(deliveryColumnCount).toInt() + 1;
    candidate.event = rows.value(deliveryColumnCount + 1).toByteArray();
    candidate.eventSize = rows.value(deliveryColumnCount + 3).toLongLong();
    candidate.lane = rows.value(deliveryColumnCount + 4).toLongLong();
    return candidate;
}

/// The target's first deliveries, those that became due first before the others.
Result<std::vector<Candidate>> candidatesOf(OutboxTransaction &transaction, const OutboxTarget &target, int maximum)
{
    std::vector<Candidate> candidates;
    const auto take = [&](const Rows &rows) {
        candidates.push_back(readCandidate(rows, target));
    };
    // What is pending needs no look at the clock: it is due whatever that says.
    auto read = forEach(transaction.database, OutboxStatement::SelectPending,
                        {target.id, target.epoch, transaction.time(), maximum}, take);
    if (read) {
        read = forEach(transaction.database, OutboxStatement::SelectDue,
                       {target.id, transaction.time(), target.epoch, transaction.time(), maximum}, take);
    }
    if (!read) {
        return read.error();
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate &left, const Candidate &right) { return left.dueAt < right.dueAt; });
    candidates.resize(std::min(candidates.size(), static_cast<std::size_t>(maximum)));
    return candidates;
}

/// Whether there is room for the candidate's event, which is then there to be read. What is large has none while
/// another waits for it.
Result<bool> makeRoomFor(OutboxTransaction &transaction, Candidate &candidate, qsizetype *held, bool isAnotherWaiting)
{
    const auto fits = [held, isAnotherWaiting](qsizetype size) {
        return !isAnotherWaiting && (*held == 0 || size <= Outbox::mostHeld - *held);
    };
    if (candidate.event.isEmpty()) {
        if (!fits(candidate.eventSize)) {
            return false;
        }
        const auto read = forEach(transaction.database, OutboxStatement::SelectEventDocument, {candidate.row.id},
                                  [&candidate](const Rows &rows) { candidate.event = rows.value(0).toByteArray(); });
        if (!read) {
            return read.error();
        }
    }
    const auto weight = jsonWeight(candidate.event);
    if (weight <= Outbox::largeEvent) {
        return true;
    }
    if (!fits(weight)) {
        return false;
    }
    candidate.claimed.held = weight;
    *held += weight;
    return true;
}

Result<ClaimedRow> claimOne(OutboxTransaction &transaction, const OutboxTarget &target, const QString &owner,
                            Candidate candidate)
{
    auto &claimed = candidate.claimed;
    const auto marked = change(transaction.database, OutboxStatement::ClaimDelivery,
                               {owner, claimed.webhookVersion, transaction.time(), candidate.row.id});
    if (!marked) {
        return marked.error();
    }
    transaction.count(target.id, candidate.row.state, DeliveryState::Sending);
    claimed.delivery.state = DeliveryState::Sending;
    claimed.delivery.nextAttemptAt.reset();
    claimed.delivery.heldBy.reset();
    return ClaimedRow{.claimed = std::move(claimed), .event = std::move(candidate.event)};
}

/// Another process may have set them, and ended before all was applied.
void noticeUnsettledMutes(OutboxTransaction &transaction)
{
    transaction.mutesChanged =
        transaction.mutesChanged || !transaction.targets.mutes().areSettled(transaction.now, transaction.time());
}

/// What one request takes.
class Claiming
{
public:
    static constexpr qint64 anyDelivery = 0; ///< the ids begin at 1

    Claiming(OutboxTransaction &transaction, const ClaimRequest &request)
        : m_transaction(transaction)
        , m_request(request)
        , m_held(request.held)
    {
    }

    /// What may go out to the target, at most `free` of it, which then says how many more; or only one delivery.
    Result<void> takeFrom(const OutboxTarget &target, int &free, qint64 only)
    {
        int maximum = std::min(free, m_request.maximum - static_cast<int>(m_claimed.rows.size()));
        const auto excluded = m_request.excludedWebhooks.constFind(target.webhookId);
        if (maximum <= 0 || (excluded != m_request.excludedWebhooks.constEnd() && *excluded == target.version)) {
            return {};
        }
        auto candidates = candidatesOf(m_transaction, target, maximum);
        if (!candidates) {
            return candidates.error();
        }
        const auto rate = target.webhook->ratePerMinute;
        if (rate && !candidates->empty()) {
            const auto budget = rateBudget(m_transaction.database, target.id, *rate, m_transaction.time());
            if (!budget) {
                return budget.error();
            }
            maximum = std::min(maximum, budget->left);
        }
        const int before = free;
        auto taken = takeSome(target, candidates.value(), free, only, maximum);
        if (taken && rate && free < before) {
            taken = countAttempts(m_transaction.database, target.id, before - free, m_transaction.time());
        }
        return taken;
    }

    ClaimedRows takeResult() { return std::move(m_claimed); }

private:
    Result<void> takeSome(const OutboxTarget &target, std::vector<Candidate> &candidates, int &free, qint64 only,
                          int maximum)
    {
        const int least = free - maximum;
        for (auto &candidate : candidates) {
            if (only != anyDelivery && candidate.row.id != only) {
                continue;
            }
            const auto fate = fateOf(target, candidate);
            if (!fate) {
                return fate.error();
            }
            if (*fate == TurnFate::Passes) {
                m_transaction.workArrived = true; // the next in its lane may have its turn
                continue;
            }
            if (free <= least) {
                continue; // others may still pass
            }
            const auto hasRoom = makeRoomFor(m_transaction, candidate, &m_held, m_claimed.waiting.has_value());
            if (!hasRoom) {
                return hasRoom.error();
            }
            if (!*hasRoom) {
                m_claimed.waiting = m_claimed.waiting.value_or(WaitingForRoom{target.id, candidate.row.id});
                continue;
            }
            auto one = claimOne(m_transaction, target, m_request.owner, std::move(candidate));
            if (!one) {
                return one.error();
            }
            m_claimed.rows.append(std::move(one).value());
            --free;
        }
        return {};
    }

    Result<TurnFate> fateOf(const OutboxTarget &target, const Candidate &candidate)
    {
        const auto &delivery = candidate.claimed.delivery;
        const bool isRuled =
            target.webhook->keep == KeptEvents::Newest || delivery.heldBy || !m_transaction.targets.mutes().isEmpty();
        return isRuled ? turnFate(m_transaction, target,
                                  {.id = candidate.row.id,
                                   .lane = candidate.lane,
                                   .event = eventRow(delivery.eventId).id,
                                   .integrationId = delivery.integrationId,
                                   .status = delivery.status})
                       : Result<TurnFate>(TurnFate::Goes);
    }

    OutboxTransaction &m_transaction;
    const ClaimRequest &m_request;
    qsizetype m_held; ///< bytes
    ClaimedRows m_claimed;
};

} // namespace

Result<ClaimedRows> claimDeliveries(OutboxTransaction &transaction, const ClaimRequest &request, quint64 turn,
                                    const std::optional<WaitingForRoom> &waiting)
{
    if (const auto takenBack = takeBackExpired(transaction, request); !takenBack) {
        return takenBack.error();
    }
    if (const auto mended = mendSchedule(transaction); !mended) {
        return mended.error();
    }
    if (const auto expired = expireOld(transaction); !expired) {
        return expired.error();
    }
    noticeUnsettledMutes(transaction);
    const auto room = roomOfTargets(transaction);
    if (!room) {
        return room.error();
    }
    QList<std::pair<qint64, int>> order(room->begin(), room->end());
    if (!order.isEmpty()) {
        std::rotate(order.begin(), order.begin() + static_cast<qsizetype>(turn % quint64(order.size())), order.end());
    }
    Claiming claiming(transaction, request);
    for (const bool isForWaiting : {true, false}) {
        for (auto &[id, free] : order) {
            if (isForWaiting && (!waiting || waiting->target != id)) {
                continue;
            }
            const qint64 only = isForWaiting ? waiting->delivery : Claiming::anyDelivery;
            if (const auto taken = claiming.takeFrom(transaction.targets.all().at(id), free, only); !taken) {
                return taken.error();
            }
        }
    }
    auto claimed = claiming.takeResult();
    if (!claimed.rows.isEmpty()) {
        if (const auto written = writeLease(transaction, request.owner, request.lease); !written) {
            return written.error();
        }
    }
    return claimed;
}

QList<ClaimedDelivery> readClaims(QList<ClaimedRow> rows, const QString &owner, const Database &database,
                                  QList<DamagedClaim> &damagedOnes)
{
    QList<ClaimedDelivery> claimed;
    for (auto &row : rows) {
        auto event = parseJson(std::exchange(row.event, {}));
        const auto &delivery = row.claimed.delivery;
        if (!event) {
            damagedOnes.append({.id = deliveryNumber(delivery.id),
                                .owner = owner,
                                .attempts = delivery.attempts,
                                .fault = damaged(database, delivery.eventId, event.error()).toKeep()});
            continue;
        }
        row.claimed.event = std::move(event).value();
        claimed.append(std::move(row.claimed));
    }
    return claimed;
}

Result<void> condemnDamaged(OutboxTransaction &transaction, const DamagedClaim &claim)
{
    std::optional<qint64> targetId;
    IdleDelivery delivery{.id = claim.id, .next = 0, .state = DeliveryState::Sending};
    const auto read = forEach(transaction.database, OutboxStatement::SelectClaimed,
                              {claim.id, claim.owner, claim.attempts}, [&](const Rows &rows) {
                                  targetId = rows.value(0).toLongLong();
                                  delivery.next = rows.value(1).toLongLong();
                              });
    if (!read || !targetId) { // another process has taken it over, and found the same
        return read;
    }
    return condemn(transaction, transaction.targets.all().at(*targetId), delivery, claim.fault, causeOfEvent());
}

Result<bool> renewLease(OutboxTransaction &transaction, const QString &owner, milliseconds lease)
{
    bool holds = false;
    const auto read = forEach(transaction.database, OutboxStatement::SelectLeases, {}, [&](const Rows &rows) {
        holds = holds || (rows.value(0).toString() == owner && rows.value(1).toString() == transaction.boot);
    });
    if (!read) {
        return read.error();
    }
    if (holds) {
        if (const auto written = writeLease(transaction, owner, lease); !written) {
            return written.error();
        }
    }
    return holds;
}

Result<int> releaseDeliveries(OutboxTransaction &transaction, const QString &owner, const QStringList &ids,
                              GivenBack how)
{
    QSet<qint64> only;
    for (const auto &id : ids) {
        only.insert(deliveryNumber(id));
    }
    auto released = releaseHeld(transaction, owner, only, how);
    if (released && only.isEmpty()) {
        const auto deleted = change(transaction.database, OutboxStatement::DeleteLease, {owner});
        if (!deleted) {
            return deleted.error();
        }
    }
    return released;
}

Result<bool> holdDeliveryBack(OutboxTransaction &transaction, const QString &owner, const QString &deliveryId,
                              qint64 webhookVersion, const HoldBack &hold)
{
    const qint64 id = deliveryNumber(deliveryId);
    std::optional<qint64> targetId;
    const auto read = forEach(transaction.database, OutboxStatement::SelectHeld, {owner}, [&](const Rows &rows) {
        if (rows.value(0).toLongLong() == id) {
            targetId = rows.value(1).toLongLong();
        }
    });
    if (!read) {
        return read.error();
    }
    if (!targetId) {
        return false;
    }
    auto &target = transaction.targets.all().at(*targetId);
    const bool isItsReason = target.webhook && target.version == webhookVersion;
    if (isItsReason) {
        const auto told =
            change(transaction.database, OutboxStatement::TellWhyHeld, {sentenceToColumn(hold.reason), id, owner});
        const auto noted = told && hold.isDocumentsFault
            ? addHealthReason(transaction, target, HealthReason::Document, hold.reason)
            : Result<void>();
        if (!told || !noted) {
            return told ? noted.error() : told.error();
        }
    }
    const auto released = releaseHeld(transaction, owner, {id}, GivenBack::Unsent);
    return released ? Result<bool>(isItsReason) : released.error();
}

Result<std::optional<milliseconds>> untilNextDue(OutboxTransaction &transaction)
{
    if (const auto mended = mendSchedule(transaction); !mended) {
        return mended.error();
    }
    std::optional<milliseconds> next;
    const auto consider = [&next](qint64 wait) {
        const milliseconds candidate(std::max<qint64>(wait, 0));
        next = next ? std::min(*next, candidate) : candidate;
    };
    const auto leases = forEach(transaction.database, OutboxStatement::SelectLeases, {}, [&](const Rows &rows) {
        const qint64 expiresAt = rows.value(2).toLongLong();
        const bool ended = hasEnded(transaction, rows.value(1).toString(), expiresAt, rows.value(3).toLongLong());
        consider(ended ? 0 : expiresAt - transaction.steadyNow);
    });
    if (!leases) {
        return leases.error();
    }
    noticeUnsettledMutes(transaction);
    if (const auto end = transaction.targets.mutes().untilNextEnd(transaction.now, transaction.time());
        end && *end > 0) {
        consider(*end);
    }
    const auto expiry = selectNumber(transaction.database, OutboxStatement::SelectNextExpiry, {});
    const auto room = roomOfTargets(transaction);
    if (!room || !expiry) {
        return room ? expiry.error() : room.error();
    }
    if (*expiry) {
        consider(**expiry - transaction.time());
    }
    for (const auto &[id, free] : *room) {
        const auto &target = transaction.targets.all().at(id);
        if (free <= 0) {
            continue;
        }
        const auto pending = selectNumber(transaction.database, OutboxStatement::SelectPending,
                                          {id, target.epoch, transaction.time(), 1});
        const auto dueAt = selectNumber(transaction.database, OutboxStatement::SelectNextDue, {id});
        if (!pending || !dueAt) {
            return pending ? dueAt.error() : pending.error();
        }
        if (!*pending && dueAt->value_or(notByItself) >= notByItself) {
            continue; // not before a mute ends
        }
        qint64 wait = *pending ? 0 : **dueAt - transaction.time();
        if (wait <= 0 && target.webhook->ratePerMinute) {
            const auto budget =
                rateBudget(transaction.database, id, *target.webhook->ratePerMinute, transaction.time());
            if (!budget) {
                return budget.error();
            }
            wait = budget->left > 0 ? wait : budget->nextAt - transaction.time();
        }
        consider(wait);
    }
    return next;
}

} // namespace Tocsin
