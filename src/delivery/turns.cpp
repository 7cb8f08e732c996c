// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "turns.h"

#include <algorithm>
#include <utility>

namespace Tocsin {

Turn::Turn(Turns *turns, const QString &group)
    : m_turns(turns)
    , m_group(group)
{
}

Turn::Turn(Turn &&other) noexcept
    : m_turns(std::exchange(other.m_turns, nullptr))
    , m_group(std::move(other.m_group))
{
}

Turn &Turn::operator=(Turn &&other) noexcept
{
    std::swap(m_turns, other.m_turns);
    std::swap(m_group, other.m_group);
    return *this;
}

Turn::~Turn()
{
    if (m_turns) {
        m_turns->giveBack(m_group);
    }
}

void Turns::wait(const QString &group, int limit, QObject *context, Ready ready)
{
    Waiting waiting{.group = group, .limit = std::max(1, limit), .context = context, .ready = std::move(ready)};
    if (!m_servesSoon && mayRun(waiting)) { // what waits already may not, or would run
        waiting.ready(grant(group));
    } else {
        m_waiting.push_back(std::move(waiting));
    }
}

bool Turns::mayRun(const Waiting &waiting) const
{
    return !waiting.context || m_running.value(waiting.group) < waiting.limit;
}

void Turns::serve()
{
    m_servesSoon = false;
    while (true) {
        const auto next = std::find_if(m_waiting.begin(), m_waiting.end(),
                                       [this](const Waiting &waiting) { return mayRun(waiting); });
        if (next == m_waiting.end()) {
            return;
        }
        const auto waiting = std::move(*next);
        m_waiting.erase(next);
        if (waiting.context) {
            waiting.ready(grant(waiting.group));
        }
    }
}

Turn Turns::grant(const QString &group)
{
    ++m_running[group];
    return Turn(this, group);
}

/// Not from within a destructor: what waits may start at once.
void Turns::giveBack(const QString &group)
{
    if (--m_running[group] == 0) {
        m_running.remove(group);
    }
    if (!m_waiting.empty() && !std::exchange(m_servesSoon, true)) {
        QMetaObject::invokeMethod(this, &Turns::serve, Qt::QueuedConnection);
    }
}

} // namespace Tocsin

#include "moc_turns.cpp"
