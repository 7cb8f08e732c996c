// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "momenttext.h"

#include <QRegularExpression>

#include <array>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The lengths of what the letters `smhd` name.
constexpr std::array<std::chrono::seconds, 4> unitLengths{std::chrono::seconds(1), std::chrono::minutes(1),
                                                          std::chrono::hours(1), std::chrono::days(1)};

} // namespace

std::optional<std::chrono::seconds> durationFromString(const QString &text)
{
    static const QRegularExpression form(u"\\A([0-9]{1,6})([smhd])\\z"_s);
    const auto match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const auto unit = static_cast<std::size_t>("smhd"_L1.indexOf(match.captured(2)));
    return match.captured(1).toLongLong() * unitLengths.at(unit);
}

std::optional<QDateTime> momentFromString(const QString &text, const QDateTime &now)
{
    if (const auto age = durationFromString(text)) {
        return now.toUTC().addSecs(-age->count());
    }
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

} // namespace Tocsin
