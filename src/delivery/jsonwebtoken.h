// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QDateTime>

#include <optional>

namespace Tocsin {

/// What a token says of itself, if it is a JWT (RFC 7519 §7.2): nobody vouches for it, the signature is not looked at.
std::optional<Json> unverifiedClaims(const QString &token);

/// When it is over (`exp`, RFC 7519 §4.1.4), in UTC, where it says so.
std::optional<QDateTime> tokenEnd(const QString &token);

} // namespace Tocsin
