// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format.h"

#include <QLocale>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void durations_data();
    void durations();
    void sizes_data();
    void sizes();
    void moments();
    void numbersAreTheLanguages();
};

void TestFormat::durations_data()
{
    QTest::addColumn<double>("milliseconds");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("exact");
    QTest::newRow("nothing") << 0.0 << u"0 ms"_s << u"0 ms"_s;
    QTest::newRow("microseconds") << 0.4211 << u"0.4 ms"_s << u"0.421 ms"_s;
    QTest::newRow("rounds up to ten") << 9.96 << u"10 ms"_s << u"9.96 ms"_s;
    QTest::newRow("milliseconds") << 84.2 << u"84 ms"_s << u"84.2 ms"_s;
    QTest::newRow("rounds up to a second") << 999.6 << u"1 s"_s << u"999.6 ms"_s;
    QTest::newRow("seconds") << 1234.0 << u"1.2 s"_s << u"1,234 ms"_s;
    QTest::newRow("rounds up to a minute") << 59'970.0 << u"1 min 0 s"_s << u"59,970 ms"_s;
    QTest::newRow("minutes") << 125'000.0 << u"2 min 5 s"_s << u"125,000 ms"_s;
    QTest::newRow("hours") << 12'000'000.0 << u"3 h 20 min"_s << u"12,000,000 ms"_s;
    QTest::newRow("never negative") << -1.0 << u"0 ms"_s << u"0 ms"_s;
}

void TestFormat::durations()
{
    QFETCH(double, milliseconds);
    QFETCH(QString, words);
    QFETCH(QString, exact);
    QCOMPARE(formatDuration(Milliseconds(milliseconds)), words);
    QCOMPARE(formatExactDuration(Milliseconds(milliseconds)), exact);
}

void TestFormat::sizes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("some") << qint64(38) << u"38 bytes"_s;
    QTest::newRow("almost a kibibyte") << qint64(1023) << u"1,023 bytes"_s;
    QTest::newRow("kibibytes") << qint64(1536) << u"1.5 KiB"_s;
    QTest::newRow("mebibyte") << qint64(1024 * 1024) << u"1 MiB"_s;
}

void TestFormat::sizes()
{
    QFETCH(qint64, bytes);
    QFETCH(QString, words);
    QCOMPARE(formatSize(bytes), words);
}

void TestFormat::moments()
{
    const QDateTime now(QDate(2026, 11, 24), QTime(12, 0));
    QCOMPARE(formatMoment(QDateTime(QDate(2026, 11, 24), QTime(3, 12, 44)), now), u"03:12:44"_s);
    QCOMPARE(formatMoment(QDateTime(QDate(2026, 11, 23), QTime(3, 12, 44)), now), u"23 Nov 03:12"_s);
    QCOMPARE(formatMoment(QDateTime(QDate(2025, 3, 3), QTime(3, 12, 44)), now), u"3 Mar 2025"_s);
    QVERIFY(formatMoment({}, now).isEmpty());
    QCOMPARE(formatDay(QDateTime(QDate(2026, 3, 3), QTime(12, 0))), u"3 March 2026"_s);
    const QDateTime moment(QDate(2026, 11, 24), QTime(3, 12, 44), Qt::UTC);
    QVERIFY(formatExactMoment(moment).endsWith(u"2026-11-24T03:12:44.000Z"_s));
}

void TestFormat::numbersAreTheLanguages()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(formatDuration(Milliseconds(1234)), u"1,2 s"_s);
    QCOMPARE(formatExactDuration(Milliseconds(1234)), u"1.234 ms"_s);
}

QTEST_MAIN(TestFormat)
#include "tst_format.moc"
