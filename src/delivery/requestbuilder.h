// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatcher.h"
#include "httprequest.h"
#include "redaction.h"
#include "tlsidentity.h"
#include "tokensecrets.h"

#include <optional>
#include <variant>

namespace Tocsin {

/// Everything that is needed to send a webhook's request, secrets resolved, and what of it may be shown.
struct PreparedRequest
{
    HttpRequest http; ///< without completeFields(), and without OAuth's token
    SentRequest shown; ///< the same for a person's eyes: every reference as redactionMark
    Redaction redaction;
    TlsMaterial tls;
    std::optional<OAuthClientCredentials> oauth;
    TokenSecrets tokenSecrets{};

    /// What goes out, with the token (empty: none).
    HttpRequest complete(const QString &bearerToken) const;
    /// What complete() made, as it may be shown.
    SentRequest shownOf(const HttpRequest &complete) const;
};

/// Resolves secrets, renders the body, checks what only its resolved form can tell, signs. Pure but for the time and a
/// new message id.
std::variant<PreparedRequest, InvocationError> prepareRequest(const InvocationRequest &request);

} // namespace Tocsin
