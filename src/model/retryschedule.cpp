// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "retryschedule.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr double jitter = 0.2;

/// Hours east of Greenwich of the zones that have a name in mail (RFC 2822 §4.3), whose letters all mean that nobody
/// knows: it is UTC then.
std::optional<int> namedZone(const QString &name)
{
    static const QHash<QString, int> hours{{u"GMT"_s, 0},  {u"UTC"_s, 0},  {u"UT"_s, 0},   {u"EST"_s, -5},
                                           {u"EDT"_s, -4}, {u"CST"_s, -6}, {u"CDT"_s, -5}, {u"MST"_s, -7},
                                           {u"MDT"_s, -6}, {u"PST"_s, -8}, {u"PDT"_s, -7}};
    const auto found = hours.constFind(name);
    return found != hours.constEnd() ? std::optional(*found) : name.size() <= 1 ? std::optional(0) : std::nullopt;
}

/// Seconds east of Greenwich; none for a name that many zones have, or none.
std::optional<int> zoneOffset(const QString &zone)
{
    const auto upper = zone.toUpper();
    if (!upper.startsWith(u'+') && !upper.startsWith(u'-')) {
        constexpr int hour = 3600;
        const auto hours = namedZone(upper);
        return hours ? std::optional(*hours * hour) : std::nullopt;
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
/// day, another word or an offset for GMT, without the weekday; and RFC 3339, without a zone, too.
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
        QRegularExpression("^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})[Tt ]"_L1 % time % "(?: ?"_L1 % zone
                           % ")?$"_L1)};
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

/// A number that would be decades of seconds counts them from 1970, or milliseconds, to the moment that is meant.
milliseconds numberedWait(double number, const QDateTime &now)
{
    constexpr double leastMoment = 1e9; // in 2001; as a wait, 31 years
    constexpr double leastMomentInMilliseconds = 1e12;
    if (number < leastMoment) {
        return withinBounds(1000 * number);
    }
    const double moment = number < leastMomentInMilliseconds ? 1000 * number : number;
    return withinBounds(moment - static_cast<double>(now.toMSecsSinceEpoch()));
}

/// `600s`, `10 minutes`, `1m30s`: not the standard's, but clear.
std::optional<milliseconds> spelledWait(const QString &text)
{
    static const QString part = u"(\\d+(?:\\.\\d+)?) ?(ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?)"_s;
    static const QRegularExpression whole("^(?:"_L1 % part % " ?)+$"_L1, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression parts(part % "(?![a-z])"_L1, QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype longest = 64;
    if (text.size() > longest || !whole.match(text).hasMatch()) {
        return std::nullopt;
    }
    double wait = 0;
    for (auto match = parts.globalMatch(text); match.hasNext();) {
        const auto one = match.next();
        const auto unit = one.captured(2).toLower();
        const double factor = unit == "ms"_L1 ? 1 : unit[0] == u's' ? 1000 : unit[0] == u'm' ? 60'000 : 3'600'000;
        wait += factor * one.captured(1).toDouble();
    }
    return withinBounds(wait);
}

std::optional<milliseconds> oneWait(const QString &text, const QDateTime &now)
{
    static const QRegularExpression number(u"^\\d+(?:\\.\\d+)?$"_s);
    if (number.match(text).hasMatch()) {
        return numberedWait(text.toDouble(), now);
    }
    const auto date = httpDate(text, now);
    return date.isValid() ? withinBounds(static_cast<double>(now.msecsTo(date))) : spelledWait(text);
}

} // namespace

std::optional<milliseconds> retryAfterDelay(const QString &value, const QDateTime &now)
{
    // Not at the comma between a weekday and its day.
    static const QRegularExpression comma(u"(?<![A-Za-z]),|,(?! ?\\d{1,2}[ -][A-Za-z])"_s);
    constexpr qsizetype mostRead = 16;
    const auto waits = value.simplified().remove(u'"').split(comma);
    std::optional<milliseconds> longest;
    for (const auto &wait : waits.first(std::min(waits.size(), mostRead))) {
        longest = std::max(longest, oneWait(wait.trimmed(), now)); // none is less than any
    }
    return longest;
}

std::optional<milliseconds> retryAfterDelay(const QList<Header> &headers, const QDateTime &now)
{
    const auto date = httpDate(headerValue(headers, u"Date").simplified(), now);
    std::optional<milliseconds> longest;
    for (const Header &header : headers) {
        if (header.name.compare("Retry-After"_L1, Qt::CaseInsensitive) == 0) {
            longest = std::max(longest, retryAfterDelay(header.value, date.isValid() ? date : now));
        }
    }
    return longest;
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
