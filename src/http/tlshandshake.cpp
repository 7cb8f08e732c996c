// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlshandshake.h"

#include "certificates.h"

#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace Tocsin {

namespace {

// RFC 9525 §6.3: the subject's common name identifies nobody, and a wildcard is a whole label.
constexpr unsigned nameFlags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;

using Kept = std::shared_ptr<TlsHandshake>;

void release(void *, void *handshake, CRYPTO_EX_DATA *, int, long, void *)
{
    delete static_cast<Kept *>(handshake);
}

int keptIndex()
{
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, release);
    return index;
}

bool isAddress(const QByteArray &host)
{
    return !QHostAddress(QString::fromLatin1(host)).isNull();
}

/// As X509_check_ip_asc() takes it: QHostAddress knows the shorter spellings, too.
QByteArray addressText(const QByteArray &host)
{
    return QHostAddress(QString::fromLatin1(host)).toString().toLatin1();
}

bool isFor(X509 *certificate, const QByteArray &host)
{
    return isAddress(host)
        ? X509_check_ip_asc(certificate, addressText(host).constData(), 0) == 1
        : X509_check_host(certificate, host.constData(), static_cast<size_t>(host.size()), nameFlags, nullptr) == 1;
}

QList<CertificateInfo> infos(const STACK_OF(X509) * certificates)
{
    QList<CertificateInfo> result;
    for (int i = 0; i < sk_X509_num(certificates); ++i) {
        result.append(certificateInfo(sk_X509_value(certificates, i)));
    }
    return result;
}

/// Whether a handshake message is a Certificate (RFC 8446 §4.4.2, RFC 5246 §7.4.6) that is longer than one without any,
/// or the same compressed (RFC 8879 §4: an algorithm, the length before, the rest).
bool holdsCertificate(const unsigned char *message, size_t size, int version)
{
    constexpr size_t head = 4; // the type, and the length in three bytes
    constexpr int compressedCertificate = 25;
    constexpr size_t lengthAt = head + 2;
    const size_t empty = 3 + (version == TLS1_3_VERSION ? 1 : 0);
    if (size > head && message[0] == SSL3_MT_CERTIFICATE) {
        return size - head > empty;
    }
    return size > lengthAt + 2 && message[0] == compressedCertificate
        && (size_t(message[lengthAt]) << 16 | size_t(message[lengthAt + 1]) << 8 | message[lengthAt + 2]) > empty;
}

CertificateFault::Kind kindOf(int error)
{
    using Kind = CertificateFault::Kind;
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Kind::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Kind::NotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return Kind::WrongName;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return Kind::SelfSigned;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return Kind::Untrusted;
    default:
        return Kind::Other;
    }
}

} // namespace

TlsHandshake::TlsHandshake(std::shared_ptr<const TlsIdentity> identity, QByteArray host, bool presents)
    : m_identity(std::move(identity))
    , m_authorities(m_identity->authorities())
    , m_host(std::move(host))
    , m_presents(presents)
{
}

bool TlsHandshake::install(SSL_CTX *context, const std::shared_ptr<TlsHandshake> &handshake)
{
    auto *self = handshake.get();
    auto kept = std::make_unique<Kept>(handshake);
    if (SSL_CTX_set_ex_data(context, keptIndex(), kept.get()) != 1) {
        return false;
    }
    static_cast<void>(kept.release()); // the context's own now
    SSL_CTX_set1_cert_store(context, self->m_authorities->store());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, verify);
    auto *rules = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_hostflags(rules, nameFlags);
    const bool isNamed = isAddress(self->m_host)
        ? X509_VERIFY_PARAM_set1_ip_asc(rules, addressText(self->m_host).constData()) == 1
        : X509_VERIFY_PARAM_set1_host(rules, self->m_host.constData(), static_cast<size_t>(self->m_host.size())) == 1;
    SSL_CTX_set_cert_cb(context, onCertificateAsked, self);
    SSL_CTX_set_msg_callback(context, onMessage);
    SSL_CTX_set_msg_callback_arg(context, self);
    SSL_CTX_set_info_callback(context, onInfo);
    return isNamed && (!self->m_presents || self->m_identity->present(context));
}

TlsHandshake *TlsHandshake::of(const SSL_CTX *context)
{
    auto *kept = static_cast<Kept *>(SSL_CTX_get_ex_data(context, keptIndex()));
    return kept ? kept->get() : nullptr;
}

std::shared_ptr<TlsHandshake> TlsHandshake::of(const SSL *connection)
{
    auto *kept = static_cast<Kept *>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), keptIndex()));
    return kept ? *kept : nullptr;
}

int TlsHandshake::verify(int isGood, X509_STORE_CTX *store)
{
    if (isGood) {
        return 1;
    }
    const auto *connection =
        static_cast<const SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto *self = of(SSL_get_SSL_CTX(connection));
    const int error = X509_STORE_CTX_get_error(store);
    auto *certificate = X509_STORE_CTX_get_current_cert(store);
    if (!certificate) {
        certificate = X509_STORE_CTX_get0_cert(store);
    }
    self->m_facts.chain = infos(X509_STORE_CTX_get0_untrusted(store));
    self->m_facts.fault = CertificateFault{.kind = kindOf(error),
                                           .depth = X509_STORE_CTX_get_error_depth(store),
                                           .certificate = certificateInfo(certificate),
                                           .detail = QString::fromLatin1(X509_verify_cert_error_string(error))};
    return 0;
}

int TlsHandshake::onCertificateAsked(SSL *, void *handshake)
{
    static_cast<TlsHandshake *>(handshake)->m_facts.isClientCertificateAsked = true;
    return 1;
}

/// Watches for the peer's close_notify, and for a Certificate message of ours.
void TlsHandshake::onMessage(int isWritten, int version, int type, const void *bytes, size_t size, SSL *,
                             void *handshake)
{
    constexpr size_t alertSize = 2; // its level, and what it says
    if (!isWritten && type == SSL3_RT_ALERT && size == alertSize
        && static_cast<const unsigned char *>(bytes)[1] == SSL_AD_CLOSE_NOTIFY) {
        static_cast<TlsHandshake *>(handshake)->m_isClosedByPeer = true;
    }
    auto *self = static_cast<TlsHandshake *>(handshake);
    if (isWritten && type == SSL3_RT_HANDSHAKE && self->m_identity->clientCertificate()
        && holdsCertificate(static_cast<const unsigned char *>(bytes), size, version)) {
        self->m_facts.clientCertificate = certificateInfo(self->m_identity->clientCertificate()).subject;
    }
}

void TlsHandshake::onInfo(const SSL *connection, int where, int value)
{
    const int alert = value & 0xff;
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && alert != SSL_AD_CLOSE_NOTIFY
        && alert != SSL_AD_USER_CANCELLED) {
        if (auto *self = of(SSL_get_SSL_CTX(connection))) {
            self->m_facts.alert = alert;
        }
    }
}

bool TlsHandshake::accepts(const SSL *connection, const QByteArray &host)
{
    if (!m_isRead) {
        readFacts(connection);
    }
    if (host == m_host) {
        return true; // that is what the handshake was about
    }
    auto *certificate = SSL_get0_peer_certificate(connection);
    if (certificate && isFor(certificate, host)) {
        return true;
    }
    ERR_clear_error();
    m_facts.fault =
        CertificateFault{.kind = CertificateFault::Kind::WrongName,
                         .depth = 0,
                         .certificate = certificate ? certificateInfo(certificate) : CertificateInfo(),
                         .detail = QString::fromLatin1(X509_verify_cert_error_string(X509_V_ERR_HOSTNAME_MISMATCH))};
    return false;
}

void TlsHandshake::keepVerifiedChain(const SSL *connection)
{
    if (const auto *chain = SSL_get0_verified_chain(connection)) {
        m_facts.chain = infos(chain);
    }
}

void TlsHandshake::readFacts(const SSL *connection)
{
    m_isRead = true;
    m_facts.protocol = QString::fromLatin1(SSL_get_version(connection));
    m_facts.cipher = QString::fromLatin1(SSL_CIPHER_get_name(SSL_get_current_cipher(connection)));
    m_facts.isSessionResumed = SSL_session_reused(connection) == 1;
    if (const auto *chain = SSL_get_peer_cert_chain(connection)) {
        m_facts.chain = infos(chain);
    } else if (auto *certificate = SSL_get0_peer_certificate(connection)) {
        m_facts.chain = {certificateInfo(certificate)};
    }
}

} // namespace Tocsin
