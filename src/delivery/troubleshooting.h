// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpexchange.h"
#include "invocation.h"

namespace Tocsin {

/// Whose answer is explained: it decides which of the webhook's fields is named.
enum class HttpPeer { Target, TokenEndpoint };

/// A failed exchange in words: what happened, what to do, what is likely behind it, where to change it.
InvocationError explainFailure(const HttpFailure &failure, const HttpUrl &url, std::chrono::milliseconds timeout,
                               const QString &proxy, HttpPeer peer = HttpPeer::Target);

/// A status that is not 2xx, as an answer to what this webhook sends.
InvocationError explainStatus(const ReceivedResponse &response, const Webhook &webhook);

/// A server that wants a token with further scopes (RFC 6750 §3.1), whoever it is; `asked` are those of the webhook.
/// Nothing where it says nothing of scopes.
std::optional<InvocationError> explainScopes(const ReceivedResponse &response, const QStringList &asked,
                                             HttpPeer peer = HttpPeer::Target);

/// The first validator that failed; `custom` is the webhook's own message for that, if it has one.
InvocationError explainValidator(const ValidatorResult &result, qsizetype index, const QString &custom);

Sentence explainSuccess(const ReceivedResponse &response, qsizetype validators);

} // namespace Tocsin
