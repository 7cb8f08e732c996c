// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "changewatcher.h"
#include "outboxtransaction.h"

#include <QTimer>

#include <deque>
#include <vector>

namespace Tocsin {

/// Lives on the outbox's writer thread. What it is asked for while it is busy is committed together.
class OutboxWriter
{
public:
    template <typename T>
    using Work = std::function<Result<T>(OutboxTransaction &)>;
    template <typename T>
    using Done = std::function<void(Result<T>)>;

    /// Whether a call's answer promises that what it did outlasts a power cut.
    enum class Promise { Durable, Quick };

    /// The functions are called on this thread.
    OutboxWriter(const QString &folder, OutboxClock clock, std::function<void()> changed,
                 std::function<void()> workArrived, std::function<void(const CondemnedDeliveries &)> condemned);
    Q_DISABLE_COPY_MOVE(OutboxWriter)

    Result<void> open();
    /// Does all that is waiting, now.
    void flush();

    /// What is long goes into a commit of its own, after the others that wait.
    enum class Length { Short, Long };

    template <typename T>
    void submit(Promise promise, Work<T> work, Done<T> done, Length length = Length::Short)
    {
        auto value = std::make_shared<std::optional<T>>();
        enqueue({.work = [work = std::move(work), value](OutboxTransaction &transaction) -> Result<void> {
                     auto result = work(transaction);
                     if (!result) {
                         return result.error();
                     }
                     *value = std::move(result).value();
                     return {};
                 },
                 .answer =
                     [done = std::move(done), value](const Result<void> &result) {
                         done(result ? Result<T>(std::move(**value)) : Result<T>(result.error()));
                     },
                 .promise = promise,
                 .length = length});
    }

    using Step = std::function<Result<OutboxStep>(OutboxTransaction &, qint64 position)>;
    /// Does something long in steps, between which others have their turn; answers with how much was done.
    void submitSteps(Step step, Done<int> done, int doneBefore = 0, qint64 position = 0);

    /// Claims in a commit, and reads the events after it.
    void submitClaim(const ClaimRequest &request, Done<QList<ClaimedDelivery>> done);

private:
    struct Job
    {
        std::function<Result<void>(OutboxTransaction &)> work;
        std::function<void(const Result<void> &)> answer;
        Promise promise = Promise::Durable;
        Length length = Length::Short;
    };

    struct Commit
    {
        Result<void> result{};
        bool isOneJobsFault = false; ///< else none of them would fare better alone
    };

    void enqueue(Job job);
    void workSoon();
    void work();
    void workOffShort();
    void workOffLong();
    void finish(const Job *first, const Job *last);
    Commit commit(const Job *first, const Job *last);
    void condemnDamagedClaims();
    void afterCommit(const OutboxTransaction &transaction);
    void followOthers();
    void sweep();
    void settleMutesSoon();
    void makeSearchable();

    Database m_database;
    OutboxClock m_clock;
    std::function<void()> m_changed;
    std::function<void()> m_workArrived;
    std::function<void(const CondemnedDeliveries &)> m_condemned;
    OutboxTargets m_targets;
    Result<void> m_opened;
    std::unique_ptr<ChangeWatcher> m_watcher; // after the database: it goes first
    std::vector<Job> m_jobs;
    std::deque<Job> m_longJobs;
    bool m_worksSoon = false;
    QList<DamagedClaim> m_damaged; ///< claims that are to die
    bool m_isSweeping = false;
    bool m_sweepsAgain = false;
    bool m_isSettlingMutes = false;
    bool m_settlesMutesAgain = false;
    quint64 m_turn = 0; ///< the next claim's
    std::optional<WaitingForRoom> m_waiting; ///< since the last claim
    bool m_isBusy = false; ///< attempts have ended since some were made searchable
    QTimer m_idle;
    CallQueue m_calls;
};

} // namespace Tocsin
