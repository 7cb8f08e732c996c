// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxyQuery>

namespace Tocsin {

/// The system's proxies for a query. What they are for an origin is asked for again after two seconds: asking reads
/// files, each time. Every thread has its own answers.
QList<QNetworkProxy> systemProxies(const QNetworkProxyQuery &query);

} // namespace Tocsin
