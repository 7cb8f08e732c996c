// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenfetch.h"

#include "tokenanswer.h"
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
    QStringList parts{credentials.tokenEndpointUrl,
                      credentials.clientId,
                      credentials.clientSecret,
                      toString(credentials.clientAuthentication),
                      QString::fromLatin1(tls.fingerprint().toHex()),
                      QString::number(credentials.scopes.size())};
    parts += credentials.scopes;
    for (const auto &parameter : credentials.parameters) {
        parts << parameter.name << parameter.value;
    }
    return digest(parts);
}

QStringList TokenRequest::shownScopes() const
{
    auto shown = credentials.scopes;
    shown.removeIf([this](const QString &scope) { return secrets.scopes.contains(scope); });
    return shown;
}

QByteArray TokenRequest::clientKey() const
{
    return digest({credentials.tokenEndpointUrl, credentials.clientId});
}

TokenFetch::TokenFetch(Wire wire, const TokenRequest &request, std::optional<ClientAuthentication> known)
    : m_wire(wire)
    , m_request(request)
    , m_isAutomatic(request.credentials.clientAuthentication == ClientAuthentication::Automatic)
    , m_isKnown(known.has_value())
{
    m_result.authentication =
        m_isAutomatic ? known.value_or(ClientAuthentication::Basic) : request.credentials.clientAuthentication;
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
    auto message = TokenMessages::request(m_request, m_url, m_result.authentication);
    const HttpTerms terms{
        .identity = m_request.identity,
        .deadline = std::max(std::chrono::ceil<std::chrono::milliseconds>(m_deadline->remainingTimeAsDuration()),
                             std::chrono::milliseconds(1)), // none would be for ever
        .allowsLinkLocal = m_request.allowsLinkLocal,
        .wantsFreshConnection = m_hasTriedBoth}; // some close the one on which they refused a client
    TokenExchange begun;
    begun.request = message.shown;
    begun.clientAuthentication = m_result.authentication;
    m_result.exchanges.append(begun);
    m_exchange = std::make_unique<HttpExchange>(m_wire.network, std::move(turn), message.http, terms);
    connect(m_exchange.get(), &HttpExchange::finished, this, &TokenFetch::onFinished);
    m_exchange->start();
}

void TokenFetch::onFinished(const HttpOutcome &outcome)
{
    m_exchange.release()->deleteLater();
    auto &exchange = m_result.exchanges.last();
    exchange.response = outcome.response;
    exchange.timings = outcome.timings;
    exchange.tls = outcome.tls;
    m_result.marks.push_back(outcome.marks);
    if (outcome.response) {
        m_result.grant.secrets += tokensIn(*outcome.response);
    }
    if (outcome.failure) {
        fail(TokenMessages::unreachable(
            explainFailure(*outcome.failure, m_url, m_request.timeout, outcome.proxy, HttpPeer::TokenEndpoint)));
        return;
    }
    const auto answer =
        TokenMessages::read(*outcome.response, QDateTime::currentDateTimeUtc(), m_request.shownScopes());
    m_result.grant.secrets += answer.grant.secrets;
    exchange.response->loneSurrogates = answer.loneSurrogates;
    if (!answer.error) {
        m_result.grant.accessToken = answer.grant.accessToken;
        m_result.grant.expiresInSeconds = answer.grant.expiresInSeconds;
        m_result.grant.isOverAtOnce = answer.grant.isOverAtOnce;
        exchange.expiresInSeconds = answer.grant.expiresInSeconds;
        exchange.isOverAtOnce = answer.grant.isOverAtOnce;
        Q_EMIT finished(m_result);
        return;
    }
    // What may have any reason is taken for the client's authentication once, while nothing is known to work.
    const bool mayBeAuthentication = answer.refusal == TokenMessages::Refusal::Client
        || (answer.refusal == TokenMessages::Refusal::Unclear && !m_isKnown);
    if (m_isAutomatic && mayBeAuthentication && !std::exchange(m_hasTriedBoth, true)) {
        if (answer.isInWords) {
            m_firstRefusal = answer.error;
        }
        m_result.authentication = m_result.authentication == ClientAuthentication::Basic ? ClientAuthentication::Body
                                                                                         : ClientAuthentication::Basic;
        waitForTurn();
        return;
    }
    fail(m_firstRefusal && !answer.isInWords && !answer.error->retryAfter ? *m_firstRefusal : *answer.error);
}

void TokenFetch::fail(const InvocationError &error)
{
    m_result.error = error;
    Q_EMIT finished(m_result);
}

} // namespace Tocsin

#include "moc_tokenfetch.cpp"
