// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <optional>

namespace Tocsin {

/// `2026-01-31T08:00:00Z`, `2026-01-31 08:00` (local), `2026-01-31`, or an age: `90s`, `30m`, `2h`, `7d` before `now`.
std::optional<QDateTime> momentFromString(const QString &text, const QDateTime &now);

} // namespace Tocsin
