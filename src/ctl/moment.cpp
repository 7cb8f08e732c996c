// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "moment.h"

#include <QRegularExpression>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

std::optional<QDateTime> parseMoment(const QString &text)
{
    // Qt takes more than RFC 3339 does, a time without an offset among it, which would be somebody else's local one.
    static const QRegularExpression form(
        u"\\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\\z"_s);
    if (!form.match(text).hasMatch()) {
        return std::nullopt;
    }
    const auto moment = QDateTime::fromString(text.toUpper().replace(u' ', u'T'), Qt::ISODateWithMs);
    return moment.isValid() ? std::optional(moment.toUTC()) : std::nullopt;
}

QString shownMoment(const QDateTime &moment)
{
    return moment.toLocalTime().toString("yyyy-MM-dd HH:mm:ss"_L1);
}

} // namespace Tocsin
