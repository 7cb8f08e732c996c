// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "retryschedule.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr double jitter = 0.2;

/// Seconds east of Greenwich; none for a name of a zone that is another's.
std::optional<int> zoneOffset(const QString &zone)
{
    const auto upper = zone.toUpper();
    if (upper.isEmpty() || upper == "GMT"_L1 || upper == "UTC"_L1 || upper == "UT"_L1 || upper == "Z"_L1) {
        return 0;
    }
    if (!upper.startsWith(u'+') && !upper.startsWith(u'-')) {
        return {};
    }
    auto digits = upper.sliced(1);
    digits.remove(u':');
    const int seconds = (digits.first(2).toInt() * 60 + digits.last(2).toInt()) * 60;
    return upper.startsWith(u'-') ? -seconds : seconds;
}

int monthNumber(const QString &name)
{
    static constexpr QLatin1StringView names("janfebmaraprmayjunjulaugsepoctnovdec");
    constexpr qsizetype length = 3;
    const auto at = name.size() < length ? -1 : QString(names).indexOf(name.first(length).toLower());
    return at >= 0 && at % length == 0 ? static_cast<int>(at / length) + 1 : 0;
}

/// Two digits are the year that is not more than fifty years ahead of now (RFC 9110 §5.6.7).
int fullYear(const QString &digits, const QDate &today)
{
    constexpr int century = 100;
    const int year = digits.toInt();
    if (digits.size() > 2) {
        return year;
    }
    const int near = today.year() - today.year() % century + year;
    return near > today.year() + century / 2 ? near - century
        : near < today.year() - century / 2  ? near + century
                                             : near;
}

/// The preferred form and the two obsolete ones (RFC 9110 §5.6.7), each as servers write it: with one digit for the
/// day, another word or an offset for GMT, without the weekday; and RFC 3339.
QDateTime httpDate(const QString &text, const QDateTime &now)
{
    static const QString time = u"(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d+)?)?"_s;
    static const QString zone = u"(?<zone>[A-Za-z]{1,5}|[+-]\\d{2}:?\\d{2})"_s;
    static const QRegularExpression forms[] = {
        // The weekday says nothing new, and is another one in the wrong century.
        QRegularExpression("^(?:[A-Za-z]+,? )?(?<day>\\d{1,2})[ -](?<month>[A-Za-z]{3,9})[ -](?<year>\\d{4}|\\d{2}) "_L1
                           % time % "(?: ?"_L1 % zone % ")?$"_L1),
        QRegularExpression("^(?:[A-Za-z]+,? )?(?<month>[A-Za-z]{3,9}) (?<day>\\d{1,2}) "_L1 % time % "(?: "_L1 % zone
                           % ")? (?<year>\\d{4})$"_L1),
        QRegularExpression("^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})[Tt ]"_L1 % time % " ?"_L1 % zone
                           % "$"_L1)};
    for (const auto &form : forms) {
        const auto match = form.match(text);
        if (!match.hasMatch()) {
            continue;
        }
        const auto number = [&match](QStringView name) {
            return match.captured(name).toInt();
        };
        const auto offset = zoneOffset(match.captured(u"zone"));
        const int month = number(u"month") > 0 ? number(u"month") : monthNumber(match.captured(u"month"));
        const QDate date(fullYear(match.captured(u"year"), now.date()), month, number(u"day"));
        constexpr int lastSecond = 59; // 60 is a leap second, of which QTime knows nothing
        const QTime clock(number(u"hour"), number(u"minute"), std::min(number(u"second"), lastSecond));
        if (!offset || !date.isValid() || !clock.isValid()) {
            return {};
        }
        return QDateTime(date, clock, Qt::UTC).addSecs(-*offset);
    }
    return {};
}

milliseconds withinBounds(double wait)
{
    constexpr double longest = 1000.0 * static_cast<double>(longestRetryDelay.count());
    return milliseconds(std::llround(std::ceil(std::clamp(wait, 0.0, longest))));
}

} // namespace

std::optional<milliseconds> retryAfterDelay(const QString &value, const QDateTime &now)
{
    const QString text = value.simplified();
    static const QRegularExpression seconds(u"^\\d+(?:\\.\\d+)?$"_s);
    if (seconds.match(text).hasMatch()) {
        return withinBounds(1000 * text.toDouble());
    }
    const auto date = httpDate(text, now);
    if (!date.isValid()) {
        return std::nullopt;
    }
    return withinBounds(static_cast<double>(now.msecsTo(date)));
}

std::optional<milliseconds> retryAfterDelay(const QList<Header> &headers, const QDateTime &now)
{
    const auto date = httpDate(headerValue(headers, u"Date").simplified(), now);
    return retryAfterDelay(headerValue(headers, u"Retry-After"), date.isValid() ? date : now);
}

std::optional<milliseconds> retryDelay(const QList<std::chrono::seconds> &delays, int tryNumber, double random,
                                       std::optional<milliseconds> retryAfter)
{
    if (tryNumber < 1 || tryNumber > delays.size()) {
        return std::nullopt;
    }
    const double factor = 1 + jitter * (2 * std::clamp(random, 0.0, 1.0) - 1);
    const milliseconds scheduled(std::llround(factor * 1000 * static_cast<double>(delays[tryNumber - 1].count())));
    return std::min<milliseconds>(std::max(scheduled, retryAfter.value_or(milliseconds(0))), longestRetryDelay);
}

} // namespace Tocsin
