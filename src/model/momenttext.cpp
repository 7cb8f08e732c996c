// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "momenttext.h"

#include <QHash>
#include <QRegularExpression>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

std::optional<QDateTime> momentFromString(const QString &text, const QDateTime &now)
{
    static const QRegularExpression age(u"^(\\d{1,6})([smhd])$"_s);
    if (const auto match = age.match(text); match.hasMatch()) {
        static const QHash<QString, qint64> seconds{
            {u"s"_s, 1}, {u"m"_s, 60}, {u"h"_s, 3600}, {u"d"_s, qint64(24) * 3600}};
        return now.toUTC().addSecs(-match.captured(1).toLongLong() * seconds.value(match.captured(2)));
    }
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

} // namespace Tocsin
