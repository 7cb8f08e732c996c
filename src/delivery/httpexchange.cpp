// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpexchange.h"

#include "oncebody.h"
#include "systemproxy.h"
#include "tlsidentity.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QNetworkProxy>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

Milliseconds between(qint64 from, qint64 to)
{
    return std::chrono::nanoseconds(std::max<qint64>(0, to - from));
}

QString proxyText(const QUrl &url)
{
    const auto proxies = systemProxies(QNetworkProxyQuery(url));
    if (proxies.isEmpty() || proxies.first().type() == QNetworkProxy::NoProxy
        || proxies.first().type() == QNetworkProxy::DefaultProxy) {
        return {};
    }
    return proxies.first().hostName() % u':' % QString::number(proxies.first().port());
}

QNetworkRequest networkRequest(const HttpRequest &request, const QSslConfiguration &tls)
{
    QNetworkRequest result(request.url);
    result.setSslConfiguration(tls);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Together with a body that cannot be read twice, these keep the request from being sent again.
    result.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    for (const auto &[name, value] : request.fields) {
        result.setRawHeader(name, value.isNull() ? ""_ba : value);
    }
    return result;
}

} // namespace

HttpExchange::HttpExchange(ConnectionLease lease, HttpRequest request, QObject *parent)
    : QObject(parent)
    , m_lease(std::move(lease))
    , m_request(std::move(request))
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(HttpFailure::Cause::Timeout); });
}

HttpExchange::~HttpExchange()
{
    letGo();
}

void HttpExchange::start()
{
    m_clock.start();
    m_deadline.start(m_request.timeout);
    m_outcome.proxy = proxyText(m_request.url);
    // Behind a proxy, the proxy looks the name up.
    if (!m_outcome.proxy.isEmpty() || !QHostAddress(m_request.url.host()).isNull()) {
        send();
    } else {
        lookUp();
    }
}

void HttpExchange::cancel()
{
    fail(HttpFailure::Cause::Cancelled);
}

void HttpExchange::lookUp()
{
    enter(Phase::Lookup);
    m_lookupId = QHostInfo::lookupHost(m_request.url.host(QUrl::FullyEncoded), this, [this](const QHostInfo &info) {
        if (m_isFinished) {
            return; // its event was under way when the lookup was aborted
        }
        m_lookupId = -1;
        m_lookedUp = m_clock.nsecsElapsed();
        if (info.error() != QHostInfo::NoError) {
            fail(HttpFailure::Cause::Dns, info.errorString());
        } else {
            send();
        }
    });
}

void HttpExchange::send()
{
    m_handedOver = m_clock.nsecsElapsed();
    m_phase = Phase::Connect; // unless there is a connection already, which shows later
    auto body = std::make_unique<OnceBody>(m_request.body);
    m_reply =
        m_lease.network().sendCustomRequest(networkRequest(m_request, m_lease.tls()), m_request.method, body.get());
    body.release()->setParent(m_reply);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] {
        if (!m_connecting) {
            m_connecting = m_clock.nsecsElapsed();
        }
        enter(Phase::Connect);
    });
    connect(m_reply, &QNetworkReply::encrypted, this, &HttpExchange::onEncrypted);
    connect(m_reply, &QNetworkReply::sslErrors, this, &HttpExchange::onTlsErrors);
    connect(m_reply, &QNetworkReply::uploadProgress, this,
            [this](qint64 bytesSent) { m_hasSentPart = m_hasSentPart || bytesSent > 0; });
    connect(m_reply, &QNetworkReply::requestSent, this, &HttpExchange::onRequestSent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::readBody);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::onReplyFinished);
}

void HttpExchange::enter(Phase phase)
{
    m_phase = phase;
    Q_EMIT phaseChanged(phase);
}

void HttpExchange::onEncrypted()
{
    m_encrypted = m_clock.nsecsElapsed();
    m_outcome.tls = tlsInfo(m_reply->sslConfiguration());
    enter(Phase::Send);
    if (m_request.body.isEmpty()) {
        // QNetworkAccessManager does not tell when a request without a body has gone out; it does so now.
        m_sent = m_encrypted;
        enter(Phase::Wait);
    }
}

void HttpExchange::onRequestSent()
{
    ++m_requestsSent;
    m_sent = m_clock.nsecsElapsed();
    enter(Phase::Wait);
}

void HttpExchange::onHeaders()
{
    if (m_answered || !readHeaders()) {
        return;
    }
    m_answered = m_clock.nsecsElapsed();
    settleReused();
    if (!m_encrypted) {
        m_outcome.tls = tlsInfo(m_reply->sslConfiguration());
    }
    enter(Phase::Receive);
}

bool HttpExchange::readHeaders()
{
    const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!status.isValid() || status.toInt() < 200) {
        return false;
    }
    ReceivedResponse response;
    response.status = status.toInt();
    response.reasonPhrase = fieldText(m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray());
    response.httpVersion = u"1.1"_s;
    for (const auto &[name, value] : m_reply->rawHeaderPairs()) {
        // Only cookies come joined by line breaks: they cannot be joined by commas (RFC 9110 §5.3).
        for (const auto &single : value.split('\n')) {
            response.headers.append({.name = QString::fromLatin1(name), .value = fieldText(single)});
        }
    }
    m_body.emplace(m_reply->rawHeader("Content-Encoding"), maximumResponseBody);
    m_outcome.response = std::move(response);
    return true;
}

void HttpExchange::readBody()
{
    onHeaders();
    if (m_body && !m_body->append(m_reply->readAll())) {
        finish(); // the rest is not wanted
    }
}

void HttpExchange::onTlsErrors(const QList<QSslError> &errors)
{
    m_tlsErrors = errors;
    m_outcome.tls = tlsInfo(m_reply->sslConfiguration());
    for (const auto &error : errors) {
        m_outcome.tls->errors.append(error.errorString());
    }
}

void HttpExchange::onReplyFinished()
{
    onHeaders();
    if (m_body && m_reply->bytesAvailable() > 0 && !m_body->append(m_reply->readAll())) {
        finish();
        return;
    }
    if (const auto cause = causeOf(m_reply->error())) {
        fail(*cause, m_reply->errorString());
    } else {
        finish();
    }
}

std::optional<HttpFailure::Cause> HttpExchange::causeOf(QNetworkReply::NetworkError error) const
{
    using Cause = HttpFailure::Cause;
    switch (error) {
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::ProxyNotFoundError:
        return Cause::Dns;
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::ProxyConnectionRefusedError:
        return Cause::Refused;
    case QNetworkReply::ProxyAuthenticationRequiredError: // of the proxy, or a 407 of the target itself
        return m_outcome.response ? std::optional<Cause>() : Cause::Refused;
    case QNetworkReply::SslHandshakeFailedError:
        return Cause::Tls;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return Cause::Timeout;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ProxyConnectionClosedError:
        return Cause::Reset;
    case QNetworkReply::ContentReSendError: // not sent again: closed without an answer, or the answer is 307 or 308
        return m_outcome.response ? std::optional<Cause>() : Cause::Reset;
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::UnknownProxyError:
        return m_sent || m_answered ? Cause::Reset : Cause::Refused;
    case QNetworkReply::ProtocolFailure:
        return Cause::NotHttp;
    default:
        // What is left tells of the answer's status, which speaks for itself.
        return m_outcome.response ? std::optional<Cause>() : Cause::NotHttp;
    }
}

void HttpExchange::fail(HttpFailure::Cause cause, const QString &detail)
{
    if (m_isFinished) {
        return;
    }
    // Where there is a proxy, it is the only one that a name or a connection was asked of.
    const bool isBeforeTls = cause == HttpFailure::Cause::Dns || cause == HttpFailure::Cause::Refused;
    m_outcome.failure = HttpFailure{.cause = cause,
                                    .phase = m_phase,
                                    .detail = detail,
                                    .tlsErrors = m_tlsErrors,
                                    .isProxy = isBeforeTls && !m_outcome.proxy.isEmpty()};
    settleReused();
    m_outcome.failure->phase = m_phase;
    finish();
}

void HttpExchange::finish()
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    m_deadline.stop();
    m_outcome.timings = timings();
    m_outcome.sent = timesSent();
    if (m_outcome.response) {
        m_outcome.response->body = m_body->body();
        m_outcome.response->truncated = m_body->isCut();
    }
    letGo();
    Q_EMIT finished(m_outcome);
}

void HttpExchange::letGo()
{
    if (m_lookupId >= 0) {
        QHostInfo::abortHostLookup(std::exchange(m_lookupId, -1));
    }
    if (m_reply) {
        m_reply->disconnect(this);
        const bool isConnecting = m_reply->isRunning() && !m_encrypted && !isReused();
        m_reply->abort();
        m_reply->deleteLater();
        m_reply.clear();
        if (isConnecting) {
            m_lease.retire(); // QNetworkAccessManager would go on, and hand the connection to the next request
        }
    }
    m_lease = {};
}

bool HttpExchange::isReused() const
{
    const auto &failure = m_outcome.failure;
    return m_handedOver && !m_connecting
        && (m_requestsSent > 0 || m_answered
            || (failure
                && (failure->cause == HttpFailure::Cause::Reset || failure->cause == HttpFailure::Cause::Timeout)));
}

void HttpExchange::settleReused()
{
    if (m_phase != Phase::Connect || !isReused()) {
        return;
    }
    m_phase = m_request.body.isEmpty() ? Phase::Wait : Phase::Send;
    if (m_request.body.isEmpty()) {
        m_sent = m_handedOver; // nothing tells of it
    }
}

Timings HttpExchange::timings() const
{
    const auto end = m_clock.nsecsElapsed();
    Timings timings;
    timings.total = between(0, end);
    if (m_phase == Phase::Lookup || (m_lookedUp && !isReused())) {
        timings.lookup = between(0, m_lookedUp.value_or(end));
    }
    if (m_connecting) {
        timings.connect = between(*m_connecting, m_encrypted.value_or(end));
    }
    if (m_encrypted || isReused()) {
        const auto from = m_encrypted.value_or(m_handedOver.value_or(0));
        timings.send = between(from, m_sent ? *m_sent : m_answered.value_or(end));
    }
    if (m_sent) {
        timings.wait = between(*m_sent, m_answered.value_or(end));
    }
    if (m_answered) {
        timings.receive = between(*m_answered, end);
    }
    return timings;
}

int HttpExchange::timesSent() const
{
    // On a connection that was there already, what failed may have gone out.
    const bool isOut = m_sent || m_answered || m_hasSentPart || isReused();
    return std::max(m_requestsSent, isOut ? 1 : 0);
}

} // namespace Tocsin
