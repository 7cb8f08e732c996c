// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QStringList>

#include <optional>

namespace Tocsin {

/// What a server says of a bearer token that it does not take (RFC 6750 §3.1). Pure.
struct BearerChallenge
{
    QString error; ///< the code: `invalid_token`, `insufficient_scope` …
    QStringList scopes; ///< those that the request needs; may be empty

    bool operator==(const BearerChallenge &) const = default;
};

/// The Bearer challenge among a response's WWW-Authenticate fields, each of which may hold several, of several schemes
/// (RFC 9110 §11.6.1): the first that has an error. Nothing where there is none.
std::optional<BearerChallenge> bearerChallenge(const ReceivedResponse &response);

/// Of `insufficient_scope`: the scopes that the webhook does not ask for; all that the server names where it asks for
/// them all. Nothing where scopes are not what is missing.
std::optional<QStringList> missingScopes(const ReceivedResponse &response, const QStringList &asked);

} // namespace Tocsin
