// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel.h"

#include <QCoreApplication>
#include <QEvent>

#include <deque>
#include <mutex>

namespace Tocsin {

struct CallQueueState
{
    std::mutex mutex;
    std::deque<CallQueue::Call> calls;
    QObject *receiver = nullptr;
};

namespace {

class CallReceiver : public QObject
{
public:
    explicit CallReceiver(std::shared_ptr<CallQueueState> state)
        : m_state(std::move(state))
    {
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User) {
            return QObject::event(event);
        }
        const auto state = m_state; // a call may destroy the queue
        std::deque<CallQueue::Call> calls;
        {
            const std::lock_guard lock(state->mutex);
            calls.swap(state->calls);
        }
        while (!calls.empty()) {
            {
                const std::lock_guard lock(state->mutex);
                if (!state->receiver) {
                    break;
                }
            }
            const auto call = std::move(calls.front());
            calls.pop_front();
            call();
        }
        return true;
    }

private:
    std::shared_ptr<CallQueueState> m_state;
};

} // namespace

CallQueue::CallQueue()
    : m_state(std::make_shared<CallQueueState>())
    , m_receiver(std::make_unique<CallReceiver>(m_state))
{
    m_state->receiver = m_receiver.get();
}

CallQueue::~CallQueue()
{
    std::deque<Call> dropped; // destroyed after the lock is released: a call's captures may send
    const std::lock_guard lock(m_state->mutex);
    m_state->receiver = nullptr;
    dropped.swap(m_state->calls);
}

CallQueue::Sender CallQueue::sender() const
{
    return Sender(m_state);
}

CallQueue::Sender::Sender(std::shared_ptr<CallQueueState> state)
    : m_state(std::move(state))
{
}

void CallQueue::Sender::operator()(Call call) const
{
    if (!m_state) {
        return;
    }
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->receiver) {
        return;
    }
    m_state->calls.push_back(std::move(call));
    if (m_state->calls.size() == 1) {
        QCoreApplication::postEvent(m_state->receiver, new QEvent(QEvent::User));
    }
}

} // namespace Tocsin
