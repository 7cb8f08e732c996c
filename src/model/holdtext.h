// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delivery.h"

namespace Tocsin {

/// What a delivery waits for, as the end of "Delivery 7 …": "waits for its status to last, until 14:03". `until` is in
/// the reader's words; empty: a mute without an end.
QString holdInWords(HoldingRule rule, const QString &until);

} // namespace Tocsin
