// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "firing.h"
#include "icons.h"
#include "outbox.h"

namespace Tocsin {

/// The colour of a status: Warning and Error have theirs, Active is good, the others are neither.
ColorRole roleOf(std::optional<IntegrationStatus> status);
QIcon iconOf(std::optional<IntegrationStatus> status);
/// The status as documents have it, or that there was no event yet.
QString statusInWords(std::optional<IntegrationStatus> status);

/// "Warning: 3 nodes are not ready", an issue each.
QStringList issuesInWords(const Json &issues);
/// The first issues, a line each, whatever events have put into them.
QString issuesToShow(const Json &issues);
/// On one line, and no longer than a line is.
QString shortened(const QString &text, qsizetype longest = 80);

/// Why one webhook fires or does not: "fires", "is inactive; its Type filter does not include mysql"; and what its
/// rules of delivery make of that: "fires once Error has lasted 30 s".
QString firingInWords(const FiringForecast::Line &line, const IntegrationEvent &event);
/// What the event comes to in all: "2 webhooks fire.", or that it is suppressed and since when.
QString forecastInWords(const FiringForecast &forecast, const IntegrationEvent &event,
                        const std::optional<QDateTime> &since);

} // namespace Tocsin
