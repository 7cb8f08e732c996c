// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// `<kind>/<name>` as a part of a key, short enough to follow a webhook's id. Characters that a key does not know are
/// written as `/` and their hexadecimal digits (`/u` before four of them), so that two names never share a part; a name
/// that becomes too long is
/// `<kind>-sha256/<digest>`.
QString keyPart(QLatin1StringView kind, const QString &name);

} // namespace Tocsin
