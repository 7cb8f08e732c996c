// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstore.h"

#include "secretservice.h"

#include <qt6keychain/keychain.h>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

const auto service = u"tocsin"_s;

SecretError::Kind errorKind(SecretAvailability availability)
{
    switch (availability) {
    case SecretAvailability::Locked:
        return SecretError::Kind::Locked;
    case SecretAvailability::Absent:
        return SecretError::Kind::Absent;
    case SecretAvailability::Denied:
        return SecretError::Kind::Denied;
    case SecretAvailability::Available:
        break;
    }
    return SecretError::Kind::Failed;
}

SecretError errorOf(const QKeychain::Job &job, const QString &key)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {SecretError::Kind::NotFound,
                KeychainStore::say("The keychain holds no secret named “%1”: store it first.", key)};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {SecretError::Kind::Denied, describe(SecretAvailability::Denied)};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {SecretError::Kind::Absent, describe(SecretAvailability::Absent)};
    default:
        return {SecretError::Kind::Failed,
                KeychainStore::say("The keychain could not serve the secret “%1”: %2.", key, job.errorString())};
    }
}

} // namespace

/// The jobs that wait until the keychain is known to be open: they share one question and one prompt.
struct KeychainStore::Private
{
    enum class Phase { Idle, Asking, Prompting };

    explicit Private(const QString &id, Prompt mayPrompt)
        : profileId(id)
        , prompt(mayPrompt)
    {
    }

    void enter(KeychainJob *job);
    void ask();
    void settle(const KeychainState &state);

    QString profileId;
    Prompt prompt;
    SecretService keychain;
    Phase phase = Phase::Idle;
    QList<KeychainJob *> waiting;
};

class KeychainJob : public SecretJob
{
    Q_OBJECT

public:
    using Make = std::function<QKeychain::Job *()>;

    enum class Missing { IsAnError, IsFine };

    KeychainJob(KeychainStore *store, const QString &key, Make make, Missing missing)
        : SecretJob(store)
        , m_store(store)
        , m_key(key)
        , m_make(std::move(make))
        , m_missing(missing)
    {
        // queued, so that the caller can connect first
        QMetaObject::invokeMethod(
            this, [this] { begin(); }, Qt::QueuedConnection);
    }

    /// A job that only says why it cannot be done.
    KeychainJob(KeychainStore *store, const QString &key, const SecretError &refusal)
        : KeychainJob(store, key, {}, Missing::IsAnError)
    {
        m_refusal = refusal;
    }

    ~KeychainJob() override
    {
        if (!m_isDone) {
            m_store->d->waiting.removeAll(this);
        }
    }

    void cancel() override
    {
        if (!m_isDone) {
            m_store->d->waiting.removeAll(this); // a prompt stays for its owner to close, and for who comes next
            end({.error = SecretError{SecretError::Kind::Cancelled,
                                      KeychainStore::say("The keychain was not asked: cancelled.")},
                 .value = {}});
        }
    }

    /// The keychain has been asked for its state.
    void answer(const KeychainState &state)
    {
        if (state.availability != SecretAvailability::Available) {
            fail({errorKind(state.availability), state.message});
            return;
        }
        // Not a child of this: it has to run to its end, even when nobody waits for it any more.
        auto *job = m_make();
        job->setInsecureFallback(false);
        job->setAutoDelete(true);
        job->setKey(m_store->d->profileId % u':' % m_key);
        connect(job, &QKeychain::Job::finished, this, &KeychainJob::jobFinished);
        job->start();
    }

private:
    void begin()
    {
        if (m_isDone) {
            return;
        }
        if (m_refusal) {
            fail(*m_refusal);
        } else {
            m_store->d->enter(this);
        }
    }

    void jobFinished(QKeychain::Job *job)
    {
        if (m_isDone) {
            return;
        }
        if (job->error() == QKeychain::NoError) {
            SecretOutcome outcome;
            if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(job)) {
                outcome.value = read->textData();
            }
            end(outcome);
            return;
        }
        // A keyring that was locked meanwhile says "not found": only its own service knows better.
        m_store->d->keychain.ask(
            [self = QPointer<KeychainJob>(this), error = errorOf(*job, m_key)](const KeychainState &state) {
                if (self && !self->m_isDone) {
                    self->explain(error, state);
                }
            });
    }

    void explain(const SecretError &error, const KeychainState &state)
    {
        if (state.availability == SecretAvailability::Locked && !m_hasAskedAgain) {
            m_hasAskedAgain = true;
            m_store->d->enter(this);
        } else if (state.availability != SecretAvailability::Available) {
            fail({errorKind(state.availability), state.message});
        } else if (error.kind == SecretError::Kind::NotFound && m_missing == Missing::IsFine) {
            end({});
        } else {
            fail(error);
        }
    }

    void fail(const SecretError &error) { end({.error = error, .value = {}}); }

    void end(const SecretOutcome &outcome)
    {
        m_isDone = true;
        m_make = {};
        deleteLater();
        Q_EMIT finished(outcome);
    }

    KeychainStore *m_store;
    QString m_key;
    Make m_make;
    Missing m_missing;
    std::optional<SecretError> m_refusal;
    bool m_hasAskedAgain = false;
    bool m_isDone = false;
};

void KeychainStore::Private::enter(KeychainJob *job)
{
    waiting.append(job);
    if (phase == Phase::Idle) {
        ask();
    } else if (phase == Phase::Prompting) {
        Q_EMIT job->waitingForPrompt();
    }
}

void KeychainStore::Private::ask()
{
    phase = Phase::Asking;
    keychain.ask([this](const KeychainState &state) {
        if (state.availability != SecretAvailability::Locked || prompt == Prompt::Never || waiting.isEmpty()) {
            settle(state);
            return;
        }
        phase = Phase::Prompting;
        keychain.unlock([this](const KeychainState &unlocked) { settle(unlocked); });
        const auto jobs = waiting; // a slot may cancel
        for (auto *job : jobs) {
            if (waiting.contains(job)) {
                Q_EMIT job->waitingForPrompt();
            }
        }
    });
}

void KeychainStore::Private::settle(const KeychainState &state)
{
    phase = Phase::Idle;
    QList<QPointer<KeychainJob>> jobs(waiting.begin(), waiting.end());
    waiting.clear();
    for (const auto &job : jobs) {
        if (job) {
            job->answer(state);
        }
    }
}

KeychainStore::KeychainStore(const QString &profileId, Prompt prompt, QObject *parent)
    : SecretStore(parent)
    , d(std::make_unique<Private>(profileId, prompt))
{
}

KeychainStore::~KeychainStore()
{
    const auto jobs = findChildren<KeychainJob *>(Qt::FindDirectChildrenOnly);
    for (auto *job : jobs) {
        job->cancel();
    }
}

SecretJob *KeychainStore::read(const QString &key)
{
    return new KeychainJob(
        this, key, [] { return new QKeychain::ReadPasswordJob(service); }, KeychainJob::Missing::IsAnError);
}

SecretJob *KeychainStore::write(const QString &key, const QString &value)
{
    if (value.contains(QChar(u'\0'))) { // the libraries below would cut the value there
        return new KeychainJob(
            this, key,
            SecretError{SecretError::Kind::Failed,
                        say("The secret “%1” holds the character U+0000, which a keychain cannot keep.", key)});
    }
    const auto make = [value] {
        auto *job = new QKeychain::WritePasswordJob(service);
        job->setTextData(value);
        return job;
    };
    return new KeychainJob(this, key, make, KeychainJob::Missing::IsAnError);
}

SecretJob *KeychainStore::remove(const QString &key)
{
    return new KeychainJob(
        this, key, [] { return new QKeychain::DeletePasswordJob(service); }, KeychainJob::Missing::IsFine);
}

void KeychainStore::availability(QObject *context, Reply<SecretAvailability> reply)
{
    d->keychain.ask(
        [reply = guarded(context, std::move(reply))](const KeychainState &state) { reply(state.availability); });
}

} // namespace Tocsin

#include "keychainstore.moc"

#include "moc_keychainstore.cpp"
