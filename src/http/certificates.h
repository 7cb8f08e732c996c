// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateinfo.h"
#include "openssl.h"

#include <QByteArray>

#include <vector>

namespace Tocsin {

/// The certificates of a PEM text, in their order; none where there is no whole one. Text around them is passed over.
std::vector<X509Pointer> certificatesFromPem(const QByteArray &pem);

/// The private key of a PEM text, of any type that OpenSSL knows; null where there is none, or where it is encrypted.
KeyPointer privateKeyFromPem(const QByteArray &pem);

/// What a certificate says. Each thread keeps what it has read of the last ones: the same few come again and again.
CertificateInfo certificateInfo(X509 *certificate);

} // namespace Tocsin
