// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpstatusrange.h"
#include "momenttext.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

/// What people write to choose deliveries by: statuses, and times.
class TestChoosing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStatuses()
    {
        using Ranges = QList<HttpStatusRange>;
        QCOMPARE(httpStatusesFromString(u"503"_s), (Ranges{{.first = 503, .last = 503}}));
        QCOMPARE(httpStatusesFromString(u"5xx"_s), (Ranges{{.first = 500, .last = 599}}));
        QCOMPARE(httpStatusesFromString(u"none"_s), (Ranges{{.first = 0, .last = 0}}));
        QCOMPARE(httpStatusesFromString(u"429, 5XX,None"_s),
                 (Ranges{{.first = 429, .last = 429}, {.first = 500, .last = 599}, {.first = 0, .last = 0}}));
    }

    void refusesOtherStatuses()
    {
        for (const auto &text : {u""_s, u"50"_s, u"5x"_s, u"5x3"_s, u"600"_s, u"0"_s, u"099"_s, u"503,"_s, u"-503"_s,
                                 u"503 504"_s, u"503-504"_s, u"xxx"_s, u"\u0665\u0660\u0663"_s}) {
            QVERIFY2(!httpStatusesFromString(text), qPrintable(text));
        }
    }

    void readsMoments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDateTime>("moment");
        const QDate day(2026, 1, 31);
        QTest::newRow("UTC") << u"2026-01-31T08:00:00Z"_s << QDateTime(day, QTime(8, 0), Qt::UTC);
        QTest::newRow("an offset") << u"2026-01-31T08:00:00.250+02:00"_s
                                   << QDateTime(day, QTime(6, 0, 0, 250), Qt::UTC);
        QTest::newRow("local") << u"2026-01-31T08:00"_s << QDateTime(day, QTime(8, 0));
        QTest::newRow("with a space") << u"2026-01-31 08:00"_s << QDateTime(day, QTime(8, 0));
        QTest::newRow("a day") << u"2026-01-31"_s << QDateTime(day, QTime(0, 0));
        QTest::newRow("seconds ago") << u"90s"_s << m_now.addSecs(-90);
        QTest::newRow("minutes ago") << u"30m"_s << m_now.addSecs(-1800);
        QTest::newRow("hours ago") << u"2h"_s << m_now.addSecs(-7200);
        QTest::newRow("days ago") << u"7d"_s << m_now.addDays(-7);
        for (const auto &text : {u""_s, u"odd"_s, u"2 h"_s, u"-2h"_s, u"2w"_s, u"2026-13-01"_s, u"08:00"_s}) {
            QTest::newRow(qPrintable(u"none: "_s + text)) << text << QDateTime();
        }
    }

    void readsMoments()
    {
        QFETCH(const QString, text);
        QFETCH(const QDateTime, moment);
        const auto read = momentFromString(text, m_now);
        QCOMPARE(read.has_value(), moment.isValid());
        QCOMPARE(read.value_or(QDateTime()), moment);
    }

private:
    const QDateTime m_now{QDate(2026, 3, 1), QTime(12, 0), Qt::UTC};
};

QTEST_GUILESS_MAIN(TestChoosing)
#include "tst_choosing.moc"
