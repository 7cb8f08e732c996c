// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline.h"

#include <QStringList>

namespace Tocsin {

/// A phase in words: "name lookup", "TLS".
QString phaseText(InvocationPhase phase);

/// What phases of one token exchange are called: "token: connect", or "token 2: connect" where there are two exchanges
/// (`isNumbered`). Phases of the request itself (`tokenExchange` is 0) have their own names only.
QString phaseLabel(const QStringList &phases, int tokenExchange, bool isNumbered);

/// Whether phases of more than one token exchange are among them.
bool hasTwoTokenExchanges(const QList<TimelineSpan> &timeline);

} // namespace Tocsin
