// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace Tocsin {

/// `90s`, `15m`, `2h`, `3d`: a whole number up to six digits, and its unit. None: it is not written so.
std::optional<std::chrono::seconds> parseDuration(const QString &text);

/// A moment as RFC 3339 writes it, with its offset: `2026-01-31T08:00:00Z`, `2026-01-31 09:00:00.5+01:00`.
std::optional<QDateTime> parseMoment(const QString &text);

/// A moment as every command shows it: local time, to the second.
QString shownMoment(const QDateTime &moment);

} // namespace Tocsin
