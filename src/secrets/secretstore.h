// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "result.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace Tocsin {

/// The state of a place for secrets.
enum class SecretAvailability {
    Available,
    Locked, ///< it is there and asks its owner first
    Absent, ///< no keychain service, or no collection to put secrets in
    Denied ///< access was refused
};

struct SecretError
{
    enum class Kind { NotFound, Locked, Absent, Denied, Failed, Cancelled };
    Kind kind = Kind::Failed;
    Sentence message{}; ///< says what happened and what to do

    bool operator==(const SecretError &) const = default;
};

/// How a request to a store ended. `value` is set by a successful read.
struct SecretOutcome
{
    std::optional<SecretError> error;
    QString value;

    bool isOk() const { return !error.has_value(); }
};

/// A request under way. Ends in exactly one finished(); deletes itself afterwards. Cancelling ends it with
/// SecretError::Cancelled at once (a keychain job underneath is left to end by itself).
class SecretJob : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void cancel() = 0;

Q_SIGNALS:
    void finished(const Tocsin::SecretOutcome &outcome);
    /// The keychain asks its owner; the window shows that it waits.
    void waitingForPrompt();
};

/// A place that keeps secrets. All calls are asynchronous, made and answered on the store's thread (the window's).
/// Keys as SecretText says: 1–128 of letters, digits, `.`, `_`, `-`, `/`.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::SecretStore"};

    /// Whether a locked keychain may put its prompt on the screen (the window), or is answered with Locked (the command
    /// line).
    enum class Prompt { Allowed, Never };

    using QObject::QObject;

    virtual SecretJob *read(const QString &key) = 0;
    virtual SecretJob *write(const QString &key, const QString &value) = 0;
    virtual SecretJob *remove(const QString &key) = 0; ///< removing what is not there succeeds
    virtual void availability(QObject *context, Reply<SecretAvailability> reply) = 0;
    virtual bool isReadOnly() const = 0; ///< the credentials folder
};

/// A sentence for a person: what the state is and what to do about it.
Sentence describe(SecretAvailability availability);

/// The credentials folder where one is named, else the keychain with the keys of the profile (Store::profileId()).
std::unique_ptr<SecretStore> makeSecretStore(const QString &credentialsFolder, const QString &profileId,
                                             SecretStore::Prompt prompt);

} // namespace Tocsin
