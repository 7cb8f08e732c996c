// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"
#include "webhookcheck.h"

namespace Tocsin {

/// What an invocation as far as the connection came to: name, connection, TLS, and the certificates of the chain that
/// was verified. `hasClientCertificate`: one is there that could be shown.
QList<CheckLine> connectionLines(const Invocation &invocation, const QString &host, bool hasClientCertificate,
                                 const QDateTime &now);

/// What an invocation as far as the token came to, with the certificates of the token endpoint.
QList<CheckLine> tokenLines(const Invocation &invocation, const QDateTime &now);

/// Until when the client certificate, and what is shown with it, is good.
QList<CheckLine> clientCertificateLines(const QList<CertificateInfo> &certificates, const QDateTime &now);

} // namespace Tocsin
