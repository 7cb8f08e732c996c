// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

namespace Tocsin {

/// Loads OpenSSL's libcrypto, if that has not been done; its functions may be called once this has succeeded. Any
/// thread.
Result<void> loadCrypto();

/// The same for libmicrohttpd.
Result<void> loadHttpDaemon();

} // namespace Tocsin
