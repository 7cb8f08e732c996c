// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpoutcome.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

using Cause = HttpFailure::Cause;
using Clock = Timeline::Clock;

Cause causeOf(HttpFault fault)
{
    switch (fault) {
    case HttpFault::Lookup:
        return Cause::Dns;
    case HttpFault::Tls:
        return Cause::Tls;
    case HttpFault::Timeout:
        return Cause::Timeout;
    case HttpFault::Closed:
        return Cause::Reset;
    case HttpFault::Protocol:
        return Cause::Protocol;
    case HttpFault::Egress:
        return Cause::Egress;
    case HttpFault::Connect:
    case HttpFault::Unusable:
    case HttpFault::None:
        break;
    }
    return Cause::Refused;
}

QList<Header> headersOf(const HttpFields &fields)
{
    QList<Header> headers;
    headers.reserve(fields.size());
    for (const auto &[name, value] : fields) {
        headers.append({.name = QString::fromLatin1(name), .value = fieldText(value)});
    }
    return headers;
}

ReceivedResponse responseOf(const HttpRecord &record, const QByteArray &body)
{
    const auto &head = record.head;
    ReceivedResponse response{.status = head.status(),
                              .reasonPhrase = fieldText(head.reasonPhrase()),
                              .httpVersion = QString::fromLatin1(head.version()),
                              .headers = headersOf(head.fields()),
                              .body = body,
                              .truncated = record.isBodyCut};
    for (const auto &interim : head.interim()) {
        response.interim.append({.status = interim.status,
                                 .reasonPhrase = fieldText(interim.reasonPhrase),
                                 .headers = headersOf(interim.fields)});
    }
    response.trailers = headersOf(head.trailers());
    return response;
}

TlsInfo tlsInfoOf(const TlsFacts &facts)
{
    TlsInfo info{.protocol = facts.protocol,
                 .cipher = facts.cipher,
                 .chain = facts.chain,
                 .errors = {},
                 .sessionResumed = facts.isSessionResumed,
                 .clientCertificateAsked = facts.isClientCertificateAsked,
                 .clientCertificate = facts.clientCertificate};
    if (facts.fault) {
        info.errors.append(facts.fault->detail);
    }
    return info;
}

/// Each phase from its beginning to the next one's; a reused connection has neither lookup nor handshake.
std::vector<HttpOutcome::Mark> marksOf(const HttpRecord &record)
{
    std::vector<HttpOutcome::Mark> marks;
    const std::pair<InvocationPhase, HttpRecord::Moment> moments[] = {
        {InvocationPhase::Lookup, record.lookup}, {InvocationPhase::Connect, record.connect},
        {InvocationPhase::Tls, record.tlsBegun},  {InvocationPhase::Send, record.send},
        {InvocationPhase::Wait, record.wait},     {InvocationPhase::Receive, record.receive},
    };
    for (const auto &[phase, at] : moments) {
        if (at) {
            marks.push_back({.phase = phase, .at = marks.empty() ? record.begin : std::max(*at, marks.back().at)});
        }
    }
    if (marks.empty()) {
        marks.push_back({.phase = InvocationPhase::Connect, .at = record.begin});
    }
    return marks;
}

Timings timingsOf(const std::vector<HttpOutcome::Mark> &marks, Clock::time_point begin, Clock::time_point end)
{
    Timings timings;
    timings.total = end - begin;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const Milliseconds taken = (i + 1 < marks.size() ? marks[i + 1].at : std::max(end, marks[i].at)) - marks[i].at;
        switch (marks[i].phase) {
        case InvocationPhase::Lookup:
            timings.lookup = taken;
            break;
        case InvocationPhase::Connect:
            timings.connect = taken;
            break;
        case InvocationPhase::Tls:
            timings.tls = taken;
            break;
        case InvocationPhase::Send:
            timings.send = taken;
            break;
        case InvocationPhase::Wait:
            timings.wait = taken;
            break;
        default:
            timings.receive = taken;
        }
    }
    return timings;
}

Cause causeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::ProxyNotFoundError:
        return Cause::Dns;
    case QNetworkReply::SslHandshakeFailedError:
        return Cause::Tls;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return Cause::Timeout;
    case QNetworkReply::RemoteHostClosedError:
        return Cause::Reset;
    case QNetworkReply::ProtocolFailure:
        return Cause::Protocol;
    default:
        return Cause::Refused;
    }
}

} // namespace

HttpOutcome outcomeOf(const HttpRecord &record, const QByteArray &body)
{
    HttpOutcome outcome;
    if (record.head.isComplete()) {
        outcome.response = responseOf(record, body);
    }
    outcome.sent = record.timesSent;
    outcome.isConnectionReused = record.isConnectionReused;
    outcome.marks = marksOf(record);
    outcome.timings = timingsOf(outcome.marks, record.begin, record.end);
    outcome.proxy = record.proxy;
    if (record.tls) {
        outcome.tls = tlsInfoOf(*record.tls);
    }
    if (record.fault != HttpFault::None) {
        outcome.failure = HttpFailure{.cause = causeOf(record.fault),
                                      .phase = outcome.marks.back().phase,
                                      .words = record.faultWords,
                                      .detail = record.faultDetail,
                                      .tls = record.tls,
                                      .isProxy = record.isProxyFault,
                                      .isConnectionReused = record.isConnectionReused,
                                      .proxyStatus = record.proxyStatus};
    }
    return outcome;
}

HttpOutcome outcomeOf(QNetworkReply &reply, Clock::time_point begin)
{
    HttpOutcome outcome;
    const auto status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid()) {
        ReceivedResponse response{
            .status = status.toInt(),
            .reasonPhrase = fieldText(reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray()),
            .httpVersion = u"1.1"_s,
            .headers = headersOf(reply.rawHeaderPairs()),
            .body = reply.readAll()};
        response.truncated = response.body.size() > maximumResponseBody;
        response.body.truncate(maximumResponseBody);
        outcome.response = response;
        outcome.sent = 1;
    } else {
        outcome.failure = HttpFailure{.cause = causeOf(reply.error()),
                                      .phase = InvocationPhase::Wait,
                                      .words = {},
                                      .detail = reply.errorString(),
                                      .tls = {}};
    }
    outcome.marks = {{.phase = InvocationPhase::Wait, .at = begin}};
    outcome.timings = timingsOf(outcome.marks, begin, Clock::now());
    return outcome;
}

} // namespace Tocsin
