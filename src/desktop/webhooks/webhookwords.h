// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mute.h"
#include "store.h"
#include "webhookcheck.h"

#include <QString>

namespace Tocsin {

/// The host, with the port where it is not 443; words where the host is a secret.
QString hostInWords(const QString &url);
/// "Test successful · 202", "Test failed · 401", "Test failed · The name … is not known".
QString resultInWords(const InvocationSummary &summary);
/// "Found by the check (03:12:44):", then a line for each thing that failed or is a warning.
QString findingsInWords(const WebhookCheckResult &result);
/// "Active" or "Inactive", and until when it is muted: "Active · Muted until 14:00".
QString activityInWords(bool active, const std::optional<Mute> &mute = {});

} // namespace Tocsin
