// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stopsignal.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Tocsin;

class TestStopSignal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arrives_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("interrupt") << SIGINT;
        QTest::newRow("terminate") << SIGTERM;
    }

    void arrives()
    {
        QFETCH(const int, number);
        StopSignal stop;
        QSignalSpy raised(&stop, &StopSignal::raised);
        QCOMPARE(std::raise(number), 0);
        QCOMPARE(raised.size(), 0);
        QTRY_COMPARE(raised.size(), 1);
        QCOMPARE(std::raise(number), 0);
        QTRY_COMPARE(raised.size(), 2);
    }

    void bringsTheFormerHandlerBack()
    {
        const auto former = std::signal(SIGTERM, SIG_IGN);
        {
            const StopSignal stop;
        }
        QVERIFY(std::signal(SIGTERM, former) == SIG_IGN);
    }
};

QTEST_GUILESS_MAIN(TestStopSignal)
#include "tst_stopsignal.moc"
