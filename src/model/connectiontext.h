// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

namespace Tocsin {

/// Whether the target asked for a client certificate, and which one was sent; empty where it did not ask.
QString clientCertificateText(const TlsInfo &tls);

/// "Connection reused: …", "TLS session resumed: …": why phases or certificates may be missing.
QStringList handshakeTexts(const std::optional<TlsInfo> &tls, bool isConnectionReused);

/// What is to be known where a proxy was used: who looks the name up, and what can be judged then.
QString proxyLookupText();

} // namespace Tocsin
