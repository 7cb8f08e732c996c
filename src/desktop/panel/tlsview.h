// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QWidget>

class QVBoxLayout;

namespace Tocsin {

/// What the TLS handshake agreed on, what was wrong with the certificates, whether one of ours was asked for, and each
/// of the target's, its own first.
class TlsView : public QWidget
{
    Q_OBJECT

public:
    explicit TlsView(QWidget *parent = nullptr);

    /// `moment` is when the handshake took place: certificates are judged by it.
    void setTls(const std::optional<TlsInfo> &tls, const QDateTime &moment, bool isConnectionReused = false);

private:
    QWidget *certificateCard(const CertificateInfo &certificate, const QDateTime &moment);

    QVBoxLayout *m_layout;
};

} // namespace Tocsin
