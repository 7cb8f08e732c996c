// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateauthority.h"

namespace Tocsin {

/// The authority that `file` keeps, in a file for its owner only; where there is none, or one that cannot be used any
/// more (unreadable, over, near its end), a new one takes its place. Whoever reads the file can pass for what trusts
/// it: a receiver on this machine. Any thread.
Result<CertificateAuthority> keptAuthority(const QString &file, const QString &commonName);

} // namespace Tocsin
