// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "aside.h"

namespace Tocsin {

Aside::~Aside()
{
    if (!m_thread.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Aside::ask(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(task);
    }
    if (m_thread.joinable()) {
        m_wake.notify_one();
    } else {
        m_thread = std::thread([this] { runTasks(); });
    }
}

void Aside::runTasks()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_isEnding || m_next; });
        if (m_isEnding) {
            return;
        }
        const Task task = std::exchange(m_next, {});
        lock.unlock();
        task();
        lock.lock();
    }
}

} // namespace Tocsin
