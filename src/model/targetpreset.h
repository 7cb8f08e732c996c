// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhook.h"

#include <QList>
#include <QString>

namespace Tocsin {

/// A webhook to begin with, for a well-known target. What its owner has to fill in stands in capitals or is empty.
struct TargetPreset
{
    QString id; ///< "datadog"
    QString name; ///< the target's own name; not translated
    Webhook webhook;
};

/// The presets in resources/presets.json, in their order; the body template of each is resources/presets/ID.template,
/// or that of another one, where two targets want the same (`body`).
QList<TargetPreset> targetPresets();

} // namespace Tocsin
