// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store.h"

#include "changewatcher.h"
#include "functionthread.h"
#include "records.h"

#include <QEventLoop>
#include <QFileInfo>

#include <condition_variable>
#include <mutex>
#include <unordered_map>

namespace Tocsin {

namespace {

/// What lives on the database's thread.
struct Worker
{
    explicit Worker(const QString &folder)
        : database(folder)
        , opened(Error{
              .message = Store::tr("The profile %1 has not been opened.").arg(folder), .where = folder, .position = {}})
    {
    }

    QEventLoop loop;
    Database database;
    Result<void> opened;
    std::unique_ptr<ChangeWatcher> watcher; // after the database: it goes first
    CallQueue calls;
};

} // namespace

struct Store::Private
{
    using Answer = std::function<void(const std::shared_ptr<void> &result)>;

    explicit Private(Store *store)
        : q(store)
    {
    }

    void start(const QString &folder);

    /// Runs `work` on the database's thread and answers with what it gives. The reply stays on this thread meanwhile:
    /// only a number and the result cross.
    template <typename T>
    void ask(QObject *context, Reply<Result<T>> reply, std::function<Result<T>(Worker &)> work)
    {
        const quint64 ticket = ++lastTicket;
        answers[ticket] = [reply = guarded(context, std::move(reply))](const std::shared_ptr<void> &result) {
            reply(std::move(*std::static_pointer_cast<Result<T>>(result)));
        };
        toWorker([this, ticket, worker = worker, back = replies.sender(), work = std::move(work)] {
            auto result = std::make_shared<Result<T>>(work(*worker));
            back([this, ticket, result] { answer(ticket, result); });
        });
    }

    /// The same for what needs an open database; says so when it has changed.
    template <typename T>
    void query(QObject *context, Reply<Result<T>> reply, std::function<Result<T>(Database &)> work)
    {
        ask<T>(context, std::move(reply),
               [this, back = replies.sender(), work = std::move(work)](Worker &w) -> Result<T> {
                   if (!w.opened) {
                       return w.opened.error();
                   }
                   const qint64 before = w.database.ownChanges();
                   auto result = work(w.database);
                   if (result && w.database.ownChanges() != before) {
                       back([this] { Q_EMIT q->changed(); });
                   }
                   return result;
               });
    }

    void answer(quint64 ticket, const std::shared_ptr<void> &result)
    {
        const auto node = answers.extract(ticket);
        node.mapped()(result);
    }

    Store *q;
    std::unordered_map<quint64, Answer> answers;
    quint64 lastTicket = 0;
    CallQueue replies;
    std::unique_ptr<FunctionThread> thread;
    Worker *worker = nullptr; ///< lives while the thread runs; only touched there
    CallQueue::Sender toWorker;
};

void Store::Private::start(const QString &folder)
{
    std::mutex mutex;
    std::condition_variable ready;
    thread = std::make_unique<FunctionThread>([&, folder] {
        Worker local(folder);
        {
            const std::lock_guard lock(mutex);
            toWorker = local.calls.sender();
            worker = &local;
            ready.notify_one();
        }
        local.loop.exec();
    });
    thread->setObjectName(QStringLiteral("tocsin-store"));
    thread->start();
    std::unique_lock lock(mutex);
    ready.wait(lock, [this] { return worker != nullptr; });
}

bool Store::isIn(const QString &folder)
{
    return QFileInfo::exists(Database::pathIn(folder));
}

Store::Store(const QString &folder, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->start(folder);
}

Store::~Store()
{
    d->toWorker([worker = d->worker] { worker->loop.quit(); });
    d->thread->wait();
}

void Store::open(QObject *context, Reply<Result<void>> reply)
{
    d->ask<void>(context, std::move(reply), [this, back = d->replies.sender()](Worker &worker) {
        if (!worker.opened) {
            worker.opened = worker.database.open();
            if (worker.opened) {
                worker.watcher = std::make_unique<ChangeWatcher>(worker.database,
                                                                 [this, back] { back([this] { Q_EMIT changed(); }); });
            }
        }
        return worker.opened;
    });
}

void Store::webhooks(QObject *context, Reply<Result<QList<StoredWebhook>>> reply)
{
    d->query<QList<StoredWebhook>>(context, std::move(reply), selectWebhooks);
}

void Store::webhook(const QString &idOrName, QObject *context, Reply<Result<std::optional<StoredWebhook>>> reply)
{
    d->query<std::optional<StoredWebhook>>(
        context, std::move(reply), [idOrName](Database &database) { return selectWebhook(database, idOrName); });
}

void Store::saveWebhook(const Webhook &webhook, QObject *context, Reply<Result<Webhook>> reply)
{
    d->query<Webhook>(context, std::move(reply), [webhook](Database &database) -> Result<Webhook> {
        const auto saved = Tocsin::saveWebhooks(database, {webhook}, {});
        if (!saved) {
            return saved.error();
        }
        return saved->first();
    });
}

void Store::saveWebhooks(const QList<Webhook> &webhooks, const QHash<QString, qint64> &basedOn, QObject *context,
                         Reply<Result<QList<Webhook>>> reply)
{
    d->query<QList<Webhook>>(context, std::move(reply), [webhooks, basedOn](Database &database) {
        return Tocsin::saveWebhooks(database, webhooks, basedOn);
    });
}

void Store::setActive(const QString &id, bool active, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply),
                   [id, active](Database &database) { return Tocsin::setActive(database, id, active); });
}

void Store::removeWebhook(const QString &id, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply), [id](Database &database) { return deleteWebhook(database, id); });
}

void Store::addInvocation(const Invocation &invocation, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply),
                   [invocation](Database &database) { return insertInvocation(database, invocation); });
}

void Store::invocations(const QString &webhookId, QObject *context, Reply<Result<QList<Invocation>>> reply)
{
    d->query<QList<Invocation>>(context, std::move(reply),
                                [webhookId](Database &database) { return selectInvocations(database, webhookId); });
}

void Store::knownIntegrations(QObject *context, Reply<Result<QList<KnownIntegration>>> reply)
{
    d->query<QList<KnownIntegration>>(context, std::move(reply), selectIntegrations);
}

void Store::rememberIntegration(const KnownIntegration &integration, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply),
                   [integration](Database &database) { return saveIntegration(database, integration); });
}

void Store::secretKeys(QObject *context, Reply<Result<QStringList>> reply)
{
    d->query<QStringList>(context, std::move(reply), selectSecretKeys);
}

void Store::rememberSecretKey(const QString &key, QObject *context, Reply<Result<void>> reply)
{
    rememberSecretKeys({{.name = key, .madeFor = {}, .madeAt = QDateTime::currentDateTimeUtc()}}, context,
                       std::move(reply));
}

void Store::rememberSecretKeys(const QList<MadeSecretKey> &keys, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply), [keys](Database &database) { return insertSecretKeys(database, keys); });
}

void Store::madeSecretKeys(QObject *context, Reply<Result<QList<MadeSecretKey>>> reply)
{
    d->query<QList<MadeSecretKey>>(context, std::move(reply), selectMadeSecretKeys);
}

void Store::staleSecretKeys(const QDateTime &madeBefore, QObject *context, Reply<Result<QList<MadeSecretKey>>> reply)
{
    d->query<QList<MadeSecretKey>>(context, std::move(reply), [madeBefore](Database &database) {
        return selectStaleSecretKeys(database, madeBefore);
    });
}

void Store::nextSecretNumber(QObject *context, Reply<Result<qint64>> reply)
{
    d->query<qint64>(context, std::move(reply), Tocsin::nextSecretNumber);
}

void Store::forgetSecretKey(const QString &key, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply), [key](Database &database) { return deleteSecretKey(database, key); });
}

void Store::profileId(QObject *context, Reply<Result<QString>> reply)
{
    d->query<QString>(context, std::move(reply), Tocsin::profileId);
}

void Store::settings(QObject *context, Reply<Result<QMap<QString, QString>>> reply)
{
    d->query<QMap<QString, QString>>(context, std::move(reply), selectSettings);
}

void Store::saveSetting(const QString &key, const QString &value, QObject *context, Reply<Result<void>> reply)
{
    d->query<void>(context, std::move(reply),
                   [key, value](Database &database) { return Tocsin::saveSetting(database, key, value); });
}

} // namespace Tocsin

#include "moc_store.cpp"
