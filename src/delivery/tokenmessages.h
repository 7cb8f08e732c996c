// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httprequest.h"
#include "tokenfetch.h"

#include <QDateTime>

#include <chrono>
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
    /// `authentication`: not Automatic.
    static Message request(const TokenRequest &request, const HttpUrl &url, ClientAuthentication authentication);

    /// The client by Basic authentication in base64: form-encoded first (RFC 6749 §2.3.1), or as it is (RFC 7617 §2).
    static QByteArray basicCredentials(const OAuthClientCredentials &credentials, ClientAuthentication authentication);

    /// What a refusal may be about.
    enum class Refusal {
        Client, ///< how the client shows who it is
        Unclear, ///< perhaps that: servers say it in many ways
        Other
    };
    struct Answer
    {
        TokenGrant grant;
        std::optional<InvocationError> error;
        Refusal refusal = Refusal::Other;
        int loneSurrogates = 0; ///< escapes in it that are no character, read as U+FFFD
        bool isInWords = false; ///< the refusal came as the standard says (RFC 6749 §5.2)
    };
    /// `scopes`: those that were asked for, as they may be shown.
    static Answer read(const ReceivedResponse &response, const QDateTime &now, const QStringList &scopes = {});

    /// For those who come while the endpoint is not to be asked again.
    static InvocationError heldOff(const InvocationError &cause, std::chrono::seconds rest);
    static Sentence refusedAgain(); ///< why no new token is fetched for a target that says 401

    static Sentence urlLabel(); ///< what a person calls the endpoint's URL
    static InvocationError badUrl(const Error &fault);
    static InvocationError unreachable(const InvocationError &cause);
};

} // namespace Tocsin
