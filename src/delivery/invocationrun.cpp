// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocationrun.h"

#include "troubleshooting.h"
#include "verdict.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

InvocationError cancelledError()
{
    return explainFailure({.cause = HttpFailure::Cause::Cancelled,
                           .phase = InvocationJob::Phase::Queued,
                           .detail = {},
                           .tlsErrors = {},
                           .isProxy = false},
                          {}, {}, {});
}

InvocationRun::InvocationRun(ConnectionPool &pool, OAuthClient &oauth, std::shared_ptr<const InvocationRequest> request,
                             Clock::time_point invokedAt, const QDateTime &startedAt)
    : m_pool(pool)
    , m_oauth(oauth)
    , m_request(std::move(request))
    , m_invokedAt(invokedAt)
{
    m_invocation.webhookId = m_request->webhook.id;
    m_invocation.startedAt = startedAt;
}

void InvocationRun::start()
{
    auto prepared = prepareRequest(*m_request);
    if (const auto *error = std::get_if<InvocationError>(&prepared)) {
        fail(*error);
        return;
    }
    m_prepared = std::get<PreparedRequest>(std::move(prepared));
    completeRequest();
    if (m_prepared.oauth) {
        m_tokenRequest = {
            .credentials = *m_prepared.oauth, .tls = m_prepared.tls, .timeout = m_request->webhook.timeout};
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
    Q_EMIT phaseChanged(InvocationJob::Phase::TokenExchange);
    m_oauth.token(m_tokenRequest, this, [this](const OAuthClient::Outcome &outcome) { onToken(outcome); });
}

void InvocationRun::onToken(const OAuthClient::Outcome &outcome)
{
    if (m_isFinished) {
        return; // cancelled, and not destroyed yet
    }
    for (const auto &secret : outcome.grant.secrets) {
        m_prepared.redaction.add(secret);
    }
    m_invocation.usedCachedToken = !outcome.exchange && !outcome.error;
    if (outcome.exchange) {
        m_invocation.tokenExchange = outcome.exchange;
        m_invocation.tokenExchange->renewed = m_isRenewed;
        m_busy += outcome.exchange->timings.total.value_or(Milliseconds::zero());
    }
    if (outcome.error) {
        fail(*outcome.error);
        return;
    }
    m_token = outcome.grant.accessToken;
    completeRequest();
    waitForTurn();
}

void InvocationRun::waitForTurn()
{
    Q_EMIT phaseChanged(InvocationJob::Phase::Queued);
    const auto acquired = m_pool.acquire(m_prepared.tls, m_prepared.http.url, group(), m_request->webhook.concurrency,
                                         this, [this](ConnectionLease lease) { exchange(std::move(lease)); });
    if (!acquired) {
        fail({.kind = ErrorKind::Tls,
              .message = acquired.error().message,
              .hint = {},
              .field = acquired.error().where,
              .causes = {},
              .position = {}});
    }
}

void InvocationRun::exchange(ConnectionLease lease)
{
    if (m_isFinished) {
        return; // what is cancelled is not sent any more
    }
    m_exchange = std::make_unique<HttpExchange>(std::move(lease), m_http);
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
    m_invocation.timings = outcome.timings;
    m_busy += outcome.timings.total.value_or(Milliseconds::zero());
    if (outcome.failure) {
        fail(explainFailure(*outcome.failure, m_prepared.http.url, m_request->webhook.timeout, outcome.proxy));
        return;
    }
    const bool wantsToken = m_prepared.oauth && outcome.response->status == 401;
    if (wantsToken && !std::exchange(m_isRenewed, true)) {
        m_exchange.release()->deleteLater(); // it is the one that calls
        m_oauth.discard(m_tokenRequest, m_token);
        fetchToken();
        return;
    }
    judge(m_invocation, m_request->webhook, m_prepared.redaction);
    finish();
}

void InvocationRun::fail(const InvocationError &error)
{
    m_invocation.verdict = Verdict::Failed;
    m_invocation.reason = error.message;
    m_invocation.error = error;
    finish();
}

void InvocationRun::finish()
{
    if (std::exchange(m_isFinished, true)) {
        return;
    }
    const Milliseconds elapsed = Clock::now() - m_invokedAt;
    m_invocation.timings.queued = std::max(Milliseconds::zero(), elapsed - m_busy);
    m_invocation.timings.total = elapsed;
    m_prepared.redaction.redact(m_invocation);
    Q_EMIT finished(m_invocation);
}

QString InvocationRun::group() const
{
    return m_request->webhook.id.isEmpty() ? m_prepared.http.url.authority() : m_request->webhook.id;
}

} // namespace Tocsin
