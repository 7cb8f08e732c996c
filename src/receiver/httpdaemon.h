// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QLoggingCategory>
#include <QString>

#include <microhttpd.h>

#include <cstdarg>

#ifdef Q_OS_WIN
#include <ws2tcpip.h>
#else
#include <netinet/in.h>
#endif

namespace Tocsin {

/// What every server on libmicrohttpd needs.
struct SocketAddress
{
    sockaddr_storage storage{};

    SocketAddress(const QHostAddress &address, quint16 port);
    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
};

bool isEveryAddress(const QHostAddress &address);
/// `127.0.0.1:8443`, `[::1]:8443`
QString placeText(const QHostAddress &address, quint16 port);
/// Ends both directions of a connection whose socket another thread may be waiting for.
void shutDownSocket(MHD_socket socket);
/// Has what is connected see a reset (RFC 9293 §3.5.2) instead of an orderly end.
void resetSocket(MHD_socket socket);
MHD_socket connectionSocket(MHD_Connection *connection);
/// Whether something has come that nobody has read yet.
bool hasUnreadBytes(MHD_socket socket);
/// Takes the daemon's log (MHD_OPTION_EXTERNAL_LOGGER); `category` is a `const QLoggingCategory *`.
void writeDaemonLog(void *category, const char *format, va_list arguments);

} // namespace Tocsin
