// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batchscheduling.h"
#include "channel.h"
#include "functionthread.h"

#include <QEventLoop>

#include <condition_variable>
#include <mutex>
#include <unordered_map>

namespace Tocsin {

/// A thread on which one Worker lives. Make and use it on one thread; answers come there.
template <typename Worker>
class WorkerThread
{
public:
    /// What a worker calls with its answer, on its own thread, now or later.
    template <typename T>
    using Done = std::function<void(T)>;

    /// `make` runs on the new thread.
    WorkerThread(const QString &name, std::function<std::unique_ptr<Worker>()> make) { start(name, std::move(make)); }

    /// Lets the worker do what it was asked for, calls `last` there, and waits.
    void finish(std::function<void(Worker &)> last = {})
    {
        if (!m_thread->isRunning()) {
            return;
        }
        m_calls([worker = m_worker, loop = m_loop, last = std::move(last)] {
            if (last) {
                last(*worker);
            }
            loop->quit();
        });
        m_thread->wait();
    }

    ~WorkerThread() { finish(); }
    Q_DISABLE_COPY_MOVE(WorkerThread)

    /// Has `work` done on the worker's thread. The reply stays here meanwhile: only a number and the result cross.
    template <typename T>
    void ask(QObject *context, Reply<T> reply, std::function<void(Worker &, Done<T>)> work)
    {
        const quint64 ticket = ++m_lastTicket;
        m_answers[ticket] = [reply = guarded(context, std::move(reply))](const std::shared_ptr<void> &result) {
            reply(std::move(*std::static_pointer_cast<T>(result)));
        };
        m_calls([this, ticket, worker = m_worker, back = m_replies.sender(), work = std::move(work)] {
            work(*worker, [this, ticket, back](T value) {
                back([this, ticket, result = std::make_shared<T>(std::move(value))] {
                    const auto node = m_answers.extract(ticket);
                    node.mapped()(result);
                });
            });
        });
    }

    /// Has `work` done on the worker's thread, without an answer. Any thread.
    void tell(std::function<void(Worker &)> work)
    {
        m_calls([worker = m_worker, work = std::move(work)] { work(*worker); });
    }

    /// Calls this thread from the worker's.
    CallQueue::Sender back() const { return m_replies.sender(); }

private:
    using Answer = std::function<void(const std::shared_ptr<void> &result)>;

    void start(const QString &name, std::function<std::unique_ptr<Worker>()> make)
    {
        std::mutex mutex;
        std::condition_variable ready;
        m_thread = std::make_unique<FunctionThread>([&, make = std::move(make)] {
            scheduleThisThreadAsBatch();
            QEventLoop loop;
            CallQueue calls;
            const auto local = make();
            {
                const std::lock_guard lock(mutex);
                m_calls = calls.sender();
                m_loop = &loop;
                m_worker = local.get();
                ready.notify_one();
            }
            loop.exec();
        });
        m_thread->setObjectName(name);
        m_thread->start();
        std::unique_lock lock(mutex);
        ready.wait(lock, [this] { return m_worker != nullptr; });
    }

    std::unordered_map<quint64, Answer> m_answers;
    quint64 m_lastTicket = 0;
    CallQueue m_replies;
    std::unique_ptr<FunctionThread> m_thread;
    CallQueue::Sender m_calls;
    QEventLoop *m_loop = nullptr; ///< these two live while the thread runs, and are only touched there
    Worker *m_worker = nullptr;
};

} // namespace Tocsin
