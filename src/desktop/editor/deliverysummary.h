// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

namespace Tocsin {

/// What the section Delivery says, for when it is closed: "Only the newest status, after 30 s of calm, at most 60 a
/// minute"; where all of it is as a new webhook has it, what that is.
QString deliverySummary(const WebhookDraft::Fields &fields);

} // namespace Tocsin
