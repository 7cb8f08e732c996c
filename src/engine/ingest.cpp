// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest.h"

#include "channel.h"
#include "eventbatch.h"
#include "headdeadlines.h"
#include "httpdaemon.h"
#include "ingestanswer.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QElapsedTimer>
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
constexpr qint64 drainedBody = 4 * Ingest::maximumBody; // bytes of a refused body that are still listened to
constexpr auto closingPatience = 2s;
constexpr auto deadlinesLookedAt = 500ms; // how often

enum class Route { Events, Health, Metrics };

/// One request, from its first line to its end. The server's threads and the owner's take turns with it: while the
/// connection is suspended it is the owner's.
struct Request
{
    Route route = Route::Events;
    std::optional<IngestAnswer> answer;
    QByteArray body;
    qint64 received = 0; ///< bytes
    QElapsedTimer time;
    QByteArray token{}; ///< to be compared
    bool isForced = false;
    bool begun = false;
    bool waited = false; ///< before its body, until the token was looked at
};

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

QByteArray headerOf(MHD_Connection *connection, const char *name)
{
    return QByteArray(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

qint64 bodyLength(MHD_Connection *connection)
{
    return headerOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH).toLongLong();
}

/// Whether a body that is refused is not listened to. To close while it still comes may take the answer from its
/// sender, so that is for those who wait for a word first (RFC 9110 §10.1.1), and for what would never end.
bool isAnsweredAtOnce(MHD_Connection *connection)
{
    const bool waits = headerOf(connection, MHD_HTTP_HEADER_EXPECT).toLower() == "100-continue";
    return waits || bodyLength(connection) > drainedBody;
}

bool hasBody(MHD_Connection *connection)
{
    return bodyLength(connection) > 0 || !headerOf(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).isEmpty();
}

MHD_Result send(MHD_Connection *connection, const IngestAnswer &answer)
{
    auto *response =
        MHD_create_response_from_buffer(static_cast<std::size_t>(answer.body.size()),
                                        const_cast<char *>(answer.body.constData()), MHD_RESPMEM_MUST_COPY);
    if (!response) {
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.contentType.constData());
    for (const auto &[name, value] : answer.headers) {
        MHD_add_response_header(response, name.constData(), value.constData());
    }
    const auto result = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return result;
}

} // namespace

struct Ingest::Private
{
    explicit Private(Ingest *ingest, Outbox &deliveries)
        : q(ingest)
        , outbox(deliveries)
        , toOwner(queue.sender())
    {
    }

    // On the server's threads.
    static void noteConnection(void *owner, MHD_Connection *connection, void **, MHD_ConnectionNotificationCode code);
    static void *beginRequest(void *owner, const char *, MHD_Connection *);
    static void endRequest(void *owner, MHD_Connection *connection, void **context, MHD_RequestTerminationCode);
    static MHD_Result handle(void *owner, MHD_Connection *connection, const char *path, const char *method,
                             const char *, const char *upload, std::size_t *uploadSize, void **context);
    std::optional<IngestAnswer> refusal(MHD_Connection *connection, const QByteArray &path, const QByteArray &method,
                                        Request &request);
    std::optional<IngestAnswer> authorize(MHD_Connection *connection, Request &request, bool mayWait);
    void take(Request &request, const char *upload, std::size_t size);
    void letGo(Request &request);
    std::optional<IngestAnswer> finish(MHD_Connection *connection, Request &request);
    std::optional<IngestAnswer> askOwner(MHD_Connection *connection, Request &request, std::function<void()> work);

    // On the owner's thread.
    void checkToken(MHD_Connection *connection, Request &request);
    void tokenRead(const SecretOutcome &outcome);
    void store(MHD_Connection *connection, Request &request, const QList<IntegrationEvent> &events);
    void report(MHD_Connection *connection, Request &request);
    void answer(MHD_Connection *connection, Request &request, const std::optional<IngestAnswer> &answer);

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
    std::vector<std::pair<MHD_Connection *, Request *>> unchecked; ///< wait for the token to be read
    std::atomic<qint64> bodies = 0; ///< bytes held
    HeadDeadlines heads;
    QTimer deadlines; ///< while it listens
    std::mutex mutex; ///< of all below
    std::condition_variable ended;
    bool isClosing = false;
    int underWay = 0; ///< requests
    QHash<MHD_Connection *, Request *> suspended;
    QByteArray token;
    QDeadlineTimer tokenIsGood; ///< for one that fits
    QDeadlineTimer tokenIsNew; ///< for one that does not
};

void Ingest::Private::noteConnection(void *owner, MHD_Connection *connection, void **,
                                     MHD_ConnectionNotificationCode code)
{
    auto &heads = static_cast<Private *>(owner)->heads;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        heads.expect(connection);
    } else {
        heads.forget(connection);
    }
}

void *Ingest::Private::beginRequest(void *owner, const char *, MHD_Connection *)
{
    auto *d = static_cast<Private *>(owner);
    const std::lock_guard lock(d->mutex);
    ++d->underWay;
    return new Request;
}

void Ingest::Private::endRequest(void *owner, MHD_Connection *connection, void **context, MHD_RequestTerminationCode)
{
    auto *d = static_cast<Private *>(owner);
    d->heads.expect(connection);
    const std::unique_ptr<Request> request(static_cast<Request *>(std::exchange(*context, nullptr)));
    if (request) {
        d->letGo(*request);
        const std::lock_guard lock(d->mutex);
        --d->underWay;
        d->ended.notify_all();
    }
}

MHD_Result Ingest::Private::handle(void *owner, MHD_Connection *connection, const char *path, const char *method,
                                   const char *, const char *upload, std::size_t *uploadSize, void **context)
{
    auto *d = static_cast<Private *>(owner);
    auto &request = *static_cast<Request *>(*context);
    if (!std::exchange(request.begun, true)) {
        request.time.start();
        d->heads.meet(connection);
        const auto refused = d->refusal(connection, path, method, request);
        if (!refused) {
            return MHD_YES; // the request may be the owner's by now
        }
        request.answer = refused;
        return isAnsweredAtOnce(connection) ? send(connection, *refused) : MHD_YES;
    }
    if (*uploadSize == 0 && request.received == 0 && hasBody(connection) && std::exchange(request.waited, false)) {
        // The first call once more: the server repeats it when a connection goes on.
        return request.answer && isAnsweredAtOnce(connection) ? send(connection, *request.answer) : MHD_YES;
    }
    if (*uploadSize > 0) {
        d->take(request, upload, *uploadSize);
        *uploadSize = 0;
        const bool isSlow = request.time.hasExpired(qint64(d->options.requestSeconds) * 1000);
        return isSlow || request.received > drainedBody ? MHD_NO : MHD_YES;
    }
    if (request.answer) {
        return send(connection, *request.answer);
    }
    const auto refused = d->finish(connection, request);
    return refused ? send(connection, *refused) : MHD_YES;
}

std::optional<IngestAnswer> Ingest::Private::refusal(MHD_Connection *connection, const QByteArray &path,
                                                     const QByteArray &method, Request &request)
{
    const bool isGet = method == MHD_HTTP_METHOD_GET || method == MHD_HTTP_METHOD_HEAD;
    if (path == "/healthz" || path == "/metrics") {
        request.route = path == "/healthz" ? Route::Health : Route::Metrics;
        return isGet ? std::nullopt : std::optional(IngestAnswer::wrongMethod("GET, HEAD"));
    }
    if (path != "/v1/events") {
        return IngestAnswer::notFound();
    }
    if (method != MHD_HTTP_METHOD_POST) {
        return IngestAnswer::wrongMethod("POST");
    }
    constexpr QByteArrayView scheme = "bearer "; // RFC 6750 §2.1
    const QByteArray authorization = headerOf(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    const bool isBearer = authorization.left(scheme.size()).toLower() == scheme;
    request.token = isBearer ? authorization.mid(scheme.size()).trimmed() : QByteArray();
    const auto force = QByteArray(MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "force"));
    request.isForced = force == "true" || force == "1";
    const bool isTooLarge = bodyLength(connection) > Ingest::maximumBody;
    auto refused = authorize(connection, request, !isTooLarge);
    return refused || !isTooLarge ? refused : IngestAnswer::tooLarge();
}

/// Before the body comes. Where the token has to be looked at again first, the connection waits for that, if it may.
std::optional<IngestAnswer> Ingest::Private::authorize(MHD_Connection *connection, Request &request, bool mayWait)
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
        return askOwner(connection, request, [this, connection, &request] { checkToken(connection, request); });
    }
    return fits ? std::nullopt : std::optional(IngestAnswer::unauthorized());
}

void Ingest::Private::checkToken(MHD_Connection *connection, Request &request)
{
    unchecked.emplace_back(connection, &request);
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
    for (const auto &[connection, request] : waiting) {
        const bool fits = !current.isEmpty() && isSameSecret(request->token, current);
        answer(connection, *request, fits ? std::nullopt : std::optional(IngestAnswer::unauthorized()));
    }
}

void Ingest::Private::take(Request &request, const char *upload, std::size_t size)
{
    request.received += static_cast<qint64>(size);
    if (request.answer) {
        return;
    }
    if (request.received > Ingest::maximumBody) {
        request.answer = IngestAnswer::tooLarge();
    } else if (bodies.fetch_add(static_cast<qint64>(size)) + static_cast<qint64>(size) > Ingest::maximumBodies) {
        bodies -= static_cast<qint64>(size);
        request.answer = IngestAnswer::unavailable(tr("Too much is arriving at once."));
    } else {
        request.body.append(upload, static_cast<qsizetype>(size));
        return;
    }
    letGo(request);
}

void Ingest::Private::letGo(Request &request)
{
    bodies -= request.body.size();
    request.body = {};
}

std::optional<IngestAnswer> Ingest::Private::finish(MHD_Connection *connection, Request &request)
{
    if (request.route != Route::Events) {
        return askOwner(connection, request, [this, connection, &request] { report(connection, request); });
    }
    const EventBatch batch = readEvents(request.body);
    if (!batch.faults.isEmpty()) {
        return IngestAnswer::faulty(batch);
    }
    return askOwner(connection, request,
                    [this, connection, &request, events = batch.events] { store(connection, request, events); });
}

/// Suspends the connection and gives the request to the owner: without an answer, nothing here may touch it any more.
std::optional<IngestAnswer> Ingest::Private::askOwner(MHD_Connection *connection, Request &request,
                                                      std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex);
        if (isClosing) { // what is suspended from now on nobody would resume
            return IngestAnswer::unavailable(tr("This server is stopping."));
        }
        MHD_suspend_connection(connection);
        suspended.insert(connection, &request);
    }
    toOwner(std::move(work));
    return std::nullopt;
}

void Ingest::Private::store(MHD_Connection *connection, Request &request, const QList<IntegrationEvent> &events)
{
    outbox.accept(
        events, request.isForced, q, [this, connection, &request](const Result<QList<AcceptedEvent>> &accepted) {
            if (accepted) {
                Q_EMIT q->accepted(*accepted);
            }
            answer(connection, request,
                   accepted ? IngestAnswer::accepted(*accepted) : IngestAnswer::unavailable(accepted.error().message));
        });
}

void Ingest::Private::report(MHD_Connection *connection, Request &request)
{
    outbox.counts(q, [this, connection, &request](const Result<DeliveryCounts> &counts) {
        if (!counts) {
            answer(connection, request, IngestAnswer::unavailable(counts.error().message));
        } else if (request.route == Route::Health) {
            answer(connection, request, IngestAnswer::healthy());
        } else {
            answer(connection, request, IngestAnswer::metrics(metrics ? metrics(*counts) : QByteArray()));
        }
    });
}

/// Without an answer the request goes on.
void Ingest::Private::answer(MHD_Connection *connection, Request &request, const std::optional<IngestAnswer> &answer)
{
    {
        const std::lock_guard lock(mutex);
        if (suspended.remove(connection) == 0) { // answered by close()
            return;
        }
    }
    request.answer = answer;
    MHD_resume_connection(connection);
}

Ingest::Ingest(Outbox &outbox, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, outbox))
{
    connect(&d->deadlines, &QTimer::timeout, this, [this] { d->heads.enforce(); });
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
    d->heads.setLimit(std::chrono::seconds(options.requestSeconds));
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
    d->daemon = MHD_start_daemon(
        flags, options.port, nullptr, nullptr, Private::handle, d.get(), MHD_OPTION_EXTERNAL_LOGGER, writeDaemonLog,
        const_cast<QLoggingCategory *>(&log()), MHD_OPTION_SOCK_ADDR, socketAddress.get(), MHD_OPTION_CONNECTION_LIMIT,
        static_cast<unsigned>(options.connections), MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        static_cast<unsigned>(options.connectionsPerAddress), MHD_OPTION_CONNECTION_MEMORY_LIMIT, connectionMemory,
        MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(options.idleSeconds), MHD_OPTION_THREAD_POOL_SIZE,
        serverThreads, MHD_OPTION_URI_LOG_CALLBACK, Private::beginRequest, d.get(), MHD_OPTION_NOTIFY_COMPLETED,
        Private::endRequest, d.get(), MHD_OPTION_NOTIFY_CONNECTION, Private::noteConnection, d.get(), MHD_OPTION_ARRAY,
        secure.data(), MHD_OPTION_END);
    if (!d->daemon) {
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
    const auto socket = MHD_quiesce_daemon(daemon);
    QHash<MHD_Connection *, Request *> waiting;
    {
        const std::lock_guard lock(d->mutex);
        d->isClosing = true;
        waiting = std::exchange(d->suspended, {});
    }
    d->unchecked.clear();
    for (auto i = waiting.begin(); i != waiting.end(); ++i) {
        i.value()->answer = IngestAnswer::unavailable(tr("This server is stopping."));
        MHD_resume_connection(i.key());
    }
    {
        std::unique_lock lock(d->mutex);
        d->ended.wait_for(lock, closingPatience, [this] { return d->underWay == 0; });
    }
    MHD_stop_daemon(daemon);
    closeSocket(socket);
}

QUrl Ingest::url() const
{
    return d->url;
}

} // namespace Tocsin
