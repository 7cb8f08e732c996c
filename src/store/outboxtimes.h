// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"

namespace Tocsin {

/// Outcomes are counted by the minute (in ms).
inline constexpr qint64 minuteLength = 60'000;

// Where a time begins in what is kept in the order in which it came: found by halving, without an index that every
// delivery would have to pay for. Where the clock was set back, the time that came twice may begin late.

/// The number of the first delivery that was accepted then or later (milliseconds since 1970).
Result<qint64> firstAcceptedSince(Database &database, qint64 since);
/// The number of the first attempt that ended then or later.
Result<qint64> firstAttemptSince(Database &database, qint64 since);
/// When the attempt ended that has this number, or else the next one; none: the largest number.
Result<qint64> endOfAttempt(Database &database, qint64 number);

} // namespace Tocsin
