// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"

#include <QEventLoop>

#include <optional>
#include <type_traits>
#include <utility>

namespace Tocsin {

/// Waits, in an event loop of its own, for what an asynchronous function replies: for the command line and tests, never
/// for the window. `start(context, reply)` is called at once:
///     const auto list = await<Result<QList<StoredWebhook>>>(
///         [&](QObject *context, auto reply) { store.webhooks(context, reply); });
template <typename T, typename Start>
T await(Start &&start)
{
    std::optional<T> answer;
    QEventLoop loop;
    std::forward<Start>(start)(&loop, Reply<T>([&answer, &loop](T value) {
        answer.emplace(std::move(value));
        loop.quit();
    }));
    while (!answer) {
        loop.exec();
    }
    return std::move(*answer);
}

/// Waits for the value of a job's one-argument signal; the job must end in it, later than this call.
///     const auto result = awaitSignal(engine.save(input), &EngineJob::finished);
template <typename Job, typename Sender, typename Value>
std::decay_t<Value> awaitSignal(Job *job, void (Sender::*finished)(Value))
{
    return await<std::decay_t<Value>>([job, finished](QObject *context, auto reply) {
        QObject::connect(job, finished, context, [reply](Value value) { reply(value); });
    });
}

} // namespace Tocsin
