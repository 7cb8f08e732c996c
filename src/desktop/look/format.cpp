// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format.h"

#include "spantext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

struct Format
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::Format)
};

/// At most `decimals` digits after the point, without trailing zeros.
QString number(double value, int decimals)
{
    const QLocale locale;
    QString text = locale.toString(value, 'f', decimals);
    if (decimals > 0) {
        while (text.endsWith(locale.zeroDigit())) {
            text.chop(1);
        }
        if (text.endsWith(locale.decimalPoint())) {
            text.chop(1);
        }
    }
    return text;
}

} // namespace

QString formatDuration(Milliseconds duration)
{
    const double milliseconds = std::max(duration.count(), 0.0);
    if (milliseconds < 0.095) {
        return Format::tr("%1 ms").arg(number(milliseconds, 2));
    }
    if (milliseconds < 9.95) {
        return Format::tr("%1 ms").arg(number(milliseconds, 1));
    }
    if (milliseconds < 999.5) {
        return Format::tr("%1 ms").arg(number(milliseconds, 0));
    }
    if (milliseconds < 59'950) {
        return Format::tr("%1 s").arg(number(milliseconds / 1000, 1));
    }
    const auto seconds = std::llround(milliseconds / 1000);
    const QLocale locale;
    if (seconds < 3600) {
        return Format::tr("%1 min %2 s").arg(locale.toString(seconds / 60), locale.toString(seconds % 60));
    }
    return Format::tr("%1 h %2 min").arg(locale.toString(seconds / 3600), locale.toString(seconds % 3600 / 60));
}

QString formatExactDuration(Milliseconds duration)
{
    return Format::tr("%1 ms").arg(number(std::max(duration.count(), 0.0), 3));
}

QString formatSpan(std::chrono::seconds length)
{
    return spanInWords(length).text();
}

QString formatRoughSpan(std::chrono::seconds length)
{
    return roughSpanInWords(length).text();
}

QString formatSize(qint64 bytes)
{
    constexpr double kibi = 1024;
    if (bytes < 1024) {
        return formatExactSize(bytes);
    }
    if (bytes < 1024 * 1024) {
        return Format::tr("%1 KiB").arg(number(double(bytes) / kibi, 1));
    }
    return Format::tr("%1 MiB").arg(number(double(bytes) / (kibi * kibi), 1));
}

QString formatExactSize(qint64 bytes)
{
    return Format::tr("%Ln bytes", nullptr, int(bytes));
}

QString formatMoment(const QDateTime &moment, const QDateTime &now)
{
    if (!moment.isValid()) {
        return {};
    }
    const QLocale locale;
    const QDateTime local = moment.toLocalTime();
    if (local.date() == now.toLocalTime().date()) {
        return locale.toString(local.time(), u"HH:mm:ss"_s);
    }
    if (local.date().year() == now.toLocalTime().date().year()) {
        return locale.toString(local, Format::tr("d MMM HH:mm", "day and month, as QDateTime::toString takes it"));
    }
    return locale.toString(local.date(), Format::tr("d MMM yyyy", "a day, as QDate::toString takes it"));
}

QString formatExactMoment(const QDateTime &moment)
{
    if (!moment.isValid()) {
        return {};
    }
    const QDateTime local = moment.toLocalTime();
    return QLocale().toString(local, QLocale::LongFormat) + u'\n' + moment.toUTC().toString(Qt::ISODateWithMs);
}

QString formatDay(const QDateTime &moment)
{
    return QLocale().toString(moment.toLocalTime().date(),
                              Format::tr("d MMMM yyyy", "a day written out, as QDate::toString takes it"));
}

} // namespace Tocsin
