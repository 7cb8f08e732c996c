// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenfetch.h"

#include "tokenmessages.h"
#include "troubleshooting.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int exchangesAtOnce = 6;

QByteArray digest(const QStringList &parts)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &part : parts) {
        const auto bytes = part.toUtf8();
        hash.addData(QByteArray(QByteArray::number(bytes.size()) + ':'));
        hash.addData(bytes);
    }
    return hash.result();
}

} // namespace

QByteArray TokenRequest::key() const
{
    return digest(QStringList{credentials.tokenEndpointUrl, credentials.clientId, credentials.clientSecret,
                              QString::fromLatin1(tls.fingerprint().toHex())}
                  + credentials.scopes);
}

QByteArray TokenRequest::clientKey() const
{
    return digest({credentials.tokenEndpointUrl, credentials.clientId});
}

TokenFetch::TokenFetch(ConnectionPool &pool, const TokenRequest &request, ClientAuthentication authentication)
    : m_pool(pool)
    , m_request(request)
    , m_url(sendableUrl(request.credentials.tokenEndpointUrl))
{
    m_result.authentication = authentication;
}

void TokenFetch::start()
{
    if (!m_url.isValid()) {
        fail(TokenMessages::badUrl());
        return;
    }
    waitForTurn();
}

void TokenFetch::waitForTurn()
{
    const auto acquired = m_pool.acquire(m_request.tls, m_url, "token "_L1 % m_url.authority(), exchangesAtOnce, this,
                                         [this](ConnectionLease lease) { exchange(std::move(lease)); });
    if (!acquired) {
        fail({.kind = ErrorKind::Tls,
              .message = acquired.error().message,
              .hint = {},
              .field = acquired.error().where,
              .causes = {},
              .position = {}});
    }
}

void TokenFetch::exchange(ConnectionLease lease)
{
    if (!m_deadline) {
        m_deadline.emplace(m_request.timeout, Qt::PreciseTimer);
    }
    auto message = TokenMessages::request(m_request.credentials, m_url, m_result.authentication);
    message.http.timeout = std::chrono::ceil<std::chrono::milliseconds>(m_deadline->remainingTimeAsDuration());
    m_result.exchange = TokenExchange{};
    m_result.exchange->request = message.shown;
    m_exchange = std::make_unique<HttpExchange>(std::move(lease), message.http);
    connect(m_exchange.get(), &HttpExchange::finished, this, &TokenFetch::onFinished);
    m_exchange->start();
}

void TokenFetch::onFinished(const HttpOutcome &outcome)
{
    m_exchange.release()->deleteLater();
    m_result.exchange->response = outcome.response;
    m_result.exchange->timings = outcome.timings;
    m_result.exchange->tls = outcome.tls;
    if (outcome.failure) {
        fail(TokenMessages::unreachable(
            explainFailure(*outcome.failure, m_url, m_request.timeout, outcome.proxy, HttpPeer::TokenEndpoint)));
        return;
    }
    const auto answer = TokenMessages::read(*outcome.response);
    if (answer.isUnknownClient && !std::exchange(m_hasTriedBoth, true)) {
        m_result.authentication = m_result.authentication == ClientAuthentication::Basic
            ? ClientAuthentication::RequestBody
            : ClientAuthentication::Basic;
        waitForTurn();
        return;
    }
    if (answer.error) {
        fail(*answer.error);
        return;
    }
    m_result.grant = answer.grant;
    m_result.exchange->expiresInSeconds = answer.grant.expiresInSeconds;
    Q_EMIT finished(m_result);
}

void TokenFetch::fail(const InvocationError &error)
{
    m_result.error = error;
    Q_EMIT finished(m_result);
}

} // namespace Tocsin
