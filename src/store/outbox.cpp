// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox.h"

#include "outboxcauses.h"
#include "outboxholds.h"
#include "outboxmutes.h"
#include "outboxreading.h"
#include "outboxsync.h"
#include "outboxwriter.h"
#include "replayjob.h"
#include "workerthread.h"

namespace Tocsin {

using std::chrono::milliseconds;
using Promise = OutboxWriter::Promise;

namespace {

/// What lives on the reader's thread.
struct OutboxReader
{
    OutboxReader(const QString &folder, OutboxClock usedClock)
        : database(folder)
        , clock(std::move(usedClock))
        , opened(Error{.message = Outbox::tr("The profile %1 has not been opened.").arg(folder),
                       .where = folder,
                       .position = {}})
    {
    }

    Database database;
    OutboxClock clock;
    Result<void> opened;
};

constexpr int searchableBeforeSearch = 2000; // attempts that a search waits for
constexpr qsizetype manyEvents = 500; // more take long to accept
constexpr qsizetype replayedAtOnce = 500; // deliveries in one commit

} // namespace

struct Outbox::Private
{
    Private(Outbox *outbox, const QString &folder, const OutboxClock &clock)
        : q(outbox)
        , writer(QStringLiteral("tocsin-outbox"),
                 [this, folder, clock, back = signalCalls.sender()] {
                     return std::make_unique<OutboxWriter>(
                         folder, clock, [this, back] { back([this] { Q_EMIT q->changed(); }); },
                         [this, back] { back([this] { Q_EMIT q->workArrived(); }); },
                         [this, back](const CondemnedDeliveries &deliveries) {
                             back([this, deliveries] { Q_EMIT q->condemned(deliveries); });
                         });
                 })
        , reader(QStringLiteral("tocsin-outbox-reader"),
                 [folder, clock] { return std::make_unique<OutboxReader>(folder, clock); })
    {
    }

    /// Has work done in a transaction of the writer's.
    template <typename T>
    void write(Promise promise, QObject *context, Reply<Result<T>> reply, OutboxWriter::Work<T> work,
               OutboxWriter::Length length = OutboxWriter::Length::Short)
    {
        writer.ask<Result<T>>(
            context, std::move(reply),
            [promise, work = std::move(work), length](OutboxWriter &worker, OutboxWriter::Done<T> done) {
                worker.submit<T>(promise, work, std::move(done), length);
            });
    }

    void writeSteps(QObject *context, Reply<Result<int>> reply, OutboxWriter::Step step)
    {
        writer.ask<Result<int>>(context, std::move(reply),
                                [step = std::move(step)](OutboxWriter &worker, OutboxWriter::Done<int> done) {
                                    worker.submitSteps(step, std::move(done));
                                });
    }

    /// The same for what has to know what time it is.
    template <typename T>
    void readNow(QObject *context, Reply<Result<T>> reply,
                 std::function<Result<T>(Database &, const OutboxClock &)> work)
    {
        reader.ask<Result<T>>(
            context, std::move(reply),
            [work = std::move(work)](OutboxReader &worker, const std::function<void(Result<T>)> &done) {
                done(worker.opened ? work(worker.database, worker.clock) : Result<T>(worker.opened.error()));
            });
    }

    template <typename T>
    void read(QObject *context, Reply<Result<T>> reply, std::function<Result<T>(Database &)> work)
    {
        reader.ask<Result<T>>(
            context, std::move(reply),
            [work = std::move(work)](OutboxReader &worker, const std::function<void(Result<T>)> &done) {
                done(worker.opened ? work(worker.database) : Result<T>(worker.opened.error()));
            });
    }

    Outbox *q;
    CallQueue signalCalls;
    WorkerThread<OutboxWriter> writer;
    WorkerThread<OutboxReader> reader;
};

Outbox::Outbox(const QString &folder, QObject *parent, OutboxClock clock)
    : QObject(parent)
    , d(std::make_unique<Private>(this, folder, clock))
{
}

Outbox::~Outbox()
{
    d->writer.finish([](OutboxWriter &writer) { writer.flush(); });
}

void Outbox::open(QObject *context, Reply<Result<void>> reply)
{
    d->writer.ask<Result<void>>(
        this,
        [this, reply = guarded(context, std::move(reply))](const Result<void> &opened) {
            if (!opened) {
                reply(opened);
                return;
            }
            d->reader.ask<Result<void>>(this, reply,
                                        [](OutboxReader &reader, const std::function<void(Result<void>)> &done) {
                                            if (!reader.opened) {
                                                reader.opened = reader.database.open();
                                            }
                                            done(reader.opened);
                                        });
        },
        [](OutboxWriter &writer, const std::function<void(Result<void>)> &done) { done(writer.open()); });
}

void Outbox::accept(const QList<IntegrationEvent> &events, bool force, QObject *context,
                    Reply<Result<QList<AcceptedEvent>>> reply)
{
    accept(events, EventTaking{.isForced = force}, this,
           [reply = guarded(context, std::move(reply))](const Result<EventAcceptance> &acceptance) {
               reply(acceptance ? Result<QList<AcceptedEvent>>(acceptance->accepted) : acceptance.error());
           });
}

void Outbox::accept(const QList<IntegrationEvent> &events, const EventTaking &taking, QObject *context,
                    Reply<Result<EventAcceptance>> reply)
{
    const auto length = events.size() > manyEvents ? OutboxWriter::Length::Long : OutboxWriter::Length::Short;
    d->write<EventAcceptance>(
        Promise::Durable, context, std::move(reply),
        [events, taking](OutboxTransaction &transaction) { return acceptEvents(transaction, events, taking); }, length);
}

void Outbox::claim(const ClaimRequest &request, QObject *context, Reply<Result<QList<ClaimedDelivery>>> reply)
{
    d->writer.ask<Result<QList<ClaimedDelivery>>>(
        context, std::move(reply), [request](OutboxWriter &worker, OutboxWriter::Done<QList<ClaimedDelivery>> done) {
            worker.submitClaim(request, std::move(done));
        });
}

void Outbox::renew(const QString &owner, milliseconds lease, QObject *context, Reply<Result<bool>> reply)
{
    d->write<bool>(Promise::Quick, context, std::move(reply),
                   [owner, lease](OutboxTransaction &transaction) { return renewLease(transaction, owner, lease); });
}

void Outbox::release(const QString &owner, const QStringList &ids, QObject *context, Reply<Result<int>> reply,
                     GivenBack how)
{
    d->write<int>(Promise::Quick, context, std::move(reply), [owner, ids, how](OutboxTransaction &transaction) {
        return releaseDeliveries(transaction, owner, ids, how);
    });
}

void Outbox::holdBack(const QString &owner, const QString &deliveryId, qint64 webhookVersion, const Sentence &reason,
                      QObject *context, Reply<Result<bool>> reply, bool isDocumentsFault)
{
    d->write<bool>(Promise::Quick, context, std::move(reply),
                   [owner, deliveryId, webhookVersion, reason, isDocumentsFault](OutboxTransaction &transaction) {
                       return holdDeliveryBack(transaction, owner, deliveryId, webhookVersion,
                                               {.reason = reason, .isDocumentsFault = isDocumentsFault});
                   });
}

void Outbox::noteCheck(const QString &webhookId, qint64 webhookVersion, const Sentence &ends, const Sentence &fault,
                       QObject *context, Reply<Result<bool>> reply)
{
    d->write<bool>(Promise::Quick, context, std::move(reply),
                   [webhookId, webhookVersion, ends, fault](OutboxTransaction &transaction) {
                       return noteCheckedHealth(transaction, webhookId, webhookVersion, ends, fault);
                   });
}

void Outbox::finish(const QList<FinishedAttempt> &attempts, QObject *context, Reply<Result<RecordedAttempts>> reply)
{
    d->write<RecordedAttempts>(Promise::Quick, context, std::move(reply), [attempts](OutboxTransaction &transaction) {
        return finishAttempts(transaction, attempts);
    });
}

void Outbox::nextDue(QObject *context, Reply<Result<std::optional<milliseconds>>> reply)
{
    d->write<std::optional<milliseconds>>(Promise::Quick, context, std::move(reply), untilNextDue);
}

void Outbox::deactivateWebhook(const QString &webhookId, qint64 webhookVersion, const Sentence &reason,
                               QObject *context, Reply<Result<void>> reply)
{
    d->write<bool>(
        Promise::Durable, this,
        [reply = guarded(context, std::move(reply))](const Result<bool> &result) {
            reply(result ? Result<void>() : Result<void>(result.error()));
        },
        [webhookId, webhookVersion, reason](OutboxTransaction &transaction) {
            return deactivate(transaction, webhookId, webhookVersion, reason);
        });
}

void Outbox::replay(const QStringList &ids, QObject *context, Reply<Result<int>> reply)
{
    if (ids.size() <= replayedAtOnce) {
        d->write<int>(Promise::Durable, context, std::move(reply),
                      [ids](OutboxTransaction &transaction) { return replayDeliveries(transaction, ids); });
        return;
    }
    d->writeSteps(context, std::move(reply), [ids](OutboxTransaction &transaction, qint64 position) {
        const auto some = ids.mid(position, replayedAtOnce);
        const auto replayed = replayDeliveries(transaction, some);
        const qint64 next = position + some.size();
        return replayed ? Result<OutboxStep>({.done = *replayed, .isLast = next >= ids.size(), .position = next})
                        : replayed.error();
    });
}

void Outbox::replayAllDead(const QString &webhookId, QObject *context, Reply<Result<int>> reply)
{
    d->writeSteps(context, std::move(reply), [webhookId](OutboxTransaction &transaction, qint64 position) {
        return replayDead(transaction, webhookId, position);
    });
}

ReplayJob *Outbox::replayMatching(const DeliveryFilter &filter)
{
    auto *job = new ReplayJob(this);
    const auto begin = [this, job](const Result<DeliveryFilter> &bound) {
        if (!bound) {
            job->end(bound.error());
            return;
        }
        job->begin([this, job, filter = *bound](qint64 position, Reply<Result<ReplayJob::Step>> reply) {
            d->write<ReplayJob::Step>(
                Promise::Durable, job, std::move(reply),
                [filter, position](OutboxTransaction &transaction) -> Result<ReplayJob::Step> {
                    const auto step = Tocsin::replayMatching(transaction, filter, position);
                    return step ? Result<ReplayJob::Step>(
                               {.done = step->done, .isLast = step->isLast, .position = step->position})
                                : step.error();
                },
                OutboxWriter::Length::Long);
        });
    };
    d->read<DeliveryFilter>(job, begin, [filter](Database &database) { return boundReplay(database, filter); });
    return job;
}

void Outbox::forecastReplay(const DeliveryFilter &filter, QObject *context, Reply<Result<ReplayForecast>> reply)
{
    d->read<ReplayForecast>(context, std::move(reply),
                            [filter](Database &database) { return selectReplayForecast(database, filter); });
}

void Outbox::replayMatchingDead(const DeliveryFilter &filter, QObject *context, Reply<Result<int>> reply)
{
    auto dead = filter;
    dead.states = {DeliveryState::Dead};
    connect(replayMatching(dead), &ReplayJob::finished, context,
            [reply = std::move(reply)](const ReplayOutcome &outcome) {
                reply(outcome.fault ? Result<int>(*outcome.fault) : Result<int>(static_cast<int>(outcome.replayed)));
            });
}

void Outbox::replayCondemned(const QString &webhookId, const QDateTime &since, QObject *context,
                             Reply<Result<int>> reply)
{
    const TimeRange sinceThen{since, QDateTime::currentDateTimeUtc().addDays(1)};
    replayMatchingDead({.webhookId = webhookId, .ended = sinceThen, .cause = causeOfWebhook()}, context,
                       std::move(reply));
}

void Outbox::sync(const QString &webhookId, QObject *context, Reply<Result<QStringList>> reply)
{
    d->write<QStringList>(
        Promise::Durable, context, std::move(reply),
        [webhookId](OutboxTransaction &transaction) { return syncWebhook(transaction, webhookId); },
        OutboxWriter::Length::Long);
}

void Outbox::mute(const MuteSubject &subject, const MuteSpan &span, QObject *context, Reply<Result<bool>> reply)
{
    d->write<bool>(Promise::Durable, context, std::move(reply),
                   [subject, span](OutboxTransaction &transaction) { return setMute(transaction, subject, span); });
}

void Outbox::unmute(const MuteSubject &subject, QObject *context, Reply<Result<bool>> reply)
{
    d->write<bool>(Promise::Durable, context, std::move(reply),
                   [subject](OutboxTransaction &transaction) { return endMute(transaction, subject); });
}

void Outbox::mutes(QObject *context, Reply<Result<QList<Mute>>> reply)
{
    d->readNow<QList<Mute>>(context, std::move(reply), holdingMutes);
}

void Outbox::prune(const Retention &retention, QObject *context, Reply<Result<int>> reply)
{
    d->writeSteps(context, std::move(reply), [retention](OutboxTransaction &transaction, qint64) -> Result<OutboxStep> {
        const auto remembered = rememberRetention(transaction, retention);
        return remembered ? pruneFinished(transaction, retention) : remembered.error();
    });
}

void Outbox::prune(QObject *context, Reply<Result<int>> reply)
{
    d->writeSteps(context, std::move(reply), [](OutboxTransaction &transaction, qint64) -> Result<OutboxStep> {
        const auto remembered = rememberedRetention(transaction);
        return remembered ? pruneFinished(transaction, remembered->value_or(Retention::usual())) : remembered.error();
    });
}

void Outbox::list(const DeliveryFilter &filter, QObject *context, Reply<Result<QList<Delivery>>> reply)
{
    const auto read = [this, filter](QObject *readContext, Reply<Result<QList<Delivery>>> readReply) {
        d->readNow<QList<Delivery>>(
            readContext, std::move(readReply),
            [filter](Database &database, const OutboxClock &clock) { return listDeliveries(database, filter, clock); });
    };
    if (filter.text.isEmpty()) {
        read(context, std::move(reply));
        return;
    }
    d->write<OutboxStep>(
        Promise::Quick, this,
        [this, read, reply = guarded(context, std::move(reply))](const Result<OutboxStep> &indexed) {
            if (indexed) {
                read(this, reply);
            } else {
                reply(indexed.error());
            }
        },
        [](OutboxTransaction &transaction) { return indexAttempts(transaction, searchableBeforeSearch); });
}

void Outbox::listIds(const DeliveryFilter &filter, QObject *context, Reply<Result<QList<qint64>>> reply)
{
    d->read<QList<qint64>>(context, std::move(reply),
                           [filter](Database &database) { return listDeliveryIds(database, filter); });
}

void Outbox::delivery(const QString &idOrMessageId, QObject *context,
                      Reply<Result<std::optional<DeliveryDetails>>> reply)
{
    d->readNow<std::optional<DeliveryDetails>>(context, std::move(reply),
                                               [idOrMessageId](Database &database, const OutboxClock &clock) {
                                                   return selectDelivery(database, idOrMessageId, clock);
                                               });
}

void Outbox::counts(QObject *context, Reply<Result<DeliveryCounts>> reply)
{
    d->read<DeliveryCounts>(context, std::move(reply), countDeliveries);
}

void Outbox::countMatching(const DeliveryFilter &filter, QObject *context, Reply<Result<MatchingDeliveries>> reply)
{
    d->read<MatchingDeliveries>(context, std::move(reply),
                                [filter](Database &database) { return countMatchingDeliveries(database, filter); });
}

void Outbox::deathCauses(const DeliveryFilter &filter, QObject *context, Reply<Result<QList<DeathCause>>> reply)
{
    d->read<QList<DeathCause>>(context, std::move(reply),
                               [filter](Database &database) { return selectDeathCauses(database, filter); });
}

void Outbox::timeline(const QDateTime &since, std::chrono::minutes bucket, const QString &webhookId, QObject *context,
                      Reply<Result<QList<DeliveryOutcomes>>> reply)
{
    d->read<QList<DeliveryOutcomes>>(context, std::move(reply), [since, bucket, webhookId](Database &database) {
        return selectTimeline(database, since, bucket, webhookId);
    });
}

void Outbox::matchingTimeline(const DeliveryFilter &filter, std::chrono::minutes bucket, QObject *context,
                              Reply<Result<MatchingOutcomes>> reply)
{
    d->read<MatchingOutcomes>(context, std::move(reply), [filter, bucket](Database &database) {
        return selectMatchingTimeline(database, filter, bucket);
    });
}

void Outbox::activity(const QDateTime &since, std::chrono::minutes bucket, QObject *context,
                      Reply<Result<QHash<QString, WebhookActivity>>> reply)
{
    d->readNow<QHash<QString, WebhookActivity>>(context, std::move(reply),
                                                [since, bucket](Database &database, const OutboxClock &clock) {
                                                    return selectActivity(database, since, bucket, clock);
                                                });
}

void Outbox::integrations(QObject *context, Reply<Result<QList<IntegrationState>>> reply)
{
    d->readNow<QList<IntegrationState>>(context, std::move(reply), selectIntegrationStates);
}

} // namespace Tocsin

#include "moc_outbox.cpp"
