// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <optional>

namespace Tocsin {

/// `90s`, `15m`, `2h`, `3d`: a whole number up to six digits, and its unit. None: it is not written so.
std::optional<std::chrono::seconds> durationFromString(const QString &text);

/// `2026-01-31T08:00:00Z`, `2026-01-31 08:00` (local), `2026-01-31`, or an age: `90s`, `30m`, `2h`, `7d` before `now`.
std::optional<QDateTime> momentFromString(const QString &text, const QDateTime &now);

} // namespace Tocsin
