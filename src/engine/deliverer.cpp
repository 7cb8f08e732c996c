// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deliverer.h"

#include "attemptoutcome.h"
#include "missingsecret.h"
#include "secretcache.h"
#include "secretlifting.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>
#include <numeric>
#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto longestSleep = 5s; // the system's clock may be set meanwhile
constexpr auto shortestSleep = 20ms;
constexpr auto crowdedSleep = 250ms; // an event that is due may wait for another large one, whose end is heard of
constexpr auto troublePause = 1s;
// For so long what is little waits for more: a commit costs as much as several deliveries.
constexpr auto gathering = 3ms; // where it keeps others from going out
constexpr auto longGathering = 10ms; // where there are others to send
constexpr int fewEnded = 16; // attempts, as above
constexpr int fewEndedLong = 96;
constexpr int fewShare = 4; // of the concurrency: room that is less is little
constexpr int mostAhead = 3; // commits
constexpr auto judgedFor = 250ms; // so long what was claimed may wait for its turn, and still go by what was so then

} // namespace

Deliverer::Deliverer(Outbox &outbox, SecretStore &secrets, Dispatcher &dispatcher, const DelivererOptions &options,
                     QObject *parent)
    : QObject(parent)
    , m_outbox(outbox)
    , m_dispatcher(dispatcher)
    , m_options(options)
    , m_secrets(new SecretCache(secrets, options.secretsKept, this))
    , m_owner(QString::number(QRandomGenerator::system()->generate64(), 36)) // short: it is written with each claim
{
    m_due.setSingleShot(true);
    m_recordAgain.setSingleShot(true);
    m_releaseAgain.setSingleShot(true);
    m_grace.setSingleShot(true);
    for (auto *timer : {&m_claimSoon, &m_flushSoon}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        timer->setInterval(gathering);
    }
    connect(&m_claimSoon, &QTimer::timeout, this, &Deliverer::claim);
    connect(&m_flushSoon, &QTimer::timeout, this, &Deliverer::flush);
    connect(&m_due, &QTimer::timeout, this, &Deliverer::claim);
    connect(&m_renewal, &QTimer::timeout, this, &Deliverer::renew);
    connect(&m_recordAgain, &QTimer::timeout, this, &Deliverer::flush);
    connect(&m_releaseAgain, &QTimer::timeout, this, &Deliverer::releaseAgain);
    connect(&m_grace, &QTimer::timeout, this, &Deliverer::endGrace);
    connect(&m_outbox, &Outbox::workArrived, this, &Deliverer::claimSoon);
}

Deliverer::~Deliverer()
{
    for (auto &[id, running] : m_running) {
        if (running.job) {
            running.job->disconnect(this);
            running.job->cancel();
        }
    }
}

void Deliverer::start()
{
    m_isStarted = true;
    m_renewal.start(m_options.lease / 3);
    claim();
}

void Deliverer::pause()
{
    m_isPaused = true;
    m_due.stop();
    giveBackReady();
}

void Deliverer::resume()
{
    m_isPaused = false;
    claim();
}

void Deliverer::forgetSecrets()
{
    m_secrets->forget();
    m_heldBack.clear();
    claim();
}

/// As many as ended between two commits are wanted before the next: more, where a commit takes long.
int Deliverer::ahead() const
{
    return std::min(m_lastRecorded, m_options.concurrency) * mostAhead;
}

/// What is being recorded is not on its way any more, and keeps nothing from being claimed: but not without end.
int Deliverer::room() const
{
    const int most = m_options.concurrency + ahead();
    const int held = static_cast<int>(m_running.size());
    return std::min(most - (held - m_recording), 2 * most - held);
}

/// Of large events: they are let go of with their attempts.
qsizetype Deliverer::heldBytes() const
{
    return std::accumulate(m_running.begin(), m_running.end(), qsizetype(0),
                           [](qsizetype sum, const auto &one) { return sum + one.second.claimed.held; });
}

void Deliverer::claimSoon()
{
    if (room() >= (m_options.concurrency + ahead() + fewShare - 1) / fewShare) {
        claim();
    } else if (!m_claimSoon.isActive()) {
        m_claimSoon.start();
    }
}

void Deliverer::claim()
{
    if (m_isClaiming) {
        m_claimsAgain = true;
        return;
    }
    const int room = this->room();
    if (!m_isStarted || m_isPaused || m_isStopping || room <= 0) {
        return;
    }
    m_due.stop();
    m_claimSoon.stop();
    m_isClaiming = true;
    m_claimsAgain = false;
    m_outbox.claim({.owner = m_owner,
                    .maximum = room,
                    .lease = m_options.lease,
                    .excludedWebhooks = heldWebhooks(),
                    .isAtWork = !m_running.empty(),
                    .held = heldBytes()},
                   this, [this, room](Result<QList<ClaimedDelivery>> result) { claimed(std::move(result), room); });
}

void Deliverer::claimed(Result<QList<ClaimedDelivery>> result, int wanted)
{
    m_isClaiming = false;
    if (!result) {
        Q_EMIT troubled(result.error().message);
        claimIn(troublePause);
        stopWhenIdle();
        return;
    }
    const auto count = result->size();
    QStringList unwanted; // or there already: lost with a lease, and not cancelled yet
    for (ClaimedDelivery &one : result.value()) {
        const QString id = one.delivery.id;
        if (m_isStopping || m_isPaused || m_running.contains(id)) {
            unwanted.append(id);
        } else {
            m_running.emplace(id,
                              Running{.claimed = std::move(one),
                                      .stage = Stage::Ready,
                                      .job = {},
                                      .judged = QDeadlineTimer(judgedFor),
                                      .isLost = false});
            m_ready.push_back(id);
        }
    }
    release(unwanted);
    sendReady();
    if (m_isStopping) {
        stopWhenIdle();
    } else if (m_claimsAgain) {
        claimSoon();
    } else if (count < wanted) {
        scheduleClaim();
    }
}

void Deliverer::scheduleClaim()
{
    if (m_asksForDue) {
        return;
    }
    m_asksForDue = true;
    m_outbox.nextDue(this, [this](const Result<std::optional<milliseconds>> &due) {
        m_asksForDue = false;
        // What is held back here counts as due there.
        const milliseconds shortest = !heldWebhooks().isEmpty() ? milliseconds(troublePause)
            : heldBytes() > 0                                   ? milliseconds(crowdedSleep)
                                                                : milliseconds(shortestSleep);
        claimIn(due ? std::max(shortest, due->value_or(longestSleep)) : troublePause);
    });
}

void Deliverer::claimIn(milliseconds wait)
{
    if (!m_isPaused && !m_isStopping && !m_isClaiming) {
        m_due.start(std::min<milliseconds>(wait, longestSleep));
    }
}

void Deliverer::sendReady()
{
    if (std::exchange(m_isSendingReady, true)) {
        return; // the one that is at it goes on
    }
    const int before = underWay();
    while (!m_ready.empty() && underWay() - m_recording < m_options.concurrency) {
        const QString id = m_ready.front();
        if (m_running.at(id).judged.hasExpired()) { // a mute, a newer status, another document may have come
            giveBackReady();
            claimSoon();
            break;
        }
        m_ready.pop_front();
        resolveSecrets(id);
    }
    m_isSendingReady = false;
    if (underWay() != before) {
        Q_EMIT underWayChanged(underWay());
    }
}

void Deliverer::resolveSecrets(const QString &id)
{
    Running &running = m_running.at(id);
    running.stage = Stage::Secrets;
    running.timeline = Timeline();
    auto &known = m_keys[running.claimed.delivery.webhookId];
    if (known.webhook != running.claimed.webhook) {
        known = {.webhook = running.claimed.webhook, .keys = referencedKeys(*running.claimed.webhook)};
    }
    const QStringList keys = known.keys;
    if (keys.isEmpty()) {
        dispatch(id, {});
        return;
    }
    running.timeline.enter(InvocationPhase::Secrets);
    m_secrets->resolve(running.claimed.delivery.webhookId, running.claimed.webhookVersion, keys, this,
                       [this, id](const SecretSequenceOutcome &outcome) { dispatch(id, outcome); });
}

void Deliverer::dispatch(const QString &id, const SecretSequenceOutcome &secrets)
{
    const auto found = m_running.find(id);
    if (found == m_running.end() || found->second.stage != Stage::Secrets) {
        return;
    }
    if (m_isStopping || found->second.isLost) {
        giveBack(id);
        return;
    }
    if (secrets.error) {
        holdBack(id, secrets.error->message);
        return;
    }
    if (!secrets.missing.isEmpty()) {
        const QString key = secrets.missing.constFirst();
        holdBack(id, Sentence::joined({missingSecretMessage(key), missingSecretHint(key)}, Sentence(u" "_s)),
                 HoldFault::Document);
        return;
    }
    Running &running = found->second;
    running.stage = Stage::Sending;
    running.job = m_dispatcher.invoke({.webhook = *running.claimed.webhook,
                                       .event = std::move(running.claimed.event),
                                       .secrets = secrets.values,
                                       .messageId = running.claimed.delivery.messageId,
                                       .secretHeaders = {},
                                       .timeline = running.timeline,
                                       .wantsFreshConnection = m_repeated.value(id) == running.claimed.tryNumber,
                                       .attempt = running.claimed.tryNumber,
                                       .isDelivery = true,
                                       .tellsPhases = false});
    connect(running.job, &InvocationJob::finished, this,
            [this, id](const Invocation &invocation) { invoked(id, invocation); });
}

/// No failure of the target, so no attempt; where the document was changed meanwhile, the one that is there now says
/// which secrets are needed.
void Deliverer::holdBack(const QString &id, const Sentence &message, HoldFault fault)
{
    Running &running = m_running.at(id);
    running.stage = Stage::Recording;
    ++m_recording;
    m_outbox.holdBack(
        m_owner, id, running.claimed.webhookVersion, message, this,
        [this, id, message](const Result<bool> &isItsReason) { heldBack(id, message, isItsReason); },
        fault == HoldFault::Document);
}

void Deliverer::heldBack(const QString &id, const Sentence &message, const Result<bool> &isItsReason)
{
    const auto found = m_running.find(id);
    const ClaimedDelivery claimed = std::move(found->second.claimed);
    const bool isLost = found->second.isLost;
    m_running.erase(found);
    --m_recording;
    const QString webhookId = claimed.delivery.webhookId;
    if (!isItsReason && !isLost) {
        Q_EMIT troubled(isItsReason.error().message);
        m_unreleased += id;
        m_releaseAgain.start(troublePause);
    } else if (isItsReason && *isItsReason) {
        const auto held = heldWebhooks();
        if (!held.contains(webhookId) || held.value(webhookId) != claimed.webhookVersion) {
            m_heldBack.insert(
                webhookId, {.webhookVersion = claimed.webhookVersion, .until = QDeadlineTimer(m_options.secretRetry)});
            Q_EMIT troubled(tr("The webhook \"%1\" waits: %2").arg(claimed.webhook->name, message.text()));
            giveBackReady(webhookId);
        }
    }
    Q_EMIT underWayChanged(underWay());
    sendReady();
    claimSoon();
    stopWhenIdle();
}

void Deliverer::invoked(const QString &id, const Invocation &invocation)
{
    const Running &running = m_running.at(id);
    if (running.isLost || (invocation.error && invocation.error->kind == ErrorKind::Cancelled)) {
        giveBack(id, invocation.sent > 0 ? GivenBack::MaybeSent : GivenBack::Unsent);
        return;
    }
    if (isRefusal(invocation) || isSecretsFault(invocation)) {
        m_secrets->forget(); // one of them may have been changed
    }
    if (isSecretsFault(invocation)) {
        holdBack(id, invocation.error->message, HoldFault::Document);
        return;
    }
    auto attempt = attemptOutcome(m_owner, running.claimed, invocation);
    const int tryNumber = running.claimed.tryNumber;
    if (isLostWithKeptConnection(invocation) && m_repeated.value(id) != tryNumber) {
        m_repeated.insert(id, tryNumber);
        attempt.outcome = AttemptOutcome::Retry;
        attempt.countsAsTry = false;
        attempt.retryIn = {};
        attempt.deadReason = {};
    } else {
        m_repeated.remove(id);
    }
    if (isGone(invocation)) {
        giveBackReady(running.claimed.delivery.webhookId);
        m_outbox.deactivateWebhook(running.claimed.delivery.webhookId, running.claimed.webhookVersion,
                                   attempt.deadReason, this, [this](const Result<void> &done) {
                                       if (!done) {
                                           Q_EMIT troubled(done.error().message);
                                       }
                                   });
    }
    record(std::move(attempt));
}

void Deliverer::record(FinishedAttempt attempt)
{
    m_running.at(attempt.deliveryId).stage = Stage::Recording;
    ++m_recording;
    m_ended.append(std::move(attempt));
    sendReady();
    flushSoon();
}

void Deliverer::flushSoon()
{
    if (m_ended.size() >= (m_ready.empty() ? fewEnded : fewEndedLong)) {
        flush();
    } else if (!m_flushSoon.isActive()) {
        m_flushSoon.start(m_ready.empty() ? gathering : longGathering);
    }
}

void Deliverer::flush()
{
    if (m_isRecording || m_ended.isEmpty()) {
        return;
    }
    m_flushSoon.stop();
    m_isRecording = true;
    const auto attempts = std::exchange(m_ended, {});
    m_outbox.finish(attempts, this,
                    [this, attempts](const Result<RecordedAttempts> &result) { recorded(attempts, result); });
    claimSoon(); // in the same commit
}

void Deliverer::recorded(const QList<FinishedAttempt> &attempts, const Result<RecordedAttempts> &result)
{
    m_isRecording = false;
    m_lastRecorded = static_cast<int>(attempts.size());
    if (!result) {
        Q_EMIT troubled(result.error().message);
        if (!m_isGraceOver) {
            m_ended = attempts + m_ended;
            m_recordAgain.start(troublePause);
            return;
        }
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (FinishedAttempt attempt : attempts) {
        const auto found = m_running.find(attempt.deliveryId);
        Delivery delivery = std::move(found->second.claimed.delivery);
        m_running.erase(found);
        --m_recording;
        if (!result) {
            continue;
        }
        if (result->outdated.contains(attempt.deliveryId)) {
            attempt.outcome = AttemptOutcome::Retry;
        }
        if (result->superseded.contains(attempt.deliveryId)) {
            attempt.outcome = AttemptOutcome::Superseded;
        }
        Q_EMIT attempted(attempt, milliseconds(delivery.createdAt.msecsTo(now)));
        if (attempt.outcome == AttemptOutcome::Dead) {
            delivery.lastReason = attempt.deadReason.isEmpty() ? attempt.invocation.reason : attempt.deadReason;
            Q_EMIT died(delivery);
        }
    }
    Q_EMIT underWayChanged(underWay());
    if (!m_ended.isEmpty()) {
        flushSoon();
    }
    claimSoon();
    stopWhenIdle();
}

void Deliverer::giveBack(const QString &id, GivenBack how)
{
    if (!m_running.at(id).isLost) {
        release({id}, how);
    }
    m_running.erase(id);
    Q_EMIT underWayChanged(underWay());
    sendReady();
    claim();
    stopWhenIdle();
}

/// What is ready of one webhook; without one, of all.
void Deliverer::giveBackReady(const QString &webhookId)
{
    QStringList ids;
    std::erase_if(m_ready, [&](const QString &id) {
        const auto found = m_running.find(id);
        if (!webhookId.isEmpty() && found->second.claimed.delivery.webhookId != webhookId) {
            return false;
        }
        if (!found->second.isLost) {
            ids.append(id);
        }
        m_running.erase(found);
        return true;
    });
    release(ids);
}

void Deliverer::release(const QStringList &ids, GivenBack how)
{
    if (ids.isEmpty()) { // without ids, all would be
        return;
    }
    const auto reply = [this, ids](const Result<int> &released) {
        if (!released) {
            Q_EMIT troubled(released.error().message);
            m_unreleased += ids;
            m_releaseAgain.start(troublePause);
        }
    };
    m_outbox.release(m_owner, ids, this, reply, how);
}

/// But for what was claimed again since: its lease had ended.
void Deliverer::releaseAgain()
{
    auto ids = std::exchange(m_unreleased, {});
    ids.removeIf([this](const QString &id) { return m_running.contains(id); });
    release(ids, GivenBack::MaybeSent);
}

void Deliverer::renew()
{
    if (m_running.empty()) {
        return;
    }
    QStringList held;
    for (const auto &[id, running] : m_running) {
        held.append(id);
    }
    m_outbox.renew(m_owner, m_options.lease, this, [this, held](const Result<bool> &renewed) {
        if (!renewed) {
            Q_EMIT troubled(renewed.error().message);
            return;
        }
        if (*renewed) {
            return;
        }
        for (const QString &id : held) { // another process may be sending these by now
            const auto found = m_running.find(id);
            if (found != m_running.end() && found->second.stage != Stage::Recording) {
                found->second.isLost = true;
                if (found->second.job) {
                    found->second.job->cancel();
                }
            }
        }
    });
}

void Deliverer::stop(milliseconds grace)
{
    if (std::exchange(m_isStopping, true)) {
        return;
    }
    m_due.stop();
    m_grace.start(grace);
    giveBackReady();
    QStringList unsent;
    for (const auto &[id, running] : m_running) {
        if (running.stage == Stage::Secrets) {
            unsent.append(id);
        }
    }
    for (const QString &id : std::as_const(unsent)) {
        giveBack(id);
    }
    stopWhenIdle();
}

void Deliverer::endGrace()
{
    m_isGraceOver = true;
    QList<QPointer<InvocationJob>> jobs;
    for (const auto &[id, running] : m_running) {
        jobs.append(running.job);
    }
    for (const auto &job : std::as_const(jobs)) {
        if (job) {
            job->cancel();
        }
    }
    flush();
}

void Deliverer::stopWhenIdle()
{
    if (!m_isStopping || m_isClaiming || !m_running.empty() || std::exchange(m_isReleasing, true)) {
        return;
    }
    m_grace.stop();
    m_renewal.stop();
    m_outbox.release(
        m_owner, {}, this, [this](const Result<int> &) { Q_EMIT stopped(); }, GivenBack::MaybeSent);
}

QHash<QString, qint64> Deliverer::heldWebhooks()
{
    m_heldBack.removeIf([](const auto &item) { return item.value().until.hasExpired(); });
    QHash<QString, qint64> held;
    for (auto item = m_heldBack.cbegin(); item != m_heldBack.cend(); ++item) {
        held.insert(item.key(), item.value().webhookVersion);
    }
    return held;
}

} // namespace Tocsin

#include "moc_deliverer.cpp"
