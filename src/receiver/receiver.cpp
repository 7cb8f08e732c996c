// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "receiver.h"

#include "certificateauthority.h"
#include "channel.h"
#include "httpdaemon.h"

#include <QCoreApplication>
#include <QHostInfo>
#include <QLoggingCategory>

#include <microhttpd.h>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

Q_LOGGING_CATEGORY(log, "tocsin.receiver", QtInfoMsg)

constexpr qsizetype maximumKeptBody = 1024 * 1024;
constexpr unsigned connectionLimit = 64;
constexpr std::size_t connectionMemory = 64 * 1024;
constexpr unsigned idleSeconds = 30;
constexpr std::size_t slowBlock = 1024; // bytes that are asked for at a time

using Manner = ReceiverAnswer::Manner;

/// What the connections' threads and the owner's share.
struct Shared
{
    CallQueue::Sender sender;
    std::function<void(ReceivedRequest)> deliver; ///< called on the owner's thread

    std::mutex mutex;
    std::condition_variable closing;
    ReceiverAnswer answer;
    bool isClosing = false;

    /// False where the receiver is closed before it is over.
    bool pass(std::chrono::milliseconds pause)
    {
        std::unique_lock lock(mutex);
        return !closing.wait_for(lock, pause, [this] { return isClosing; });
    }
};

/// One request while it arrives, on its connection's thread.
struct Arriving
{
    ReceivedRequest request;
    bool begun = false;
    bool answered = false;
};

/// A body that is not given at once.
struct SlowBody
{
    ReceiverAnswer answer;
    Shared *shared;
};

/// Field values are UTF-8 where they can be, else every byte is a character (RFC 9110 §5.5).
QString fieldText(const char *bytes, std::size_t size)
{
    const QByteArrayView view(bytes, static_cast<qsizetype>(size));
    return view.isValidUtf8() ? QString::fromUtf8(view) : QString::fromLatin1(view);
}

MHD_Result addHeader(void *headers, MHD_ValueKind, const char *name, std::size_t nameSize, const char *value,
                     std::size_t valueSize)
{
    static_cast<QList<Header> *>(headers)->append({.name = QString::fromLatin1(name, static_cast<qsizetype>(nameSize)),
                                                   .value = value ? fieldText(value, valueSize) : QString()});
    return MHD_YES;
}

QString peerText(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) {
        return {};
    }
    const bool six = info->client_addr->sa_family == AF_INET6;
    const auto port = six ? reinterpret_cast<const sockaddr_in6 *>(info->client_addr)->sin6_port
                          : reinterpret_cast<const sockaddr_in *>(info->client_addr)->sin_port;
    const auto address = QHostAddress(info->client_addr).toString();
    return (six ? u'[' % address % u']' : address) % u':' % QString::number(ntohs(port));
}

ssize_t readSlowBody(void *owner, uint64_t position, char *buffer, std::size_t size)
{
    const auto &slow = *static_cast<SlowBody *>(owner);
    const auto whole = static_cast<uint64_t>(slow.answer.body.size());
    const bool drips = slow.answer.manner == Manner::Dripping;
    const uint64_t end = drips ? position + 1 : whole / 2;
    if (position >= end || (drips && position > 0 && !slow.shared->pass(slow.answer.pause))) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    const auto count = std::min(static_cast<std::size_t>(end - position), size);
    std::copy_n(slow.answer.body.constData() + position, count, buffer);
    return static_cast<ssize_t>(count);
}

MHD_Response *makeResponse(const ReceiverAnswer &answer, Shared &shared)
{
    const auto size = static_cast<std::size_t>(answer.body.size());
    if (answer.manner == Manner::Dripping || answer.manner == Manner::CutOff) {
        auto slow = std::make_unique<SlowBody>(SlowBody{.answer = answer, .shared = &shared});
        auto *response = MHD_create_response_from_callback(size, slowBlock, readSlowBody, slow.get(),
                                                           [](void *owner) { delete static_cast<SlowBody *>(owner); });
        return response ? (static_cast<void>(slow.release()), response) : nullptr;
    }
    return MHD_create_response_from_buffer(size, const_cast<char *>(answer.body.constData()), MHD_RESPMEM_MUST_COPY);
}

MHD_Result sendAnswer(MHD_Connection *connection, const ReceiverAnswer &answer, Shared &shared)
{
    if (answer.manner == Manner::Late && !shared.pass(answer.pause)) {
        return MHD_NO;
    }
    if (answer.manner == Manner::Reset) {
        resetSocket(connectionSocket(connection));
        return MHD_NO;
    }
    auto *response = makeResponse(answer, shared);
    if (!response) {
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.contentType.constData());
    const auto result = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return result;
}

void *beginRequest(void *, const char *target, MHD_Connection *)
{
    auto *arriving = new Arriving;
    arriving->request.at = QDateTime::currentDateTimeUtc();
    arriving->request.target = QString::fromUtf8(target);
    return arriving;
}

/// What was answered is told only now, when the answer is out: whoever hears of it may close the receiver at once.
void endRequest(void *owner, MHD_Connection *, void **context, MHD_RequestTerminationCode)
{
    const std::unique_ptr<Arriving> arriving(static_cast<Arriving *>(std::exchange(*context, nullptr)));
    if (arriving && arriving->answered) {
        const auto *shared = static_cast<Shared *>(owner);
        shared->sender([deliver = shared->deliver, request = std::move(arriving->request)] { deliver(request); });
    }
}

MHD_Result handleRequest(void *owner, MHD_Connection *connection, const char *, const char *method, const char *,
                         const char *upload, std::size_t *uploadSize, void **context)
{
    auto *shared = static_cast<Shared *>(owner);
    auto *arriving = static_cast<Arriving *>(*context);
    auto &request = arriving->request;
    if (!arriving->begun) {
        arriving->begun = true;
        request.method = QString::fromLatin1(method);
        request.peer = peerText(connection);
        MHD_get_connection_values_n(connection, MHD_HEADER_KIND, addHeader, &request.headers);
        return MHD_YES;
    }
    if (*uploadSize > 0) {
        const auto room = maximumKeptBody - request.body.size();
        request.body.append(upload, std::min(room, static_cast<qsizetype>(*uploadSize)));
        *uploadSize = 0;
        return MHD_YES;
    }
    ReceiverAnswer answer;
    {
        const std::lock_guard lock(shared->mutex);
        answer = shared->answer;
    }
    arriving->answered = true;
    request.answeredWith = answer.manner == Manner::Reset ? 0 : answer.status;
    request.manner = answer.manner;
    return sendAnswer(connection, answer, *shared);
}

QStringList certificateNames(const QHostAddress &address)
{
    QStringList names{u"localhost"_s, u"127.0.0.1"_s, u"::1"_s};
    if (isEveryAddress(address)) {
        if (const auto name = QHostInfo::localHostName(); !name.isEmpty() && name != names.first()) {
            names.append(name);
        }
    } else if (!names.contains(address.toString())) {
        names.append(address.toString());
    }
    return names;
}

Result<IssuedCertificate> issue(const CertificateAuthority &authority, const QHostAddress &address,
                                ReceiverCertificate kind)
{
    const auto names = certificateNames(address);
    const auto now = QDateTime::currentDateTimeUtc();
    switch (kind) {
    case ReceiverCertificate::Right:
        return authority.issueServer(names);
    case ReceiverCertificate::OtherName:
        return authority.issueServer({u"another-host.example"_s});
    case ReceiverCertificate::Expired:
        return authority.issueServer(names, {.notBefore = now.addDays(-2), .notAfter = now.addDays(-1)});
    case ReceiverCertificate::UnknownAuthority:
        const auto another = CertificateAuthority::create(u"Another authority"_s);
        return another ? another->issueServer(names) : Result<IssuedCertificate>(another.error());
    }
    Q_UNREACHABLE();
}

} // namespace

struct Receiver::Private
{
    CallQueue queue;
    Shared shared;
    QByteArray authority;
    QUrl url;
    MHD_Daemon *daemon = nullptr;
};

Receiver::Receiver(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->shared.sender = d->queue.sender();
    d->shared.deliver = [this](const ReceivedRequest &request) {
        Q_EMIT received(request);
    };
}

Receiver::~Receiver()
{
    close();
}

Result<void> Receiver::listen(const QHostAddress &address, quint16 port, const CertificateAuthority *authority,
                              ReceiverCertificate certificate)
{
    close();
    if (!authority) {
        const auto made = CertificateAuthority::create(tr("Tocsin throw-away authority"));
        return made ? listen(address, port, &*made, certificate) : Result<void>(made.error());
    }
    const auto issued = issue(*authority, address, certificate);
    if (!issued) {
        return issued.error();
    }
    const SocketAddress socketAddress(address, port);
    const bool six = socketAddress.storage.ss_family == AF_INET6;
    // A thread for each connection: an answer that comes late, or slowly, keeps only its own waiting.
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_AUTO | MHD_USE_TLS
        | MHD_USE_ERROR_LOG;
    d->shared.isClosing = false;
    if (six) {
        flags |= address == QHostAddress::Any ? MHD_USE_DUAL_STACK : MHD_USE_IPv6;
    }
    d->daemon = MHD_start_daemon(flags, port, nullptr, nullptr, handleRequest, &d->shared, MHD_OPTION_EXTERNAL_LOGGER,
                                 writeDaemonLog, const_cast<QLoggingCategory *>(&log()), MHD_OPTION_SOCK_ADDR,
                                 socketAddress.get(), MHD_OPTION_HTTPS_MEM_CERT, issued->certificate.constData(),
                                 MHD_OPTION_HTTPS_MEM_KEY, issued->key.constData(), MHD_OPTION_HTTPS_PRIORITIES,
                                 "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1", MHD_OPTION_CONNECTION_LIMIT, connectionLimit,
                                 MHD_OPTION_CONNECTION_MEMORY_LIMIT, connectionMemory, MHD_OPTION_CONNECTION_TIMEOUT,
                                 idleSeconds, MHD_OPTION_URI_LOG_CALLBACK, beginRequest, nullptr,
                                 MHD_OPTION_NOTIFY_COMPLETED, endRequest, &d->shared, MHD_OPTION_END);
    if (!d->daemon) {
        const QString place = placeText(address, port);
        return Error{.message = tr("The receiver cannot listen on %1: the port is taken, or the address is not one of "
                                   "this machine.")
                                    .arg(place),
                     .where = place};
    }
    const auto *info = MHD_get_daemon_info(d->daemon, MHD_DAEMON_INFO_BIND_PORT);
    d->authority = authority->certificate();
    d->url.setScheme(u"https"_s);
    d->url.setHost(address.isLoopback() || isEveryAddress(address) ? u"localhost"_s : address.toString());
    d->url.setPort(info ? info->port : port);
    d->url.setPath(u"/"_s);
    return {};
}

void Receiver::close()
{
    if (auto *daemon = std::exchange(d->daemon, nullptr)) {
        {
            const std::lock_guard lock(d->shared.mutex);
            d->shared.isClosing = true;
        }
        d->shared.closing.notify_all();
        MHD_stop_daemon(daemon);
    }
}

bool Receiver::isListening() const
{
    return d->daemon != nullptr;
}

QUrl Receiver::url() const
{
    return d->url;
}

QByteArray Receiver::certificateAuthority() const
{
    return d->authority;
}

void Receiver::setAnswer(const ReceiverAnswer &answer)
{
    const std::lock_guard lock(d->shared.mutex);
    d->shared.answer = answer;
    d->shared.answer.status = std::clamp(answer.status, 200, 599);
    d->shared.answer.pause = std::clamp(answer.pause, std::chrono::milliseconds::zero(), ReceiverAnswer::mostPause);
}

} // namespace Tocsin

#include "moc_receiver.cpp"
