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
/// it expires; many that want the same one wait for one exchange. Lives on the network thread.
class OAuthClient : public QObject
{
    Q_OBJECT

public:
    explicit OAuthClient(Wire wire, QObject *parent = nullptr);

    struct Outcome
    {
        TokenGrant grant;
        std::optional<TokenExchange> exchange; ///< given to the first that waited; to all where it failed
        std::vector<std::vector<HttpOutcome::Mark>> marks; ///< of each exchange, for those who are given one
        std::optional<InvocationError> error;
    };
    using Ready = std::function<void(const Outcome &)>;

    /// Calls `ready` at once or later, unless `context` is gone by then.
    void token(const TokenRequest &request, QObject *context, Ready ready);

    /// The target refused this token: it is not used again.
    void discard(const TokenRequest &request, const QString &accessToken);

private:
    struct Cached
    {
        TokenGrant grant;
        QDeadlineTimer expiry;
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

    const Wire m_wire;
    QHash<QByteArray, Cached> m_tokens;
    QHash<QByteArray, std::shared_ptr<Pending>> m_pending;
    QHash<QByteArray, ClientAuthentication> m_knownAuthentication; ///< by endpoint and client
};

} // namespace Tocsin
