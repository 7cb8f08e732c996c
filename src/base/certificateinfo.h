// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace Tocsin {

/// What a certificate says (RFC 5280), for a person to read.
struct CertificateInfo
{
    QString subject; ///< "CN=…, O=…", the common name first; may be empty
    QString issuer;
    QStringList alternativeNames; ///< DNS names, then addresses, each sorted
    QDateTime notBefore; ///< UTC
    QDateTime notAfter;
    QString serialNumber; ///< "3a:0f:…"
    QString sha256Fingerprint; ///< "3A:0F:…"
    QString publicKey; ///< "RSA 2048", "EC 256", "ED25519"
    QString pem;

    bool operator==(const CertificateInfo &) const = default;
};

} // namespace Tocsin
