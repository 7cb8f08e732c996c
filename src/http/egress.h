// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

namespace Tocsin {

/// Where a webhook would reach what is not meant for it: link-local addresses (RFC 3927, RFC 4291 §2.5.6), where clouds
/// answer with a machine's credentials, and their metadata services at other addresses. In every form in which IPv6
/// holds an IPv4 address: mapped, compatible (RFC 4291 §2.5.5), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056).
/// Loopback and private networks are not among them: targets stand inside networks.
bool isLinkLocalOrMetadata(const QHostAddress &address);

/// The same for the host of a URL: a metadata service's name, or an address in any spelling; with brackets or without.
bool isLinkLocalOrMetadata(const QString &host);

} // namespace Tocsin
