// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store.h"
#include "webhook.h"

#include <QList>
#include <QString>

#include <chrono>

namespace Tocsin {

/// What will fire, in words: "A postgresql or mysql integration turns Warning or Error".
QString firingCondition(const Filters &filters, const QList<KnownIntegration> &known);

/// The same, and how many of the known integrations match: "A postgresql or mysql integration turns
/// Warning or Error — 12 of the 40 known match."
QString filterSentence(const Filters &filters, const QList<KnownIntegration> &known);

/// What the webhook's rules make of what fires, as a further sentence: "Each status is delivered once it has lasted
/// 30 s."; empty where every status goes out at once.
QString holdingSentence(KeptEvents keep, std::chrono::seconds settle);

} // namespace Tocsin
