// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "databaseclock.h"
#include "outbox.h"
#include "outboxtargets.h"

#include <map>
#include <set>

namespace Tocsin {

/// One transaction of the outbox's writer, in which several calls may have their part.
class OutboxTransaction
{
public:
    /// Made once the transaction has begun: clocks that were read before could be behind another process's.
    OutboxTransaction(Database &database, OutboxTargets &targets, const OutboxClock &clock);

    Database &database;
    OutboxTargets &targets;
    const qint64 now; ///< milliseconds since 1970
    const qint64 steadyNow;
    const QString boot;

    /// The first thing of a transaction: reads the database's clock, and stores it where it has to be.
    Result<void> startClock();
    qint64 time() const { return m_clock.now; } ///< milliseconds, the database's
    qint64 wallOf(qint64 time) const { return time + m_clock.shift; } ///< the wall's for one of the database's

    QHash<QString, qint64> chains; ///< ids of the certificate chains met so far, by their fingerprints

    bool workArrived = false; ///< there may be more to claim
    bool changed = false; ///< something that a reader may see
    bool attemptsEnded = false;
    bool epochBegan = false; ///< there are deliveries to let die
    bool mutesChanged = false; ///< one is to be applied, or has ended

    /// Counts a delivery that went from one state to another; none: it came, or was deleted.
    void count(qint64 target, std::optional<DeliveryState> from, std::optional<DeliveryState> to);
    enum class Ending { Delivered, Failed, Dead };
    void countEnding(qint64 target, Ending ending);
    /// Counts bytes that may be forgotten for their size from now on (fewer than 0: no more).
    void countForgettable(qint64 bytes) { m_forgettable += bytes; }
    qint64 forgettable() const { return m_forgettable; } ///< what was counted so far
    /// Counts one that died without an attempt; a removed webhook's are not counted: whoever removed it knows.
    void countCondemned(const OutboxTarget &target, const Sentence &reason);
    /// By target and reason.
    using Condemned = std::map<std::pair<qint64, QString>, CondemnedDeliveries>;
    const Condemned &condemned() const { return m_condemned; }
    /// Notes how an attempt went for the webhook's failures in a row.
    void noteAttempt(OutboxTarget &target, bool succeeded);

    /// Writes what was counted. The last thing before the commit.
    Result<void> writeCounts();

private:
    struct Endings
    {
        qint64 delivered = 0;
        qint64 failed = 0;
        qint64 dead = 0;
    };

    const qint64 m_sinceBoot; ///< ms
    DatabaseClock m_clock;
    std::map<std::pair<qint64, DeliveryState>, qint64> m_states;
    std::map<qint64, Endings> m_endings;
    qint64 m_forgettable = 0; ///< bytes
    std::set<qint64> m_failuresChanged;
    Condemned m_condemned;
};

// What the outbox does, on its writer's thread, within a transaction.

Result<EventAcceptance> acceptEvents(OutboxTransaction &transaction, const QList<IntegrationEvent> &events,
                                     const EventTaking &taking);

/// One that Tocsin makes itself: nobody waits for what becomes of it.
Result<void> acceptOwnEvent(OutboxTransaction &transaction, const IntegrationEvent &event);

/// One that is claimed, its event unread: that is for after the commit.
struct ClaimedRow
{
    ClaimedDelivery claimed;
    QByteArray event; ///< JSON
};

/// A large one for which there was no room: no other large one is claimed before it, so that it gets some.
struct WaitingForRoom
{
    qint64 target = 0;
    qint64 delivery = 0;
};

struct ClaimedRows
{
    QList<ClaimedRow> rows;
    std::optional<WaitingForRoom> waiting; ///< the first that was refused for want of room
};

/// `turn` says with which webhook to begin, so that each has its turn; before them comes what the last claim has left
/// `waiting`, unless it cannot go out now for another reason.
Result<ClaimedRows> claimDeliveries(OutboxTransaction &transaction, const ClaimRequest &request, quint64 turn,
                                    const std::optional<WaitingForRoom> &waiting);

/// A claimed delivery whose event cannot be read.
struct DamagedClaim
{
    qint64 id = 0;
    QString owner;
    int attempts = 0; ///< so far
    Sentence fault;
};

/// Reads the events; those that cannot be read are left out, and join `damagedOnes`.
QList<ClaimedDelivery> readClaims(QList<ClaimedRow> rows, const QString &owner, const Database &database,
                                  QList<DamagedClaim> &damagedOnes);
/// Lets the delivery die, so that it keeps no other from going out.
Result<void> condemnDamaged(OutboxTransaction &transaction, const DamagedClaim &claim);
Result<bool> renewLease(OutboxTransaction &transaction, const QString &owner, std::chrono::milliseconds lease);
Result<int> releaseDeliveries(OutboxTransaction &transaction, const QString &owner, const QStringList &ids,
                              GivenBack how);
Result<std::optional<std::chrono::milliseconds>> untilNextDue(OutboxTransaction &transaction);

struct HoldBack
{
    Sentence reason;
    bool isDocumentsFault = false;
};

Result<bool> holdDeliveryBack(OutboxTransaction &transaction, const QString &owner, const QString &deliveryId,
                              qint64 webhookVersion, const HoldBack &hold);

Result<RecordedAttempts> finishAttempts(OutboxTransaction &transaction, const QList<FinishedAttempt> &attempts);

/// One step of something that is too long for one transaction.
struct OutboxStep
{
    int done = 0;
    bool isLast = true;
    qint64 position = 0; ///< where the next step goes on
};

struct IdleDelivery
{
    qint64 id = 0;
    qint64 next = 0; ///< in its lane
    DeliveryState state = DeliveryState::Pending; ///< or waiting
    bool isMuted = false;
};

/// Lets one die, which is still in its lane. `cause` as DeathCause::key.
Result<void> letDie(OutboxTransaction &transaction, const OutboxTarget &target, const IdleDelivery &delivery,
                    const Sentence &reason, const QString &cause);
/// Lets one die that is the first of its lane.
Result<void> condemn(OutboxTransaction &transaction, const OutboxTarget &target, const IdleDelivery &delivery,
                     const Sentence &reason, const QString &cause);
Result<bool> deactivate(OutboxTransaction &transaction, const QString &webhookId, qint64 webhookVersion,
                        const Sentence &reason);
/// Lets deliveries die that a begun epoch has left behind.
Result<OutboxStep> sweepCondemned(OutboxTransaction &transaction);
Result<int> replayDeliveries(OutboxTransaction &transaction, const QStringList &ids);
Result<OutboxStep> replayDead(OutboxTransaction &transaction, const QString &webhookId, qint64 position);
Result<OutboxStep> replayMatching(OutboxTransaction &transaction, const DeliveryFilter &filter, qint64 position);
Result<void> rememberRetention(OutboxTransaction &transaction, const Retention &retention);
Result<std::optional<Retention>> rememberedRetention(OutboxTransaction &transaction);
Result<OutboxStep> pruneFinished(OutboxTransaction &transaction, const Retention &retention);
/// Makes attempts searchable that are not yet.
Result<OutboxStep> indexAttempts(OutboxTransaction &transaction, int maximum);

} // namespace Tocsin
