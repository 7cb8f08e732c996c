// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Tocsin {

/// "just now", "5 minutes ago", "yesterday, 14:02", then the date.
QString relativeTime(const QDateTime &time, const QDateTime &now);

} // namespace Tocsin
