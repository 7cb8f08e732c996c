// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest.h"

#include "channel.h"
#include "httpdaemon.h"
#include "ingestconnections.h"
#include "ingestreader.h"
#include "ingestrequest.h"
#include "workerthread.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QTimer>

#include <microhttpd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(log, "tocsin.ingest", QtInfoMsg)

constexpr std::size_t connectionMemory = 32 * 1024; // bytes: what the lines before a body may take
constexpr unsigned serverThreads = 2;
constexpr auto closingPatience = 2s;
constexpr auto deadlinesLookedAt = 500ms; // how often

/// Whether two texts are the same, in a time that does not tell where they differ, nor how long they are.
bool isSameSecret(const QByteArray &left, const QByteArray &right)
{
    const auto one = QCryptographicHash::hash(left, QCryptographicHash::Sha256);
    const auto other = QCryptographicHash::hash(right, QCryptographicHash::Sha256);
    unsigned difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i) {
        difference |= static_cast<unsigned>(one[i] ^ other[i]);
    }
    return difference == 0;
}

} // namespace

struct Ingest::Private
{
    using Ticket = IngestReader::Ticket;
    using Reader = WorkerThread<IngestReader>;

    struct Suspended
    {
        MHD_Connection *connection = nullptr;
        IngestRequest *request = nullptr;
    };

    explicit Private(Ingest *ingest, Outbox &deliveries)
        : q(ingest)
        , outbox(deliveries)
        , toOwner(queue.sender())
    {
    }

    void startReader();

    // On the server's threads.
    static MHD_Result isWelcome(void *owner, const sockaddr *, socklen_t);
    static void noteConnection(void *owner, MHD_Connection *connection, void **, MHD_ConnectionNotificationCode code);
    static void *beginRequest(void *owner, const char *, MHD_Connection *);
    static void endRequest(void *owner, MHD_Connection *connection, void **context, MHD_RequestTerminationCode);
    static MHD_Result handle(void *owner, MHD_Connection *connection, const char *target, const char *method,
                             const char *version, const char *upload, std::size_t *uploadSize, void **context);
    std::optional<IngestAnswer> refusal(MHD_Connection *connection, const RequestLine &line, IngestRequest &request);
    std::optional<IngestAnswer> authorize(MHD_Connection *connection, IngestRequest &request, bool mayWait);
    void take(MHD_Connection *connection, IngestRequest &request, QByteArrayView upload);
    std::optional<IngestAnswer> finish(MHD_Connection *connection, IngestRequest &request);
    std::optional<IngestAnswer> handOver(MHD_Connection *connection, IngestRequest &request,
                                         const std::function<void()> &give);

    // On the owner's thread.
    void checkToken(Ticket ticket, const QByteArray &presented);
    void tokenRead(const SecretOutcome &outcome);
    void store(Ticket ticket, const QList<IntegrationEvent> &events, IngestReader::Weight weight);
    void report(Ticket ticket, IngestRequest::Route route);

    // On any thread.
    std::optional<bool> isForced(Ticket ticket);
    void answer(Ticket ticket, const std::optional<IngestAnswer> &answer);

    Ingest *q;
    Outbox &outbox;
    CallQueue queue;
    CallQueue::Sender toOwner;
    IngestOptions options;
    std::function<QByteArray(const DeliveryCounts &)> metrics;
    MHD_Daemon *daemon = nullptr;
    QUrl url;
    SecretStore *secrets = nullptr; ///< the token's
    QString tokenKey;
    std::vector<std::pair<Ticket, QByteArray>> unchecked; ///< with their tokens, wait for the one to be read
    IngestBody::Bound bodies{.mostOfOne = maximumBody, .mostOfAll = maximumBodies};
    IngestConnections connections;
    QTimer deadlines; ///< while it listens
    std::atomic<bool> isReaderStopped = false;
    std::shared_ptr<Reader> reader; ///< while it listens
    std::mutex mutex; ///< of all below
    std::condition_variable ended;
    bool isClosing = false;
    int underWay = 0; ///< requests
    Ticket lastTicket = 0;
    QHash<Ticket, Suspended> suspended; ///< whose turn is another thread's
    QByteArray token;
    QDeadlineTimer tokenIsGood; ///< for one that fits
    QDeadlineTimer tokenIsNew; ///< for one that does not
};

void Ingest::Private::startReader()
{
    isReaderStopped = false;
    const IngestReader::Callbacks callbacks{
        .refuse = [this](Ticket ticket, const IngestAnswer &refusal) { answer(ticket, refusal); },
        .store =
            [this](Ticket ticket, const QList<IntegrationEvent> &events, IngestReader::Weight weight) {
                toOwner([this, ticket, events, weight] { store(ticket, events, weight); });
            }};
    reader = std::make_shared<Reader>(QStringLiteral("tocsin-ingest"), [this, callbacks] {
        return std::make_unique<IngestReader>(callbacks, isReaderStopped);
    });
}

/// While it closes, who connects is sent away here: MHD_quiesce_daemon() would end the process, where a worker of
/// its own takes the listening socket out of the epoll set first (libmicrohttpd 0.9.75, daemon.c, worker pools).
MHD_Result Ingest::Private::isWelcome(void *owner, const sockaddr *, socklen_t)
{
    auto *d = static_cast<Private *>(owner);
    const std::lock_guard lock(d->mutex);
    return d->isClosing ? MHD_NO : MHD_YES;
}

void Ingest::Private::noteConnection(void *owner, MHD_Connection *connection, void **,
                                     MHD_ConnectionNotificationCode code)
{
    auto &connections = static_cast<Private *>(owner)->connections;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        connections.begin(connection);
    } else {
        connections.forget(connection);
    }
}

void *Ingest::Private::beginRequest(void *owner, const char *, MHD_Connection *)
{
    auto *d = static_cast<Private *>(owner);
    const std::lock_guard lock(d->mutex);
    ++d->underWay;
    return new IngestRequest(++d->lastTicket, d->bodies);
}

void Ingest::Private::endRequest(void *owner, MHD_Connection *connection, void **context, MHD_RequestTerminationCode)
{
    auto *d = static_cast<Private *>(owner);
    d->connections.expect(connection);
    std::unique_ptr<IngestRequest> request(static_cast<IngestRequest *>(std::exchange(*context, nullptr)));
    if (request) {
        request.reset();
        const std::lock_guard lock(d->mutex);
        --d->underWay;
        d->ended.notify_all();
    }
}

MHD_Result Ingest::Private::handle(void *owner, MHD_Connection *connection, const char *target, const char *method,
                                   const char *version, const char *upload, std::size_t *uploadSize, void **context)
{
    auto *d = static_cast<Private *>(owner);
    auto &request = *static_cast<IngestRequest *>(*context);
    if (!std::exchange(request.begun, true)) {
        request.time.start();
        d->connections.meet(connection);
        const auto refused = d->refusal(connection, {.method = method, .target = target, .version = version}, request);
        if (!refused) {
            return MHD_YES; // the request may be in other hands by now
        }
        request.answer = refused;
        return isAnsweredAtOnce(connection, *refused) ? sendAnswer(connection, *refused) : MHD_YES;
    }
    if (*uploadSize == 0 && request.received == 0 && hasBody(connection) && std::exchange(request.waited, false)) {
        // The first call once more: the server repeats it when a connection goes on.
        return request.answer && isAnsweredAtOnce(connection, *request.answer) ? sendAnswer(connection, *request.answer)
                                                                               : MHD_YES;
    }
    if (*uploadSize > 0) {
        d->take(connection, request, QByteArrayView(upload, static_cast<qsizetype>(*uploadSize)));
        *uploadSize = 0;
        const bool isSlow = request.time.hasExpired(qint64(d->options.requestSeconds) * 1000);
        return isSlow || request.received > mostDrained() ? MHD_NO : MHD_YES;
    }
    if (request.answer) {
        return sendAnswer(connection, *request.answer);
    }
    const auto refused = d->finish(connection, request);
    return refused ? sendAnswer(connection, *refused) : MHD_YES;
}

std::optional<IngestAnswer> Ingest::Private::refusal(MHD_Connection *connection, const RequestLine &line,
                                                     IngestRequest &request)
{
    if (auto refused = readHead(connection, line, request)) {
        return refused;
    }
    if (request.route != IngestRequest::Route::Events) {
        return std::nullopt;
    }
    auto bad = parameterRefusal(connection);
    if (!bad) {
        bad = bodyIdRefusal(connection, request);
    }
    if (!bad) {
        bad = bodyRefusal(connection);
    }
    auto refused = authorize(connection, request, !bad);
    return refused ? refused : bad;
}

/// Before the body comes. Where the token has to be looked at again first, the connection waits for that, if it may.
std::optional<IngestAnswer> Ingest::Private::authorize(MHD_Connection *connection, IngestRequest &request, bool mayWait)
{
    bool fits = false;
    bool isOld = false;
    {
        const std::lock_guard lock(mutex);
        fits = !token.isEmpty() && isSameSecret(request.token, token);
        isOld = (fits ? tokenIsGood : tokenIsNew).hasExpired();
    }
    if (secrets && isOld && mayWait && !request.token.isEmpty()) {
        request.waited = true;
        return handOver(connection, request, [this, ticket = request.ticket, presented = request.token] {
            toOwner([this, ticket, presented] { checkToken(ticket, presented); });
        });
    }
    return fits ? std::nullopt : std::optional(IngestAnswer::unauthorized());
}

void Ingest::Private::checkToken(Ticket ticket, const QByteArray &presented)
{
    unchecked.emplace_back(ticket, presented);
    if (unchecked.size() == 1) {
        connect(secrets->read(tokenKey), &SecretJob::finished, q,
                [this](const SecretOutcome &outcome) { tokenRead(outcome); });
    }
}

void Ingest::Private::tokenRead(const SecretOutcome &outcome)
{
    const auto waiting = std::exchange(unchecked, {});
    QByteArray current;
    {
        const std::lock_guard lock(mutex);
        const bool isGone = outcome.error && outcome.error->kind == SecretError::Kind::NotFound;
        if (outcome.isOk() || isGone) {
            token = outcome.value.toUtf8();
        }
        tokenIsGood.setRemainingTime(options.tokenKept);
        tokenIsNew.setRemainingTime(options.tokenLooked);
        current = token;
    }
    for (const auto &[ticket, presented] : waiting) {
        const bool fits = !current.isEmpty() && isSameSecret(presented, current);
        answer(ticket, fits ? std::nullopt : std::optional(IngestAnswer::unauthorized()));
    }
}

void Ingest::Private::take(MHD_Connection *connection, IngestRequest &request, QByteArrayView upload)
{
    request.received += upload.size();
    if (request.answer) {
        return;
    }
    switch (request.body.append(upload, bodyLength(connection))) {
    case IngestBody::Growth::Taken:
        return;
    case IngestBody::Growth::TooLarge:
        request.answer = IngestAnswer::tooLarge();
        break;
    case IngestBody::Growth::NoRoom:
        request.answer = IngestAnswer::unavailable(tr("Too much is arriving at once."));
        break;
    }
    request.body.clear();
}

std::optional<IngestAnswer> Ingest::Private::finish(MHD_Connection *connection, IngestRequest &request)
{
    connections.keep(connection);
    if (request.route != IngestRequest::Route::Events) {
        return handOver(connection, request, [this, ticket = request.ticket, route = request.route] {
            toOwner([this, ticket, route] { report(ticket, route); });
        });
    }
    return handOver(connection, request, [this, &request] {
        const auto work = std::make_shared<IngestReader::Work>(IngestReader::Work{.ticket = request.ticket,
                                                                                  .body = std::move(request.body),
                                                                                  .isPacked = request.isPacked,
                                                                                  .bodyId = request.bodyId});
        reader->tell([work](IngestReader &one) { one.read(std::move(*work)); });
    });
}

/// Suspends the connection and gives the request away: without an answer, nothing here may touch it any more.
std::optional<IngestAnswer> Ingest::Private::handOver(MHD_Connection *connection, IngestRequest &request,
                                                      const std::function<void()> &give)
{
    const std::lock_guard lock(mutex);
    if (isClosing) { // what is suspended from now on nobody would resume
        return IngestAnswer::unavailable(tr("This server is stopping."));
    }
    MHD_suspend_connection(connection);
    suspended.insert(request.ticket, {.connection = connection, .request = &request});
    give();
    return std::nullopt;
}

/// Nothing: it has been answered.
std::optional<bool> Ingest::Private::isForced(Ticket ticket)
{
    const std::lock_guard lock(mutex);
    const auto found = suspended.constFind(ticket);
    return found == suspended.constEnd() ? std::nullopt : std::optional(found->request->isForced);
}

void Ingest::Private::store(Ticket ticket, const QList<IntegrationEvent> &events, IngestReader::Weight weight)
{
    const auto force = isForced(ticket);
    if (!force) {
        return; // its sender has been told that nothing was taken
    }
    outbox.accept(
        events, EventTaking{.isForced = *force, .door = EventDoor::ingest()}, q,
        [this, ticket, events, weight, from = std::weak_ptr<Reader>(reader)](const Result<EventAcceptance> &result) {
            if (const auto same = from.lock()) {
                same->tell([weight](IngestReader &one) { one.stored(weight); });
            }
            if (!result) {
                answer(ticket, IngestAnswer::unavailable(result.error().message));
            } else if (!result->refused.isEmpty()) {
                answer(ticket, IngestAnswer::conflicting(result->refused, events));
            } else {
                Q_EMIT q->accepted(result->accepted);
                answer(ticket, IngestAnswer::accepted(result->accepted));
            }
        });
}

void Ingest::Private::report(Ticket ticket, IngestRequest::Route route)
{
    outbox.counts(q, [this, ticket, route](const Result<DeliveryCounts> &counts) {
        if (!counts) {
            answer(ticket, IngestAnswer::unavailable(counts.error().message));
        } else if (route == IngestRequest::Route::Health) {
            answer(ticket, IngestAnswer::healthy());
        } else {
            answer(ticket, IngestAnswer::metrics(metrics ? metrics(*counts) : QByteArray()));
        }
    });
}

/// Without an answer the request goes on. One that was answered meanwhile, as by close(), may be gone: it is left
/// alone.
void Ingest::Private::answer(Ticket ticket, const std::optional<IngestAnswer> &answer)
{
    const std::lock_guard lock(mutex);
    const auto waiting = suspended.take(ticket);
    if (waiting.request) {
        waiting.request->answer = answer;
        MHD_resume_connection(waiting.connection); // from here on it is the server's again
    }
}

Ingest::Ingest(Outbox &outbox, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, outbox))
{
    connect(&d->deadlines, &QTimer::timeout, this, [this] { d->connections.enforce(); });
}

Ingest::~Ingest()
{
    close();
}

void Ingest::followToken(SecretStore &secrets, const QString &key)
{
    d->secrets = &secrets;
    d->tokenKey = key;
}

void Ingest::setMetrics(std::function<QByteArray(const DeliveryCounts &)> text)
{
    d->metrics = std::move(text);
}

Result<void> Ingest::listen(const IngestOptions &options)
{
    close();
    d->options = options;
    d->token = options.token;
    d->tokenIsGood.setRemainingTime(options.tokenKept);
    d->tokenIsNew.setRemainingTime(options.tokenLooked);
    d->isClosing = false;
    d->connections.setLimits({.head = std::chrono::seconds(options.requestSeconds),
                              .all = options.connections,
                              .perAddress = options.connectionsPerAddress});
    const QString place = placeText(options.address, options.port);
    const bool isSecure = !options.certificate.isEmpty() && !options.key.isEmpty();
    if (!isSecure && !options.address.isLoopback()) {
        return Error{.message = tr("Listening on %1 needs a certificate and its key: it is not a loopback address, and "
                                   "the token would go over the network unencrypted.")
                                    .arg(place),
                     .where = {},
                     .position = {}};
    }
    if (options.token.isEmpty()) {
        return Error{.message = tr("The token that events must bear is empty."), .where = {}, .position = {}};
    }
    const SocketAddress socketAddress(options.address, options.port);
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME;
    flags |= isSecure ? MHD_USE_TLS : 0;
    if (socketAddress.storage.ss_family == AF_INET6) {
        flags |= options.address == QHostAddress::Any ? MHD_USE_DUAL_STACK : MHD_USE_IPv6;
    }
    std::vector<MHD_OptionItem> secure;
    if (isSecure) {
        const auto item = [&secure](MHD_OPTION option, const char *text) {
            secure.push_back({option, 0, const_cast<char *>(text)});
        };
        item(MHD_OPTION_HTTPS_MEM_CERT, options.certificate.constData());
        item(MHD_OPTION_HTTPS_MEM_KEY, options.key.constData());
        item(MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1");
    }
    secure.push_back({MHD_OPTION_END, 0, nullptr});
    d->startReader();
    d->daemon =
        MHD_start_daemon(flags, options.port, Private::isWelcome, d.get(), Private::handle, d.get(),
                         MHD_OPTION_EXTERNAL_LOGGER, writeDaemonLog, const_cast<QLoggingCategory *>(&log()),
                         MHD_OPTION_SOCK_ADDR, socketAddress.get(), MHD_OPTION_CONNECTION_LIMIT,
                         serverThreads * (static_cast<unsigned>(options.connections + IngestConnections::spare)),
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, connectionMemory, MHD_OPTION_CONNECTION_TIMEOUT,
                         static_cast<unsigned>(options.idleSeconds), MHD_OPTION_THREAD_POOL_SIZE, serverThreads,
                         MHD_OPTION_URI_LOG_CALLBACK, Private::beginRequest, d.get(), MHD_OPTION_NOTIFY_COMPLETED,
                         Private::endRequest, d.get(), MHD_OPTION_NOTIFY_CONNECTION, Private::noteConnection, d.get(),
                         MHD_OPTION_ARRAY, secure.data(), MHD_OPTION_END);
    if (!d->daemon) {
        d->reader.reset();
        return Error{.message = isSecure
                         ? tr("Nothing can listen on %1: the port is taken, the address is not one of this machine, or "
                              "certificate and key do not belong together.")
                               .arg(place)
                         : tr("Nothing can listen on %1: the port is taken, or the address is not one of this machine.")
                               .arg(place),
                     .where = {},
                     .position = {}};
    }
    const auto *info = MHD_get_daemon_info(d->daemon, MHD_DAEMON_INFO_BIND_PORT);
    d->url.setScheme(isSecure ? u"https"_s : u"http"_s);
    d->url.setHost(isEveryAddress(options.address) ? u"localhost"_s : options.address.toString());
    d->url.setPort(info ? info->port : options.port);
    d->url.setPath(u"/"_s);
    d->deadlines.start(deadlinesLookedAt);
    return {};
}

void Ingest::close()
{
    auto *daemon = std::exchange(d->daemon, nullptr);
    if (!daemon) {
        return;
    }
    d->deadlines.stop();
    {
        const std::lock_guard lock(d->mutex);
        d->isClosing = true; // nobody is let in, and nothing handed over, any more
        const auto suspended = std::exchange(d->suspended, {});
        for (const auto &waiting : suspended) {
            waiting.request->answer = IngestAnswer::unavailable(tr("This server is stopping."));
            MHD_resume_connection(waiting.connection);
        }
    }
    d->unchecked.clear();
    d->isReaderStopped = true;
    d->reader.reset();
    {
        std::unique_lock lock(d->mutex);
        d->ended.wait_for(lock, closingPatience, [this] { return d->underWay == 0; });
    }
    MHD_stop_daemon(daemon);
}

QUrl Ingest::url() const
{
    return d->url;
}

} // namespace Tocsin

#include "moc_ingest.cpp"
