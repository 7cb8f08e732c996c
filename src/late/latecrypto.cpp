// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// libcrypto's functions, as far as Tocsin calls them.
#include "latelibrary.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdarg>
#include <string_view>

#define LATE(result, name, parameters, arguments)                                                                      \
    TOCSIN_LATE_FUNCTION(Tocsin::crypto(), result, name, parameters, arguments)

LATE(int, ASN1_INTEGER_set_uint64, (ASN1_INTEGER * number, uint64_t value), (number, value))
LATE(ASN1_TIME *, ASN1_TIME_set, (ASN1_TIME * moment, time_t value), (moment, value))

LATE(long, BIO_ctrl, (BIO * bio, int command, long number, void *pointer), (bio, command, number, pointer))
LATE(int, BIO_free, (BIO * bio), (bio))
LATE(BIO *, BIO_new, (const BIO_METHOD *method), (method))
LATE(BIO *, BIO_new_mem_buf, (const void *data, int size), (data, size))
LATE(const BIO_METHOD *, BIO_s_mem, (), ())

LATE(void, ERR_clear_error, (), ())
LATE(void, ERR_error_string_n, (unsigned long error, char *text, size_t size), (error, text, size))
LATE(unsigned long, ERR_get_error, (), ())

LATE(void, EVP_PKEY_free, (EVP_PKEY * key), (key))
LATE(int, EVP_PKEY_get_base_id, (const EVP_PKEY *key), (key))
LATE(const EVP_MD *, EVP_sha256, (), ())

LATE(void, GENERAL_NAMES_free, (GENERAL_NAMES * names), (names))
LATE(GENERAL_NAMES *, GENERAL_NAMES_new, (), ())
LATE(GENERAL_NAME *, a2i_GENERAL_NAME,
     (GENERAL_NAME * name, const X509V3_EXT_METHOD *method, X509V3_CTX *context, int type, const char *value,
      int isConstraint),
     (name, method, context, type, value, isConstraint))
LATE(int, OPENSSL_sk_push, (OPENSSL_STACK * stack, const void *entry), (stack, entry))

LATE(EVP_PKEY *, PEM_read_bio_PrivateKey, (BIO * bio, EVP_PKEY **key, pem_password_cb *password, void *owner),
     (bio, key, password, owner))
LATE(int, PEM_write_bio_PKCS8PrivateKey,
     (BIO * bio, const EVP_PKEY *key, const EVP_CIPHER *cipher, const char *phrase, int size, pem_password_cb *password,
      void *owner),
     (bio, key, cipher, phrase, size, password, owner))
LATE(int, PEM_write_bio_PrivateKey_traditional,
     (BIO * bio, const EVP_PKEY *key, const EVP_CIPHER *cipher, const unsigned char *phrase, int size,
      pem_password_cb *password, void *owner),
     (bio, key, cipher, phrase, size, password, owner))
LATE(int, PEM_write_bio_X509, (BIO * bio, const X509 *certificate), (bio, certificate))

LATE(int, RAND_bytes, (unsigned char *bytes, int count), (bytes, count))

LATE(X509_EXTENSION *, X509V3_EXT_conf_nid,
     (LHASH_OF(CONF_VALUE) * settings, X509V3_CTX *context, int nid, const char *value),
     (settings, context, nid, value))
LATE(void, X509V3_set_ctx,
     (X509V3_CTX * context, X509 *issuer, X509 *subject, X509_REQ *request, X509_CRL *list, int flags),
     (context, issuer, subject, request, list, flags))
LATE(void, X509_EXTENSION_free, (X509_EXTENSION * extension), (extension))
LATE(int, X509_NAME_add_entry_by_txt,
     (X509_NAME * name, const char *field, int type, const unsigned char *bytes, int size, int place, int set),
     (name, field, type, bytes, size, place, set))
LATE(int, X509_add1_ext_i2d, (X509 * certificate, int nid, void *value, int isCritical, unsigned long flags),
     (certificate, nid, value, isCritical, flags))
LATE(int, X509_add_ext, (X509 * certificate, X509_EXTENSION *extension, int place), (certificate, extension, place))
LATE(int, X509_check_private_key, (const X509 *certificate, const EVP_PKEY *key), (certificate, key))
LATE(void, X509_free, (X509 * certificate), (certificate))
LATE(ASN1_INTEGER *, X509_get_serialNumber, (X509 * certificate), (certificate))
LATE(X509_NAME *, X509_get_subject_name, (const X509 *certificate), (certificate))
LATE(ASN1_TIME *, X509_getm_notAfter, (const X509 *certificate), (certificate))
LATE(ASN1_TIME *, X509_getm_notBefore, (const X509 *certificate), (certificate))
LATE(X509 *, X509_new, (), ())
LATE(int, X509_set_issuer_name, (X509 * certificate, const X509_NAME *name), (certificate, name))
LATE(int, X509_set_pubkey, (X509 * certificate, EVP_PKEY *key), (certificate, key))
LATE(int, X509_set_version, (X509 * certificate, long version), (certificate, version))
LATE(int, X509_sign, (X509 * certificate, EVP_PKEY *key, const EVP_MD *digest), (certificate, key, digest))
LATE(X509 *, d2i_X509, (X509 * *certificate, const unsigned char **bytes, long size), (certificate, bytes, size))

/// What follows `properties` is a curve's name for "EC", and the number of bits for "RSA".
extern "C" __attribute__((visibility("hidden"))) EVP_PKEY *EVP_PKEY_Q_keygen(OSSL_LIB_CTX *context,
                                                                             const char *properties, const char *type,
                                                                             ...)
{
    static const auto real = Tocsin::crypto().function<decltype(&EVP_PKEY_Q_keygen)>("EVP_PKEY_Q_keygen");
    va_list rest;
    va_start(rest, type);
    auto *key = std::string_view(type) == "EC" ? real(context, properties, type, va_arg(rest, char *))
                                               : real(context, properties, type, va_arg(rest, size_t));
    va_end(rest);
    return key;
}
