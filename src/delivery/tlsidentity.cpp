// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsidentity.h"

#include "late.h"

#include <QCache>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslKey>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct TlsIdentity
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::TlsIdentity)
};

template <auto release>
struct Releaser
{
    template <typename T>
    void operator()(T *pointer) const
    {
        release(pointer);
    }
};

/// Parsed by OpenSSL, which never asks for a password here.
std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>> parsedKey(const QByteArray &pem)
{
    const std::unique_ptr<BIO, Releaser<BIO_free>> memory(
        BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    const auto noPassword = [](char *, int, int, void *) {
        return -1;
    };
    std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>> key(
        PEM_read_bio_PrivateKey(memory.get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    return key;
}

QByteArray normalizedPem(EVP_PKEY *key)
{
    const std::unique_ptr<BIO, Releaser<BIO_free>> memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey_traditional(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return QByteArray(data, size);
}

bool belongTogether(const QSslCertificate &certificate, EVP_PKEY *key)
{
    const auto der = certificate.toDer();
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, Releaser<X509_free>> parsed(d2i_X509(nullptr, &at, der.size()));
    const bool fits = parsed && X509_check_private_key(parsed.get(), key) == 1;
    ERR_clear_error();
    return fits;
}

Result<QSslKey> clientKey(const QString &pem, const QSslCertificate &certificate)
{
    const auto where = u"tls.client_key"_s;
    if (pem.contains("ENCRYPTED"_L1)) {
        return Error{.message =
                         TlsIdentity::tr("The client key is encrypted; give it without a password, as the keychain "
                                         "protects it."),
                     .where = where};
    }
    if (auto loaded = loadCrypto(); !loaded) {
        return loaded.error();
    }
    const auto key = parsedKey(pem.toLatin1());
    if (!key) {
        return Error{.message = TlsIdentity::tr("The client key is not a private key in PEM form."), .where = where};
    }
    const int type = EVP_PKEY_get_base_id(key.get());
    if (type != EVP_PKEY_RSA && type != EVP_PKEY_EC) {
        return Error{.message = TlsIdentity::tr("The client key is neither an RSA nor an EC key."), .where = where};
    }
    if (!belongTogether(certificate, key.get())) {
        return Error{.message = TlsIdentity::tr("The client key does not belong to the client certificate."),
                     .where = where};
    }
    return QSslKey(normalizedPem(key.get()), type == EVP_PKEY_RSA ? QSsl::Rsa : QSsl::Ec, QSsl::Pem);
}

/// "CN=…, O=…", the common name first.
QString nameText(const QSslCertificate &certificate, bool isSubject)
{
    const auto attributes = isSubject ? certificate.subjectInfoAttributes() : certificate.issuerInfoAttributes();
    QStringList parts;
    for (const auto &attribute : attributes) {
        const auto values = isSubject ? certificate.subjectInfo(attribute) : certificate.issuerInfo(attribute);
        for (const auto &value : values) {
            const QString part = QString::fromLatin1(attribute) % u'=' % value;
            attribute == "CN" ? parts.prepend(part) : parts.append(part);
        }
    }
    return parts.join(", "_L1);
}

QString publicKeyText(const QSslKey &key)
{
    const auto name = [&key]() -> QString {
        switch (key.algorithm()) {
        case QSsl::Rsa:
            return u"RSA"_s;
        case QSsl::Ec:
            return u"EC"_s;
        case QSsl::Dsa:
            return u"DSA"_s;
        case QSsl::Dh:
            return u"DH"_s;
        case QSsl::Opaque:
            break;
        }
        return {};
    }();
    return key.length() > 0 ? name % u' ' % QString::number(key.length()) : name;
}

CertificateInfo certificateInfo(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
    names.sort();
    auto addresses = certificate.subjectAlternativeNames().values(QSsl::IpAddressEntry);
    addresses.sort();
    return {.subject = nameText(certificate, true),
            .issuer = nameText(certificate, false),
            .alternativeNames = names + addresses,
            .notBefore = certificate.effectiveDate().toUTC(),
            .notAfter = certificate.expiryDate().toUTC(),
            .serialNumber = QString::fromLatin1(certificate.serialNumber()),
            .sha256Fingerprint =
                QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper()),
            .publicKey = publicKeyText(certificate.publicKey()),
            .pem = QString::fromLatin1(certificate.toPem())};
}

/// The same few certificates come with every answer: each thread keeps what it has read of them.
CertificateInfo knownCertificateInfo(const QSslCertificate &certificate)
{
    constexpr int kept = 64;
    thread_local QCache<QByteArray, CertificateInfo> known(kept);
    const auto der = certificate.toDer();
    if (const auto *info = known.object(der)) {
        return *info;
    }
    auto info = certificateInfo(certificate);
    known.insert(der, new CertificateInfo(info));
    return info;
}

QString protocolText(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLSv1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLSv1.3"_s;
    default:
        return {};
    }
}

} // namespace

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

Result<QSslConfiguration> tlsConfiguration(const TlsMaterial &material)
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    if (!material.caCertificates.trimmed().isEmpty()) {
        const auto authorities = QSslCertificate::fromData(material.caCertificates.toLatin1(), QSsl::Pem);
        if (authorities.isEmpty()) {
            return Error{.message = TlsIdentity::tr("The CA certificates are not certificates in PEM form."),
                         .where = u"tls.ca_certificates"_s};
        }
        configuration.addCaCertificates(authorities);
    }
    const bool hasCertificate = !material.clientCertificate.trimmed().isEmpty();
    const bool hasKey = !material.clientKey.trimmed().isEmpty();
    if (!hasCertificate && !hasKey) {
        return configuration;
    }
    if (!hasCertificate || !hasKey) {
        return hasKey ? Error{.message = TlsIdentity::tr("The client key needs its client certificate."),
                              .where = u"tls.client_certificate"_s}
                      : Error{.message = TlsIdentity::tr("The client certificate needs its client key."),
                              .where = u"tls.client_key"_s};
    }
    const auto chain = QSslCertificate::fromData(material.clientCertificate.toLatin1(), QSsl::Pem);
    if (chain.isEmpty()) {
        return Error{.message = TlsIdentity::tr("The client certificate is not a certificate in PEM form."),
                     .where = u"tls.client_certificate"_s};
    }
    const auto key = clientKey(material.clientKey, chain.first());
    if (!key) {
        return key.error();
    }
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(*key);
    return configuration;
}

TlsInfo tlsInfo(const QSslConfiguration &configuration)
{
    TlsInfo info{.protocol = protocolText(configuration.sessionProtocol()),
                 .cipher = configuration.sessionCipher().name(),
                 .chain = {},
                 .errors = {}};
    for (const auto &certificate : configuration.peerCertificateChain()) {
        info.chain.append(knownCertificateInfo(certificate));
    }
    return info;
}

} // namespace Tocsin
