// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connectionpool.h"
#include "dispatcher.h"
#include "httpexchange.h"
#include "oauthclient.h"
#include "requestbuilder.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace Tocsin {

/// The error of an invocation that was stopped by its owner.
InvocationError cancelledError();

/// One invocation on the network thread: request, token, turn, exchange, verdict. Ends in exactly one finished().
class InvocationRun : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    /// `invokedAt` is when the caller asked: from there on it was queued.
    InvocationRun(ConnectionPool &pool, OAuthClient &oauth, std::shared_ptr<const InvocationRequest> request,
                  Clock::time_point invokedAt, const QDateTime &startedAt);

    void start();
    void cancel();

Q_SIGNALS:
    void phaseChanged(Tocsin::InvocationJob::Phase phase);
    void finished(const Tocsin::Invocation &invocation);

private:
    void completeRequest();
    void fetchToken();
    void onToken(const OAuthClient::Outcome &outcome);
    void waitForTurn();
    void exchange(ConnectionLease lease);
    void onExchanged(const HttpOutcome &outcome);
    void fail(const InvocationError &error);
    void finish();
    QString group() const;

    ConnectionPool &m_pool;
    OAuthClient &m_oauth;
    const std::shared_ptr<const InvocationRequest> m_request;
    const Clock::time_point m_invokedAt;
    Milliseconds m_busy{0}; ///< with exchanges of its own
    PreparedRequest m_prepared;
    HttpRequest m_http; ///< what m_prepared comes to with the token
    TokenRequest m_tokenRequest;
    QString m_token;
    bool m_isRenewed = false;
    bool m_isFinished = false;
    std::unique_ptr<HttpExchange> m_exchange;
    Invocation m_invocation;
};

} // namespace Tocsin
