// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

std::optional<Endpoint> parseEndpoint(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const auto port = text.mid(colon + 1).toUShort(&isNumber);
    if (colon < 0 || !isNumber) {
        return std::nullopt;
    }
    QString host = text.first(colon);
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        host = host.sliced(1, host.size() - 2);
    }
    Endpoint endpoint{.port = port};
    if (!host.isEmpty() && host != "localhost"_L1 && !endpoint.address.setAddress(host)) {
        return std::nullopt;
    }
    return endpoint;
}

} // namespace Tocsin
