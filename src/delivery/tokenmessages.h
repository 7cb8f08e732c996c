// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httprequest.h"
#include "tokenfetch.h"

#include <optional>

namespace Tocsin {

/// What is said to a token endpoint and understood of its answer (RFC 6749 §4.4, §5). Pure.
class TokenMessages
{
public:
    struct Message
    {
        HttpRequest http;
        SentRequest shown; ///< the client's secret as a mark
    };
    static Message request(const OAuthClientCredentials &credentials, const HttpUrl &url,
                           ClientAuthentication authentication);

    /// The client by Basic authentication (RFC 6749 §2.3.1), in base64.
    static QByteArray basicCredentials(const OAuthClientCredentials &credentials);

    struct Answer
    {
        TokenGrant grant;
        std::optional<InvocationError> error;
        bool isUnknownClient = false; ///< the other kind of client authentication may be the one it wants
    };
    static Answer read(const ReceivedResponse &response);

    static QString urlLabel(); ///< what a person calls the endpoint's URL
    static InvocationError badUrl(const Error &fault);
    static InvocationError unreachable(const InvocationError &cause);
};

} // namespace Tocsin
