// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxwriter.h"

#include "outboxhealth.h"
#include "outboxrules.h"

#include <algorithm>

namespace Tocsin {

using namespace std::chrono_literals;

namespace {

constexpr qint64 cacheSize = 32 * 1024 * 1024; // bytes
// About ten thousand deliveries: working in more at once would hold up the others longer.
constexpr qint64 logSize = 64 * 1024 * 1024; // bytes
constexpr std::size_t largestBatch = 1000; // calls in one commit
constexpr auto pause = 100ms; // between making some attempts searchable and some more, while there is other work
constexpr int searchableAtOnce = 100; // attempts

} // namespace

OutboxWriter::OutboxWriter(const QString &folder, OutboxClock clock, std::function<void()> changed,
                           std::function<void()> workArrived,
                           std::function<void(const CondemnedDeliveries &)> condemned)
    : m_database(folder)
    , m_clock(std::move(clock))
    , m_changed(std::move(changed))
    , m_workArrived(std::move(workArrived))
    , m_condemned(std::move(condemned))
    , m_opened(Error{
          .message = Outbox::tr("The profile %1 has not been opened.").arg(folder), .where = folder, .position = {}})
{
    m_idle.setSingleShot(true);
    QObject::connect(&m_idle, &QTimer::timeout, &m_idle, [this] { makeSearchable(); });
}

Result<void> OutboxWriter::open()
{
    if (!m_opened) {
        m_opened = m_database.open();
        if (m_opened) {
            m_opened = m_database.setBuffers(cacheSize, logSize);
        }
        if (m_opened) {
            m_watcher = std::make_unique<ChangeWatcher>(m_database, [this] {
                m_changed();
                m_workArrived();
                followOthers();
            });
            m_idle.start(pause); // something may have been left over
            sweep();
            settleMutesSoon();
        }
    }
    return m_opened;
}

void OutboxWriter::enqueue(Job job)
{
    if (job.length == Length::Long) {
        m_longJobs.push_back(std::move(job));
    } else {
        m_jobs.push_back(std::move(job));
    }
    workSoon();
}

void OutboxWriter::workSoon()
{
    if (!std::exchange(m_worksSoon, true)) {
        m_calls.sender()([this] { work(); });
    }
}

/// Only one that is long: then what has come meanwhile has its turn.
void OutboxWriter::work()
{
    m_worksSoon = false;
    workOffShort();
    workOffLong();
    if (!m_longJobs.empty()) {
        workSoon();
    }
}

void OutboxWriter::flush()
{
    workOffShort();
    while (!m_longJobs.empty()) {
        workOffLong();
    }
}

void OutboxWriter::workOffShort()
{
    const auto jobs = std::exchange(m_jobs, {});
    for (std::size_t begin = 0; begin < jobs.size(); begin += largestBatch) {
        const Job *first = jobs.data() + begin;
        finish(first, jobs.data() + std::min(begin + largestBatch, jobs.size()));
    }
}

void OutboxWriter::workOffLong()
{
    if (!m_longJobs.empty()) {
        const Job job = std::move(m_longJobs.front());
        m_longJobs.pop_front();
        finish(&job, &job + 1);
    }
}

/// Where one of them keeps the others from being done, each is tried alone. Where all do, as with a database that
/// another process keeps busy, that would only take as long again for each.
void OutboxWriter::finish(const Job *first, const Job *last)
{
    auto tried = m_opened ? commit(first, last) : Commit{.result = m_opened};
    const bool isEachTried = tried.isOneJobsFault && last - first > 1;
    for (const Job *job = first; job != last; ++job) {
        if (isEachTried && (tried.isOneJobsFault || tried.result)) {
            tried = commit(job, job + 1);
        }
        job->answer(tried.result);
    }
}

OutboxWriter::Commit OutboxWriter::commit(const Job *first, const Job *last)
{
    const bool durable = std::any_of(first, last, [](const Job &job) { return job.promise == Promise::Durable; });
    if (const auto set = m_database.setDurable(durable); !set) {
        return {.result = set};
    }
    bool isOneJobsFault = false;
    std::optional<OutboxTransaction> begun;
    const auto result = m_database.transaction([&]() -> Result<void> {
        auto &transaction = begun.emplace(m_database, m_targets, m_clock);
        if (auto started = transaction.startClock(); !started) {
            return started;
        }
        const auto refreshed = m_targets.refresh(m_database);
        if (!refreshed) {
            return refreshed.error();
        }
        transaction.epochBegan = *refreshed;
        for (const Job *job = first; job != last; ++job) {
            if (const auto done = job->work(transaction); !done) {
                isOneJobsFault = true;
                return done;
            }
        }
        const auto told = tellHealth(transaction);
        return told ? transaction.writeCounts() : told;
    });
    if (result) {
        afterCommit(*begun);
    } else {
        m_targets.distrust();
    }
    return {.result = result, .isOneJobsFault = isOneJobsFault};
}

void OutboxWriter::afterCommit(const OutboxTransaction &transaction)
{
    if (transaction.attemptsEnded) {
        m_isBusy = true;
        if (!m_idle.isActive()) {
            m_idle.start(pause);
        }
    }
    if (transaction.epochBegan) {
        sweep();
    }
    if (transaction.mutesChanged) {
        settleMutesSoon();
    }
    if (transaction.changed) {
        m_changed();
    }
    if (transaction.workArrived) {
        m_workArrived();
    }
    for (const auto &[why, deliveries] : transaction.condemned()) {
        m_condemned(deliveries);
    }
}

void OutboxWriter::submitClaim(const ClaimRequest &request, Done<QList<ClaimedDelivery>> done)
{
    submit<ClaimedRows>(
        Promise::Quick,
        [this, request, turn = m_turn++](OutboxTransaction &transaction) {
            return claimDeliveries(transaction, request, turn, m_waiting);
        },
        [this, owner = request.owner, done = std::move(done)](Result<ClaimedRows> claimed) {
            if (!claimed) {
                done(claimed.error());
                return;
            }
            m_waiting = claimed->waiting;
            done(readClaims(std::move(claimed).value().rows, owner, m_database, m_damaged));
            if (!m_damaged.isEmpty()) {
                condemnDamagedClaims(); // those that it failed for before, too
            }
        });
}

void OutboxWriter::condemnDamagedClaims()
{
    const auto claims = std::exchange(m_damaged, {});
    submit<bool>(
        Promise::Quick,
        [claims](OutboxTransaction &transaction) -> Result<bool> {
            for (const auto &claim : claims) {
                if (const auto died = condemnDamaged(transaction, claim); !died) {
                    return died.error();
                }
            }
            return true;
        },
        [this, claims](const Result<bool> &died) {
            if (!died) {
                m_damaged += claims;
            }
        });
}

void OutboxWriter::submitSteps(Step step, Done<int> done, int doneBefore, qint64 position)
{
    submit<OutboxStep>(
        Promise::Durable, [step, position](OutboxTransaction &transaction) { return step(transaction, position); },
        [this, step, done = std::move(done), doneBefore](const Result<OutboxStep> &result) {
            if (!result) {
                done(result.error());
            } else if (result->isLast) {
                done(doneBefore + result->done);
            } else {
                submitSteps(step, done, doneBefore + result->done, result->position);
            }
        });
}

/// Another process has written, and may have removed a webhook: each transaction begins with a look at that.
void OutboxWriter::followOthers()
{
    submit<bool>(
        Promise::Quick, [](OutboxTransaction &) { return Result<bool>(true); }, [](const Result<bool> &) {});
}

void OutboxWriter::sweep()
{
    if (std::exchange(m_isSweeping, true)) {
        m_sweepsAgain = true; // what is swept now may not have seen this yet
        return;
    }
    m_sweepsAgain = false;
    submitSteps([](OutboxTransaction &transaction, qint64) { return sweepCondemned(transaction); },
                [this](const Result<int> &) {
                    m_isSweeping = false;
                    if (m_sweepsAgain) {
                        sweep();
                    }
                });
}

void OutboxWriter::settleMutesSoon()
{
    if (std::exchange(m_isSettlingMutes, true)) {
        m_settlesMutesAgain = true;
        return;
    }
    m_settlesMutesAgain = false;
    submitSteps([](OutboxTransaction &transaction, qint64) { return settleMutes(transaction); },
                [this](const Result<int> &) {
                    m_isSettlingMutes = false;
                    if (m_settlesMutesAgain) {
                        settleMutesSoon();
                    }
                });
}

void OutboxWriter::makeSearchable()
{
    submit<OutboxStep>(
        Promise::Quick, [](OutboxTransaction &transaction) { return indexAttempts(transaction, searchableAtOnce); },
        [this](const Result<OutboxStep> &step) {
            if (step && !step->isLast) {
                m_idle.start(std::exchange(m_isBusy, false) || !m_jobs.empty() ? pause : 0ms);
            }
        });
}

} // namespace Tocsin
