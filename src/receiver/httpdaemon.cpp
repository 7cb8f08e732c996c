// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpdaemon.h"

#include <algorithm>
#include <array>
#include <cstdio>

#ifndef Q_OS_WIN
#include <sys/ioctl.h>
#endif

namespace Tocsin {

SocketAddress::SocketAddress(const QHostAddress &address, quint16 port)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *four = reinterpret_cast<sockaddr_in *>(&storage);
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        four->sin_addr.s_addr = htonl(address.toIPv4Address());
        return;
    }
    auto *six = reinterpret_cast<sockaddr_in6 *>(&storage);
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    const auto bytes = address.toIPv6Address();
    std::copy(std::begin(bytes.c), std::end(bytes.c), six->sin6_addr.s6_addr);
}

bool isEveryAddress(const QHostAddress &address)
{
    return address == QHostAddress::Any || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
}

QString placeText(const QHostAddress &address, quint16 port)
{
    const bool six = address.protocol() != QAbstractSocket::IPv4Protocol;
    return (six ? QString(u'[' % address.toString() % u']') : address.toString()) % u':' % QString::number(port);
}

void shutDownSocket(MHD_socket socket)
{
#ifdef Q_OS_WIN
    ::shutdown(socket, SD_BOTH);
#else
    ::shutdown(socket, SHUT_RDWR);
#endif
}

void resetSocket(MHD_socket socket)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&atOnce), sizeof atOnce);
#ifdef Q_OS_LINUX
    const sockaddr nobody{.sa_family = AF_UNSPEC, .sa_data = {}};
    ::connect(socket, &nobody, sizeof nobody); // at once; else with the close, after TLS has said goodbye
#endif
}

MHD_socket connectionSocket(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : MHD_INVALID_SOCKET;
}

bool hasUnreadBytes(MHD_socket socket)
{
#ifdef Q_OS_WIN
    u_long count = 0;
    return ::ioctlsocket(socket, FIONREAD, &count) == 0 && count > 0;
#else
    int count = 0;
    return ::ioctl(socket, FIONREAD, &count) == 0 && count > 0;
#endif
}

void writeDaemonLog(void *category, const char *format, va_list arguments)
{
    std::array<char, 512> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    qCDebug((*static_cast<const QLoggingCategory *>(category))).noquote() << QByteArray(text.data()).trimmed();
}

} // namespace Tocsin
