// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatcher.h"
#include "httpexchange.h"
#include "oauthclient.h"
#include "requestbuilder.h"

#include <QObject>

#include <memory>

namespace Tocsin {

/// The error of an invocation that was stopped by its owner.
InvocationError cancelledError();

/// One invocation on the network thread: request, token, turn, exchange, verdict. Ends in exactly one finished().
class InvocationRun : public QObject
{
    Q_OBJECT

public:
    InvocationRun(Wire wire, OAuthClient &oauth, std::shared_ptr<const InvocationRequest> request,
                  const QDateTime &startedAt, bool allowsLinkLocal);

    void start();
    void cancel();

Q_SIGNALS:
    void phaseChanged(Tocsin::InvocationPhase phase);
    void finished(const Tocsin::Invocation &invocation);

private:
    void completeRequest();
    void fetchToken();
    void onToken(const OAuthClient::Outcome &outcome);
    void waitForTurn();
    void exchange(Turn turn);
    void onExchanged(const HttpOutcome &outcome);
    bool wantsNewToken(int status);
    OAuthClient::Urgency urgency() const;
    void fail(const InvocationError &error);
    void succeed(); ///< of what is less than a request
    void finish();
    QString group() const;

    const Wire m_wire;
    OAuthClient &m_oauth;
    const std::shared_ptr<const InvocationRequest> m_request;
    const bool m_allowsLinkLocal;
    Timeline m_timeline;
    int m_tokenExchanges = 0;
    PreparedRequest m_prepared;
    HttpRequest m_http; ///< what m_prepared comes to with the token
    std::shared_ptr<const TlsIdentity> m_identity;
    TokenRequest m_tokenRequest;
    QString m_token;
    bool m_isRenewed = false;
    bool m_isRenewalSpared = false;
    bool m_isFinished = false;
    std::unique_ptr<HttpExchange> m_exchange;
    Invocation m_invocation;
};

} // namespace Tocsin
