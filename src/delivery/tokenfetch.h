// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpexchange.h"
#include "invocation.h"
#include "tlsidentity.h"
#include "tokensecrets.h"

#include <QDeadlineTimer>
#include <QObject>

#include <optional>

namespace Tocsin {

/// What an access token is asked for with; secrets resolved.
struct TokenRequest
{
    OAuthClientCredentials credentials;
    TokenSecrets secrets; ///< of the credentials
    TlsMaterial tls;
    std::shared_ptr<const TlsIdentity> identity; ///< what it comes to
    std::chrono::milliseconds timeout{30000};
    bool allowsLinkLocal = false;

    QByteArray key() const; ///< tells one token from another
    QStringList shownScopes() const; ///< without those that are secrets
    QByteArray clientKey() const; ///< tells one client of one endpoint from another
};

struct TokenGrant
{
    QString accessToken; ///< visible ASCII
    int expiresInSeconds = 0; ///< 0: neither the server nor the token says
    bool isOverAtOnce = false; ///< the server says that it is over
    QStringList secrets; ///< all tokens that came, to be redacted
};

/// One exchange with a token endpoint; two where the choice of client authentication is automatic and the server does
/// not take the first.
class TokenFetch : public QObject
{
    Q_OBJECT

public:
    struct Result
    {
        TokenGrant grant; ///< with an error: what is to be redacted alone
        ClientAuthentication authentication = ClientAuthentication::Basic; ///< of the last exchange
        QList<TokenExchange> exchanges; ///< in their order; their secrets are not yet redacted by value
        std::vector<std::vector<HttpOutcome::Mark>> marks; ///< of each
        std::optional<InvocationError> error;
    };

    /// `known`: what worked before for this client, where the choice is automatic.
    TokenFetch(Wire wire, const TokenRequest &request, std::optional<ClientAuthentication> known);

    const TokenRequest &request() const { return m_request; }
    void start();

Q_SIGNALS:
    void finished(const Tocsin::TokenFetch::Result &result);

private:
    void waitForTurn();
    void exchange(Turn turn);
    void onFinished(const HttpOutcome &outcome);
    void fail(const InvocationError &error);

    const Wire m_wire;
    const TokenRequest m_request;
    const bool m_isAutomatic;
    const bool m_isKnown;
    HttpUrl m_url;
    std::optional<QDeadlineTimer> m_deadline; ///< for both exchanges together
    bool m_hasTriedBoth = false;
    std::optional<InvocationError> m_firstRefusal; ///< in the words of OAuth
    std::unique_ptr<HttpExchange> m_exchange;
    Result m_result;
};

} // namespace Tocsin
