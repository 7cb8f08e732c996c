// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonwebtoken.h"

#include <QTimeZone>

namespace Tocsin {

namespace {

constexpr qsizetype longestToken = 64 * 1024;
constexpr double latestMoment = 253'402'300'799; // of the year 9999, in seconds

} // namespace

std::optional<Json> unverifiedClaims(const QString &token)
{
    const auto parts = token.split(u'.');
    if (token.size() > longestToken || parts.size() != 3) {
        return std::nullopt;
    }
    auto claims = parseJson(
        QByteArray::fromBase64(parts[1].toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    if (!claims || !claims->is_object()) {
        return std::nullopt;
    }
    return std::move(claims).value();
}

std::optional<QDateTime> tokenEnd(const QString &token)
{
    const auto claims = unverifiedClaims(token);
    if (!claims) {
        return std::nullopt;
    }
    const auto found = claims->find("exp");
    const double end = found != claims->end() && isJsonNumber(*found) ? toDouble(*found) : 0.0;
    if (!(end > 0 && end <= latestMoment)) {
        return std::nullopt;
    }
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(end), QTimeZone::utc());
}

} // namespace Tocsin
