// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "batchscheduling.h"

#include <QTest>

#include <sched.h>
#include <thread>

using namespace Tocsin;

namespace {

constexpr pid_t callingThread = 0;

/// What a thread gets that asks for SCHED_BATCH by itself: a sandbox may forbid it.
int allowedPolicy()
{
    int policy = -1;
    std::thread([&policy] {
        const sched_param parameters{};
        sched_setscheduler(callingThread, SCHED_BATCH, &parameters);
        policy = sched_getscheduler(callingThread);
    }).join();
    return policy;
}

} // namespace

class TestBatchScheduling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOfTheThreadAndWhatItStarts()
    {
        const int own = sched_getscheduler(callingThread);
        int inside = -1;
        int ofChild = -1;
        std::thread([&inside, &ofChild] {
            scheduleThisThreadAsBatch();
            inside = sched_getscheduler(callingThread);
            std::thread([&ofChild] { ofChild = sched_getscheduler(callingThread); }).join();
        }).join();
        QCOMPARE(inside, allowedPolicy());
        QCOMPARE(ofChild, inside);
        QCOMPARE(sched_getscheduler(callingThread), own);
    }
};

QTEST_GUILESS_MAIN(TestBatchScheduling)
#include "tst_batchscheduling.moc"
