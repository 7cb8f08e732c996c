// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpexchange.h"
#include "invocation.h"
#include "tlsidentity.h"

#include <QDeadlineTimer>
#include <QObject>

#include <optional>

namespace Tocsin {

/// What an access token is asked for with; secrets resolved.
struct TokenRequest
{
    OAuthClientCredentials credentials;
    TlsMaterial tls;
    std::shared_ptr<const TlsIdentity> identity; ///< what it comes to
    std::chrono::milliseconds timeout{30000};
    bool allowsLinkLocal = false;

    QByteArray key() const; ///< tells one token from another
    QByteArray clientKey() const; ///< tells one client of one endpoint from another
};

struct TokenGrant
{
    QString accessToken; ///< visible ASCII
    int expiresInSeconds = 0; ///< 0: the server did not say
    QStringList secrets; ///< all tokens that came, to be redacted
};

/// How a client shows who it is (RFC 6749 §2.3.1).
enum class ClientAuthentication { Basic, RequestBody };

/// One exchange with a token endpoint; two where the server does not take the first kind of client authentication.
class TokenFetch : public QObject
{
    Q_OBJECT

public:
    struct Result
    {
        TokenGrant grant;
        ClientAuthentication authentication = ClientAuthentication::Basic;
        std::optional<TokenExchange> exchange; ///< the last one; its secrets are not yet redacted by value
        std::vector<std::vector<HttpOutcome::Mark>> marks; ///< of each
        std::optional<InvocationError> error;
    };

    TokenFetch(Wire wire, const TokenRequest &request, ClientAuthentication authentication);

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
    HttpUrl m_url;
    std::optional<QDeadlineTimer> m_deadline; ///< for both exchanges together
    bool m_hasTriedBoth = false;
    std::unique_ptr<HttpExchange> m_exchange;
    Result m_result;
};

} // namespace Tocsin
