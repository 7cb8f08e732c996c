// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "retryschedule.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr double jitter = 0.2;

// RFC 9110 §5.6.7: the preferred form and the two obsolete ones.
QDateTime httpDate(const QString &text, const QDateTime &now)
{
    const auto english = QLocale::c();
    // The weekday before the comma says nothing new, and is another one in the wrong century.
    const QString day = text.section(u", "_s, -1);
    for (const auto &form :
         {u"dd MMM yyyy hh:mm:ss 'GMT'"_s, u"dd-MMM-yy hh:mm:ss 'GMT'"_s, u"ddd MMM d hh:mm:ss yyyy"_s}) {
        if (const auto read = english.toDateTime(day, form); read.isValid()) {
            const QDateTime date(read.date(), read.time(), Qt::UTC);
            constexpr int century = 100;
            const bool isShortYear = form.contains("-yy "_L1);
            return isShortYear && date < now.addYears(-century / 2) ? date.addYears(century) : date;
        }
    }
    return {};
}

} // namespace

std::optional<milliseconds> retryAfterDelay(const QString &value, const QDateTime &now)
{
    const QString text = value.simplified();
    const auto isDigit = [](QChar c) {
        return c >= u'0' && c <= u'9';
    };
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit)) {
        bool fits = false;
        const qint64 seconds = text.toLongLong(&fits);
        return fits ? std::min<milliseconds>(std::chrono::seconds(std::min<qint64>(seconds, longestRetryDelay.count())),
                                             longestRetryDelay)
                    : longestRetryDelay;
    }
    const auto date = httpDate(text, now);
    if (!date.isValid()) {
        return std::nullopt;
    }
    return std::clamp<milliseconds>(milliseconds(now.msecsTo(date)), milliseconds(0), longestRetryDelay);
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
