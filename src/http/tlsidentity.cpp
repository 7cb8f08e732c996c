// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsidentity.h"

#include "certificates.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>

#include <openssl/err.h>

#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr std::chrono::seconds lookedAtAgainAfter{2};

struct TlsIdentityText
{
    static constexpr SentenceMaker say{"Tocsin::TlsIdentity"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TlsIdentity)
};

Error fault(const Sentence &message, QLatin1StringView field)
{
    return Error::of(message, field);
}

Result<KeyPointer> clientKey(const QString &pem, X509 *certificate)
{
    const auto field = "tls.client_key"_L1;
    if (pem.contains("ENCRYPTED"_L1)) {
        return fault(TlsIdentityText::say("The client key is encrypted; give it without a password, as the keychain "
                                          "protects it."),
                     field);
    }
    auto key = privateKeyFromPem(pem.toLatin1());
    if (!key) {
        return fault(TlsIdentityText::say("The client key is not a private key in PEM form."), field);
    }
    const bool fits = X509_check_private_key(certificate, key.get()) == 1;
    ERR_clear_error();
    if (!fits) {
        return fault(TlsIdentityText::say("The client key does not belong to the client certificate."), field);
    }
    return key;
}

} // namespace

size_t qHash(const TlsMaterial &material, size_t seed)
{
    return qHashMulti(seed, material.caCertificates, material.clientCertificate, material.clientKey);
}

QByteArray TlsMaterial::fingerprint() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &part : {caCertificates, clientCertificate, clientKey}) {
        const auto bytes = part.trimmed().toUtf8();
        hash.addData(QByteArray(QByteArray::number(bytes.size()) + ':'));
        hash.addData(bytes);
    }
    return hash.result();
}

Result<std::shared_ptr<const TlsIdentity>> TlsIdentity::create(const TlsMaterial &material)
{
    static std::mutex mutex;
    static QHash<TlsMaterial, std::weak_ptr<const TlsIdentity>> known;
    {
        const std::lock_guard lock(mutex);
        if (auto identity = known.value(material).lock()) {
            return identity;
        }
    }
    const std::shared_ptr<TlsIdentity> identity(new TlsIdentity);
    if (!material.caCertificates.trimmed().isEmpty()) {
        identity->m_additional = material.caCertificates.toLatin1();
        if (certificatesFromPem(identity->m_additional).empty()) {
            return fault(TlsIdentityText::say("The CA certificates are not certificates in PEM form."),
                         "tls.ca_certificates"_L1);
        }
    }
    const bool hasCertificate = !material.clientCertificate.trimmed().isEmpty();
    const bool hasKey = !material.clientKey.trimmed().isEmpty();
    if (hasCertificate != hasKey) {
        return hasKey
            ? fault(TlsIdentityText::say("The client key needs its client certificate."), "tls.client_certificate"_L1)
            : fault(TlsIdentityText::say("The client certificate needs its client key."), "tls.client_key"_L1);
    }
    if (hasCertificate) {
        identity->m_chain = certificatesFromPem(material.clientCertificate.toLatin1());
        if (identity->m_chain.empty()) {
            return fault(TlsIdentityText::say("The client certificate is not a certificate in PEM form."),
                         "tls.client_certificate"_L1);
        }
        auto key = clientKey(material.clientKey, identity->m_chain.front().get());
        if (!key) {
            return key.error();
        }
        identity->m_key = std::move(key.value());
    }
    const std::lock_guard lock(mutex);
    known.removeIf([](const auto &one) { return one.value().expired(); });
    if (auto other = known.value(material).lock()) {
        return other;
    }
    known.insert(material, identity);
    return std::shared_ptr<const TlsIdentity>(identity);
}

std::shared_ptr<const TlsIdentity> TlsIdentity::plain()
{
    static const std::shared_ptr<const TlsIdentity> identity = create({}).value();
    return identity;
}

std::shared_ptr<const TrustedAuthorities> TlsIdentity::authorities() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_authorities || (m_fresh.hasExpired() && m_authorities->isOutdated())) {
        m_authorities = std::make_shared<const TrustedAuthorities>(m_additional);
    }
    if (m_fresh.hasExpired()) {
        m_fresh.setRemainingTime(lookedAtAgainAfter);
    }
    return m_authorities;
}

QList<CertificateInfo> TlsIdentity::clientCertificates() const
{
    QList<CertificateInfo> infos;
    for (const auto &certificate : m_chain) {
        infos.append(certificateInfo(certificate.get()));
    }
    return infos;
}

bool TlsIdentity::present(SSL_CTX *context) const
{
    if (m_chain.empty()) {
        return true;
    }
    bool isTaken = SSL_CTX_use_certificate(context, m_chain.front().get()) == 1
        && SSL_CTX_use_PrivateKey(context, m_key.get()) == 1;
    for (std::size_t i = 1; isTaken && i < m_chain.size(); ++i) {
        isTaken = SSL_CTX_add1_chain_cert(context, m_chain[i].get()) == 1;
    }
    return isTaken;
}

} // namespace Tocsin
