// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "late.h"

#ifdef TOCSIN_LATE
#include "latelibrary.h"
#endif

namespace Tocsin {

#ifdef TOCSIN_LATE

namespace {

Result<void> loaded(const LateLibrary &library)
{
    return library.error() ? Result<void>(*library.error()) : Result<void>();
}

} // namespace

Result<void> loadCrypto()
{
    return loaded(crypto());
}

Result<void> loadHttpDaemon()
{
    return loaded(httpDaemon());
}

#else

Result<void> loadCrypto()
{
    return {};
}

Result<void> loadHttpDaemon()
{
    return {};
}

#endif

} // namespace Tocsin
