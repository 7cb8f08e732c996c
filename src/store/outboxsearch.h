// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"
#include "outboxqueries.h"

#include <limits>

namespace Tocsin {

// How a text is looked for: in the newest attempts that can belong to what is asked for.

/// The numbers of attempts, from `first` to before `beyond`.
struct AttemptRange
{
    qint64 first = 0;
    qint64 beyond = std::numeric_limits<qint64>::max();
};

/// The attempts of what a filter finds: those that ended when it says, or since the deliveries were accepted.
Result<AttemptRange> attemptsOf(Database &database, const DeliveryFilter &filter);
/// What the statements on matching attempts bind; `words` as searchExpression() makes them.
QVariantList matchingValues(const QString &words, const AttemptRange &range);
/// Whether a text is found in no more attempts than are looked at.
Result<bool> isSearchedThrough(Database &database, const QString &words, const AttemptRange &attempts);

} // namespace Tocsin
