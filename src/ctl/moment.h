// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace Tocsin {

/// A moment as RFC 3339 writes it, with its offset: `2026-01-31T08:00:00Z`, `2026-01-31 09:00:00.5+01:00`.
std::optional<QDateTime> parseMoment(const QString &text);

/// A moment as every command shows it: local time, to the second.
QString shownMoment(const QDateTime &moment);

} // namespace Tocsin
