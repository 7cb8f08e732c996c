// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "egress.h"

#include <QtEndian>

#include <algorithm>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr quint32 ipv4(quint32 a, quint32 b, quint32 c, quint32 d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

bool isRefused(quint32 address)
{
    constexpr quint32 linkLocal = ipv4(169, 254, 0, 0);
    constexpr quint32 linkLocalMask = ipv4(255, 255, 0, 0);
    return (address & linkLocalMask) == linkLocal || address == ipv4(100, 100, 100, 200)
        || address == ipv4(168, 63, 129, 16);
}

bool beginsWith(const Q_IPV6ADDR &address, std::initializer_list<quint8> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), address.c);
}

quint32 ipv4At(const Q_IPV6ADDR &address, int offset)
{
    return qFromBigEndian<quint32>(address.c + offset);
}

/// The IPv4 address that an IPv6 one holds.
std::optional<quint32> embedded(const Q_IPV6ADDR &address)
{
    constexpr int last = 12;
    const bool isCompatible = beginsWith(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    const bool isMapped = beginsWith(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
    const bool isNat64 = beginsWith(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})
        || beginsWith(address, {0, 0x64, 0xff, 0x9b, 0, 1});
    if (isCompatible || isMapped || isNat64) {
        return ipv4At(address, last);
    }
    if (beginsWith(address, {0x20, 0x02})) {
        return ipv4At(address, 2);
    }
    return {};
}

bool isRefused(const Q_IPV6ADDR &address)
{
    constexpr quint8 linkLocalMask = 0xc0; // fe80::/10
    const bool isLinkLocal = address.c[0] == 0xfe && (address.c[1] & linkLocalMask) == 0x80;
    const bool isMetadata = beginsWith(address, {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54});
    if (isLinkLocal || isMetadata) {
        return true;
    }
    const auto inner = embedded(address);
    return inner && isRefused(*inner);
}

} // namespace

bool isLinkLocalOrMetadata(const QHostAddress &address)
{
    switch (address.protocol()) {
    case QAbstractSocket::IPv4Protocol:
        return isRefused(address.toIPv4Address());
    case QAbstractSocket::IPv6Protocol:
        return isRefused(address.toIPv6Address());
    default:
        return false;
    }
}

bool isLinkLocalOrMetadata(const QString &host)
{
    auto name = host.toLower();
    if (name.startsWith(u'[') && name.endsWith(u']')) {
        name = name.sliced(1).chopped(1);
    }
    while (name.endsWith(u'.')) {
        name.chop(1);
    }
    const QHostAddress address(name);
    return address.isNull() ? name == "metadata.google.internal"_L1 : isLinkLocalOrMetadata(address);
}

} // namespace Tocsin
