// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "certificateinfo.h"

#include <QList>
#include <QString>

#include <optional>

namespace Tocsin {

/// What was wrong with a certificate.
struct CertificateFault
{
    enum class Kind {
        Untrusted, ///< nobody that is trusted stands at the end of its chain
        SelfSigned,
        Expired,
        NotYetValid,
        WrongName, ///< it is for other names (RFC 9525 §6)
        Other,
    };

    Kind kind = Kind::Other;
    int depth = 0; ///< 0: the target's own certificate
    CertificateInfo certificate; ///< the one at fault
    QString detail; ///< in OpenSSL's words

    bool operator==(const CertificateFault &) const = default;
};

/// What was agreed on a connection, or how far that came.
struct TlsFacts
{
    QString protocol; ///< "TLSv1.3"; empty where none was agreed
    QString cipher;
    QList<CertificateInfo> chain; ///< as the peer sent it, leaf first; see HttpTerms::connectsOnly
    std::optional<CertificateFault> fault;
    std::optional<int> alert; ///< the fatal one that the peer sent (RFC 8446 §6)
    bool isSessionResumed = false;
    bool isClientCertificateAsked = false;
    QString clientCertificate; ///< the subject of the one that was sent; empty: none was
};

} // namespace Tocsin
