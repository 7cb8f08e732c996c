// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodydecoder.h"
#include "connectionpool.h"
#include "dispatcher.h"
#include "httprequest.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QSslError>
#include <QTimer>

#include <optional>

namespace Tocsin {

/// Why an exchange brought no whole answer.
struct HttpFailure
{
    enum class Cause { Dns, Refused, Tls, Timeout, Reset, NotHttp, Cancelled };

    Cause cause = Cause::Cancelled;
    InvocationJob::Phase phase = InvocationJob::Phase::Lookup; ///< where it was when it failed
    QString detail; ///< the network's own words; may be empty
    QList<QSslError> tlsErrors;
    bool isProxy = false; ///< the proxy failed, not the target
};

struct HttpOutcome
{
    std::optional<ReceivedResponse> response; ///< with a failure: what had come until then
    std::optional<HttpFailure> failure;
    int sent = 0;
    Timings timings; ///< without `queued`
    std::optional<TlsInfo> tls;
    QString proxy;
};

/// One request and its answer, with a deadline of its own from start() to the last byte. Sent at most once. Lives on
/// the network thread and ends in exactly one finished().
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    HttpExchange(ConnectionLease lease, HttpRequest request, QObject *parent = nullptr);
    ~HttpExchange() override;

    void start();
    void cancel();

Q_SIGNALS:
    void phaseChanged(Tocsin::InvocationJob::Phase phase);
    void finished(const Tocsin::HttpOutcome &outcome);

private:
    using Phase = InvocationJob::Phase;
    using Moment = std::optional<qint64>; ///< nanoseconds since start()

    void lookUp();
    void send();
    void enter(Phase phase);
    void onEncrypted();
    void onRequestSent();
    void onHeaders();
    void onTlsErrors(const QList<QSslError> &errors);
    void onReplyFinished();
    void readBody();
    bool readHeaders();
    std::optional<HttpFailure::Cause> causeOf(QNetworkReply::NetworkError error) const;
    void fail(HttpFailure::Cause cause, const QString &detail = {});
    void finish();
    void letGo();
    bool isReused() const;
    void settleReused();
    Timings timings() const;
    int timesSent() const;

    ConnectionLease m_lease;
    const HttpRequest m_request;
    QPointer<QNetworkReply> m_reply;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    int m_lookupId = -1;
    Phase m_phase = Phase::Lookup;
    bool m_isFinished = false;
    int m_requestsSent = 0;
    bool m_hasSentPart = false;
    Moment m_lookedUp;
    Moment m_connecting;
    Moment m_encrypted;
    Moment m_handedOver; ///< given to the network
    Moment m_sent;
    Moment m_answered;
    std::optional<BodyDecoder> m_body;
    HttpOutcome m_outcome;
    QList<QSslError> m_tlsErrors;
};

} // namespace Tocsin
