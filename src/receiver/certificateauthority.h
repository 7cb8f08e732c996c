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
    enum class KeyType { EcP256, Rsa2048 };

    QString commonName{}; ///< empty: the first name
    QDateTime notBefore{}; ///< not valid: an hour ago
    QDateTime notAfter{}; ///< not valid: in seven days
    KeyType keyType = KeyType::EcP256;
};

/// A throw-away certificate authority (RFC 5280) whose key lives in memory only and ends with it. Any thread, one at a
/// time.
class CertificateAuthority
{
public:
    static Result<CertificateAuthority> create(const QString &commonName);
    CertificateAuthority(CertificateAuthority &&) noexcept;
    CertificateAuthority &operator=(CertificateAuthority &&) noexcept;
    ~CertificateAuthority();

    QByteArray certificate() const; ///< PEM

    /// For a server that answers to `names` (DNS names and IP addresses, at least one).
    Result<IssuedCertificate> issueServer(const QStringList &names, const CertificateOptions &options = {}) const;
    Result<IssuedCertificate> issueClient(const QString &name, const CertificateOptions &options = {}) const;

private:
    struct Private;
    explicit CertificateAuthority(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
