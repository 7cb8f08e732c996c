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

TokenFetch::TokenFetch(Wire wire, const TokenRequest &request, ClientAuthentication authentication)
    : m_wire(wire)
    , m_request(request)
{
    m_result.authentication = authentication;
}

void TokenFetch::start()
{
    auto url = parseHttpUrl(m_request.credentials.tokenEndpointUrl, TokenMessages::urlLabel());
    if (!url) {
        fail(TokenMessages::badUrl(url.error()));
        return;
    }
    m_url = std::move(url).value();
    waitForTurn();
}

void TokenFetch::waitForTurn()
{
    m_wire.turns.wait("token "_L1 % QString::fromLatin1(m_url.authority()), exchangesAtOnce, this,
                      [this](Turn turn) { exchange(std::move(turn)); });
}

void TokenFetch::exchange(Turn turn)
{
    if (!m_deadline) {
        m_deadline.emplace(m_request.timeout, Qt::PreciseTimer);
    }
    auto message = TokenMessages::request(m_request.credentials, m_url, m_result.authentication);
    const HttpTerms terms{
        .identity = m_request.identity,
        .deadline = std::max(std::chrono::ceil<std::chrono::milliseconds>(m_deadline->remainingTimeAsDuration()),
                             std::chrono::milliseconds(1)), // none would be for ever
        .allowsLinkLocal = m_request.allowsLinkLocal,
        .wantsFreshConnection = m_hasTriedBoth}; // some close the one on which they refused a client
    m_result.exchange = TokenExchange{};
    m_result.exchange->request = message.shown;
    m_exchange = std::make_unique<HttpExchange>(m_wire.network, std::move(turn), message.http, terms);
    connect(m_exchange.get(), &HttpExchange::finished, this, &TokenFetch::onFinished);
    m_exchange->start();
}

void TokenFetch::onFinished(const HttpOutcome &outcome)
{
    m_exchange.release()->deleteLater();
    m_result.exchange->response = outcome.response;
    m_result.exchange->timings = outcome.timings;
    m_result.marks.push_back(outcome.marks);
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
