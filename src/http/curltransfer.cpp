// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "curltransfer.h"

#include "egress.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QtEndian>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

using Clock = std::chrono::steady_clock;

// A body up to this size goes out with the head in one piece; of a larger one libcurl takes piece by piece.
constexpr qsizetype largestWithHead = 16 * 1024;
constexpr std::chrono::seconds lookupKept{30};

struct TransferText
{
    static constexpr SentenceMaker say{"Tocsin::CurlTransfer"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::CurlTransfer)
};

CurlTransfer &transferOf(void *owner)
{
    return *static_cast<CurlTransfer *>(owner);
}

/// A field as CURLOPT_HTTPHEADER wants it: one without a value is told from one that is taken away by its semicolon.
QByteArray fieldLine(const QByteArray &name, const QByteArray &value)
{
    return value.isEmpty() ? QByteArray(name + ';') : QByteArray(name + ": " + value);
}

/// 0 where it is no socket of a connection.
int localPortOf(int socket)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        return 0;
    }
    switch (address.ss_family) {
    case AF_INET:
        return qFromBigEndian(reinterpret_cast<const sockaddr_in &>(address).sin_port);
    case AF_INET6:
        return qFromBigEndian(reinterpret_cast<const sockaddr_in6 &>(address).sin6_port);
    default:
        return 0;
    }
}

} // namespace

CurlTransfer::CurlTransfer(Request request, std::function<void()> onProgress)
    : m_request(std::move(request))
    , m_onProgress(std::move(onProgress))
    , m_wantsFreshConnection(m_request.terms.wantsFreshConnection)
{
    m_record.begin = Clock::now();
}

CurlTransfer::~CurlTransfer()
{
    curl_slist_free_all(m_fieldList);
}

bool CurlTransfer::prepare(CURL *easy)
{
    m_easy = easy;
    m_wantsFreshConnection |= std::exchange(m_hasStaleConnection, false);
    m_errorText.fill('\0');
    const auto &terms = m_request.terms;
    const auto host = terms.url.peerHost();
    if (!terms.allowsLinkLocal && isLinkLocalOrMetadata(QString::fromLatin1(host))) {
        fail(HttpFault::Egress, Sentence(QString::fromLatin1(host)));
        return false;
    }
    m_proxy = proxyFor(host, terms.url.port);
    m_record.proxy = m_proxy.place;
    if (!m_proxy.isValid) {
        m_record.isProxyFault = true;
        fail(HttpFault::Connect, TransferText::say("the system's settings do not name it as host:port"));
        return false;
    }
    const auto &lookedUp = m_proxy.isDirect() ? host : m_proxy.host;
    if (QHostAddress(QString::fromLatin1(lookedUp)).isNull()) {
        m_record.lookup = m_record.begin;
    }
    const auto bracketed = host.contains(':') ? QByteArray('[' + host + ']') : host;
    const QByteArray url = "https://" + bracketed + ':' + QByteArray::number(terms.url.port) + '/';
    const auto gone = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_record.begin);
    const auto deadline =
        static_cast<long>(std::max<std::chrono::milliseconds::rep>(1, (terms.deadline - gone).count()));

    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a lookup that hangs holds up nobody
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, static_cast<long>(lookupKept.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, deadline);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, deadline);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, m_wantsFreshConnection || terms.connectsOnly ? 1L : 0L);
    if (terms.connectsOnly) {
        curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L); // its connection serves nobody else, and goes with `easy`
        curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    }
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_URL, url.constData());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, terms.url.target.constData());
    applyBody(easy);
    applyFields(easy);
    applyProxy(easy);

    curl_easy_setopt(
        easy, CURLOPT_HEADERFUNCTION, +[](char *data, size_t, size_t size, void *owner) {
            return transferOf(owner).takeHeaderLine(QByteArrayView(data, static_cast<qsizetype>(size)));
        });
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(
        easy, CURLOPT_WRITEFUNCTION, +[](char *data, size_t, size_t size, void *owner) {
            return transferOf(owner).takeBody(QByteArrayView(data, static_cast<qsizetype>(size)));
        });
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(
        easy, CURLOPT_OPENSOCKETFUNCTION,
        +[](void *owner, curlsocktype, curl_sockaddr *address) { return transferOf(owner).openSocket(*address); });
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(
        easy, CURLOPT_SSL_CTX_FUNCTION, +[](CURL *, void *context, void *owner) {
            return transferOf(owner).beginTls(static_cast<SSL_CTX *>(context));
        });
    curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this);
    curl_easy_setopt(
        easy, CURLOPT_PREREQFUNCTION,
        +[](void *owner, char *, char *, int, int localPort) { return transferOf(owner).aboutToSend(localPort); });
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);

    // TlsHandshake brings the authorities, and checks the peer's name while the handshake is under way.
    curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, nullptr);
    curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, nullptr);
    // libcurl would keep the first connection's authorities for all others, a proxy's for its target, and take any
    // certificate among them for an authority's that needs no issuer.
    curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NO_PARTIALCHAIN));
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NO_PARTIALCHAIN));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    return true;
}

void CurlTransfer::applyFields(CURL *easy)
{
    bool hasAccept = false;
    curl_slist_free_all(std::exchange(m_fieldList, nullptr));
    for (const auto &[name, value] : m_request.terms.fields) {
        hasAccept = hasAccept || name.compare("Accept", Qt::CaseInsensitive) == 0;
        m_fieldList = curl_slist_append(m_fieldList, fieldLine(name, value).constData());
    }
    // What libcurl would send of its own accord.
    if (!hasAccept) {
        m_fieldList = curl_slist_append(m_fieldList, "Accept:");
    }
    m_fieldList = curl_slist_append(m_fieldList, "Expect:");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_fieldList);
}

void CurlTransfer::applyBody(CURL *easy)
{
    if (m_request.method == "GET") {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    const auto size = m_request.body.size();
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, m_request.method.constData());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
    m_isGivenInPieces = size > largestWithHead;
    if (!m_isGivenInPieces) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body.constData());
        return;
    }
    curl_easy_setopt(
        easy, CURLOPT_READFUNCTION,
        +[](char *buffer, size_t, size_t room, void *owner) { return transferOf(owner).giveBody(buffer, room); });
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(
        easy, CURLOPT_SEEKFUNCTION, +[](void *, curl_off_t, int) -> int { return CURL_SEEKFUNC_FAIL; });
}

void CurlTransfer::applyProxy(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_PROXY, m_proxy.url.constData()); // empty: none, whatever the environment says
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void CurlTransfer::fail(HttpFault fault, const Sentence &words)
{
    if (m_record.fault == HttpFault::None) {
        m_record.fault = fault;
        m_record.faultWords = words;
    }
}

size_t CurlTransfer::takeHeaderLine(QByteArrayView line)
{
    if (!m_record.receive) {
        m_record.receive = Clock::now();
    }
    const bool wasComplete = m_record.head.isComplete();
    if (!m_record.head.take(line)) {
        fail(HttpFault::Protocol, m_record.head.fault());
        return 0;
    }
    if (!wasComplete && m_record.head.isComplete()) {
        m_decoder.emplace(m_record.head.field("Content-Encoding"), m_request.terms.maximumBody);
        if (m_record.head.status() == ResponseHead::switchingProtocols) {
            m_isEnough = true; // nobody asked for another protocol, and what follows is not HTTP
            return 0;
        }
        m_onProgress();
    }
    return static_cast<size_t>(line.size());
}

size_t CurlTransfer::takeBody(QByteArrayView data)
{
    if (!m_decoder || !m_decoder->append(data)) {
        m_isEnough = true;
        return 0;
    }
    m_onProgress();
    return static_cast<size_t>(data.size());
}

size_t CurlTransfer::giveBody(char *buffer, size_t room)
{
    const auto size = std::min(static_cast<qsizetype>(room), m_request.body.size() - m_given);
    std::memcpy(buffer, m_request.body.constData() + m_given, static_cast<size_t>(size));
    m_given += size;
    m_onProgress();
    return static_cast<size_t>(size);
}

/// Before each connect, so also before the first word to an address that nothing is sent to.
curl_socket_t CurlTransfer::openSocket(const curl_sockaddr &address)
{
    if (m_record.timesSent > 0) {
        m_isSecondSendRefused = true; // libcurl would send again what a dead connection may have taken
        return CURL_SOCKET_BAD;
    }
    if (!m_record.connect) {
        m_record.connect = Clock::now();
        m_onProgress();
    }
    m_tlsLayers = 0;
    const QHostAddress peer(&address.addr);
    if (!m_request.terms.allowsLinkLocal && isLinkLocalOrMetadata(peer)) {
        m_refusedAddress = peer.toString();
        return CURL_SOCKET_BAD; // libcurl tries the name's other addresses
    }
    return m_sockets.emplace_back(::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol));
}

/// With an https:// proxy there are two handshakes on a connection: the first is the proxy's.
CURLcode CurlTransfer::beginTls(SSL_CTX *context)
{
    m_record.tlsBegun = Clock::now();
    m_onProgress();
    const bool isProxys = m_proxy.speaksTls && m_tlsLayers++ == 0;
    if (isProxys) {
        m_proxyHandshake = std::make_shared<TlsHandshake>(TlsIdentity::plain(), m_proxy.host, false);
        return TlsHandshake::install(context, m_proxyHandshake) ? CURLE_OK : CURLE_SSL_CONNECT_ERROR;
    }
    const auto &identity = m_request.terms.identity;
    m_handshake = std::make_shared<TlsHandshake>(identity ? identity : TlsIdentity::plain(),
                                                 m_request.terms.url.peerHost(), true);
    return TlsHandshake::install(context, m_handshake) ? CURLE_OK : CURLE_SSL_CONNECT_ERROR;
}

std::shared_ptr<TlsHandshake> CurlTransfer::currentHandshake() const
{
    const curl_tlssessioninfo *session = nullptr;
    if (curl_easy_getinfo(m_easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || !session
        || session->backend != CURLSSLBACKEND_OPENSSL || !session->internals) {
        return nullptr;
    }
    return TlsHandshake::of(static_cast<const SSL *>(session->internals));
}

/// Whether the peer has said something on a kept connection: by close_notify it ended it (RFC 8446 §6.1), and what else
/// it says is no answer to what comes next. libcurl takes such a connection for alive.
bool CurlTransfer::isStale() const
{
    const auto handshake = currentHandshake();
    char byte = 0;
    return handshake && ::recv(handshake->socket(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

/// The connection is there, and the request goes out next.
int CurlTransfer::aboutToSend(int localPort)
{
    if (m_record.timesSent > 0) {
        m_isSecondSendRefused = true;
        return CURL_PREREQFUNC_ABORT;
    }
    if (!m_record.connect && isStale()) {
        m_hasStaleConnection = true;
        return CURL_PREREQFUNC_ABORT;
    }
    if (!m_request.terms.connectsOnly) {
        m_record.send = Clock::now();
        m_onProgress();
    }
    m_record.isConnectionReused = !m_record.connect;
    const curl_tlssessioninfo *session = nullptr;
    curl_easy_getinfo(m_easy, CURLINFO_TLS_SSL_PTR, &session);
    if (const auto handshake = currentHandshake()) {
        m_handshake = handshake;
        if (!m_record.isConnectionReused) {
            const auto own = std::find_if(m_sockets.begin(), m_sockets.end(),
                                          [localPort](int socket) { return localPortOf(socket) == localPort; });
            handshake->setSocket(own == m_sockets.end() ? -1 : *own);
        }
        if (!handshake->accepts(static_cast<const SSL *>(session->internals), m_request.terms.url.peerHost())) {
            fail(HttpFault::Tls);
            return CURL_PREREQFUNC_ABORT;
        }
    } else {
        fail(HttpFault::Tls); // no connection that was not verified here
        return CURL_PREREQFUNC_ABORT;
    }
    if (m_request.terms.connectsOnly) {
        m_handshake->keepVerifiedChain(static_cast<const SSL *>(session->internals));
        return CURL_PREREQFUNC_OK; // libcurl is done now
    }
    m_record.timesSent = 1;
    if (m_record.isConnectionReused) {
        m_record.lookup.reset();
    }
    return CURL_PREREQFUNC_OK;
}

bool CurlTransfer::wantsToHear() const
{
    return m_request.terms.connectsOnly && m_handshake && m_handshake->facts().isClientCertificateAsked
        && m_handshake->facts().protocol == "TLSv1.3"_L1;
}

void CurlTransfer::endTurn()
{
    const bool isTaken = m_isGivenInPieces ? m_given == m_request.body.size() : m_record.timesSent > 0;
    if (isTaken && !m_record.wait) {
        const auto now = Clock::now();
        m_record.wait = std::min(now, m_record.receive.value_or(now));
    }
}

void CurlTransfer::finish(CURL *easy, CURLcode result)
{
    if (m_decoder && result == CURLE_OK) {
        m_decoder->finish();
    }
    abandon();
    if (result == CURLE_OK && m_request.terms.connectsOnly) {
        return;
    }
    if (result == CURLE_OK && !m_record.head.isComplete()) {
        fail(HttpFault::Closed); // libcurl takes the beginning of a head for all of it
    } else if (result == CURLE_OK && m_record.head.isBodyEndedByClose() && m_handshake
               && !m_handshake->isClosedByPeer()) {
        fail(HttpFault::Closed); // without close_notify anybody may have cut it (RFC 9112 §9.8)
    } else if (result != CURLE_OK && !m_isEnough) {
        classify(easy, result);
    }
}

void CurlTransfer::abandon()
{
    endTurn();
    m_record.end = Clock::now();
    if (m_decoder) {
        m_record.isBodyCut = m_decoder->isCut();
        if (m_decoder->isDamaged()) {
            fail(HttpFault::Protocol,
                 TransferText::say("its body is not what its Content-Encoding says: damaged or cut short"));
        }
    }
    if (const auto &handshake = m_handshake ? m_handshake : m_proxyHandshake) {
        m_record.tls = handshake->facts();
    }
}

void CurlTransfer::classify(CURL *easy, CURLcode result)
{
    m_record.faultDetail =
        QString::fromUtf8(m_errorText[0] ? m_errorText.data() : curl_easy_strerror(result)).trimmed();
    if (!m_proxy.isDirect()) { // libcurl repeats it as it was given, with its user's password
        m_record.faultDetail.replace(QString::fromUtf8(m_proxy.url), m_proxy.place);
    }
    if (m_record.tls && m_record.tls->fault) {
        m_record.faultDetail = m_record.tls->fault->detail;
    }
    if (!m_refusedAddress.isEmpty() && m_sockets.empty()) { // else another address went wrong
        m_record.isProxyFault = !m_proxy.isDirect();
        fail(HttpFault::Egress, Sentence(m_refusedAddress));
        return;
    }
    if (m_record.fault != HttpFault::None) {
        return;
    }
    m_record.fault = faultOf(result);
    if (!m_proxy.isDirect() && m_record.timesSent == 0 && !m_handshake) {
        classifyProxy(easy);
    }
    m_record.faultWords = wordsFor(easy, result);
}

/// There was no word with the target yet.
void CurlTransfer::classifyProxy(CURL *easy)
{
    m_record.isProxyFault = true;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &status);
    constexpr long firstRefusal = 300;
    if (status >= firstRefusal) {
        m_record.proxyStatus = static_cast<int>(status);
        m_record.fault = HttpFault::Connect;
    } else if (m_record.fault == HttpFault::Closed || m_record.fault == HttpFault::Protocol) {
        m_record.fault = HttpFault::Connect;
    }
}

Sentence CurlTransfer::wordsFor(CURL *easy, CURLcode result) const
{
    if (m_record.fault == HttpFault::Connect) {
        long error = 0;
        curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &error);
        return error == 0 || m_record.proxyStatus > 0 ? Sentence() : Sentence::ofSystemError(static_cast<int>(error));
    }
    if (m_record.fault != HttpFault::Protocol) {
        return {};
    }
    // libcurl's own limit for a line of the head; the second is CURLE_TOO_LARGE, which it has since 8.6.
    if (result == CURLE_OUT_OF_MEMORY || static_cast<int>(result) == 100) {
        return TransferText::say("a field of its header is larger than 100 KiB");
    }
    switch (result) {
    case CURLE_RECV_ERROR:
        return TransferText::say("a chunk of its body has no valid size");
    case CURLE_BAD_CONTENT_ENCODING:
        return TransferText::say("its Transfer-Encoding is none that HTTP knows");
    default:
        if (m_record.head.isComplete()) {
            return TransferText::say("a chunk of its body, or what follows the last one, is not in order");
        }
        return TransferText::say("it does not begin as an answer of HTTP does, or its header is not in order");
    }
}

HttpFault CurlTransfer::faultOf(CURLcode result) const
{
    // TLS 1.3 refuses a client's certificate only after the handshake (RFC 8446 §4.4.2.4).
    const bool isAlerted = m_record.tls && m_record.tls->alert && !m_record.head.hasBegun();
    const bool isSent = m_record.timesSent > 0;
    switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return HttpFault::Lookup;
    case CURLE_COULDNT_CONNECT:
    case CURLE_ABORTED_BY_CALLBACK:
        return m_isSecondSendRefused ? HttpFault::Closed : HttpFault::Connect;
    case CURLE_PROXY:
        return HttpFault::Connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
        return HttpFault::Tls;
    case CURLE_OPERATION_TIMEDOUT:
        return HttpFault::Timeout;
    case CURLE_RECV_ERROR:
        // libcurl has no code of its own for a chunk that is none (RFC 9112 §7.1).
        if (m_record.head.isComplete() && m_record.faultDetail.contains("chunk"_L1)) {
            return HttpFault::Protocol;
        }
        return isAlerted ? HttpFault::Tls : HttpFault::Closed;
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_FAIL_REWIND:
        return isAlerted ? HttpFault::Tls : HttpFault::Closed;
    default:
        return isSent ? HttpFault::Protocol : HttpFault::Unusable;
    }
}

} // namespace Tocsin
