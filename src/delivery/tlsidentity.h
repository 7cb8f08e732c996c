// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "result.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>

namespace Tocsin {

/// Whom a webhook trusts beside the system's authorities, and as whom it presents itself: all PEM, secrets resolved.
struct TlsMaterial
{
    QString caCertificates;
    QString clientCertificate; ///< the certificate, then any intermediate ones
    QString clientKey; ///< EC or RSA, not encrypted

    /// What tells this identity from others: connections are shared only where it is the same.
    QByteArray fingerprint() const;
    bool operator==(const TlsMaterial &) const = default;
};

/// The configuration for TLS 1.2 and later; an error's `where` is the webhook's field (`tls.client_key`).
Result<QSslConfiguration> tlsConfiguration(const TlsMaterial &material);

/// What was agreed with the peer, and its certificates, leaf first.
TlsInfo tlsInfo(const QSslConfiguration &configuration);

} // namespace Tocsin
