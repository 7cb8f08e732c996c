// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace Tocsin {

/// A thread for work that the one which made this must not wait for. Of what is asked for while some is under way, only
/// the newest is done. Its end waits for what is under way, and nothing is told after it.
class Aside
{
public:
    Aside() = default;
    ~Aside();
    Aside(const Aside &) = delete;
    Aside &operator=(const Aside &) = delete;

    /// Runs `work`, which may touch nothing but what it holds itself, and then, on the thread that made this, `done`
    /// with what it returned.
    template <typename Work, typename Done>
    void run(Work work, Done done)
    {
        ask([work = std::move(work), done = std::move(done), reply = m_replies.sender()] {
            reply([done, value = work()] { done(value); });
        });
    }

private:
    using Task = std::function<void()>;

    void ask(Task task);
    void runTasks();

    CallQueue m_replies;
    std::mutex m_mutex; // guards the two that follow
    Task m_next;
    bool m_isEnding = false;
    std::condition_variable m_wake;
    std::thread m_thread; // from the first call on
};

} // namespace Tocsin
