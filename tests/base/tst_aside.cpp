// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "aside.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace Tocsin;

class TestAside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOnTheThreadThatAsked()
    {
        Aside aside;
        QThread *worked = nullptr;
        QThread *told = nullptr;
        aside.run([] { return QThread::currentThread(); },
                  [&](QThread *thread) {
                      worked = thread;
                      told = QThread::currentThread();
                  });
        QTRY_VERIFY(worked);
        QVERIFY(worked != QThread::currentThread());
        QCOMPARE(told, QThread::currentThread());
    }

    void doesTheNewestOfWhatWaits()
    {
        Aside aside;
        QSemaphore begun;
        QSemaphore mayEnd;
        QList<int> told;
        const auto tell = [&told](int value) {
            told.append(value);
        };
        aside.run(
            [&] {
                begun.release();
                mayEnd.acquire();
                return 1;
            },
            tell);
        begun.acquire();
        aside.run([] { return 2; }, tell);
        aside.run([] { return 3; }, tell);
        mayEnd.release();
        QTRY_COMPARE(told, (QList<int>{1, 3}));
    }

    void tellsNothingAfterItsEnd()
    {
        QSemaphore begun;
        bool isTold = false;
        {
            Aside aside;
            aside.run(
                [&begun] {
                    begun.release();
                    return 1;
                },
                [&isTold](int) { isTold = true; });
            begun.acquire();
        }
        QCoreApplication::processEvents();
        QVERIFY(!isTold);
    }
};

QTEST_GUILESS_MAIN(TestAside)
#include "tst_aside.moc"
