// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace Tocsin {

/// What a token endpoint's answer holds: JSON (RFC 6749 §5.1), whatever type it is sent as, or form-encoded, as some
/// servers have it from drafts of the standard. Members that are not there are empty. Pure.
struct TokenAnswer
{
    QString accessToken;
    QString tokenType; ///< as it came
    QString error; ///< the code (§5.2)
    QString errorDescription;
    int expiresInSeconds = 0; ///< `expires_in`, else by the token's own `exp` (RFC 7519 §4.1.4); 0: neither says
    bool isOverAtOnce = false; ///< `expires_in` is less than a second
    int loneSurrogates = 0; ///< escapes in the JSON that are no character, read as U+FFFD

    static TokenAnswer read(const ReceivedResponse &response, const QDateTime &now);
};

/// Whether a token of that type goes out as Bearer (RFC 6750): `Bearer`, and how else servers write it.
bool isBearerType(const QString &tokenType);

/// Every token in an answer that a person must not see, wherever it stands, of an answer that cannot be read, too; and
/// what is long enough for a secret in members and fields that are named like one.
QStringList tokensIn(const ReceivedResponse &response);

} // namespace Tocsin
