// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlstrouble.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// The alerts that say something for a person (RFC 8446 §6.2).
enum Alert {
    HandshakeFailure = 40,
    BadCertificate = 42,
    UnsupportedCertificate = 43,
    CertificateRevoked = 44,
    CertificateExpired = 45,
    CertificateUnknown = 46,
    UnknownCa = 48,
    AccessDenied = 49,
    ProtocolVersion = 70,
    UnrecognizedName = 112,
    CertificateRequired = 116,
};

/// The value of a part of a subject or issuer, "CN=…, O=…".
QString partOf(const QString &name, QLatin1StringView part)
{
    const auto parts = name.split(", "_L1);
    const auto found =
        std::find_if(parts.begin(), parts.end(), [part](const QString &one) { return one.startsWith(part); });
    return found == parts.end() ? QString() : found->sliced(part.size());
}

/// What a person calls it: its common name, else its organisation, else all of it.
QString shortName(const QString &name)
{
    for (const auto part : {"CN="_L1, "O="_L1, "OU="_L1}) {
        if (const auto value = partOf(name, part); !value.isEmpty()) {
            return value;
        }
    }
    return name;
}

class TlsTrouble
{
    static constexpr SentenceMaker say{"Tocsin::TlsTrouble"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TlsTrouble)

public:
    const TlsFacts &tls;
    const Sentence &peer;
    const QString &field;

    InvocationError explain() const
    {
        if (!tls.fault) {
            return tls.alert || tls.isClientCertificateAsked ? refusedByPeer() : handshake();
        }
        switch (tls.fault->kind) {
        case CertificateFault::Kind::Untrusted:
        case CertificateFault::Kind::SelfSigned:
            return untrusted();
        case CertificateFault::Kind::Expired:
            return expired();
        case CertificateFault::Kind::NotYetValid:
            return notYetValid();
        case CertificateFault::Kind::WrongName:
            return wrongName();
        case CertificateFault::Kind::Other:
            break;
        }
        return make(say("The certificate %1 of %2 cannot be accepted.", nameOf(tls.fault->certificate), peer),
                    say("Give the target a certificate that is in order; the evidence says what OpenSSL finds wrong."),
                    {say("The certificate's key or signature is too weak."),
                     say("The certificate was not issued for a server."),
                     say("Its authority may not issue certificates.")},
                    field);
    }

private:
    static InvocationError make(const Sentence &message, const Sentence &hint, const QList<Sentence> &causes,
                                const QString &where)
    {
        return {
            .kind = ErrorKind::Tls, .message = message, .hint = hint, .field = where, .causes = causes, .position = {}};
    }

    /// By its subject; without one by a name that it is for, or by its number.
    static Sentence nameOf(const CertificateInfo &certificate)
    {
        if (const auto subject = shortName(certificate.subject); !subject.isEmpty()) {
            return say("“%1”", subject);
        }
        if (!certificate.alternativeNames.isEmpty()) {
            return say("for “%1”", certificate.alternativeNames.first());
        }
        return say("without a name (number %1)", certificate.serialNumber);
    }

    static Sentence issuerOf(const CertificateInfo &certificate)
    {
        const auto issuer = shortName(certificate.issuer);
        return issuer.isEmpty() ? say("an authority without a name") : say("“%1”", issuer);
    }

    const CertificateInfo &atFault() const { return tls.fault->certificate; }

    InvocationError untrusted() const
    {
        return make(untrustedMessage(),
                    say("Where the target is your own, put its authority into the CA certificates."),
                    {say("The target belongs to a private certificate authority."),
                     say("The target does not send its intermediate certificates."),
                     say("Something between here and the target opens the connection.")},
                    u"tls.ca_certificates"_s);
    }

    Sentence untrustedMessage() const
    {
        const bool isOwn = tls.fault->depth == 0 || tls.chain.isEmpty();
        const auto &leaf = isOwn ? atFault() : tls.chain.first();
        if (tls.fault->kind == CertificateFault::Kind::SelfSigned) {
            return isOwn ? say("The certificate %1 of %2 is signed by itself and not trusted.", nameOf(leaf), peer)
                         : say("The certificate %1 of %2 leads to the authority %3, which is not trusted.",
                               nameOf(leaf), peer, nameOf(atFault()));
        }
        if (isOwn) {
            return say("The certificate %1 of %2 is signed by %3, which is not trusted.", nameOf(leaf), peer,
                       issuerOf(leaf));
        }
        return say("The certificate %1 of %2 is signed by %3, and that by %4, which is not trusted.", nameOf(leaf),
                   peer, nameOf(atFault()), issuerOf(atFault()));
    }

    InvocationError expired() const
    {
        return make(say("The certificate %1 of %2, issued by %3, expired on %4.", nameOf(atFault()), peer,
                        issuerOf(atFault()), atFault().notAfter),
                    say("Renew the target's certificate."),
                    {say("The certificate was not renewed."), say("The clock of this machine is wrong.")}, field);
    }

    InvocationError notYetValid() const
    {
        return make(say("The certificate %1 of %2, issued by %3, is valid only from %4.", nameOf(atFault()), peer,
                        issuerOf(atFault()), atFault().notBefore),
                    say("Check the clock of this machine and the target's certificate."),
                    {say("The clock of this machine is wrong."), say("The certificate was installed too early.")},
                    field);
    }

    InvocationError wrongName() const
    {
        const auto &names = atFault().alternativeNames;
        if (names.contains(peer.text())) {
            return make(
                say("The certificate %1 of %2 has the address as a name: a client takes an address only from an "
                    "entry of the type IP.",
                    nameOf(atFault()), peer),
                say("Give the target a certificate with the address in its subjectAltName as IP."), {}, field);
        }
        const auto message = names.isEmpty()
            ? say("The certificate %1 of %2 names no host that it is for (it has no subjectAltName).",
                  nameOf(atFault()), peer)
            : say("The certificate %1 is for %2, not for %3.", nameOf(atFault()), names.join(", "_L1), peer);
        return make(
            message, say("Use a name that the certificate is for in the URL, or give the target another certificate."),
            {say("The URL names the host by another name or address."), say("Another server answers at that address."),
             say("The certificate has its name in the subject alone, which does not count any more.")},
            field);
    }

    InvocationError refusedByPeer() const
    {
        const bool isSent = !tls.clientCertificate.isEmpty();
        switch (tls.alert.value_or(CertificateRequired)) {
        case BadCertificate:
        case UnsupportedCertificate:
        case CertificateRevoked:
        case CertificateExpired:
        case CertificateUnknown:
        case UnknownCa:
        case AccessDenied:
        case CertificateRequired:
            return isSent ? certificateRefused() : certificateWanted();
        case HandshakeFailure:
            return tls.isClientCertificateAsked && !isSent ? certificateWanted() : handshake();
        case ProtocolVersion:
            return make(say("%1 does not speak TLS 1.2 or a later version.", peer),
                        say("Let the target speak TLS 1.2 or 1.3."),
                        {say("The target speaks only an old version of TLS.")}, field);
        case UnrecognizedName:
            return make(say("%1 does not know the name by which it was called.", peer),
                        say("Check the host name in the URL."),
                        {say("The host name is not the one it is configured for.")}, field);
        default:
            return handshake();
        }
    }

    InvocationError certificateWanted() const
    {
        return make(say("%1 wants a client certificate, and this webhook has none that it could send.", peer),
                    say("Put a client certificate and its key into Advanced."),
                    {say("The target accepts only clients with a client certificate (mutual TLS).")},
                    u"tls.client_certificate"_s);
    }

    InvocationError certificateRefused() const
    {
        return make(say("%1 does not accept the client certificate “%2”.", peer, shortName(tls.clientCertificate)),
                    say("Ask the target's owner which client certificate it accepts."),
                    {say("The target wants a client certificate of another authority."),
                     say("The client certificate has expired or was revoked.")},
                    u"tls.client_certificate"_s);
    }

    InvocationError handshake() const
    {
        return make(
            say("The TLS handshake with %1 failed.", peer),
            say("Check that the port speaks HTTPS with TLS 1.2 or later, and whether the target asks for a client "
                "certificate."),
            {say("The port does not speak TLS."), say("The target wants a client certificate, or another one."),
             say("The target speaks only an old version of TLS.")},
            field);
    }
};

} // namespace

InvocationError explainTls(const TlsFacts &tls, const Sentence &peer, const QString &field)
{
    return TlsTrouble{.tls = tls, .peer = peer, .field = field}.explain();
}

} // namespace Tocsin
