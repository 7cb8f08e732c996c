// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine.h"

#include "checkedhealth.h"
#include "checkjob.h"
#include "duplicatejob.h"
#include "enginecore.h"
#include "removejob.h"
#include "savejob.h"
#include "sweepjob.h"
#include "testjob.h"

#include <QDir>
#include <QStandardPaths>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

EngineCore::EngineCore(const EngineOptions &engineOptions, std::unique_ptr<SecretStore> givenSecrets)
    : options(engineOptions)
    , profile(Engine::profileFolder(engineOptions.profile))
    , store(profile)
    , settings(store)
    , secrets(std::move(givenSecrets))
{
}

Result<std::unique_ptr<SecretJournal>> EngineCore::takeJournal(const QString &webhookId)
{
    const auto kept = keptJournals.find(webhookId);
    if (kept == keptJournals.end()) {
        return SecretJournal::begin(profile, webhookId);
    }
    auto journal = std::move(kept->second);
    keptJournals.erase(kept);
    return journal;
}

Dispatcher &EngineCore::network()
{
    if (!dispatcher) {
        dispatcher = std::make_unique<Dispatcher>();
        const auto handOver = [this] {
            dispatcher->setLinkLocalAllowed(settings.current().isLinkLocalAllowed);
            dispatcher->setKeptAsText(settings.keptAsText());
        };
        QObject::connect(&settings, &ProfileSettings::changed, dispatcher.get(), handOver);
        handOver();
    }
    return *dispatcher;
}

QSet<QString> EngineCore::keptAsText(const WebhookInput &input) const
{
    return input.keptAsText.value_or(settings.keptAsText().value(input.webhook.id));
}

Engine::Engine(const EngineOptions &options, QObject *parent)
    : Engine(options, nullptr, parent)
{
}

Engine::Engine(const EngineOptions &options, std::unique_ptr<SecretStore> secrets, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<EngineCore>(options, std::move(secrets)))
{
    connect(&d->settings, &ProfileSettings::changed, this, &Engine::settingsChanged);
}

Engine::~Engine()
{
    const auto jobs = findChildren<EngineJob *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(jobs);
    const auto tests = findChildren<InvocationJob *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(tests);
    const auto checks = findChildren<WebhookCheckJob *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(checks);
}

QString Engine::profileFolder(const QString &option)
{
    if (!option.isEmpty()) {
        return QDir(option).absolutePath();
    }
    const QString fromEnvironment = qEnvironmentVariable("TOCSIN_PROFILE");
    if (!fromEnvironment.isEmpty()) {
        return QDir(fromEnvironment).absolutePath();
    }
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/tocsin"_L1;
}

QString Engine::profile() const
{
    return d->profile;
}

bool Engine::isOpen() const
{
    return d->isOpen;
}

void Engine::open(QObject *context, Reply<Result<void>> reply)
{
    const auto answer = guarded<Result<void>>(context, std::move(reply));
    d->store.open(this, [this, answer](const Result<void> &opened) {
        if (!opened) {
            answer(opened);
            return;
        }
        d->settings.follow();
        d->settings.read(this, [this, answer](const Result<void> &read) {
            if (!read) {
                answer(read);
                return;
            }
            openSecrets(answer);
        });
    });
}

void Engine::openSecrets(const Reply<Result<void>> &answer)
{
    d->store.profileId(this, [this, answer](const Result<QString> &id) {
        if (!id) {
            answer(id.error());
            return;
        }
        if (!d->secrets) {
            const QString folder = d->options.credentialsFolder.isEmpty()
                ? qEnvironmentVariable("CREDENTIALS_DIRECTORY")
                : d->options.credentialsFolder;
            d->secrets = makeSecretStore(folder, *id, d->options.prompt);
        }
        d->isOpen = true;
        purgeMarked(SecretJournal::marked(d->profile), [this, answer] {
            connect(new SweepJob(*d, this), &EngineJob::finished, this, [answer] { answer({}); });
        });
    });
}

void Engine::purgeMarked(QStringList ids, std::function<void()> then)
{
    if (ids.isEmpty() || d->secrets->isReadOnly()) {
        then();
        return;
    }
    const QString id = ids.takeLast();
    connect(purgeSecrets(id), &EngineJob::finished, this, [this, ids, then] { purgeMarked(ids, then); });
}

const Settings &Engine::settings() const
{
    return d->settings.current();
}

QSet<QString> Engine::keptAsText(const QString &webhookId) const
{
    return d->settings.keptAsText().value(webhookId);
}

void Engine::setSetting(const QString &key, const QString &text, QObject *context, Reply<Result<void>> reply)
{
    d->settings.set(key, text, context, std::move(reply));
}

Store &Engine::store()
{
    return d->store;
}

SecretStore &Engine::secrets()
{
    Q_ASSERT(d->secrets);
    return *d->secrets;
}

EngineJob *Engine::watched(EngineJob *job)
{
    connect(job, &EngineJob::finished, this, &Engine::webhooksChanged);
    return job;
}

EngineJob *Engine::save(const WebhookInput &input)
{
    return watched(new SaveJob(*d, {input}, SaveJob::Mode::Save, this));
}

EngineJob *Engine::importWebhooks(const QList<WebhookInput> &inputs, ExistingWebhooks existing)
{
    const bool replaces = existing == ExistingWebhooks::Replace;
    return watched(new SaveJob(*d, inputs, replaces ? SaveJob::Mode::Replace : SaveJob::Mode::Add, this));
}

EngineJob *Engine::duplicate(const QString &id)
{
    return watched(new DuplicateJob(*d, id, this));
}

EngineJob *Engine::remove(const QString &id, SecretRemoval removal)
{
    const bool now = removal == SecretRemoval::Now;
    return watched(new RemoveJob(*d, id, now ? RemoveJob::What::Everything : RemoveJob::What::WebhookOnly, this));
}

EngineJob *Engine::purgeSecrets(const QString &id)
{
    return watched(new RemoveJob(*d, id, RemoveJob::What::SecretsOnly, this));
}

void Engine::openOutbox(QObject *context, Reply<Result<void>> reply)
{
    if (!d->outbox) {
        d->outbox = std::make_unique<Outbox>(d->profile);
        connect(this, &Engine::checked, d->outbox.get(),
                [outbox = d->outbox.get()](const WebhookCheckResult &result) { noteCheck(*outbox, result); });
    }
    d->outbox->open(context, std::move(reply));
}

Outbox &Engine::outbox()
{
    Q_ASSERT(d->outbox);
    return *d->outbox;
}

std::unique_ptr<Deliverer> Engine::makeDeliverer(const DelivererOptions &options)
{
    return std::make_unique<Deliverer>(outbox(), secrets(), d->network(), options);
}

WebhookCheckJob *Engine::check(const WebhookInput &input, CheckManner manner)
{
    auto *job = new CheckJob(*d, input, manner, this);
    connect(job, &WebhookCheckJob::finished, this, [this](const WebhookCheckResult &result) {
        if (!result.isCancelled && result.version != 0) {
            d->lastChecks.insert(result.webhookId, result);
            Q_EMIT checked(result);
        }
    });
    return job;
}

const QHash<QString, WebhookCheckResult> &Engine::lastChecks() const
{
    return d->lastChecks;
}

std::unique_ptr<CheckSchedule> Engine::makeCheckSchedule(const CheckScheduleOptions &options)
{
    return std::make_unique<CheckSchedule>(*this, options);
}

InvocationJob *Engine::test(const WebhookInput &input, const Json &event)
{
    return new TestJob(*d, input, event, this);
}

} // namespace Tocsin

#include "moc_engine.cpp"
