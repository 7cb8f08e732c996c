// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatcher.h"
#include "outbox.h"
#include "secretstore.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <deque>
#include <unordered_map>

namespace Tocsin {

class SecretCache;
struct SecretSequenceOutcome;

struct DelivererOptions
{
    int concurrency = 64; ///< deliveries under way at once, in all
    std::chrono::milliseconds lease{10'000}; ///< how long the work of a killed process waits; at most 10 s
    std::chrono::milliseconds secretsKept{5'000}; ///< for so long a value that was read is used again
    std::chrono::milliseconds secretRetry{30'000}; ///< between looks at a keychain that did not give a secret
};

/// Sends what the outbox holds: claims deliveries when their turn comes, resolves their secrets, has them invoked the
/// same way as a Test, and records how that ended. Has no more than `concurrency` of them under way; where they end
/// quickly, it claims some more ahead. Several, in several
/// processes, may work on one profile. Make and use it on the thread that uses the outbox and the secret store.
class Deliverer : public QObject
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::Deliverer"};

    Deliverer(Outbox &outbox, SecretStore &secrets, Dispatcher &dispatcher, const DelivererOptions &options = {},
              QObject *parent = nullptr);
    ~Deliverer() override; ///< cancels what is under way; its lease runs out

    void start();
    void pause(); ///< claims nothing more; what is under way ends as it would
    void resume();
    bool isPaused() const { return m_isPaused; }
    /// Claims nothing more, lets what was dispatched end, cancels it after `grace`, gives back what was not sent, and
    /// emits stopped() once.
    void stop(std::chrono::milliseconds grace);
    /// Secrets have changed: the next attempts read them anew.
    void forgetSecrets();
    int underWay() const { return static_cast<int>(m_running.size() - m_ready.size()); }

Q_SIGNALS:
    /// An attempt was made and recorded; `age` is the time since its event was accepted.
    void attempted(const Tocsin::FinishedAttempt &attempt, std::chrono::milliseconds age);
    /// After attempted(), where that was the end of the delivery; `lastReason` says why.
    void died(const Tocsin::Delivery &delivery);
    void underWayChanged(int count);
    /// Something beside the targets keeps deliveries from going out: one sentence. It will be tried again.
    void troubled(const QString &message);
    void stopped();

private:
    enum class Stage { Ready, Secrets, Sending, Recording };
    struct Running
    {
        ClaimedDelivery claimed;
        Stage stage = Stage::Ready;
        QPointer<InvocationJob> job;
        Timeline timeline{};
        QDeadlineTimer judged{}; ///< until then it goes by what was so when it was claimed
        bool isLost = false; ///< its lease ended meanwhile: it may be another process's now
    };

    struct Keys
    {
        std::shared_ptr<const Webhook> webhook; ///< that refers to them
        QStringList keys;
    };

    struct Hold
    {
        qint64 webhookVersion = 0; ///< what is claimed with another one is not held
        QDeadlineTimer until;
    };

    int ahead() const;
    int room() const;
    qsizetype heldBytes() const;
    void claim();
    void claimSoon();
    void claimed(Result<QList<ClaimedDelivery>> result, int wanted);
    void scheduleClaim();
    void claimIn(std::chrono::milliseconds wait);
    void sendReady();
    void resolveSecrets(const QString &id);
    void dispatch(const QString &id, const SecretSequenceOutcome &secrets);
    enum class HoldFault { None, Document };
    void holdBack(const QString &id, const Sentence &message, HoldFault fault = HoldFault::None);
    void heldBack(const QString &id, const Sentence &message, const Result<bool> &isItsReason);
    void invoked(const QString &id, const Invocation &invocation);
    void record(FinishedAttempt attempt);
    void flush();
    void flushSoon();
    void recorded(const QList<FinishedAttempt> &attempts, const Result<RecordedAttempts> &result);
    void giveBack(const QString &id, GivenBack how = GivenBack::Unsent);
    void giveBackReady(const QString &webhookId = {});
    void release(const QStringList &ids, GivenBack how = GivenBack::Unsent);
    void releaseAgain();
    void renew();
    void endGrace();
    void stopWhenIdle();
    QHash<QString, qint64> heldWebhooks();

    Outbox &m_outbox;
    Dispatcher &m_dispatcher;
    DelivererOptions m_options;
    SecretCache *m_secrets;
    QString m_owner;
    std::unordered_map<QString, Running> m_running; ///< by delivery id
    QHash<QString, Keys> m_keys; ///< by webhook id
    QHash<QString, int> m_repeated; ///< by delivery id: the try whose request was lost with a kept connection
    std::deque<QString> m_ready; ///< delivery ids, in the order in which they go out
    QList<FinishedAttempt> m_ended; ///< to be recorded
    QHash<QString, Hold> m_heldBack; ///< by webhook id: for want of a secret it is not claimed
    int m_recording = 0; ///< of those that are running, in Stage::Recording
    int m_lastRecorded = 0; ///< how many ended between the last two commits
    QTimer m_due;
    QTimer m_claimSoon;
    QTimer m_flushSoon;
    QTimer m_renewal;
    QTimer m_recordAgain;
    QStringList m_unreleased; ///< delivery ids that are to be given back, and could not be yet
    QTimer m_releaseAgain;
    QTimer m_grace;
    bool m_isStarted = false;
    bool m_isPaused = false;
    bool m_isStopping = false;
    bool m_isGraceOver = false;
    bool m_isClaiming = false;
    bool m_claimsAgain = false;
    bool m_asksForDue = false;
    bool m_isRecording = false;
    bool m_isSendingReady = false;
    bool m_isReleasing = false;
};

} // namespace Tocsin
