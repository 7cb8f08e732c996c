// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhook.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Tocsin {

/// No wait for a retry is longer, whatever a server asks for.
inline constexpr std::chrono::seconds longestRetryDelay{7 * 24 * 3600};

/// How long a `Retry-After` field asks to wait (RFC 9110 §10.2.3: seconds or a date; a fraction of seconds counts too):
/// 0 to longestRetryDelay; none where it is neither. A date is reckoned from `now`, UTC. So is a number of 10^9 and
/// more: no wait of decades, but the moment in seconds (from 10^12 on milliseconds) since 1970. Units (`600s`, `1m30s`)
/// and quotes are read, and of several waits, as where a proxy's was joined to a server's, the longest counts.
std::optional<std::chrono::milliseconds> retryAfterDelay(const QString &value, const QDateTime &now);

/// What an answer's fields ask for, the longest of them. A date is reckoned from the answer's own `Date` (RFC 9110
/// §6.6.1), by the same clock, and from `now` only where there is none.
std::optional<std::chrono::milliseconds> retryAfterDelay(const QList<Header> &headers, const QDateTime &now);

/// How long to wait after the try with this number (from 1) failed: the schedule's delay within ±20 %, as `random`
/// (0 to 1) has it, but not less than what the server asked for. None: there is no further try.
std::optional<std::chrono::milliseconds> retryDelay(const QList<std::chrono::seconds> &delays, int tryNumber,
                                                    double random,
                                                    std::optional<std::chrono::milliseconds> retryAfter = {});

} // namespace Tocsin
