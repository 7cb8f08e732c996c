// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Secret Service API 0.2 (https://specifications.freedesktop.org/secret-service-spec/0.2/).
#include "secretservice.h"

#include <QDBusAbstractInterface>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

#include <chrono>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto serviceName = u"org.freedesktop.secrets"_s;
const auto servicePath = u"/org/freedesktop/secrets"_s;
const auto serviceInterface = u"org.freedesktop.Secret.Service"_s;
const auto collectionInterface = u"org.freedesktop.Secret.Collection"_s;
const auto noObject = u"/"_s;
constexpr std::chrono::milliseconds answerTimeout = 10s;

QDBusMessage serviceCall(const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(serviceName, servicePath, serviceInterface, method);
    message.setArguments(arguments);
    return message;
}

KeychainState absent(const Sentence &message)
{
    return {SecretAvailability::Absent, message};
}

KeychainState stateOf(const QDBusError &error)
{
    switch (error.type()) {
    case QDBusError::AccessDenied:
        return {SecretAvailability::Denied, describe(SecretAvailability::Denied)};
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return absent(SecretService::say("The keychain service of this session does not answer: restart it, or sign in "
                                         "again."));
    default:
        return absent(SecretService::say("No keychain service runs in this session: install and start GNOME Keyring or "
                                         "KWallet, or use a credentials folder."));
    }
}

KeychainState noCollection()
{
    return absent(SecretService::say("The keychain service has no default keyring to put secrets in: create one (for "
                                     "example in “Passwords and Keys”), or use a credentials folder."));
}

KeychainState locked()
{
    return {SecretAvailability::Locked, describe(SecretAvailability::Locked)};
}

KeychainState promptClosed()
{
    return {
        SecretAvailability::Denied,
        SecretService::say("The keychain stayed locked because its prompt was closed: do this again and unlock it.")};
}

} // namespace

/// A prompt of the service, by the unique name of its owner (another name would be looked up, and waited for).
class SecretPrompt : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    SecretPrompt(const QString &owner, const QString &path, const QDBusConnection &bus)
        : QDBusAbstractInterface(owner, path, "org.freedesktop.Secret.Prompt", bus, nullptr)
    {
    }

    /// The call that puts it on the screen.
    QDBusMessage showing() const
    {
        auto message = QDBusMessage::createMethodCall(service(), path(), interface(), u"Prompt"_s);
        message.setArguments({QString()}); // no window of ours is told
        return message;
    }

Q_SIGNALS:
    void Completed(bool dismissed, const QDBusVariant &result);
};

struct SecretService::Private : public QObject
{
    /// Calls and hands on the reply.
    void call(const QDBusMessage &message, std::function<void(QDBusPendingCallWatcher &)> then)
    {
        auto *watcher =
            new QDBusPendingCallWatcher(bus.asyncCall(message, static_cast<int>(answerTimeout.count())), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, then = std::move(then)] {
            watcher->deleteLater();
            then(*watcher);
        });
    }

    void findCollection(std::function<void(const QString &path)> found, Answer failed)
    {
        if (!bus.isConnected()) {
            QMetaObject::invokeMethod(
                this,
                [failed = std::move(failed)] {
                    failed(
                        absent(SecretService::say("There is no keychain because no D-Bus session runs: start Tocsin in "
                                                  "a desktop session, or use a credentials folder.")));
                },
                Qt::QueuedConnection);
            return;
        }
        call(serviceCall(u"ReadAlias"_s, {u"default"_s}),
             [found = std::move(found), failed = std::move(failed)](QDBusPendingCallWatcher &watcher) {
                 const QDBusPendingReply<QDBusObjectPath> reply = watcher;
                 if (reply.isError()) {
                     failed(stateOf(reply.error()));
                 } else if (reply.value().path() == noObject) {
                     failed(noCollection());
                 } else {
                     found(reply.value().path());
                 }
             });
    }

    void askCollection(const QString &path, Answer answer)
    {
        auto message =
            QDBusMessage::createMethodCall(serviceName, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        message.setArguments({collectionInterface, u"Locked"_s});
        call(message, [answer = std::move(answer)](QDBusPendingCallWatcher &watcher) {
            const QDBusPendingReply<QDBusVariant> reply = watcher;
            if (!reply.isError()) {
                answer(reply.value().variant().toBool() ? locked() : KeychainState{});
            } else if (reply.error().type() == QDBusError::UnknownObject
                       || reply.error().type() == QDBusError::UnknownMethod) {
                answer(noCollection());
            } else {
                answer(stateOf(reply.error()));
            }
        });
    }

    void unlockCollection(const QString &path)
    {
        const QVariant paths = QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(path)});
        call(serviceCall(u"Unlock"_s, {paths}), [this, path](QDBusPendingCallWatcher &watcher) {
            const QDBusPendingReply<QList<QDBusObjectPath>, QDBusObjectPath> reply = watcher;
            if (reply.isError()) {
                end(stateOf(reply.error()));
            } else if (reply.argumentAt<1>().path() == noObject) {
                askCollection(path, [this](const KeychainState &state) { end(state); });
            } else {
                findOwner(path, reply.argumentAt<1>().path());
            }
        });
    }

    /// A reply's own sender would do, if Qt 6.8 told of it.
    void findOwner(const QString &collection, const QString &path)
    {
        auto message = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                      u"org.freedesktop.DBus"_s, u"GetNameOwner"_s);
        message.setArguments({serviceName});
        call(message, [this, collection, path](QDBusPendingCallWatcher &watcher) {
            const QDBusPendingReply<QString> reply = watcher;
            if (reply.isError()) {
                end(stateOf(reply.error()));
            } else {
                show(collection, path, reply.value());
            }
        });
    }

    void show(const QString &collection, const QString &path, const QString &owner)
    {
        prompt = std::make_unique<SecretPrompt>(owner, path, bus);
        connect(prompt.get(), &SecretPrompt::Completed, this, [this, collection] {
            // a prompt that was closed does not matter where the keyring was unlocked some other way meanwhile
            askCollection(collection, [this](const KeychainState &state) {
                end(state.availability == SecretAvailability::Locked ? promptClosed() : state);
            });
        });
        call(prompt->showing(), [this, shown = QPointer<SecretPrompt>(prompt.get())](QDBusPendingCallWatcher &watcher) {
            const bool isSlow = watcher.error().type() == QDBusError::NoReply; // answers when it is closed, perhaps
            if (watcher.isError() && !isSlow && shown && shown == prompt.get()) {
                end(promptClosed());
            }
        });
    }

    void end(const KeychainState &state)
    {
        if (prompt) {
            prompt.release()->deleteLater(); // this may be its signal
        }
        if (const auto answer = std::exchange(unlockAnswer, {})) {
            answer(state);
        }
    }

    QDBusConnection bus = QDBusConnection::sessionBus();
    QDBusServiceWatcher serviceWatcher;
    Answer unlockAnswer;
    std::unique_ptr<SecretPrompt> prompt; ///< null where none is on the screen
};

SecretService::SecretService(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    qDBusRegisterMetaType<QList<QDBusObjectPath>>();
    if (!d->bus.isConnected()) {
        return;
    }
    d->serviceWatcher.setConnection(d->bus);
    d->serviceWatcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    d->serviceWatcher.addWatchedService(serviceName);
    connect(&d->serviceWatcher, &QDBusServiceWatcher::serviceUnregistered, d.get(), [this] {
        d->end(absent(say("The keychain service ended while it was asked to unlock: start it, and do this again.")));
    });
}

SecretService::~SecretService() = default;

void SecretService::ask(Answer answer)
{
    d->findCollection([this, answer](const QString &path) { d->askCollection(path, answer); }, answer);
}

void SecretService::unlock(Answer answer)
{
    d->unlockAnswer = std::move(answer);
    d->findCollection([this](const QString &path) { d->unlockCollection(path); },
                      [this](const KeychainState &state) { d->end(state); });
}

} // namespace Tocsin

#include "secretservice_dbus.moc"
