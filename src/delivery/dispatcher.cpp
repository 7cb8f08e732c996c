// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatcher.h"

#include "batchscheduling.h"
#include "channel.h"
#include "curlnetwork.h"
#include "invocationrun.h"
#include "oauthclient.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QHash>
#include <QPointer>
#include <QUrl>

#include <algorithm>
#include <future>
#include <thread>
#include <unordered_map>
#include <vector>

namespace Tocsin {

namespace {

/// What lives on the network thread.
class NetworkSide
{
public:
    using Id = quint64;
    using Finished = std::function<void(Id, Invocation)>;
    using PhaseChanged = std::function<void(Id, InvocationPhase)>;

    NetworkSide(CallQueue::Sender home, std::unique_ptr<QNetworkAccessManager> network)
        : m_home(std::move(home))
        , m_network(std::move(network))
        , m_oauth({.network = *m_network, .turns = m_turns})
    {
    }

    CallQueue::Sender sender() const { return m_calls.sender(); }

    void run() { m_loop.exec(); }
    void quit() { m_loop.quit(); }

    void invoke(Id id, const std::shared_ptr<const InvocationRequest> &request, const QDateTime &startedAt,
                bool allowsLinkLocal, const PhaseChanged &onPhase, const Finished &onFinished)
    {
        auto run = std::make_unique<InvocationRun>(Wire{.network = *m_network, .turns = m_turns}, m_oauth, request,
                                                   startedAt, allowsLinkLocal);
        auto *started = run.get();
        if (request->tellsPhases) {
            QObject::connect(started, &InvocationRun::phaseChanged, &m_turns,
                             [home = m_home, id, onPhase](InvocationPhase phase) {
                                 home([id, onPhase, phase] { onPhase(id, phase); });
                             });
        }
        QObject::connect(started, &InvocationRun::finished, &m_turns,
                         [this, id, onFinished](const Invocation &invocation) {
                             m_home([id, onFinished, ended = Invocation(invocation)]() mutable {
                                 onFinished(id, std::move(ended));
                             });
                             end(id);
                         });
        m_runs.emplace(id, std::move(run));
        started->start();
    }

    void cancel(Id id)
    {
        if (const auto found = m_runs.find(id); found != m_runs.end()) {
            found->second->cancel();
        }
    }

private:
    /// The run is still at work when it tells of its end.
    void end(Id id)
    {
        if (const auto found = m_runs.find(id); found != m_runs.end()) {
            found->second.release()->deleteLater();
            m_runs.erase(found);
        }
    }

    QEventLoop m_loop;
    CallQueue::Sender m_home;
    std::unique_ptr<QNetworkAccessManager> m_network;
    Turns m_turns;
    OAuthClient m_oauth;
    std::unordered_map<Id, std::unique_ptr<InvocationRun>> m_runs;
    CallQueue m_calls; // the first to go: nothing is called any more
};

class Job : public InvocationJob
{
public:
    Job(QObject *parent, std::function<void()> askToCancel)
        : InvocationJob(parent)
        , m_askToCancel(std::move(askToCancel))
    {
    }

    ~Job() override
    {
        if (!m_isEnded) {
            m_askToCancel();
        }
    }

    void cancel() override
    {
        if (!std::exchange(m_isCancelled, true)) {
            m_askToCancel();
        }
    }

    /// An answer that came after cancel() does not change how it ends.
    void end(Invocation invocation)
    {
        m_isEnded = true;
        if (m_isCancelled && (!invocation.error || invocation.error->kind != ErrorKind::Cancelled)) {
            invocation.error = cancelledError();
            invocation.verdict = Verdict::Failed;
            invocation.reason = invocation.error->message;
        }
        Q_EMIT finished(invocation);
    }

private:
    const std::function<void()> m_askToCancel;
    bool m_isCancelled = false;
    bool m_isEnded = false;
};

Invocation cancelledInvocation(const QString &webhookId, const QDateTime &startedAt)
{
    Invocation invocation;
    invocation.webhookId = webhookId;
    invocation.startedAt = startedAt;
    invocation.error = cancelledError();
    invocation.reason = invocation.error->message;
    return invocation;
}

} // namespace

namespace {

/// What belongs together stays on one thread: a token, and a webhook's turns and connections.
QString groupOf(const Webhook &webhook)
{
    if (webhook.oauth) {
        return webhook.oauth->tokenEndpointUrl % u' ' % webhook.oauth->clientId;
    }
    return webhook.id.isEmpty() ? QUrl(webhook.url).authority() : webhook.id;
}

} // namespace

struct Dispatcher::Private
{
    struct Running
    {
        QPointer<Job> job;
        QString webhookId;
        QDateTime startedAt;
    };

    void enterPhase(NetworkSide::Id id, InvocationPhase phase)
    {
        if (const auto found = running.find(id); found != running.end() && found->second.job) {
            Q_EMIT found->second.job->phaseChanged(phase);
        }
    }

    /// The last thing that is done with `this`: who hears of the end may destroy the dispatcher.
    void finish(NetworkSide::Id id, Invocation invocation)
    {
        const auto found = running.find(id);
        if (found == running.end()) {
            return;
        }
        const auto job = found->second.job;
        running.erase(found);
        if (job) {
            job->setParent(nullptr);
            job->end(std::move(invocation));
        }
        delete job.data(); // unless who heard of it did so
    }

    struct Worker
    {
        std::thread thread;
        NetworkSide *network = nullptr; ///< used on its own thread only
        CallQueue::Sender calls;
    };

    Worker startWorker(const NetworkFactory &makeNetwork)
    {
        std::promise<NetworkSide *> ready;
        Worker worker;
        worker.thread = std::thread([&ready, makeNetwork, home = calls.sender()] {
            scheduleThisThreadAsBatch();
            {
                NetworkSide network(home, makeNetwork());
                ready.set_value(&network);
                network.run();
            }
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        });
        worker.network = ready.get_future().get();
        worker.calls = worker.network->sender();
        return worker;
    }

    const Worker &workerOf(const Webhook &webhook)
    {
        const auto group = groupOf(webhook);
        auto found = workerOfGroup.constFind(group);
        if (found == workerOfGroup.constEnd()) {
            found = workerOfGroup.insert(group, static_cast<std::size_t>(workerOfGroup.size()) % workers.size());
        }
        return workers[*found];
    }

    CallQueue calls;
    std::vector<Worker> workers;
    QHash<QString, std::size_t> workerOfGroup;
    NetworkSide::Id lastId = 0;
    bool isLinkLocalAllowed = false;
    QHash<QString, QSet<QString>> keptAsText;
    std::unordered_map<NetworkSide::Id, Running> running;
};

int Dispatcher::usualThreads()
{
    constexpr unsigned most = 4; // the managers of each have threads of their own for what costs most
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency() / 2, 1U, most));
}

Dispatcher::Dispatcher(QObject *parent, int threads)
    : Dispatcher(parent, threads, [] { return std::make_unique<CurlNetwork>(); })
{
}

Dispatcher::Dispatcher(QObject *parent, int threads, const NetworkFactory &makeNetwork)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    for (int i = 0; i < std::max(threads, 1); ++i) {
        d->workers.push_back(d->startWorker(makeNetwork));
    }
}

Dispatcher::~Dispatcher()
{
    for (const auto &worker : d->workers) {
        worker.calls([network = worker.network] { network->quit(); });
    }
    for (auto &worker : d->workers) {
        worker.thread.join();
    }
    while (!d->running.empty()) {
        const auto [id, running] = *d->running.begin();
        d->finish(id, cancelledInvocation(running.webhookId, running.startedAt));
    }
}

InvocationJob *Dispatcher::invoke(InvocationRequest request)
{
    const auto id = ++d->lastId;
    const auto startedAt = QDateTime::currentDateTimeUtc();
    request.timeline.enter(InvocationPhase::Queued);
    if (!request.keptAsText) {
        request.keptAsText = d->keptAsText.value(request.webhook.id);
    }
    const auto &worker = d->workerOf(request.webhook);
    auto *job = new Job(
        this, [calls = worker.calls, network = worker.network, id] { calls([network, id] { network->cancel(id); }); });
    d->running.emplace(id, Private::Running{job, request.webhook.id, startedAt});
    const auto onPhase = [data = d.get()](NetworkSide::Id which, InvocationPhase phase) {
        data->enterPhase(which, phase);
    };
    const auto onFinished = [data = d.get()](NetworkSide::Id which, Invocation invocation) {
        data->finish(which, std::move(invocation));
    };
    worker.calls([network = worker.network, id, request = std::make_shared<const InvocationRequest>(std::move(request)),
                  startedAt, allowsLinkLocal = d->isLinkLocalAllowed, onPhase,
                  onFinished] { network->invoke(id, request, startedAt, allowsLinkLocal, onPhase, onFinished); });
    return job;
}

void Dispatcher::setKeptAsText(const QHash<QString, QSet<QString>> &places)
{
    d->keptAsText = places;
}

void Dispatcher::setLinkLocalAllowed(bool isAllowed)
{
    d->isLinkLocalAllowed = isAllowed;
}

} // namespace Tocsin

#include "moc_dispatcher.cpp"
