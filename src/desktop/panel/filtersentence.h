// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store.h"
#include "webhook.h"

#include <QList>
#include <QString>

namespace Tocsin {

/// What will fire, in words: "A postgresql or mysql integration turns Warning or Error".
QString firingCondition(const Filters &filters, const QList<KnownIntegration> &known);

/// The same, and how many of the known integrations match: "A postgresql or mysql integration turns
/// Warning or Error — 12 of the 40 known match."
QString filterSentence(const Filters &filters, const QList<KnownIntegration> &known);

} // namespace Tocsin
