// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace Tocsin;

class TestChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfEachSender()
    {
        constexpr int senders = 4;
        constexpr int callsEach = 2000;
        CallQueue queue;
        std::vector<std::vector<int>> seen(senders);
        int total = 0;
        std::vector<std::thread> threads;
        for (int s = 0; s < senders; ++s) {
            threads.emplace_back([sender = queue.sender(), &seen, &total, s] {
                for (int i = 0; i < callsEach; ++i) {
                    sender([&seen, &total, s, i] {
                        seen[static_cast<std::size_t>(s)].push_back(i);
                        ++total;
                    });
                }
            });
        }
        QTRY_COMPARE(total, senders * callsEach);
        for (auto &thread : threads) {
            thread.join();
        }
        for (const auto &calls : seen) {
            QVERIFY(std::is_sorted(calls.begin(), calls.end()));
        }
    }

    void dropsWhatComesAfterItsEnd()
    {
        int calls = 0;
        CallQueue::Sender sender;
        {
            CallQueue queue;
            sender = queue.sender();
            sender([&calls] { ++calls; });
        }
        sender([&calls] { ++calls; });
        QCoreApplication::processEvents();
        QCOMPARE(calls, 0);
    }

    void aCallMayDestroyTheQueue()
    {
        auto queue = std::make_unique<CallQueue>();
        const auto sender = queue->sender();
        int after = 0;
        sender([&queue] { queue.reset(); });
        sender([&after] { ++after; });
        QTRY_VERIFY(!queue);
        QCoreApplication::processEvents();
        QCOMPARE(after, 0);
    }

    void aReplyEndsWithItsContext()
    {
        auto context = std::make_unique<QObject>();
        int answers = 0;
        const auto reply = guarded<int>(context.get(), [&answers](int value) { answers += value; });
        reply(1);
        context.reset();
        reply(1);
        QCOMPARE(answers, 1);
    }
};

QTEST_GUILESS_MAIN(TestChannel)
#include "tst_channel.moc"
