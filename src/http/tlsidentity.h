// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateinfo.h"
#include "openssl.h"
#include "result.h"
#include "trustedauthorities.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QList>
#include <QString>

#include <memory>
#include <mutex>
#include <vector>

namespace Tocsin {

/// Whom a webhook trusts beside the system's authorities, and as whom it presents itself: all PEM, secrets resolved.
struct TlsMaterial
{
    QString caCertificates;
    QString clientCertificate; ///< the certificate, then any intermediate ones
    QString clientKey; ///< of any type that OpenSSL knows, not encrypted

    /// What tells this identity from others: connections are shared only where it is the same.
    QByteArray fingerprint() const;
    bool operator==(const TlsMaterial &) const = default;
};

size_t qHash(const TlsMaterial &material, size_t seed = 0);

/// The same, read and checked: what a TLS handshake needs. Connections and TLS sessions of two identities never mix.
/// Any thread.
class TlsIdentity
{
public:
    /// An error's `where` is the webhook's field (`tls.client_key`). Equal material gives the same identity as long as
    /// somebody holds it.
    static Result<std::shared_ptr<const TlsIdentity>> create(const TlsMaterial &material);

    /// Nobody but the system's authorities, and no client certificate.
    static std::shared_ptr<const TlsIdentity> plain();

    /// Made anew when the system's authorities have changed, which is looked for every two seconds at most.
    std::shared_ptr<const TrustedAuthorities> authorities() const;

    bool hasClientCertificate() const { return !m_chain.empty(); }
    /// Certificate, chain and key into `context`; false where OpenSSL does not take them.
    bool present(SSL_CTX *context) const;
    QList<CertificateInfo> clientCertificates() const; ///< in the order in which they are shown
    X509 *clientCertificate() const { return m_chain.empty() ? nullptr : m_chain.front().get(); }

private:
    TlsIdentity() = default;

    QByteArray m_additional; ///< authorities, PEM
    std::vector<X509Pointer> m_chain; ///< leaf first
    KeyPointer m_key;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const TrustedAuthorities> m_authorities;
    mutable QDeadlineTimer m_fresh;
};

} // namespace Tocsin
