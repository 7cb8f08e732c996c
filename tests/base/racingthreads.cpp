// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "functionthread.h"

#include <atomic>

/// Two threads write the same without a lock, for ThreadSanitizer to find.
int main()
{
    std::atomic<int> begun = 0;
    int shared = 0;
    const auto race = [&begun, &shared] {
        begun.fetch_add(1, std::memory_order_relaxed);
        while (begun.load(std::memory_order_relaxed) < 2) {
            QThread::yieldCurrentThread();
        }
        ++shared;
    };
    Tocsin::FunctionThread one(race);
    Tocsin::FunctionThread other(race);
    one.start();
    other.start();
    one.wait();
    other.wait();
    return shared == 0 ? 1 : 0;
}
