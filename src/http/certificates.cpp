// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificates.h"

#include <QCache>
#include <QHostAddress>
#include <QTimeZone>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

BioPointer memoryOf(const QByteArray &bytes)
{
    return BioPointer(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

int noPassword(char *, int, int, void *)
{
    return -1;
}

QString textOf(const ASN1_STRING *string)
{
    unsigned char *utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, string);
    if (size < 0) {
        ERR_clear_error();
        return {};
    }
    const auto text = QString::fromUtf8(reinterpret_cast<const char *>(utf8), size);
    OPENSSL_free(utf8);
    return text;
}

/// "CN=…, O=…", the common name first.
QString nameText(const X509_NAME *name)
{
    QStringList parts;
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const auto *entry = X509_NAME_get_entry(name, i);
        const int nid = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        const QString part = QString::fromLatin1(OBJ_nid2sn(nid)) % u'=' % textOf(X509_NAME_ENTRY_get_data(entry));
        nid == NID_commonName ? parts.prepend(part) : parts.append(part);
    }
    return parts.join(", "_L1);
}

QStringList alternativeNames(X509 *certificate)
{
    QStringList names;
    QStringList addresses;
    auto *all = static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
        const auto *name = sk_GENERAL_NAME_value(all, i);
        if (name->type == GEN_DNS) {
            names.append(textOf(name->d.dNSName));
        } else if (name->type == GEN_IPADD) {
            const auto *bytes = ASN1_STRING_get0_data(name->d.iPAddress);
            if (ASN1_STRING_length(name->d.iPAddress) == 4) {
                addresses.append(
                    QHostAddress(quint32(bytes[0]) << 24 | quint32(bytes[1]) << 16 | quint32(bytes[2]) << 8 | bytes[3])
                        .toString());
            } else if (ASN1_STRING_length(name->d.iPAddress) == 16) {
                addresses.append(QHostAddress(bytes).toString());
            }
        }
    }
    GENERAL_NAMES_free(all);
    names.sort();
    addresses.sort();
    return names + addresses;
}

QDateTime momentOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return {};
    }
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc())
        .toUTC();
}

QString publicKeyText(X509 *certificate)
{
    auto *key = X509_get0_pubkey(certificate);
    if (!key) {
        ERR_clear_error();
        return {};
    }
    const auto name = QString::fromLatin1(EVP_PKEY_get0_type_name(key));
    const int type = EVP_PKEY_get_base_id(key);
    const bool hasOneSize = type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448;
    return hasOneSize ? name : name % u' ' % QString::number(EVP_PKEY_get_bits(key));
}

QByteArray derOf(X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    if (size < 0) {
        ERR_clear_error();
        return {};
    }
    const QByteArray der(reinterpret_cast<const char *>(bytes), size);
    OPENSSL_free(bytes);
    return der;
}

QByteArray pemOf(X509 *certificate)
{
    const BioPointer memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<qsizetype>(size)};
}

QByteArray serialNumber(X509 *certificate)
{
    const auto *number = X509_get0_serialNumber(certificate);
    return QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(number)), ASN1_STRING_length(number))
        .toHex(':');
}

QByteArray fingerprint(X509 *certificate)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest, &size);
    return QByteArray(reinterpret_cast<const char *>(digest), size).toHex(':').toUpper();
}

CertificateInfo readInfo(X509 *certificate)
{
    return {.subject = nameText(X509_get_subject_name(certificate)),
            .issuer = nameText(X509_get_issuer_name(certificate)),
            .alternativeNames = alternativeNames(certificate),
            .notBefore = momentOf(X509_get0_notBefore(certificate)),
            .notAfter = momentOf(X509_get0_notAfter(certificate)),
            .serialNumber = QString::fromLatin1(serialNumber(certificate)),
            .sha256Fingerprint = QString::fromLatin1(fingerprint(certificate)),
            .publicKey = publicKeyText(certificate),
            .pem = QString::fromLatin1(pemOf(certificate))};
}

} // namespace

std::vector<X509Pointer> certificatesFromPem(const QByteArray &pem)
{
    std::vector<X509Pointer> certificates;
    const auto memory = memoryOf(pem);
    while (auto *certificate = PEM_read_bio_X509(memory.get(), nullptr, noPassword, nullptr)) {
        certificates.emplace_back(certificate);
    }
    ERR_clear_error(); // the end of the text counts as one
    return certificates;
}

KeyPointer privateKeyFromPem(const QByteArray &pem)
{
    KeyPointer key(PEM_read_bio_PrivateKey(memoryOf(pem).get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    return key;
}

CertificateInfo certificateInfo(X509 *certificate)
{
    constexpr int kept = 64;
    thread_local QCache<QByteArray, CertificateInfo> known(kept);
    const auto der = derOf(certificate);
    if (const auto *info = known.object(der)) {
        return *info;
    }
    auto info = readInfo(certificate);
    known.insert(der, new CertificateInfo(info));
    return info;
}

} // namespace Tocsin
