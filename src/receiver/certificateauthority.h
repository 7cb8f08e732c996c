// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <memory>

namespace Tocsin {

/// A certificate with its private key, both PEM.
struct IssuedCertificate
{
    QByteArray certificate;
    QByteArray key; ///< PKCS #8, not encrypted
};

struct CertificateOptions
{
    enum class KeyType { EcP256, Rsa2048, RsaPss2048, Ed25519 };

    QString commonName{}; ///< empty: the first name
    QDateTime notBefore{}; ///< not valid: an hour ago
    QDateTime notAfter{}; ///< not valid: in seven days
    KeyType keyType = KeyType::EcP256;
    bool hasSubject = true; ///< false: it is named by its other names alone (RFC 5280 §4.1.2.6)
    bool hasAddressesAsNames = false; ///< an address among the names counts as a DNS name, which it is not
};

/// A certificate authority (RFC 5280) of this machine's own. Its key lives in memory and ends with it, unless key() is
/// kept. Any thread, one at a time.
class CertificateAuthority
{
public:
    /// Of the options its times count alone.
    static Result<CertificateAuthority> create(const QString &commonName, const CertificateOptions &options = {});
    /// From certificate and key in PEM, in one text.
    static Result<CertificateAuthority> read(const QByteArray &pem);
    CertificateAuthority(CertificateAuthority &&) noexcept;
    CertificateAuthority &operator=(CertificateAuthority &&) noexcept;
    ~CertificateAuthority();

    QByteArray certificate() const; ///< PEM
    QByteArray key() const; ///< PEM (PKCS #8), not encrypted
    QDateTime notAfter() const;

    /// An authority of its own, signed by this one: leaves of it need its certificate beside theirs.
    Result<CertificateAuthority> issueAuthority(const QString &commonName) const;

    /// For a server that answers to `names` (DNS names and IP addresses; with none, to nobody).
    Result<IssuedCertificate> issueServer(const QStringList &names, const CertificateOptions &options = {}) const;
    Result<IssuedCertificate> issueClient(const QString &name, const CertificateOptions &options = {}) const;

private:
    struct Private;
    explicit CertificateAuthority(std::unique_ptr<Private> data);
    static Result<CertificateAuthority> make(const QString &commonName, const CertificateOptions &options,
                                             const Private *issuer);
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
