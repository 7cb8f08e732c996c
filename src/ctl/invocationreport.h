// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QString>

namespace Tocsin {

/// An invocation for a person to read in a terminal: request, response, validators, timings, TLS, token exchange, for a
/// failed one how to go on; the last line is the verdict on what it was: `Test successful`.
QString invocationReport(const Invocation &invocation, const QString &what = QStringLiteral("Test"));

} // namespace Tocsin
