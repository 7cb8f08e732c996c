// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectiontext.h"

#include <QCoreApplication>

namespace Tocsin {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Connection)
};

} // namespace

QString clientCertificateText(const TlsInfo &tls)
{
    if (!tls.clientCertificate.isEmpty()) {
        return Words::tr("The target asked for a client certificate; “%1” was sent.").arg(tls.clientCertificate);
    }
    return tls.clientCertificateAsked ? Words::tr("The target asked for a client certificate; none was sent.")
                                      : QString();
}

QStringList handshakeTexts(const std::optional<TlsInfo> &tls, bool isConnectionReused)
{
    QStringList texts;
    if (isConnectionReused) {
        texts << Words::tr("Connection reused: it was opened for an earlier request.");
    }
    if (tls && tls->sessionResumed) {
        texts << Words::tr("TLS session resumed: certificates were shown in an earlier connection.");
    }
    return texts;
}

QString proxyLookupText()
{
    return Words::tr("The proxy looks the name up itself, so the rule about link-local addresses can judge only the "
                     "name or address in the URL.");
}

} // namespace Tocsin
