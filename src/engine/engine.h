// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "checkschedule.h"
#include "deliverer.h"
#include "dispatcher.h"
#include "secretstore.h"
#include "setting.h"
#include "store.h"
#include "webhookcheck.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace Tocsin {

/// What the window and tocsinctl have in common. All members answer on the thread that made the engine.
struct EngineOptions
{
    QString profile; ///< folder; empty: TOCSIN_PROFILE, else the platform's application-data folder
    QString credentialsFolder; ///< empty: CREDENTIALS_DIRECTORY, else the keychain
    SecretStore::Prompt prompt = SecretStore::Prompt::Never;
};

/// A webhook to be saved or tested as a form or a file holds it: literal values stand where secrets will be. Headers
/// named in `secretHeaders` (and those that lookSecret(), unless named in `plainHeaders`) and what looks secret in URL,
/// body template and token endpoint's URL are lifted into the keychain on save, and redacted in a test.
struct WebhookInput
{
    Webhook webhook;
    QSet<QString> secretHeaders; ///< lower case
    QSet<QString> plainHeaders; ///< lower case
    /// The places in URL, body template and token endpoint's URL that stay text though they look secret
    /// (SecretPlace::what); remembered for the webhook by save(). Unset: those that are remembered for it.
    std::optional<QSet<QString>> keptAsText{};
    /// By key: what was typed in place of a secret that one of the three refers to.
    QHash<QString, QString> typedSecrets{};
    /// The StoredWebhook::version that the form or file was made from. Where another one is stored by now, save()
    /// stores nothing, and its error's `where` is "version". Unset: whatever is stored is replaced.
    std::optional<qint64> basedOn{};
};

/// A save, import, delete … under way. Exactly one finished(), unless it is destroyed first; deletes itself afterwards.
class EngineJob : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Ends the job, with what it had written taken back; what is already stored stays.
    virtual void cancel() = 0;

    /// At finished(): every problem that kept the job from its end, or the warnings of one that got there. For an
    /// import of several, `field` starts with the place in the list (`[1].name`).
    const Problems &problems() const { return m_problems; }
    /// At finished(): all that was saved, in the order given.
    const QList<Webhook> &webhooks() const { return m_webhooks; }

Q_SIGNALS:
    void waitingForKeychain(); ///< the keychain asks its owner
    /// The webhook as it is now stored (as it was, for a removed one; the first of an import). An error's `where` is
    /// the field, if it is about one.
    void finished(const Tocsin::Result<Tocsin::Webhook> &result);

protected:
    Problems m_problems;
    QList<Webhook> m_webhooks;
};

/// When a removed webhook's secrets go: with it, or (so that the removal can be undone) by Engine::purgeSecrets().
enum class SecretRemoval { Now, Later };

/// Whether an import may take the place of a webhook with the same id or name.
enum class ExistingWebhooks { Refuse, Replace };

/// Whether somebody waits for a check: then the keychain may ask its owner, and that it is locked is a failure.
enum class CheckManner { Asked, Unasked };

/// Everything of a webhook but its request, under way. Exactly one finished(), unless it is destroyed first; deletes
/// itself afterwards.
class WebhookCheckJob : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void cancel() = 0; ///< ends at once, with what was found until then

Q_SIGNALS:
    void waitingForKeychain(); ///< the keychain asks its owner
    void progressed(const Tocsin::WebhookCheckResult &sofar);
    void finished(const Tocsin::WebhookCheckResult &result);
};

class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(const EngineOptions &options, QObject *parent = nullptr);
    /// Keeps secrets in `secrets` rather than where `options` say.
    Engine(const EngineOptions &options, std::unique_ptr<SecretStore> secrets, QObject *parent = nullptr);
    ~Engine() override;

    /// The folder that `options` leads to, with the rules of EngineOptions::profile.
    static QString profileFolder(const QString &option);
    QString profile() const;

    /// Opens the profile, and removes secrets that a process which ended in the midst of a change left in the keychain
    /// (silently, and only while the keychain is unlocked): those of a removed webhook, and of an unfinished Save what
    /// is an hour old.
    void open(QObject *context, Reply<Result<void>> reply);
    bool isOpen() const;

    /// The profile's; as usual before open(). What another process sets shows here, and counts for what is sent from
    /// here, within a second or two; for a test at once.
    const Settings &settings() const;
    /// The places that are remembered for a webhook to stay text: see WebhookInput::keptAsText.
    QSet<QString> keptAsText(const QString &webhookId) const;
    /// Stores the value that `text` says; refuses an unknown key and a bad value.
    void setSetting(const QString &key, const QString &text, QObject *context, Reply<Result<void>> reply);

    Store &store(); ///< answers with an error before open() succeeded
    SecretStore &secrets(); ///< only after open() succeeded

    /// Checks, puts secrets into the keychain, then stores. All or nothing: where the keychain or the database refuses,
    /// what was written is taken back and the reason given. Secrets no longer referred to are removed after success.
    EngineJob *save(const WebhookInput &input);
    /// Several at once, all or none. One without an id that replaces another takes its id.
    EngineJob *importWebhooks(const QList<WebhookInput> &inputs, ExistingWebhooks existing);
    /// Saves a copy named "<name> copy" that has secrets of its own.
    EngineJob *duplicate(const QString &id);
    /// Removes the webhook, then its secrets (the keys `<id>/…` that no other webhook refers to). Where the keychain
    /// refuses that, a warning says so, and a later open() tries again. After Later, save() with the same id undoes it.
    EngineJob *remove(const QString &id, SecretRemoval removal = SecretRemoval::Now);
    EngineJob *purgeSecrets(const QString &id);

    /// One invocation with `event` (the schema's mock where null), on the webhook as it stands; recorded when its id is
    /// stored. Works before open() where nothing refers to a secret.
    InvocationJob *test(const WebhookInput &input, const Json &event = nullptr);

    /// Looks at everything of the webhook but the request, as it stands: its rules, its template for each status that
    /// its filters let through, its secrets, then the way to the target as far as TLS, and a new token where it wants
    /// one. The target is sent nothing. Works before open() where nothing refers to a secret.
    WebhookCheckJob *check(const WebhookInput &input, CheckManner manner = CheckManner::Asked);
    /// By a webhook's id, what the last check of it came to that checked() told of.
    const QHash<QString, WebhookCheckResult> &lastChecks() const;
    /// Checks every active webhook once a day; to be started, and destroyed before the engine.
    std::unique_ptr<CheckSchedule> makeCheckSchedule(const CheckScheduleOptions &options = {});

    /// Opens the profile's deliveries, after open() has succeeded; a second time it answers at once.
    void openOutbox(QObject *context, Reply<Result<void>> reply);
    Outbox &outbox(); ///< only after openOutbox() has been called
    /// To be started, and destroyed before the engine; only after openOutbox() has succeeded.
    std::unique_ptr<Deliverer> makeDeliverer(const DelivererOptions &options = {});

Q_SIGNALS:
    /// A save, an import, a removal … of this engine has ended: webhooks and secrets may be others now.
    void webhooksChanged();
    /// A check of a stored webhook, as it is stored, has ended and was not cancelled.
    void checked(const Tocsin::WebhookCheckResult &result);
    void settingsChanged(); ///< by this process or another one

private:
    EngineJob *watched(EngineJob *job);
    void openSecrets(const Reply<Result<void>> &answer);
    void purgeMarked(QStringList ids, std::function<void()> then);

    std::unique_ptr<struct EngineCore> d;
};

} // namespace Tocsin
