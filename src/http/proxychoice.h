// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Tocsin {

/// The proxy that stands between here and a host.
struct ProxyChoice
{
    QByteArray url; ///< as CURLOPT_PROXY takes it; may hold a user's name and password; empty: no proxy
    QString place; ///< "host:port", for a person's eyes
    QByteArray host; ///< without brackets
    bool speaksTls = false; ///< an https:// proxy
    bool isValid = true; ///< false: what names the proxy is not the address of one

    bool isDirect() const { return url.isEmpty(); }
};

/// The environment's by curl's rules where it names one (https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY; no_proxy and
/// NO_PROXY with `*`, domains, addresses and networks), else the desktop's settings. These are asked for again after
/// two seconds at most: asking reads files. `host` without brackets. Any thread; each has its own answers.
ProxyChoice proxyFor(const QByteArray &host, int port);

/// Whether a list as no_proxy has it names the host (curl's manual, "NO_PROXY").
bool isExempt(const QByteArray &host, const QByteArray &list);

/// A proxy as the environment names it; without a scheme it is an HTTP proxy. User name and password may hold any
/// character: what stands behind the last `@` is the place.
ProxyChoice proxyFromText(const QByteArray &text);

} // namespace Tocsin
