// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "openssl.h"

#include <QByteArray>

#include <memory>

namespace Tocsin {

/// Whom one identity trusts: a store that is shared by its connections. Immutable, but for what OpenSSL looks up in the
/// system's folder when it is first needed. Any thread.
class TrustedAuthorities
{
public:
    /// `additional` (PEM) beside the system's: OpenSSL's SSL_CERT_FILE and SSL_CERT_DIR where the environment has them,
    /// else what libcurl was built to use.
    explicit TrustedAuthorities(const QByteArray &additional = {});

    X509_STORE *store() const { return m_store.get(); }

    /// Whether the system's authorities were changed since. Looks at files.
    bool isOutdated() const;

private:
    X509StorePointer m_store;
    QByteArray m_stamp;
};

} // namespace Tocsin
