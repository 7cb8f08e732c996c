// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpexchange.h"
#include "invocation.h"
#include "tokenfetch.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <list>

namespace Tocsin {

/// Fetches and keeps access tokens by the client-credentials grant (RFC 6749 §4.4). A token serves until shortly before
/// it expires, one that the server calls over for a second; many that want the same one wait for one exchange, and for
/// a while after it failed no delivery asks again. Lives on the network thread.
class OAuthClient : public QObject
{
    Q_OBJECT

public:
    explicit OAuthClient(Wire wire, QObject *parent = nullptr);

    struct Outcome
    {
        TokenGrant grant;
        QList<TokenExchange> exchanges; ///< given to the first that waited; to all where it failed
        std::vector<std::vector<HttpOutcome::Mark>> marks; ///< of each exchange, for those who are given one
        std::optional<InvocationError> error;
    };
    using Ready = std::function<void(const Outcome &)>;

    /// Whether somebody waits for the answer, who has perhaps put right what was wrong, and is not to be put off.
    /// A check wants to know whether a token is given now: one that serves still does not count.
    enum class Urgency { Delivery, Test, Check };

    /// Calls `ready` at once or later, unless `context` is gone by then.
    void token(const TokenRequest &request, Urgency urgency, QObject *context, Ready ready);

    /// `target` answered 401 to this token. Whether another is to be asked for: not used again is this one then. Not
    /// where it refused a new one shortly before: for a hundred deliveries that wait, one asks.
    bool mayRenew(const TokenRequest &request, const QString &accessToken, const QByteArray &target, Urgency urgency);
    void noteNewTokenRefused(const TokenRequest &request, const QByteArray &target);
    void noteTokenAccepted(const TokenRequest &request, const QByteArray &target);

private:
    struct Cached
    {
        TokenGrant grant;
        QDeadlineTimer expiry;
    };
    struct Held
    {
        InvocationError error;
        QDeadlineTimer end;
    };
    struct Waiting
    {
        QPointer<QObject> context;
        Ready ready;
    };
    struct Pending
    {
        std::unique_ptr<TokenFetch> fetch;
        std::list<Waiting> waiting;
    };

    void begin(const QByteArray &key, const TokenRequest &request);
    void end(const QByteArray &key, const TokenFetch::Result &result);
    void dropUnwanted(const QByteArray &key);
    void dropExpired();
    void hold(const QByteArray &key, const InvocationError &error);

    const Wire m_wire;
    QHash<QByteArray, Cached> m_tokens;
    QHash<QByteArray, std::shared_ptr<Pending>> m_pending;
    QHash<QByteArray, Held> m_held; ///< what failed, and is not asked for again
    QHash<QByteArray, QDeadlineTimer> m_refused; ///< by token and target: until when a new one would be refused, too
    QHash<QByteArray, ClientAuthentication> m_knownAuthentication; ///< by endpoint and client
};

} // namespace Tocsin
