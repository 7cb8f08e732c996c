// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "owntarget.h"

#include <QHostAddress>
#include <QUrl>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

bool OwnTarget::isAt(const QString &url, int port)
{
    const QUrl parsed(url);
    const QString host = parsed.host();
    return parsed.scheme() == "https"_L1 && port > 0 && parsed.port() == port
        && (host == "localhost"_L1 || QHostAddress(host).isLoopback());
}

void OwnTarget::setState(int port, bool isRunning)
{
    if (port != m_port || isRunning != m_isRunning) {
        m_port = port;
        m_isRunning = isRunning;
        Q_EMIT changed();
    }
}

} // namespace Tocsin

#include "moc_owntarget.cpp"
