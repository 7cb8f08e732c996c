// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificateauthority.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr int daysValid = 7;
constexpr int secondsBefore = 3600; // clocks differ a little

template <auto release>
struct Releaser
{
    template <typename T>
    void operator()(T *pointer) const
    {
        release(pointer);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using Certificate = std::unique_ptr<X509, Releaser<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION_free>>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, Releaser<GENERAL_NAMES_free>>;
using Memory = std::unique_ptr<BIO, Releaser<BIO_free>>;

Error failure()
{
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return {.message = QCoreApplication::translate("Tocsin::CertificateAuthority",
                                                   "The certificate could not be made: OpenSSL said “%1”.")
                           .arg(QString::fromLatin1(text.data()))};
}

Key generatedKey(const char *algorithm, bool hasBits)
{
    constexpr int bits = 2048;
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, algorithm, nullptr));
    EVP_PKEY *key = nullptr;
    const bool isMade = context && EVP_PKEY_keygen_init(context.get()) == 1
        && (!hasBits || EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) == 1)
        && EVP_PKEY_generate(context.get(), &key) == 1;
    return Key(isMade ? key : nullptr);
}

Key makeKey(CertificateOptions::KeyType type)
{
    switch (type) {
    case CertificateOptions::KeyType::EcP256:
        return Key(EVP_EC_gen("P-256"));
    case CertificateOptions::KeyType::Rsa2048:
        return Key(EVP_RSA_gen(2048));
    case CertificateOptions::KeyType::RsaPss2048:
        return generatedKey("RSA-PSS", true);
    case CertificateOptions::KeyType::Ed25519:
        return generatedKey("ED25519", false);
    }
    return nullptr;
}

template <typename Write>
QByteArray pem(Write write)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    if (!memory || write(memory.get()) != 1) {
        return {};
    }
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return QByteArray(data, size);
}

QByteArray certificatePem(X509 *certificate)
{
    return pem([certificate](BIO *out) { return PEM_write_bio_X509(out, certificate); });
}

QByteArray keyPem(EVP_PKEY *key)
{
    return pem(
        [key](BIO *out) { return PEM_write_bio_PKCS8PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

bool setTimes(X509 *certificate, const CertificateOptions &options)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto from = options.notBefore.isValid() ? options.notBefore : now.addSecs(-secondsBefore);
    const auto until = options.notAfter.isValid() ? options.notAfter : now.addDays(daysValid);
    return ASN1_TIME_set(X509_getm_notBefore(certificate), from.toSecsSinceEpoch())
        && ASN1_TIME_set(X509_getm_notAfter(certificate), until.toSecsSinceEpoch());
}

bool setSerialNumber(X509 *certificate)
{
    quint64 random = 0;
    return RAND_bytes(reinterpret_cast<unsigned char *>(&random), sizeof random) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), random | 1) == 1;
}

bool setSubject(X509 *certificate, const QString &commonName)
{
    const auto name = commonName.toUtf8();
    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(name.constData()),
                                      static_cast<int>(name.size()), -1, 0)
        == 1;
}

bool addExtension(X509 *certificate, X509V3_CTX *context, int nid, const char *value)
{
    const Extension extension(X509V3_EXT_conf_nid(nullptr, context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

GENERAL_NAME *generalName(const QString &name, const CertificateOptions &options)
{
    const bool isName = options.hasAddressesAsNames || QHostAddress(name).isNull();
    const auto text = name.toLatin1();
    return a2i_GENERAL_NAME(nullptr, nullptr, nullptr, isName ? GEN_DNS : GEN_IPADD, text.constData(), 0);
}

bool addAlternativeNames(X509 *certificate, const QStringList &names, const CertificateOptions &options)
{
    const GeneralNames all(GENERAL_NAMES_new());
    for (const auto &name : names) {
        auto *entry = generalName(name, options);
        if (!entry) {
            return false;
        }
        sk_GENERAL_NAME_push(all.get(), entry);
    }
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, all.get(), 0, 0) == 1;
}

} // namespace

struct CertificateAuthority::Private
{
    Key key;
    Certificate certificate;

    Certificate begin(EVP_PKEY *subjectKey, const QString &commonName, const CertificateOptions &options) const
    {
        Certificate made(X509_new());
        const bool ok = made && X509_set_version(made.get(), X509_VERSION_3) && setSerialNumber(made.get())
            && setTimes(made.get(), options) && (!options.hasSubject || setSubject(made.get(), commonName))
            && X509_set_pubkey(made.get(), subjectKey) == 1;
        return ok ? std::move(made) : nullptr;
    }

    Result<IssuedCertificate> issue(const QString &commonName, const QStringList &names, const char *usage,
                                    const CertificateOptions &options) const
    {
        const auto leafKey = makeKey(options.keyType);
        const auto leaf = leafKey ? begin(leafKey.get(), commonName, options) : nullptr;
        if (!leaf) {
            return failure();
        }
        X509V3_CTX context;
        X509V3_set_ctx(&context, certificate.get(), leaf.get(), nullptr, nullptr, 0);
        const bool ok = X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate.get())) == 1
            && addExtension(leaf.get(), &context, NID_basic_constraints, "critical,CA:FALSE")
            && addExtension(leaf.get(), &context, NID_key_usage, "critical,digitalSignature")
            && addExtension(leaf.get(), &context, NID_ext_key_usage, usage)
            && addExtension(leaf.get(), &context, NID_subject_key_identifier, "hash")
            && addExtension(leaf.get(), &context, NID_authority_key_identifier, "keyid:always")
            && (names.isEmpty() || addAlternativeNames(leaf.get(), names, options))
            && X509_sign(leaf.get(), key.get(), EVP_sha256()) > 0;
        if (!ok) {
            return failure();
        }
        return IssuedCertificate{.certificate = certificatePem(leaf.get()), .key = keyPem(leafKey.get())};
    }
};

CertificateAuthority::CertificateAuthority(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

CertificateAuthority::CertificateAuthority(CertificateAuthority &&) noexcept = default;
CertificateAuthority &CertificateAuthority::operator=(CertificateAuthority &&) noexcept = default;
CertificateAuthority::~CertificateAuthority() = default;

Result<CertificateAuthority> CertificateAuthority::create(const QString &commonName, const CertificateOptions &options)
{
    return make(commonName, options, nullptr);
}

Result<CertificateAuthority> CertificateAuthority::read(const QByteArray &pem)
{
    const auto memory = [&pem] {
        return Memory(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    };
    auto data = std::make_unique<Private>();
    data->certificate.reset(PEM_read_bio_X509(memory().get(), nullptr, nullptr, nullptr));
    data->key.reset(PEM_read_bio_PrivateKey(memory().get(), nullptr, nullptr, nullptr));
    if (!data->certificate || !data->key || X509_check_private_key(data->certificate.get(), data->key.get()) != 1) {
        return failure();
    }
    return CertificateAuthority(std::move(data));
}

Result<CertificateAuthority> CertificateAuthority::issueAuthority(const QString &commonName) const
{
    return make(commonName, {}, d.get());
}

/// Signed by `issuer`; without one, by itself.
Result<CertificateAuthority> CertificateAuthority::make(const QString &commonName, const CertificateOptions &options,
                                                        const Private *issuer)
{
    auto data = std::make_unique<Private>();
    data->key = makeKey(CertificateOptions::KeyType::EcP256);
    if (!data->key || !(data->certificate = data->begin(data->key.get(), commonName, options))) {
        return failure();
    }
    auto *made = data->certificate.get();
    auto *above = issuer ? issuer->certificate.get() : made;
    X509V3_CTX context;
    X509V3_set_ctx(&context, above, made, nullptr, nullptr, 0);
    const bool ok = X509_set_issuer_name(made, X509_get_subject_name(above)) == 1
        && addExtension(made, &context, NID_basic_constraints,
                        issuer ? "critical,CA:TRUE,pathlen:0" : "critical,CA:TRUE,pathlen:1")
        && addExtension(made, &context, NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(made, &context, NID_subject_key_identifier, "hash")
        && X509_sign(made, issuer ? issuer->key.get() : data->key.get(), EVP_sha256()) > 0;
    if (!ok) {
        return failure();
    }
    return CertificateAuthority(std::move(data));
}

QByteArray CertificateAuthority::certificate() const
{
    return certificatePem(d->certificate.get());
}

QByteArray CertificateAuthority::key() const
{
    return keyPem(d->key.get());
}

QDateTime CertificateAuthority::notAfter() const
{
    std::tm time{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(d->certificate.get()), &time) != 1) {
        return {};
    }
    return QDateTime(QDate(time.tm_year + 1900, time.tm_mon + 1, time.tm_mday),
                     QTime(time.tm_hour, time.tm_min, time.tm_sec), Qt::UTC);
}

Result<IssuedCertificate> CertificateAuthority::issueServer(const QStringList &names,
                                                            const CertificateOptions &options) const
{
    const auto commonName = options.commonName.isEmpty() ? names.value(0) : options.commonName;
    return d->issue(commonName, names, "serverAuth", options);
}

Result<IssuedCertificate> CertificateAuthority::issueClient(const QString &name,
                                                            const CertificateOptions &options) const
{
    return d->issue(options.commonName.isEmpty() ? name : options.commonName, {}, "clientAuth", options);
}

} // namespace Tocsin
