// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "dispatcher.h"
#include "secretstore.h"
#include "store.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <memory>

namespace Tocsin {

/// What the window and tocsinctl have in common. All members answer on the thread that made the engine.
struct EngineOptions
{
    QString profile; ///< folder; empty: TOCSIN_PROFILE, else the platform's application-data folder
    QString credentialsFolder; ///< empty: CREDENTIALS_DIRECTORY, else the keychain
    SecretStore::Prompt prompt = SecretStore::Prompt::Never;
};

/// A webhook to be saved or tested as a form or a file holds it: literal values stand where secrets will be. Headers
/// named in `secretHeaders` (and those that lookSecret(), unless named in `plainHeaders`) are lifted into the keychain
/// on save.
struct WebhookInput
{
    Webhook webhook;
    QSet<QString> secretHeaders; ///< lower case
    QSet<QString> plainHeaders; ///< lower case
};

/// A save, test, delete … under way. Exactly one finished(); deletes itself afterwards.
class EngineJob : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void cancel() = 0;

Q_SIGNALS:
    void waitingForKeychain(); ///< the keychain asks its owner
    void finished(const Tocsin::Result<Tocsin::Webhook> &result);
};

class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(const EngineOptions &options, QObject *parent = nullptr);
    ~Engine() override;

    /// The folder that `options` leads to, with the rules of EngineOptions::profile.
    static QString profileFolder(const QString &option);

    void open(QObject *context, Reply<Result<void>> reply);

    Store &store();
    SecretStore &secrets();

    /// Checks, puts secrets into the keychain, then stores. All or nothing: where the keychain or the database refuses,
    /// what was written is taken back and the reason given. Secrets no longer referred to are removed after success.
    EngineJob *save(const WebhookInput &input);
    /// Removes the webhook, then its secrets.
    EngineJob *remove(const QString &id);

    /// One invocation with `event` (the schema's mock where null), on the webhook as it stands; recorded when it has an
    /// id.
    InvocationJob *test(const WebhookInput &input, const Json &event = nullptr);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
