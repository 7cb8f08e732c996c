// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlstrouble.h"

#include <QCoreApplication>
#include <QSslCertificate>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

QString dateText(const QDateTime &date)
{
    return date.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

class TlsTrouble
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TlsTrouble)

public:
    const QList<QSslError> &errors;
    const QString &detail;
    const QString &host;
    const QString &field;

    InvocationError explain() const
    {
        if (const auto *error =
                first({QSslError::SelfSignedCertificate, QSslError::SelfSignedCertificateInChain,
                       QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToGetIssuerCertificate,
                       QSslError::CertificateUntrusted, QSslError::UnableToVerifyFirstCertificate})) {
            return untrusted(error->certificate());
        }
        if (const auto *error = first({QSslError::CertificateExpired})) {
            return expired(error->certificate());
        }
        if (const auto *error = first({QSslError::CertificateNotYetValid})) {
            return notYetValid(error->certificate());
        }
        if (const auto *error = first({QSslError::HostNameMismatch})) {
            return wrongHost(error->certificate());
        }
        return handshake();
    }

private:
    const QSslError *first(const QList<QSslError::SslError> &kinds) const
    {
        const auto found = std::find_if(errors.begin(), errors.end(),
                                        [&kinds](const QSslError &error) { return kinds.contains(error.error()); });
        return found == errors.end() ? nullptr : &*found;
    }

    static InvocationError make(const QString &message, const QString &hint, const QStringList &causes,
                                const QString &where)
    {
        return {
            .kind = ErrorKind::Tls, .message = message, .hint = hint, .field = where, .causes = causes, .position = {}};
    }

    InvocationError untrusted(const QSslCertificate &certificate) const
    {
        const auto message = certificate.isSelfSigned()
            ? tr("The certificate “%1” of %2 is signed by itself and not trusted.")
                  .arg(certificate.subjectDisplayName(), host)
            : tr("The certificate “%1” of %2 is signed by “%3”, which is not trusted.")
                  .arg(certificate.subjectDisplayName(), host, certificate.issuerDisplayName());
        return make(message, tr("Where the target is your own, put its authority into the CA certificates."),
                    {tr("The target belongs to a private certificate authority."),
                     tr("The target does not send its intermediate certificates."),
                     tr("Something between here and the target opens the connection.")},
                    u"tls.ca_certificates"_s);
    }

    InvocationError expired(const QSslCertificate &certificate) const
    {
        return make(tr("The certificate “%1” of %2 expired on %3.")
                        .arg(certificate.subjectDisplayName(), host, dateText(certificate.expiryDate())),
                    tr("Renew the target's certificate."),
                    {tr("The certificate was not renewed."), tr("The clock of this machine is wrong.")}, field);
    }

    InvocationError notYetValid(const QSslCertificate &certificate) const
    {
        return make(tr("The certificate “%1” of %2 is valid only from %3.")
                        .arg(certificate.subjectDisplayName(), host, dateText(certificate.effectiveDate())),
                    tr("Check the clock of this machine and the target's certificate."),
                    {tr("The clock of this machine is wrong."), tr("The certificate was installed too early.")}, field);
    }

    InvocationError wrongHost(const QSslCertificate &certificate) const
    {
        auto names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry)
            + certificate.subjectAlternativeNames().values(QSsl::IpAddressEntry);
        if (names.isEmpty()) {
            names = certificate.subjectInfo(QSslCertificate::CommonName);
        }
        std::sort(names.begin(), names.end());
        return make(
            tr("The certificate “%1” is for %2, not for %3.")
                .arg(certificate.subjectDisplayName(), names.join(", "_L1), host),
            tr("Use a name that the certificate is for in the URL, or give the target another certificate."),
            {tr("The URL names the host by another name or address."), tr("Another server answers at that address.")},
            field);
    }

    InvocationError handshake() const
    {
        const auto text = errors.isEmpty() ? detail : errors.first().errorString();
        return make(
            tr("The TLS handshake with %1 failed: %2.").arg(host, text.endsWith(u'.') ? text.chopped(1) : text),
            tr("Check that the port speaks HTTPS with TLS 1.2 or later, and whether the target asks for a client "
               "certificate."),
            {tr("The port does not speak TLS."), tr("The target wants a client certificate, or another one."),
             tr("The target speaks only an old version of TLS.")},
            field);
    }
};

} // namespace

InvocationError explainTls(const QList<QSslError> &errors, const QString &detail, const QString &host,
                           const QString &field)
{
    return TlsTrouble{.errors = errors, .detail = detail, .host = host, .field = field}.explain();
}

} // namespace Tocsin
