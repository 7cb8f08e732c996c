// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpstatusrange.h"

#include <QRegularExpression>
#include <QStringList>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

std::optional<QList<HttpStatusRange>> httpStatusesFromString(const QString &text)
{
    static const QRegularExpression one(u"^([1-5])(xx|[0-9]{2})$"_s, QRegularExpression::CaseInsensitiveOption);
    constexpr int ofAClass = 100;
    QList<HttpStatusRange> ranges;
    const auto words = text.split(u',');
    for (const QString &written : words) {
        const QString word = written.trimmed();
        if (word.compare("none"_L1, Qt::CaseInsensitive) == 0) {
            ranges.append(HttpStatusRange{});
            continue;
        }
        const auto match = one.match(word);
        if (!match.hasMatch()) {
            return std::nullopt;
        }
        const int hundreds = match.captured(1).toInt() * ofAClass;
        bool isOne = false;
        const int rest = match.captured(2).toInt(&isOne);
        ranges.append(isOne ? HttpStatusRange{.first = hundreds + rest, .last = hundreds + rest}
                            : HttpStatusRange{.first = hundreds, .last = hundreds + ofAClass - 1});
    }
    return ranges;
}

} // namespace Tocsin
