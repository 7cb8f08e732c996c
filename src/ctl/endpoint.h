// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>

namespace Tocsin {

/// Where to listen.
struct Endpoint
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0;
};

/// `127.0.0.1:8443`, `[::1]:8443`, `localhost:8443`, `:8443`.
std::optional<Endpoint> parseEndpoint(const QString &text);

} // namespace Tocsin
