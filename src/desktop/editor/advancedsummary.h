// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

namespace Tocsin {

/// What the section Advanced holds, for when it is closed: "Signing, client certificate"; "Nothing set" where all of it
/// is as a new webhook has it.
QString advancedSummary(const WebhookDraft::Fields &fields);

} // namespace Tocsin
