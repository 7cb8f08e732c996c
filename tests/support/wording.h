// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <QRegularExpression>

namespace Tocsin {

/// Of all that an invocation says to a person: what holds an empty quotation, a hole, or a library's raw words; empty
/// where it is in order.
inline QString badWording(const Invocation &invocation)
{
    QStringList texts{invocation.reason};
    if (invocation.error) {
        texts << invocation.error->message << invocation.error->hint << textsOf(invocation.error->causes);
    }
    static const QRegularExpression bad(
        QStringLiteral("“\\s*”|\"\"|\\.\\.(?:\\s|$)|:\\s*\\.|\\s{2,}|\\s[.,;:](?:\\s|$)|%\\d(?!\\d)|error:[0-9A-F]|SSL "
                       "routines|OpenSSL SSL_|\\(null\\)"));
    for (const auto &text : texts) {
        if (text.contains(bad)) {
            return text;
        }
    }
    if (invocation.error && (invocation.reason.isEmpty() || invocation.error->message.isEmpty())) {
        return QStringLiteral("a failure without a word");
    }
    return {};
}

} // namespace Tocsin
