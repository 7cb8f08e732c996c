// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QList>
#include <QSslError>

namespace Tocsin {

/// A failed handshake in words, with the certificate's own: whom it is for, who signed it, until when it was good.
InvocationError explainTls(const QList<QSslError> &errors, const QString &detail, const QString &host,
                           const QString &field);

} // namespace Tocsin
