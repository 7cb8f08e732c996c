// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauthclient.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr std::chrono::seconds defaultLifetime{300}; // where the server does not say (RFC 6749 §5.1)
constexpr std::chrono::seconds marginBeforeExpiry{30};

std::chrono::milliseconds usableFor(int expiresInSeconds)
{
    const std::chrono::seconds lifetime =
        expiresInSeconds > 0 ? std::chrono::seconds(expiresInSeconds) : defaultLifetime;
    return lifetime - std::min(marginBeforeExpiry, lifetime / 4);
}

} // namespace

OAuthClient::OAuthClient(Wire wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
{
}

void OAuthClient::token(const TokenRequest &request, QObject *context, Ready ready)
{
    dropExpired();
    const auto key = request.key();
    if (const auto cached = m_tokens.constFind(key); cached != m_tokens.constEnd()) {
        ready({.grant = cached->grant, .exchange = {}, .marks = {}, .error = {}});
        return;
    }
    const bool isFirst = !m_pending.contains(key);
    if (isFirst) {
        m_pending.insert(key, std::make_shared<Pending>());
    }
    const auto pending = m_pending.value(key);
    pending->waiting.push_back({.context = context, .ready = std::move(ready)});
    connect(
        context, &QObject::destroyed, this, [this, key] { dropUnwanted(key); }, Qt::QueuedConnection);
    if (isFirst) {
        begin(key, request);
    }
}

void OAuthClient::discard(const TokenRequest &request, const QString &accessToken)
{
    const auto cached = m_tokens.constFind(request.key());
    if (cached != m_tokens.constEnd() && cached->grant.accessToken == accessToken) {
        m_tokens.erase(cached);
    }
}

void OAuthClient::begin(const QByteArray &key, const TokenRequest &request)
{
    const auto authentication = m_knownAuthentication.value(request.clientKey(), ClientAuthentication::Basic);
    const auto pending = m_pending.value(key);
    pending->fetch = std::make_unique<TokenFetch>(m_wire, request, authentication);
    connect(pending->fetch.get(), &TokenFetch::finished, this,
            [this, key](const TokenFetch::Result &result) { end(key, result); });
    pending->fetch->start();
}

void OAuthClient::end(const QByteArray &key, const TokenFetch::Result &result)
{
    const auto pending = m_pending.take(key);
    if (!result.error) {
        m_knownAuthentication.insert(pending->fetch->request().clientKey(), result.authentication);
        m_tokens.insert(key,
                        {.grant = result.grant, .expiry = QDeadlineTimer(usableFor(result.grant.expiresInSeconds))});
    }
    pending->fetch.release()->deleteLater();
    Outcome outcome{.grant = result.grant, .exchange = result.exchange, .marks = result.marks, .error = result.error};
    for (const auto &waiting : pending->waiting) {
        if (waiting.context) {
            waiting.ready(outcome);
            if (!outcome.error) {
                outcome.exchange.reset();
                outcome.marks.clear();
            }
        }
    }
}

void OAuthClient::dropUnwanted(const QByteArray &key)
{
    const auto pending = m_pending.value(key);
    if (pending && std::none_of(pending->waiting.begin(), pending->waiting.end(), [](const Waiting &waiting) {
            return !waiting.context.isNull();
        })) {
        m_pending.remove(key);
    }
}

void OAuthClient::dropExpired()
{
    m_tokens.removeIf([](const auto &cached) { return cached.value().expiry.hasExpired(); });
}

} // namespace Tocsin
