// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatcher.h"
#include "httprequest.h"
#include "httpterms.h"
#include "turns.h"

#include <QNetworkReply>
#include <QPointer>

#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace Tocsin {

/// Why an exchange brought no whole answer.
struct HttpFailure
{
    enum class Cause { Dns, Refused, Tls, Timeout, Reset, Protocol, Egress, Cancelled };

    Cause cause = Cause::Cancelled;
    InvocationPhase phase = InvocationPhase::Lookup; ///< where it was when it failed
    Sentence words; ///< for a sentence; may be empty
    QString detail; ///< a library's own words; may be empty
    std::optional<TlsFacts> tls;
    bool isProxy = false; ///< the proxy failed, not the target
    bool isConnectionReused = false;
    int proxyStatus = 0; ///< what a proxy answered that opened no tunnel
};

struct HttpOutcome
{
    /// When a phase began; the last one lasts until the end.
    struct Mark
    {
        InvocationPhase phase;
        Timeline::Clock::time_point at;
    };

    std::optional<ReceivedResponse> response; ///< with a failure: what had come until then
    std::optional<HttpFailure> failure;
    int sent = 0;
    bool isConnectionReused = false;
    Timings timings; ///< without `queued`
    std::vector<Mark> marks;
    std::optional<TlsInfo> tls;
    QString proxy;
};

/// One request and its answer over a QNetworkAccessManager, whichever it is. Lives on the network thread and ends in
/// exactly one finished().
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    /// `terms`: what the request itself does not say.
    HttpExchange(QNetworkAccessManager &network, Turn turn, HttpRequest request, HttpTerms terms,
                 QObject *parent = nullptr);
    ~HttpExchange() override;

    void start();
    void cancel();

Q_SIGNALS:
    void phaseChanged(Tocsin::InvocationPhase phase);
    void finished(const Tocsin::HttpOutcome &outcome);

private:
    void enter(InvocationPhase phase);
    void takeOutcome();
    void onReplyFinished();
    void finish();
    void letGo();

    QNetworkAccessManager &m_network;
    Turn m_turn;
    const HttpRequest m_request;
    HttpTerms m_terms;
    QPointer<QNetworkReply> m_reply;
    Timeline::Clock::time_point m_begin;
    InvocationPhase m_phase = InvocationPhase::Lookup;
    bool m_isFinished = false;
    HttpOutcome m_outcome;
};

} // namespace Tocsin
