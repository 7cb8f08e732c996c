// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "tlsfacts.h"

namespace Tocsin {

/// A failed handshake in words, with the certificate's own: whom it is for, who signed it, until when it was good; and
/// what the peer's alert means (RFC 8446 §6.2). `peer` is what a person calls it.
InvocationError explainTls(const TlsFacts &tls, const Sentence &peer, const QString &field);

} // namespace Tocsin
