// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "delivery.h"
#include "eventdoor.h"
#include "httpstatusrange.h"
#include "mute.h"
#include "outboxclock.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace Tocsin {

/// Which deliveries a process would take.
struct ClaimRequest
{
    QString owner{}; ///< names the process, unique for each start of it
    int maximum = 64; ///< deliveries
    std::chrono::milliseconds lease{10'000}; ///< for all that the owner holds, from now
    QHash<QString, qint64> excludedWebhooks{}; ///< id: the version of its document for which nothing is wanted
    bool isAtWork = false; ///< sends what it holds already: where its lease could not be renewed in time, it is now
    qsizetype held = 0; ///< bytes of the large events that it holds already
};

/// A delivery that is the owner's to send, until its lease ends.
struct ClaimedDelivery
{
    Delivery delivery;
    std::shared_ptr<const Webhook> webhook;
    qint64 webhookVersion = 0; ///< of that document, see StoredWebhook::version
    Json event;
    int attempt = 0; ///< the number of the attempt to make, from 1
    int tryNumber = 0; ///< the same, counted anew by each replay: what the retry schedule goes by
    qsizetype held = 0; ///< bytes of its event, as jsonWeight() tells, where it is large; 0: it is not
};

/// Superseded is what only the outbox finds out: it failed, and a newer status makes another attempt pointless.
enum class AttemptOutcome { Delivered, Retry, Dead, Superseded };

/// What its owner knows of a claimed delivery that it gives back: whether the target may have had it.
enum class GivenBack { Unsent, MaybeSent };

/// How an attempt ended.
struct FinishedAttempt
{
    QString deliveryId{};
    QString owner{};
    int attempt = 0; ///< as claimed
    AttemptOutcome outcome = AttemptOutcome::Delivered;
    bool countsAsTry = true; ///< false: it says nothing about the target, and the retry schedule stays where it is
    std::chrono::milliseconds retryIn{0}; ///< for Retry; to be tried again after this
    Sentence deadReason{}; ///< for Dead; empty: the invocation's reason
    Invocation invocation{};
};

/// What became of finished attempts.
struct RecordedAttempts
{
    int count = 0;
    /// Delivery ids: the webhook was changed since these were claimed, so that their failures say nothing about it.
    /// They are tried again at once, whatever their outcome was.
    QSet<QString> outdated{};
    /// Delivery ids: a newer status has made these pointless, so that their failure was the end of them.
    QSet<QString> superseded{};

    bool operator==(const RecordedAttempts &) const = default;
};

/// From `start` to before `end`.
struct TimeRange
{
    QDateTime start;
    QDateTime end;

    bool operator==(const TimeRange &) const = default;
};

struct DeliveryFilter
{
    QList<DeliveryState> states{}; ///< empty: all
    QString webhookId{};
    QString integrationId{};
    QString eventId{}; ///< of the event that caused them: `evt_…`, or its own one
    std::optional<QDateTime> since{}; ///< accepted then or later
    std::optional<QDateTime> until{}; ///< accepted before
    std::optional<TimeRange> ended{}; ///< with an attempt that ended in it, or that died in it
    /// Words that all appear in one attempt's request or response, the last one perhaps not to its end. Beside `ended`,
    /// the attempt that ended then. Only the newest attempts with the words count, Outbox::searchedMatches of them.
    QString text{};
    std::optional<QString> cause{}; ///< DeathCause::key: those that failed of it last
    QList<HttpStatusRange> httpStatuses{}; ///< of the last attempt's answer; empty: any
    std::optional<QDateTime> finishedUntil{}; ///< finished then or earlier
    QString upTo{}; ///< id: that one and older ones only
    QString before{}; ///< id: older ones only (the next page)
    int limit = 100;

    bool operator==(const DeliveryFilter &) const = default;
};

struct DeliveryDetails
{
    Delivery delivery;
    Json event;
    QList<Invocation> attempts; ///< oldest first
};

struct DeliveryCounts
{
    using States = QHash<DeliveryState, qint64>;

    States states;
    QHash<QString, States> webhooks; ///< by id
    std::optional<QDateTime> oldestUnfinished; ///< when it was accepted
    qint64 forgettableBytes = 0; ///< what Retention::maximumBytes bounds
    qint64 databaseBytes = 0; ///< all that is in it

    qint64 unfinished() const;
};

/// Dead deliveries of a webhook that failed of the same.
struct DeathCause
{
    QString webhookId;
    QString webhookName; ///< as it is now, or was last
    QString key; ///< the same for what is alike in the kind of the failure, its HTTP status and the field that mends it
    std::optional<ErrorKind> kind{}; ///< none: no attempt failed of it, or it is not known
    bool befellWebhook = false; ///< it was deactivated or removed
    int httpStatus = 0; ///< of ErrorKind::Http
    QString field{}; ///< of the webhook, as in Problem::field; may be empty
    Sentence reason{}; ///< Delivery::lastReason of the newest one
    QString newestId{}; ///< of the delivery that was accepted last
    qint64 count = 0;
    QDateTime first; ///< when the first and the last one died
    QDateTime last;

    bool operator==(const DeathCause &) const = default;
};

/// How many deliveries a filter finds.
struct MatchingDeliveries
{
    QHash<DeliveryState, qint64> states;
    /// Of these there are more: only the newest were counted, Outbox::countedMatches or searchedMatches of them.
    QSet<DeliveryState> cut{};

    bool operator==(const MatchingDeliveries &) const = default;
};

/// What a replay of all that a filter finds would send again.
struct ReplayForecast
{
    struct Share
    {
        QString webhookId;
        QString webhookName;
        qint64 count = 0;

        bool operator==(const Share &) const = default;
    };

    QList<Share> webhooks; ///< those of which it would send most first
    qint64 count = 0; ///< of all of them
    qint64 ofRemoved = 0; ///< finished, but of webhooks that were removed: they cannot be sent
    qint64 unfinished = 0; ///< found, and left as they are
    DeliveryFilter filter; ///< finds exactly what is counted here, and nothing that finishes later

    bool operator==(const ReplayForecast &) const = default;
};

/// What ended in a span of time.
struct DeliveryOutcomes
{
    QDateTime start;
    qint64 delivered = 0;
    qint64 failed = 0; ///< attempts that are followed by another
    qint64 dead = 0;

    bool operator==(const DeliveryOutcomes &) const = default;
};

/// How the attempts ended in which a text is found: the last one of a delivery that is finished as it did.
struct MatchingOutcomes
{
    QList<DeliveryOutcomes> spans; ///< those in which something ended, oldest first
    bool isAll = true; ///< false: only of the newest attempts, Outbox::searchedMatches of them

    bool operator==(const MatchingOutcomes &) const = default;
};

/// What the outbox knows of one webhook.
struct WebhookActivity
{
    std::optional<Delivery> last; ///< the one accepted last
    QList<DeliveryOutcomes> spans; ///< those in which something ended, oldest first

    bool operator==(const WebhookActivity &) const = default;
};

/// Deliveries that died untried, or with the attempt that was under way, because of what befell their webhook.
struct CondemnedDeliveries
{
    QString webhookId;
    QString webhookName;
    Sentence reason;
    int count = 0;

    bool operator==(const CondemnedDeliveries &) const = default;
};

/// An integration as its last event left it.
struct IntegrationState
{
    QString id;
    QString name;
    QString type;
    std::optional<IntegrationStatus> status; ///< none: no event yet
    std::optional<QDateTime> since; ///< when it turned to that status
    std::optional<QDateTime> lastEventAt;
    Json issues; ///< the last event's `data.issues`
    std::optional<Mute> mute{};

    bool operator==(const IntegrationState &) const = default;
};

/// What is to be forgotten. Whatever is not finished stays.
struct Retention
{
    std::chrono::seconds maximumAge{0}; ///< since it finished; 0: any
    qint64 maximumBytes = 0; ///< of what may be forgotten: delivered, or events that caused nothing; 0: any

    static constexpr Retention usual()
    {
        return {.maximumAge = std::chrono::hours(24 * 30), .maximumBytes = qint64(1024) * 1024 * 1024};
    }
    bool operator==(const Retention &) const = default;
};

/// How given events are taken.
struct EventTaking
{
    bool isForced = false; ///< a status that has not changed is not suppressed
    EventDoor door{}; ///< by which they came in
    bool leavesRefusedOut = false; ///< rather than take none where one is refused

    bool operator==(const EventTaking &) const = default;
};

class ReplayJob;

/// The durable list of deliveries, in a profile's database. One thread writes, another one reads; processes share it
/// safely. Make and use it on one thread; replies come there (see Reply). Calls that wait for the writer are committed
/// together and answered after that. Memory does not grow with what is waiting.
class Outbox : public QObject
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::Outbox"};

    /// After so many failures in a row a webhook is tried by one delivery at a time.
    static constexpr int failuresBeforeProbing = 5;
    /// An event that takes more bytes is large (see jsonWeight()).
    static constexpr qsizetype largeEvent = qsizetype(64) * 1024;
    /// So many bytes of large events an owner holds at the most, or a single one that is larger.
    static constexpr qsizetype mostHeld = qsizetype(8) * 1024 * 1024;
    /// How much of a request and of a response can be searched, in bytes each.
    static constexpr int searchedBytes = 16 * 1024;
    /// How far matches are counted.
    static constexpr int countedMatches = 100'000;
    /// For so long an event is not taken again by its own id.
    static constexpr std::chrono::hours ownIdsKept{24 * 7};
    /// In how many attempts, the newest ones with the words, a text is looked for.
    static constexpr int searchedMatches = 5000;

    explicit Outbox(const QString &folder, QObject *parent = nullptr, OutboxClock clock = OutboxClock::system());
    ~Outbox() override; ///< waits for what was already asked for

    void open(QObject *context, Reply<Result<void>> reply);

    /// Takes all of the events or none; answers once that is on the disk. A status that has not changed is suppressed
    /// unless `force`. Ids of their own are kept, and compared with nothing.
    void accept(const QList<IntegrationEvent> &events, bool force, QObject *context,
                Reply<Result<QList<AcceptedEvent>>> reply);
    /// The same for what comes in by a door: an event whose own id was taken by that door, with the same content
    /// (eventContentDigest()), is not taken again, forced or not, but answered as the first was; with other content it
    /// is refused. That holds for seven days from its acceptance, among events given together, and over processes.
    void accept(const QList<IntegrationEvent> &events, const EventTaking &taking, QObject *context,
                Reply<Result<EventAcceptance>> reply);

    /// Takes deliveries whose turn it is: the first unfinished one of a webhook and an integration, of active webhooks,
    /// as many of each as its concurrency allows to all processes together (one where it keeps failing). Takes back
    /// what owners held whose lease has ended. No two owners get the same one. A large event waits until there is room
    /// for it beside what the owner holds, and no other large one is taken before it; one that cannot be read lets its
    /// delivery die.
    void claim(const ClaimRequest &request, QObject *context, Reply<Result<QList<ClaimedDelivery>>> reply);
    /// False: the owner holds nothing (its lease had ended and was taken back).
    void renew(const QString &owner, std::chrono::milliseconds lease, QObject *context, Reply<Result<bool>> reply);
    /// Gives back what was claimed, with no attempt recorded: the deliveries with these ids, or all that the owner
    /// holds.
    void release(const QString &owner, const QStringList &ids, QObject *context, Reply<Result<int>> reply,
                 GivenBack how = GivenBack::Unsent);
    /// Gives back what cannot be sent for want of something beside its target: no attempt was made, and `reason` is
    /// what is said of it meanwhile. False: the webhook's document is not that version any more, and the reason not
    /// its. `isDocumentsFault`: the document cannot be used before somebody mends it, which its health tells.
    void holdBack(const QString &owner, const QString &deliveryId, qint64 webhookVersion, const Sentence &reason,
                  QObject *context, Reply<Result<bool>> reply, bool isDocumentsFault = false);
    /// What a check has found of a webhook, for its health: what ends soon, and what keeps the document from being
    /// used; where they are empty, neither holds. Nothing where its document is not that version any more.
    void noteCheck(const QString &webhookId, qint64 webhookVersion, const Sentence &ends, const Sentence &fault,
                   QObject *context, Reply<Result<bool>> reply);
    /// Records attempts. One that is no longer its owner's is left out.
    void finish(const QList<FinishedAttempt> &attempts, QObject *context, Reply<Result<RecordedAttempts>> reply);
    /// How long until a delivery can be claimed: 0 now, none: not before something else happens.
    void nextDue(QObject *context, Reply<Result<std::optional<std::chrono::milliseconds>>> reply);

    /// Makes a webhook inactive; its unfinished deliveries die, soon, for `reason`. Does nothing where its document is
    /// not that version any more.
    void deactivateWebhook(const QString &webhookId, qint64 webhookVersion, const Sentence &reason, QObject *context,
                           Reply<Result<void>> reply);
    /// Puts finished deliveries at the end of their order again, many in parts; answers with how many there were. An
    /// id that is unknown is an error, which ends it with that part; an unfinished one is left as it is.
    void replay(const QStringList &ids, QObject *context, Reply<Result<int>> reply);
    void replayAllDead(const QString &webhookId, QObject *context, Reply<Result<int>> reply);
    /// All finished ones that `filter` finds now, its `before` and `limit` aside, those of removed webhooks left out;
    /// a text as countMatching() does. The oldest first, so that those of an integration keep their order, each once,
    /// whatever finishes meanwhile; in steps of some hundred, between which others write. It begins when its maker is
    /// back in the event loop.
    ReplayJob *replayMatching(const DeliveryFilter &filter);
    /// How many that would be: all are counted, so that with a million of them the reader has its time to do.
    void forecastReplay(const DeliveryFilter &filter, QObject *context, Reply<Result<ReplayForecast>> reply);
    /// The dead ones that `filter` finds, as replayMatching() does.
    void replayMatchingDead(const DeliveryFilter &filter, QObject *context, Reply<Result<int>> reply);
    /// Those of a webhook that have died since then because it was removed, or deactivated by a 410; it has to be there
    /// again.
    void replayCondemned(const QString &webhookId, const QDateTime &since, QObject *context, Reply<Result<int>> reply);
    /// Sends a webhook the current status of every integration that its filters match, as a delivery that no settle
    /// time and no mute holds; answers with their ids. Of an inactive or unknown webhook an error.
    void sync(const QString &webhookId, QObject *context, Reply<Result<QStringList>> reply);

    /// From now on nothing goes out to a webhook or about an integration, but what a person asks for: sync(), replays.
    /// Takes the place of another mute of it. False: there is no such webhook or integration.
    void mute(const MuteSubject &subject, const MuteSpan &span, QObject *context, Reply<Result<bool>> reply);
    void unmute(const MuteSubject &subject, QObject *context, Reply<Result<bool>> reply); ///< false: it was not muted
    void mutes(QObject *context, Reply<Result<QList<Mute>>> reply); ///< those that hold

    /// Forgets the oldest finished deliveries; answers with how many. Dead ones are forgotten for their age alone. The
    /// profile remembers by which retention.
    void prune(const Retention &retention, QObject *context, Reply<Result<int>> reply);
    /// The same by the one that it remembers, whichever process gave it; by Retention::usual() where none did.
    void prune(QObject *context, Reply<Result<int>> reply);

    void list(const DeliveryFilter &filter, QObject *context, Reply<Result<QList<Delivery>>> reply); ///< newest first
    /// The ids alone of what a list() would find, as numbers, newest first; a text as countMatching() does.
    void listIds(const DeliveryFilter &filter, QObject *context, Reply<Result<QList<qint64>>> reply);
    void delivery(const QString &idOrMessageId, QObject *context, Reply<Result<std::optional<DeliveryDetails>>> reply);
    void counts(QObject *context, Reply<Result<DeliveryCounts>> reply);
    /// Those that `filter` finds, its `before` and `limit` aside; a text finds what a list() with it has made
    /// searchable.
    void countMatching(const DeliveryFilter &filter, QObject *context, Reply<Result<MatchingDeliveries>> reply);
    /// What the dead ones that `filter` finds died of, those of which most died first; as countMatching() does.
    void deathCauses(const DeliveryFilter &filter, QObject *context, Reply<Result<QList<DeathCause>>> reply);
    /// Spans of `bucket` (whole minutes) from the one that holds `since`; those in which nothing ended are left out.
    /// For one webhook, or for all of them where `webhookId` is empty.
    void timeline(const QDateTime &since, std::chrono::minutes bucket, const QString &webhookId, QObject *context,
                  Reply<Result<QList<DeliveryOutcomes>>> reply);
    /// The same spans for a filter's `since` (which is to be there), `webhookId`, `integrationId` and `text`: of the
    /// attempts with the text, as far as a list() with it has made them searchable. Of one integration without a text
    /// only what finished is counted, not the failed attempts before.
    void matchingTimeline(const DeliveryFilter &filter, std::chrono::minutes bucket, QObject *context,
                          Reply<Result<MatchingOutcomes>> reply);
    /// The same spans for each webhook that was ever fired, by its id, with its last delivery.
    void activity(const QDateTime &since, std::chrono::minutes bucket, QObject *context,
                  Reply<Result<QHash<QString, WebhookActivity>>> reply);
    void integrations(QObject *context, Reply<Result<QList<IntegrationState>>> reply); ///< by name

Q_SIGNALS:
    /// Something changed, by this process or another one.
    void changed();
    /// There may be something to claim.
    void workArrived();
    /// This process has let deliveries die untried: of a deactivated webhook, or whose event cannot be read. Said once
    /// for many of one webhook and reason, perhaps in several parts.
    void condemned(const Tocsin::CondemnedDeliveries &deliveries);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
