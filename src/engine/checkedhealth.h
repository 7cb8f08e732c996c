// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"
#include "webhookcheck.h"

namespace Tocsin {

/// What a check has found that belongs to a webhook's health, rather than to the way to its target.
struct CheckedHealth
{
    Sentence ends{}; ///< a certificate or a secret, soon or already; empty: none
    Sentence fault{}; ///< what keeps the document from being used; empty: nothing

    bool operator==(const CheckedHealth &) const = default;
};

CheckedHealth healthOf(const WebhookCheckResult &result);

/// Has the outbox note it.
void noteCheck(Outbox &outbox, const WebhookCheckResult &result);

} // namespace Tocsin
