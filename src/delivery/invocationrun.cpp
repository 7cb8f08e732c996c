// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationrun.h"

#include "tokenmessages.h"
#include "troubleshooting.h"
#include "verdict.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

InvocationError cancelledError()
{
    return explainFailure({.cause = HttpFailure::Cause::Cancelled,
                           .phase = InvocationPhase::Queued,
                           .words = {},
                           .detail = {},
                           .tls = {}},
                          {}, {}, {});
}

InvocationRun::InvocationRun(Wire wire, OAuthClient &oauth, std::shared_ptr<const InvocationRequest> request,
                             const QDateTime &startedAt, bool allowsLinkLocal)
    : m_wire(wire)
    , m_oauth(oauth)
    , m_request(std::move(request))
    , m_allowsLinkLocal(allowsLinkLocal)
    , m_timeline(m_request->timeline)
{
    m_invocation.webhookId = m_request->webhook.id;
    m_invocation.startedAt = startedAt;
}

void InvocationRun::start()
{
    m_timeline.enter(InvocationPhase::Render);
    auto prepared = prepareRequest(*m_request);
    if (const auto *error = std::get_if<InvocationError>(&prepared)) {
        fail(*error);
        return;
    }
    m_prepared = std::get<PreparedRequest>(std::move(prepared));
    completeRequest();
    auto identity = TlsIdentity::create(m_prepared.tls);
    if (!identity) {
        fail({.kind = ErrorKind::Tls,
              .message = identity.error().toKeep(),
              .hint = {},
              .field = identity.error().where,
              .causes = {},
              .position = {}});
        return;
    }
    m_identity = std::move(identity).value();
    if (m_prepared.oauth && m_request->extent != InvocationExtent::Connection) {
        m_tokenRequest = {.credentials = *m_prepared.oauth,
                          .secrets = m_prepared.tokenSecrets,
                          .tls = m_prepared.tls,
                          .identity = m_identity,
                          .timeout = m_request->webhook.timeout,
                          .allowsLinkLocal = m_allowsLinkLocal};
        fetchToken();
    } else {
        waitForTurn();
    }
}

void InvocationRun::completeRequest()
{
    m_http = m_prepared.complete(m_token);
    m_invocation.request = m_prepared.shownOf(m_http);
}

void InvocationRun::cancel()
{
    if (m_exchange) {
        m_exchange->cancel();
    } else {
        fail(cancelledError());
    }
}

void InvocationRun::fetchToken()
{
    m_timeline.enter(InvocationPhase::TokenExchange);
    Q_EMIT phaseChanged(InvocationPhase::TokenExchange);
    m_oauth.token(m_tokenRequest, urgency(), this, [this](const OAuthClient::Outcome &outcome) { onToken(outcome); });
}

void InvocationRun::onToken(const OAuthClient::Outcome &outcome)
{
    if (m_isFinished) {
        return; // cancelled, and not destroyed yet
    }
    for (const auto &secret : outcome.grant.secrets) {
        m_prepared.redaction.add(secret);
    }
    m_invocation.usedCachedToken = outcome.exchanges.isEmpty() && !outcome.error;
    for (const auto &exchange : outcome.exchanges) {
        if (m_invocation.tokenExchange) {
            m_invocation.earlierTokenExchanges.append(*m_invocation.tokenExchange);
        }
        m_invocation.tokenExchange = exchange;
        m_invocation.tokenExchange->renewed = m_isRenewed;
    }
    for (const auto &marks : outcome.marks) {
        ++m_tokenExchanges;
        for (const auto &mark : marks) {
            m_timeline.enter(mark.phase, mark.at, m_tokenExchanges);
        }
    }
    if (outcome.error) {
        fail(*outcome.error);
        return;
    }
    if (m_request->extent == InvocationExtent::Token) {
        succeed();
        return;
    }
    m_token = outcome.grant.accessToken;
    completeRequest();
    waitForTurn();
}

void InvocationRun::waitForTurn()
{
    m_timeline.enter(InvocationPhase::Queued);
    Q_EMIT phaseChanged(InvocationPhase::Queued);
    m_wire.turns.wait(group(), m_request->webhook.concurrency, this, [this](Turn turn) { exchange(std::move(turn)); });
}

void InvocationRun::exchange(Turn turn)
{
    if (m_isFinished) {
        return; // what is cancelled is not sent any more
    }
    const HttpTerms terms{.identity = m_identity,
                          .deadline = m_request->webhook.timeout,
                          .allowsLinkLocal = m_allowsLinkLocal,
                          .wantsFreshConnection = m_request->wantsFreshConnection,
                          .connectsOnly = m_request->extent == InvocationExtent::Connection};
    m_exchange = std::make_unique<HttpExchange>(m_wire.network, std::move(turn), m_http, terms);
    if (m_request->tellsPhases) {
        connect(m_exchange.get(), &HttpExchange::phaseChanged, this, &InvocationRun::phaseChanged);
    }
    connect(m_exchange.get(), &HttpExchange::finished, this, &InvocationRun::onExchanged);
    m_exchange->start();
}

void InvocationRun::onExchanged(const HttpOutcome &outcome)
{
    m_invocation.sent += outcome.sent;
    m_invocation.response = outcome.response;
    m_invocation.tls = outcome.tls;
    m_invocation.proxy = outcome.proxy;
    m_invocation.connectionReused = outcome.isConnectionReused;
    m_invocation.timings = outcome.timings;
    for (const auto &mark : outcome.marks) {
        m_timeline.enter(mark.phase, mark.at);
    }
    if (outcome.failure) {
        fail(explainFailure(*outcome.failure, m_prepared.http.url, m_request->webhook.timeout, outcome.proxy));
        return;
    }
    if (m_request->extent == InvocationExtent::Connection) {
        succeed();
        return;
    }
    if (m_prepared.oauth && wantsNewToken(outcome.response->status)) {
        m_exchange.release()->deleteLater(); // it is the one that calls
        m_isRenewed = true;
        fetchToken();
        return;
    }
    m_timeline.enter(InvocationPhase::Judge);
    Q_EMIT phaseChanged(InvocationPhase::Judge);
    if (m_isFinished) {
        return; // who heard of it has cancelled
    }
    judge(m_invocation, m_request->webhook, m_prepared.redaction);
    if (m_isRenewalSpared && m_invocation.error) {
        m_invocation.error->causes.prepend(TokenMessages::refusedAgain());
    }
    finish();
}

bool InvocationRun::wantsNewToken(int status)
{
    const auto target = m_prepared.http.url.authority();
    if (status != 401) {
        m_oauth.noteTokenAccepted(m_tokenRequest, target);
        return false;
    }
    if (m_isRenewed) {
        m_oauth.noteNewTokenRefused(m_tokenRequest, target);
        return false;
    }
    m_isRenewalSpared = !m_oauth.mayRenew(m_tokenRequest, m_token, target, urgency());
    return !m_isRenewalSpared;
}

OAuthClient::Urgency InvocationRun::urgency() const
{
    if (m_request->extent == InvocationExtent::Token) {
        return OAuthClient::Urgency::Check;
    }
    return m_request->isDelivery ? OAuthClient::Urgency::Delivery : OAuthClient::Urgency::Test;
}

void InvocationRun::fail(const InvocationError &error)
{
    m_invocation.verdict = Verdict::Failed;
    m_invocation.reason = error.message;
    m_invocation.error = error;
    finish();
}

void InvocationRun::succeed()
{
    m_invocation.verdict = Verdict::Successful;
    finish();
}

void InvocationRun::finish()
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    m_prepared.redaction.redact(m_invocation);
    const auto end = Timeline::Clock::now();
    m_invocation.timeline = m_timeline.spans(end);
    m_invocation.timings.total = end - m_timeline.start();
    m_invocation.timings.queued = Milliseconds::zero();
    for (const auto &span : m_invocation.timeline) {
        if (span.phase == InvocationPhase::Queued && span.tokenExchange == 0) {
            *m_invocation.timings.queued += span.duration;
        }
    }
    Q_EMIT finished(m_invocation);
}

QString InvocationRun::group() const
{
    const auto whose =
        m_request->webhook.id.isEmpty() ? QString::fromLatin1(m_prepared.http.url.authority()) : m_request->webhook.id;
    // One that only connects holds up no delivery, and waits for none.
    return m_request->extent == InvocationExtent::Connection ? QString("check "_L1 % whose) : whose;
}

} // namespace Tocsin

#include "moc_invocationrun.cpp"
