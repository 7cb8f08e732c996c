// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "retryschedule.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 none = -1;

qint64 milliseconds(std::optional<std::chrono::milliseconds> delay)
{
    return delay ? qint64(delay->count()) : none;
}

} // namespace

class TestRetrySchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waits_data()
    {
        QTest::addColumn<int>("tryNumber");
        QTest::addColumn<double>("random");
        QTest::addColumn<qint64>("retryAfter");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("first, least") << 1 << 0.0 << none << qint64(4000);
        QTest::newRow("first, middle") << 1 << 0.5 << none << qint64(5000);
        QTest::newRow("first, most") << 1 << 1.0 << none << qint64(6000);
        QTest::newRow("second") << 2 << 0.5 << none << qint64(300'000);
        QTest::newRow("last") << 3 << 0.5 << none << qint64(604'800'000);
        QTest::newRow("never above the longest") << 3 << 1.0 << none << qint64(604'800'000);
        QTest::newRow("no further one") << 4 << 0.5 << none << none;
        QTest::newRow("no further one, whatever is asked") << 4 << 0.5 << qint64(1000) << none;
        QTest::newRow("no such try") << 0 << 0.5 << none << none;
        QTest::newRow("asked to wait longer") << 1 << 0.5 << qint64(60'000) << qint64(60'000);
        QTest::newRow("asked to wait less") << 1 << 0.5 << qint64(1000) << qint64(5000);
        QTest::newRow("random out of its range") << 1 << 7.0 << none << qint64(6000);
    }

    void waits()
    {
        QFETCH(const int, tryNumber);
        QFETCH(const double, random);
        QFETCH(const qint64, retryAfter);
        QFETCH(const qint64, expected);
        const QList<std::chrono::seconds> delays{5s, 300s, 604'800s};
        const auto asked = retryAfter == none
            ? std::optional<std::chrono::milliseconds>()
            : std::optional<std::chrono::milliseconds>(std::chrono::milliseconds(retryAfter));
        QCOMPARE(milliseconds(retryDelay(delays, tryNumber, random, asked)), expected);
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("seconds") << u"120"_s << qint64(120'000);
        QTest::newRow("zero") << u"0"_s << qint64(0);
        QTest::newRow("spaces") << u" 3 "_s << qint64(3000);
        QTest::newRow("too long") << u"99999999"_s << qint64(604'800'000);
        QTest::newRow("beyond all numbers") << u"99999999999999999999999"_s << qint64(604'800'000);
        QTest::newRow("date") << u"Sun, 06 Nov 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("date of RFC 850") << u"Sunday, 06-Nov-94 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("date of asctime") << u"Sun Nov  6 08:49:37 1994"_s << qint64(37'000);
        QTest::newRow("past date") << u"Sun, 06 Nov 1994 08:00:00 GMT"_s << qint64(0);
        QTest::newRow("far date") << u"Mon, 06 Nov 1995 08:49:37 GMT"_s << qint64(604'800'000);
        QTest::newRow("nothing") << QString() << none;
        QTest::newRow("negative") << u"-1"_s << none;
        QTest::newRow("fraction") << u"1.5"_s << qint64(1500);
        QTest::newRow("fraction of a millisecond") << u"0.0001"_s << qint64(1);
        QTest::newRow("fraction beyond all numbers") << u"99999999999999999999999.5"_s << qint64(604'800'000);
        QTest::newRow("half a fraction") << u"1."_s << none;
        QTest::newRow("exponent") << u"1e3"_s << none;
        QTest::newRow("negative fraction") << u"-0.5"_s << none;
        QTest::newRow("unit") << u"120s"_s << qint64(120'000);
        QTest::newRow("unit as a word") << u"2 Minutes"_s << qint64(120'000);
        QTest::newRow("units") << u"1h1m30s"_s << qint64(3'690'000);
        QTest::newRow("milliseconds") << u"1500ms"_s << qint64(1500);
        QTest::newRow("units, spelled and apart") << u"1 hour 1.5 min 2 secs"_s << qint64(3'692'000);
        QTest::newRow("units, too long") << u"9999999999h"_s << qint64(604'800'000);
        QTest::newRow("unknown unit") << u"120x"_s << none;
        QTest::newRow("what follows a unit") << u"120s later"_s << none;
        QTest::newRow("negative unit") << u"-120s"_s << none;
        QTest::newRow("unit without a number") << u"s"_s << none;
        QTest::newRow("quoted") << u"\"600\""_s << qint64(600'000);
        QTest::newRow("quoted date") << u"\"Sun, 06 Nov 1994 08:49:37 GMT\""_s << qint64(37'000);
        QTest::newRow("quotes alone") << u"\"\""_s << none;
        QTest::newRow("two") << u"600, 1200"_s << qint64(1'200'000);
        QTest::newRow("two, the longer first") << u"1200,600"_s << qint64(1'200'000);
        QTest::newRow("one that is none") << u"soon, 600"_s << qint64(600'000);
        QTest::newRow("an empty one") << u"600,"_s << qint64(600'000);
        QTest::newRow("two that are none") << u"soon, later"_s << none;
        QTest::newRow("a number and a date") << u"5, Sun, 06 Nov 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("two dates") << u"Sun, 06 Nov 1994 08:49:37 GMT, Sunday, 06-Nov-94 08:50:37 GMT"_s
                                   << qint64(97'000);
        QTest::newRow("offset of nothing") << u"Sun, 06 Nov 1994 08:49:37 +0000"_s << qint64(37'000);
        QTest::newRow("minus nothing") << u"Sun, 06 Nov 1994 08:49:37 -0000"_s << qint64(37'000);
        QTest::newRow("east") << u"Sun, 06 Nov 1994 10:49:37 +0200"_s << qint64(37'000);
        QTest::newRow("west") << u"Sun, 06 Nov 1994 03:19:37 -05:30"_s << qint64(37'000);
        QTest::newRow("UTC") << u"Sun, 06 Nov 1994 08:49:37 UTC"_s << qint64(37'000);
        QTest::newRow("UT") << u"Sun, 06 Nov 1994 08:49:37 ut"_s << qint64(37'000);
        QTest::newRow("Z") << u"Sun, 06 Nov 1994 08:49:37Z"_s << qint64(37'000);
        QTest::newRow("no zone") << u"Sun, 06 Nov 1994 08:49:37"_s << qint64(37'000);
        QTest::newRow("EST") << u"Sun, 06 Nov 1994 03:49:37 EST"_s << qint64(37'000);
        QTest::newRow("EDT") << u"Sun, 06 Nov 1994 04:49:37 EDT"_s << qint64(37'000);
        QTest::newRow("CST") << u"Sun, 06 Nov 1994 02:49:37 CST"_s << qint64(37'000);
        QTest::newRow("CDT") << u"Sun, 06 Nov 1994 03:49:37 CDT"_s << qint64(37'000);
        QTest::newRow("MST") << u"Sun, 06 Nov 1994 01:49:37 mst"_s << qint64(37'000);
        QTest::newRow("MDT") << u"Sun, 06 Nov 1994 02:49:37 MDT"_s << qint64(37'000);
        QTest::newRow("PST") << u"Sun, 06 Nov 1994 00:49:37 PST"_s << qint64(37'000);
        QTest::newRow("PDT") << u"Sun, 06 Nov 1994 01:49:37 PDT"_s << qint64(37'000);
        QTest::newRow("a letter of the military") << u"Sun, 06 Nov 1994 08:49:37 A"_s << qint64(37'000);
        QTest::newRow("unknown zone") << u"Sun, 06 Nov 1994 08:49:37 IST"_s << none;
        QTest::newRow("one digit for the day") << u"Sun, 6 Nov 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("two spaces for the day") << u"Sun,  6 Nov 1994  08:49:37  GMT"_s << qint64(37'000);
        QTest::newRow("no weekday") << u"6 Nov 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("no comma") << u"Sun 06 Nov 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("month in capitals") << u"SUN, 06 NOV 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("whole month") << u"Sunday, 6 November 1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("no such month") << u"Sun, 06 Nob 1994 08:49:37 GMT"_s << none;
        QTest::newRow("letters of two months") << u"Sun, 06 anf 1994 08:49:37 GMT"_s << none;
        QTest::newRow("no such day") << u"Sun, 31 Nov 1994 08:49:37 GMT"_s << none;
        QTest::newRow("no such hour") << u"Sun, 06 Nov 1994 24:49:37 GMT"_s << none;
        QTest::newRow("leap second") << u"Sun, 06 Nov 1994 08:49:60 GMT"_s << qint64(59'000);
        QTest::newRow("RFC 850 with UTC") << u"Sunday, 6-Nov-94 08:49:37 UTC"_s << qint64(37'000);
        QTest::newRow("RFC 850, long year") << u"Sun, 06-Nov-1994 08:49:37 GMT"_s << qint64(37'000);
        QTest::newRow("asctime, two digits") << u"Sun Nov 06 08:49:37 1994"_s << qint64(37'000);
        QTest::newRow("as date prints it") << u"Sun Nov  6 08:49:37 UTC 1994"_s << qint64(37'000);
        QTest::newRow("RFC 3339") << u"1994-11-06T08:49:37Z"_s << qint64(37'000);
        QTest::newRow("RFC 3339, offset") << u"1994-11-06T10:49:37.250+02:00"_s << qint64(37'000);
        QTest::newRow("RFC 3339, no zone") << u"1994-11-06T08:49:37"_s << qint64(37'000);
        QTest::newRow("RFC 3339, no zone, a space") << u"1994-11-06 08:49:37.5"_s << qint64(37'000);
        QTest::newRow("date alone") << u"1994-11-06"_s << none;
        QTest::newRow("a number follows a date") << u"Sun, 06 Nov 1994 08:49:37 GMT, 5"_s << qint64(37'000);
        QTest::newRow("what follows a date") << u"Sun, 06 Nov 1994 08:49:37 GMT or so"_s << none;
        QTest::newRow("words") << u"soon"_s << none;
        QTest::newRow("foreign digits") << u"١٢"_s << none;
    }

    void readsRetryAfter()
    {
        QFETCH(const QString, value);
        QFETCH(const qint64, expected);
        const QDateTime now(QDate(1994, 11, 6), QTime(8, 49, 0), Qt::UTC);
        QCOMPARE(milliseconds(retryAfterDelay(value, now)), expected);
    }

    void aLargeNumberIsAMoment_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("seconds since 1970") << u"1794041437"_s << qint64(97'000);
        QTest::newRow("with a fraction") << u"1794041437.25"_s << qint64(97'250);
        QTest::newRow("milliseconds since 1970") << u"1794041437000"_s << qint64(97'000);
        QTest::newRow("past") << u"1794041300"_s << qint64(0);
        QTest::newRow("the first") << u"1000000000"_s << qint64(0);
        QTest::newRow("the last wait") << u"999999999"_s << qint64(604'800'000);
        QTest::newRow("far") << u"1994041437"_s << qint64(604'800'000);
        QTest::newRow("quoted, beside a wait") << u"5, \"1794041437\""_s << qint64(97'000);
    }

    void aLargeNumberIsAMoment()
    {
        QFETCH(const QString, value);
        QFETCH(const qint64, expected);
        const QDateTime now(QDate(2026, 11, 7), QTime(8, 49, 0), Qt::UTC);
        QCOMPARE(now.toSecsSinceEpoch(), 1'794'041'340);
        QCOMPARE(milliseconds(retryAfterDelay(value, now)), expected);
    }

    void theLongestOfManyFieldsCounts()
    {
        const QDateTime now(QDate(1994, 11, 6), QTime(8, 49, 0), Qt::UTC);
        const QList<Header> headers{{u"Retry-After"_s, u"5"_s}, {u"retry-after"_s, u"7"_s}, {u"X"_s, u"9"_s}};
        QCOMPARE(milliseconds(retryAfterDelay(headers, now)), 7000);
    }

    void aShortYearIsNearNow()
    {
        const QDateTime now(QDate(2026, 11, 6), QTime(8, 49, 0), Qt::UTC);
        QCOMPARE(milliseconds(retryAfterDelay(u"Friday, 06-Nov-26 08:49:37 GMT"_s, now)), 37'000);
        QCOMPARE(milliseconds(retryAfterDelay(u"Saturday, 06-Nov-76 08:49:37 GMT"_s, now)), 604'800'000);
        QCOMPARE(milliseconds(retryAfterDelay(u"Sunday, 06-Nov-77 08:49:37 GMT"_s, now)), 0);
    }

    void reckonsByTheServersClock_data()
    {
        QTest::addColumn<QString>("date");
        QTest::addColumn<QString>("retryAfter");
        QTest::addColumn<qint64>("expected");
        const auto later = u"Sun, 06 Nov 1994 08:50:37 GMT"_s;
        QTest::newRow("right") << u"Sun, 06 Nov 1994 08:49:00 GMT"_s << later << qint64(97'000);
        QTest::newRow("none") << QString() << later << qint64(97'000);
        QTest::newRow("unreadable") << u"today"_s << later << qint64(97'000);
        QTest::newRow("behind") << u"Thu, 01 Jan 1970 00:00:10 GMT"_s << u"Thu, 01 Jan 1970 00:00:40 GMT"_s
                                << qint64(30'000);
        QTest::newRow("ahead") << u"Mon, 06 Nov 2034 08:00:00 UTC"_s << u"Mon, 6 Nov 2034 08:00:05 +0000"_s
                               << qint64(5000);
        QTest::newRow("seconds") << u"Mon, 06 Nov 2034 08:00:00 GMT"_s << u"7"_s << qint64(7000);
        QTest::newRow("a moment as a number") << u"Thu, 05 Nov 2026 08:00:00 GMT"_s << u"1793865605"_s << qint64(5000);
        QTest::newRow("nothing asked") << u"Sun, 06 Nov 1994 08:49:00 GMT"_s << QString() << none;
    }

    void reckonsByTheServersClock()
    {
        QFETCH(const QString, date);
        QFETCH(const QString, retryAfter);
        QFETCH(const qint64, expected);
        const QDateTime now(QDate(1994, 11, 6), QTime(8, 49, 0), Qt::UTC);
        const QList<Header> headers{{u"date"_s, date}, {u"retry-after"_s, retryAfter}};
        QCOMPARE(milliseconds(retryAfterDelay(headers, now)), expected);
    }
};

QTEST_GUILESS_MAIN(TestRetrySchedule)
#include "tst_retryschedule.moc"
