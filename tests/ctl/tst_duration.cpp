// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "moment.h"
#include "momenttext.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// How long and until when, as options of the command line say it.
class TestDuration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<std::chrono::seconds>>("length");
        const auto row = [](const char *text, std::optional<std::chrono::seconds> length) {
            QTest::newRow(text) << QString::fromUtf8(text) << length;
        };
        row("90s", 90s);
        row("15m", 15min);
        row("2h", 2h);
        row("3d", 72h);
        row("0s", 0s);
        row("999999d", 999'999 * std::chrono::seconds(24h));
        for (const char *text :
             {"", "5", "m", "-5m", "+5m", "5M", "5 m", " 5m", "5m ", "5m\n", "1.5h", "1h30m", "5w", "1000000s", "٥m"}) {
            row(text, std::nullopt);
        }
    }

    void durations()
    {
        QFETCH(const QString, text);
        QFETCH(const std::optional<std::chrono::seconds>, length);
        QVERIFY(durationFromString(text) == length);
    }

    void moments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        const auto row = [](const char *text, const char *utc) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(utc);
        };
        row("2026-01-31T08:00:00Z", "2026-01-31T08:00:00.000Z");
        row("2026-01-31t08:00:00z", "2026-01-31T08:00:00.000Z");
        row("2026-01-31 08:00:00Z", "2026-01-31T08:00:00.000Z");
        row("2026-01-31T08:00:00.5Z", "2026-01-31T08:00:00.500Z");
        row("2026-01-31T08:00:00.123456Z", "2026-01-31T08:00:00.123Z");
        row("2026-01-31T01:00:00+05:30", "2026-01-30T19:30:00.000Z");
        row("2026-01-31T23:00:00-08:00", "2026-02-01T07:00:00.000Z");
        for (const char *text :
             {"", "tomorrow", "2026-01-31", "2026-01-31T08:00Z", "2026-01-31T08:00:00", "2026-02-30T08:00:00Z",
              "2026-01-31T25:00:00Z", "2026-01-31T08:00:00+0100", "2026-01-31T08:00:00Z ", "31 Jan 2026 08:00:00Z"}) {
            row(text, "");
        }
    }

    void moments()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, utc);
        const auto moment = parseMoment(text);
        QCOMPARE(moment ? moment->toString(Qt::ISODateWithMs) : QString(), utc);
    }
};

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
