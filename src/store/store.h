// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "invocation.h"
#include "webhook.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace Tocsin {

/// The last invocation in short, as the Webhooks table shows it.
struct InvocationSummary
{
    QDateTime startedAt;
    Verdict verdict = Verdict::Failed;
    Sentence reason;
    int httpStatus = 0; ///< 0: no answer
    Milliseconds total{0};

    bool operator==(const InvocationSummary &) const = default;
};

struct StoredWebhook
{
    Webhook webhook;
    QDateTime createdAt;
    QDateTime changedAt;
    qint64 version = 0; ///< of the document: another one after each change, and never one that it had before
    std::optional<InvocationSummary> lastInvocation;

    bool operator==(const StoredWebhook &) const = default;
};

/// An integration seen so far, for the filters' choices.
struct KnownIntegration
{
    QString id;
    QString name;
    QString type;

    bool operator==(const KnownIntegration &) const = default;
};

/// The name of a secret's key that a Save has made.
struct MadeSecretKey
{
    QString name;
    QString madeFor; ///< the webhook's id
    QDateTime madeAt;

    bool operator==(const MadeSecretKey &) const = default;
};

/// A profile's database: SQLite in WAL mode on a thread of its own, shared safely with other processes.
/// Make and use it on one thread; replies come there (see Reply). Before open() has succeeded every call answers with
/// its error. A profile that is read-only, full, corrupt or newer is refused in one sentence, and left as it was.
class Store : public QObject
{
    Q_OBJECT

public:
    static constexpr int invocationsKeptPerWebhook = 50;

    /// Whether there is a profile in `folder`; not, whether it can be opened.
    static bool isIn(const QString &folder);

    /// `folder` is made (owner-only) where it does not exist.
    explicit Store(const QString &folder, QObject *parent = nullptr);
    ~Store() override; ///< waits for what was already asked for

    void open(QObject *context, Reply<Result<void>> reply);

    void webhooks(QObject *context, Reply<Result<QList<StoredWebhook>>> reply); ///< by name, without regard to case
    void webhook(const QString &idOrName, QObject *context, Reply<Result<std::optional<StoredWebhook>>> reply);
    /// Adds (empty id: a new UUID unless `webhook.id` was given and is unknown) or replaces. A name that another
    /// webhook has is an error with where = "name". Answers with what is now stored.
    void saveWebhook(const Webhook &webhook, QObject *context, Reply<Result<Webhook>> reply);
    /// All or none, in one transaction. Where a webhook is stored in another version than `basedOn` says for its id,
    /// none is saved: an error with where = "version".
    void saveWebhooks(const QList<Webhook> &webhooks, const QHash<QString, qint64> &basedOn, QObject *context,
                      Reply<Result<QList<Webhook>>> reply);
    void setActive(const QString &id, bool active, QObject *context, Reply<Result<void>> reply);
    void removeWebhook(const QString &id, QObject *context, Reply<Result<void>> reply);

    void addInvocation(const Invocation &invocation, QObject *context, Reply<Result<void>> reply);
    void invocations(const QString &webhookId, QObject *context,
                     Reply<Result<QList<Invocation>>> reply); ///< newest first

    void knownIntegrations(QObject *context, Reply<Result<QList<KnownIntegration>>> reply);
    void rememberIntegration(const KnownIntegration &integration, QObject *context, Reply<Result<void>> reply);

    /// The names of the keys that this profile stored in the keychain.
    void secretKeys(QObject *context, Reply<Result<QStringList>> reply);
    void rememberSecretKey(const QString &key, QObject *context, Reply<Result<void>> reply); ///< that a person chose
    /// Those among them that a Save has made, and those of these that were made before and are not in their webhook's
    /// document (another one may refer to them).
    void madeSecretKeys(QObject *context, Reply<Result<QList<MadeSecretKey>>> reply);
    void staleSecretKeys(const QDateTime &madeBefore, QObject *context, Reply<Result<QList<MadeSecretKey>>> reply);
    /// A name that is there already stays whose it is.
    void rememberSecretKeys(const QList<MadeSecretKey> &keys, QObject *context, Reply<Result<void>> reply);
    /// For the names of new keys; never the same twice.
    void nextSecretNumber(QObject *context, Reply<Result<qint64>> reply);
    void forgetSecretKey(const QString &key, QObject *context, Reply<Result<void>> reply);

    /// A random name of this profile, made once: keeps keys of two profiles apart in one keychain.
    void profileId(QObject *context, Reply<Result<QString>> reply);

    /// What was set for this profile, by key (see setting.h).
    void settings(QObject *context, Reply<Result<QMap<QString, QString>>> reply);
    void saveSetting(const QString &key, const QString &value, QObject *context, Reply<Result<void>> reply);

Q_SIGNALS:
    /// Something changed, by this process or another one.
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
