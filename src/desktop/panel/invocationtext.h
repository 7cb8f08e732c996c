// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

namespace Tocsin {

/// Everything the Invocation Data shows, as text to be pasted into a ticket: verdict, request, response, validators,
/// timings, TLS, token exchange. Secrets are left out as they are in the invocation.
QString invocationText(const Invocation &invocation);

} // namespace Tocsin
