// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "openssl.h"
#include "tlsfacts.h"
#include "tlsidentity.h"

#include <QByteArray>

#include <memory>

namespace Tocsin {

/// The handshake of one connection with a peer whose name it holds (RFC 9525, RFC 9110 §4.3.4): a wrong one gets
/// neither request nor client certificate. Belongs to the connection's SSL_CTX, which outlives the request it was made
/// for.
class TlsHandshake
{
public:
    /// `host` without a trailing dot; an address without brackets. `presents`: whether the client certificate may be
    /// shown, which a proxy does not get.
    TlsHandshake(std::shared_ptr<const TlsIdentity> identity, QByteArray host, bool presents);

    /// Makes ready the context of a connection; false where OpenSSL refuses something.
    static bool install(SSL_CTX *context, const std::shared_ptr<TlsHandshake> &handshake);

    /// What install() gave to this connection; null where it is another's.
    static std::shared_ptr<TlsHandshake> of(const SSL *connection);

    /// After the handshake: false where the peer's certificate is not for `host`. Reads the facts once.
    bool accepts(const SSL *connection, const QByteArray &host);

    /// After accepts(): the facts' chain is the one that was verified, up to the authority that is trusted.
    void keepVerifiedChain(const SSL *connection);

    const TlsFacts &facts() const { return m_facts; }
    /// The connection's, for looking at; -1 where it is not known.
    void setSocket(int socket) { m_socket = socket; }
    int socket() const { return m_socket; }
    bool isClosedByPeer() const { return m_isClosedByPeer; } ///< its close_notify came: there is no more to come

private:
    static TlsHandshake *of(const SSL_CTX *context);
    static int verify(int isGood, X509_STORE_CTX *store);
    static int onCertificateAsked(SSL *connection, void *handshake);
    static void onMessage(int isWritten, int version, int type, const void *bytes, size_t size, SSL *connection,
                          void *handshake);
    static void onInfo(const SSL *connection, int where, int value);
    void readFacts(const SSL *connection);

    const std::shared_ptr<const TlsIdentity> m_identity;
    std::shared_ptr<const TrustedAuthorities> m_authorities;
    const QByteArray m_host;
    const bool m_presents;
    int m_socket = -1;
    bool m_isRead = false;
    bool m_isClosedByPeer = false;
    TlsFacts m_facts;
};

} // namespace Tocsin
