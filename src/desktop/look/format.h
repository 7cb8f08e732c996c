// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace Tocsin {

/// A duration as a person reads it, in the language's numbers: "0.4 ms", "84 ms", "1.2 s", "2 min 5 s", "3 h 20 min".
QString formatDuration(Milliseconds duration);
/// The same to the microsecond, for tooltips: "84.213 ms".
QString formatExactDuration(Milliseconds duration);

/// A time that somebody set, exactly and in one unit: "90 s", "15 min", "2 h", "30 days".
QString formatSpan(std::chrono::seconds length);
/// The same to the nearest unit of which it has two, for who says that it is about so long: "90 s", "4 min", "3 days".
QString formatRoughSpan(std::chrono::seconds length);

/// "38 bytes", "1.2 KiB", "1 MiB".
QString formatSize(qint64 bytes);
/// The same to the byte, for tooltips: "1,234 bytes".
QString formatExactSize(qint64 bytes);

/// A moment in local time, as short as it can be said beside `now`: "03:12:44" today, "23 Nov 03:12" this year, else
/// the date.
QString formatMoment(const QDateTime &moment, const QDateTime &now = QDateTime::currentDateTime());
/// The same to the second with date and time zone, for tooltips.
QString formatExactMoment(const QDateTime &moment);

/// A day, written out: "3 March 2026".
QString formatDay(const QDateTime &moment);

} // namespace Tocsin
