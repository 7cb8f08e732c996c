// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <utility>

namespace Tocsin {

/// Takes callables from any thread and runs them, in the order they came, on the thread that made it (which needs an
/// event loop). The one way in which values cross threads: they go in under a mutex, the posted event is a bare
/// wake-up. Destroy it on its own thread; what has not run by then is dropped.
class CallQueue
{
public:
    using Call = std::function<void()>;

    CallQueue();
    ~CallQueue();
    CallQueue(const CallQueue &) = delete;
    CallQueue &operator=(const CallQueue &) = delete;

    /// A copyable end to send from, on any thread. It may outlive the queue: what is sent then is dropped.
    class Sender
    {
    public:
        Sender() = default;
        void operator()(Call call) const;

    private:
        friend class CallQueue;
        explicit Sender(std::shared_ptr<struct CallQueueState> state);
        std::shared_ptr<struct CallQueueState> m_state;
    };

    Sender sender() const;

private:
    std::shared_ptr<struct CallQueueState> m_state;
    std::unique_ptr<QObject> m_receiver;
};

/// What an asynchronous function calls with its result: once, on the caller's thread, unless the context object that
/// was given with it is destroyed first (that is how a caller cancels its interest).
template <typename T>
using Reply = std::function<void(T)>;

/// Wraps `reply` so that it does nothing once `context` is gone. Call the wrapped one on `context`'s thread only.
template <typename T>
Reply<T> guarded(QObject *context, Reply<T> reply)
{
    return [context = QPointer<QObject>(context), reply = std::move(reply)](T value) {
        if (context) {
            reply(std::move(value));
        }
    };
}

} // namespace Tocsin
