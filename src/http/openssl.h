// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace Tocsin {

/// Releases what OpenSSL has made.
template <auto release>
struct OpenSslRelease
{
    template <typename T>
    void operator()(T *pointer) const
    {
        release(pointer);
    }
};

using BioPointer = std::unique_ptr<BIO, OpenSslRelease<BIO_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, OpenSslRelease<EVP_PKEY_free>>;
using X509Pointer = std::unique_ptr<X509, OpenSslRelease<X509_free>>;
using X509StorePointer = std::unique_ptr<X509_STORE, OpenSslRelease<X509_STORE_free>>;

} // namespace Tocsin
