// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "duration.h"

#include <QRegularExpression>

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The lengths of what the letters `smhd` name.
constexpr std::array<std::chrono::seconds, 4> unitLengths{std::chrono::seconds(1), std::chrono::minutes(1),
                                                          std::chrono::hours(1), std::chrono::days(1)};

} // namespace

std::optional<std::chrono::seconds> parseDuration(const QString &text)
{
    static const QRegularExpression form(u"\\A([0-9]{1,6})([smhd])\\z"_s);
    const auto match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const auto unit = static_cast<std::size_t>("smhd"_L1.indexOf(match.captured(2)));
    return match.captured(1).toLongLong() * unitLengths.at(unit);
}

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
