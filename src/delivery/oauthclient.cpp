// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauthclient.h"

#include "tokenmessages.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr std::chrono::seconds defaultLifetime{300}; // where the server does not say (RFC 6749 §5.1)
constexpr std::chrono::seconds marginBeforeExpiry{30};
constexpr std::chrono::seconds timeOfOneThatIsOver{1}; // so that not each of many deliveries asks for its own
constexpr std::chrono::seconds pauseAfterFailure{3}; // shorter than the first of the usual retries
constexpr std::chrono::seconds pauseAfterRefusal{60};
constexpr std::chrono::seconds longestPause{3600}; // of those that a server asks for

std::chrono::milliseconds usableFor(const TokenGrant &grant)
{
    if (grant.isOverAtOnce) {
        return timeOfOneThatIsOver;
    }
    const std::chrono::seconds lifetime =
        grant.expiresInSeconds > 0 ? std::chrono::seconds(grant.expiresInSeconds) : defaultLifetime;
    return lifetime - std::min(marginBeforeExpiry, lifetime / 4);
}

} // namespace

OAuthClient::OAuthClient(Wire wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
{
}

void OAuthClient::token(const TokenRequest &request, Urgency urgency, QObject *context, Ready ready)
{
    dropExpired();
    const auto key = request.key();
    const auto cached = m_tokens.constFind(key);
    if (urgency != Urgency::Check && cached != m_tokens.constEnd()) {
        ready({.grant = cached->grant, .exchanges = {}, .marks = {}, .error = {}});
        return;
    }
    const bool isFirst = !m_pending.contains(key);
    if (const auto held = m_held.constFind(key); isFirst && urgency == Urgency::Delivery && held != m_held.constEnd()) {
        const auto rest = std::chrono::ceil<std::chrono::seconds>(held->end.remainingTimeAsDuration());
        ready({.grant = {}, .exchanges = {}, .marks = {}, .error = TokenMessages::heldOff(held->error, rest)});
        return;
    }
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

bool OAuthClient::mayRenew(const TokenRequest &request, const QString &accessToken, const QByteArray &target,
                           Urgency urgency)
{
    dropExpired();
    const auto key = request.key();
    if (urgency == Urgency::Delivery && m_refused.contains(key + target)) {
        return false;
    }
    const auto cached = m_tokens.constFind(key);
    if (cached != m_tokens.constEnd() && cached->grant.accessToken == accessToken) {
        m_tokens.erase(cached);
    }
    return true;
}

void OAuthClient::noteNewTokenRefused(const TokenRequest &request, const QByteArray &target)
{
    m_refused.insert(request.key() + target, QDeadlineTimer(pauseAfterRefusal));
}

void OAuthClient::noteTokenAccepted(const TokenRequest &request, const QByteArray &target)
{
    if (!m_refused.isEmpty()) {
        m_refused.remove(request.key() + target);
    }
}

void OAuthClient::begin(const QByteArray &key, const TokenRequest &request)
{
    const auto known = m_knownAuthentication.constFind(request.clientKey());
    const auto pending = m_pending.value(key);
    pending->fetch = std::make_unique<TokenFetch>(
        m_wire, request, known == m_knownAuthentication.constEnd() ? std::nullopt : std::optional(*known));
    connect(pending->fetch.get(), &TokenFetch::finished, this,
            [this, key](const TokenFetch::Result &result) { end(key, result); });
    pending->fetch->start();
}

void OAuthClient::end(const QByteArray &key, const TokenFetch::Result &result)
{
    const auto pending = m_pending.take(key);
    if (result.error) {
        hold(key, *result.error);
    } else {
        m_held.remove(key);
        const auto &request = pending->fetch->request();
        if (request.credentials.clientAuthentication == ClientAuthentication::Automatic) {
            m_knownAuthentication.insert(request.clientKey(), result.authentication);
        }
        m_tokens.insert(key, {.grant = result.grant, .expiry = QDeadlineTimer(usableFor(result.grant))});
    }
    pending->fetch.release()->deleteLater();
    Outcome outcome{.grant = result.grant, .exchanges = result.exchanges, .marks = result.marks, .error = result.error};
    for (const auto &waiting : pending->waiting) {
        if (waiting.context) {
            waiting.ready(outcome);
            if (!outcome.error) {
                outcome.exchanges.clear();
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
    m_held.removeIf([](const auto &held) { return held.value().end.hasExpired(); });
    m_refused.removeIf([](const auto &refused) { return refused.value().hasExpired(); });
}

void OAuthClient::hold(const QByteArray &key, const InvocationError &error)
{
    const auto pause = std::min(error.retryAfter.value_or(pauseAfterFailure), longestPause);
    m_held.insert(key, {.error = error, .end = QDeadlineTimer(pause)});
}

} // namespace Tocsin

#include "moc_oauthclient.cpp"
