// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest.h"

#include "channel.h"
#include "eventbatch.h"
#include "httpdaemon.h"
#include "ingestanswer.h"

#include <QCryptographicHash>
#include <QElapsedTimer>

#include <microhttpd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(log, "tocsin.ingest", QtInfoMsg)

constexpr std::size_t connectionMemory = 32 * 1024; // bytes: what the lines before a body may take
constexpr unsigned serverThreads = 2;
constexpr qint64 drainedBody = 4 * Ingest::maximumBody; // bytes of a refused body that are still listened to
constexpr auto closingPatience = 2s;

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
    bool isForced = false;
    bool begun = false;
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
    static void *beginRequest(void *owner, const char *, MHD_Connection *);
    static void endRequest(void *owner, MHD_Connection *, void **context, MHD_RequestTerminationCode);
    static MHD_Result handle(void *owner, MHD_Connection *connection, const char *path, const char *method,
                             const char *, const char *upload, std::size_t *uploadSize, void **context);
    std::optional<IngestAnswer> refusal(MHD_Connection *connection, const QByteArray &path, const QByteArray &method,
                                        Request &request) const;
    void take(Request &request, const char *upload, std::size_t size);
    void letGo(Request &request);
    void finish(MHD_Connection *connection, Request &request);
    void askOwner(MHD_Connection *connection, Request &request, std::function<void()> work);

    // On the owner's thread.
    void store(MHD_Connection *connection, Request &request, const QList<IntegrationEvent> &events);
    void report(MHD_Connection *connection, Request &request);
    void answer(MHD_Connection *connection, Request &request, const IngestAnswer &answer);

    Ingest *q;
    Outbox &outbox;
    CallQueue queue;
    CallQueue::Sender toOwner;
    IngestOptions options;
    std::function<QByteArray(const DeliveryCounts &)> metrics;
    MHD_Daemon *daemon = nullptr;
    QUrl url;
    std::atomic<qint64> bodies = 0; ///< bytes held
    std::mutex mutex; ///< of all below
    std::condition_variable ended;
    bool isClosing = false;
    int underWay = 0; ///< requests
    QHash<MHD_Connection *, Request *> suspended;
};

void *Ingest::Private::beginRequest(void *owner, const char *, MHD_Connection *)
{
    auto *d = static_cast<Private *>(owner);
    const std::lock_guard lock(d->mutex);
    ++d->underWay;
    return new Request;
}

void Ingest::Private::endRequest(void *owner, MHD_Connection *, void **context, MHD_RequestTerminationCode)
{
    auto *d = static_cast<Private *>(owner);
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
        request.answer = d->refusal(connection, path, method, request);
        // Whoever sends much more than may be taken is answered at once, and not listened to.
        const bool isLong = headerOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH).toLongLong() > Ingest::maximumBody;
        return request.answer && isLong ? send(connection, *request.answer) : MHD_YES;
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
    d->finish(connection, request);
    return request.answer ? send(connection, *request.answer) : MHD_YES;
}

std::optional<IngestAnswer> Ingest::Private::refusal(MHD_Connection *connection, const QByteArray &path,
                                                     const QByteArray &method, Request &request) const
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
    const QByteArray token = isBearer ? authorization.mid(scheme.size()).trimmed() : QByteArray();
    if (!isSameSecret(token, options.token)) {
        return IngestAnswer::unauthorized();
    }
    const auto length = headerOf(connection, MHD_HTTP_HEADER_CONTENT_LENGTH).toLongLong();
    if (length > Ingest::maximumBody) {
        return IngestAnswer::tooLarge();
    }
    const auto force = QByteArray(MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "force"));
    request.isForced = force == "true" || force == "1";
    return std::nullopt;
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

void Ingest::Private::finish(MHD_Connection *connection, Request &request)
{
    if (request.route != Route::Events) {
        askOwner(connection, request, [this, connection, &request] { report(connection, request); });
        return;
    }
    const EventBatch batch = readEvents(request.body);
    if (!batch.faults.isEmpty()) {
        request.answer = IngestAnswer::faulty(batch);
        return;
    }
    askOwner(connection, request,
             [this, connection, &request, events = batch.events] { store(connection, request, events); });
}

void Ingest::Private::askOwner(MHD_Connection *connection, Request &request, std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex);
        if (isClosing) { // what is suspended from now on nobody would resume
            request.answer = IngestAnswer::unavailable(tr("This server is stopping."));
            return;
        }
        MHD_suspend_connection(connection);
        suspended.insert(connection, &request);
    }
    toOwner(std::move(work));
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

void Ingest::Private::answer(MHD_Connection *connection, Request &request, const IngestAnswer &answer)
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
}

Ingest::~Ingest()
{
    close();
}

void Ingest::setMetrics(std::function<QByteArray(const DeliveryCounts &)> text)
{
    d->metrics = std::move(text);
}

Result<void> Ingest::listen(const IngestOptions &options)
{
    close();
    d->options = options;
    d->isClosing = false;
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
        Private::endRequest, d.get(), MHD_OPTION_ARRAY, secure.data(), MHD_OPTION_END);
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
    return {};
}

void Ingest::close()
{
    auto *daemon = std::exchange(d->daemon, nullptr);
    if (!daemon) {
        return;
    }
    const auto socket = MHD_quiesce_daemon(daemon);
    QHash<MHD_Connection *, Request *> waiting;
    {
        const std::lock_guard lock(d->mutex);
        d->isClosing = true;
        waiting = std::exchange(d->suspended, {});
    }
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
