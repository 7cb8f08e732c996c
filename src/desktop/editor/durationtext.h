// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Tocsin {

/// "5 s, 5 min, 2 h, 1 d": each duration in the largest unit that says it exactly. Not translated: the unit symbols are
/// international.
QString durationsToText(const QList<std::chrono::seconds> &durations);

/// Reads what durationsToText() writes; a bare number is seconds, an empty text no duration at all. The error names the
/// part that is not a duration. Ranges are not checked.
Result<QList<std::chrono::seconds>> durationsFromText(const QString &text);

/// Reads one of them, or none from an empty text.
Result<std::optional<std::chrono::seconds>> durationFromText(const QString &text);

} // namespace Tocsin
