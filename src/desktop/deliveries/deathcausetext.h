// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

namespace Tocsin {

// How the window speaks of what deliveries died of.

/// "38 × 401 Unauthorized from PagerDuty"
QString causeTitle(const DeathCause &cause);
/// When they died, and the last one's reason: "02:10 – 09:42 · Given up at attempt 10: …"
QString causeDetail(const DeathCause &cause, const QDateTime &now = QDateTime::currentDateTime());
/// What leads to the field that mends it: "Edit Headers", or "Edit PagerDuty" where no field is known.
QString mendWords(const DeathCause &cause);

} // namespace Tocsin
