// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstore.h"
#include "outcome.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// Stands in for the program that puts the keyring's prompt on the screen, and leaves everybody waiting.
class SilentPrompter : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public:
    int begun() const { return m_begun; }

    /// Closes the prompt, as a person does.
    void close()
    {
        auto call = QDBusMessage::createMethodCall(m_client, m_callback,
                                                   u"org.gnome.keyring.internal.Prompter.Callback"_s, u"PromptDone"_s);
        QDBusConnection::sessionBus().send(call);
    }

public Q_SLOTS:
    void BeginPrompting(const QDBusObjectPath &callback)
    {
        ++m_begun;
        m_client = message().service();
        m_callback = callback.path();
    }
    void StopPrompting(const QDBusObjectPath &) { }

private:
    int m_begun = 0;
    QString m_client;
    QString m_callback;
};

class TestLockedKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLocked()
    {
        for (const auto prompt : {SecretStore::Prompt::Never, SecretStore::Prompt::Allowed}) {
            KeychainStore store(u"one"_s, prompt);
            QCOMPARE(availabilityOf(store), SecretAvailability::Locked);
        }
    }

    void saysLockedRatherThanPrompting()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        for (const auto &request : allRequests(store, u"value"_s)) {
            Ending ending(request());
            const auto outcome = ending.outcome();
            QCOMPARE(outcome.error->kind, SecretError::Kind::Locked);
            QVERIFY(isOneSentence(outcome.error->message));
            QCOMPARE(ending.prompts(), 0);
        }
    }

    void aPromptThatCannotBeShownIsARefusal()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Allowed);
        Ending ending(store.write(u"key"_s, u"value"_s));
        const auto outcome = ending.outcome();
        QCOMPARE(outcome.error->kind, SecretError::Kind::Denied);
        QVERIFY(isOneSentence(outcome.error->message));
        QCOMPARE(ending.prompts(), 1);
    }

    void aClosedPromptIsARefusal()
    {
        SilentPrompter prompter;
        const auto presence = present(prompter);
        KeychainStore store(u"one"_s, SecretStore::Prompt::Allowed);
        Ending first(store.read(u"key"_s));
        Ending second(store.write(u"key"_s, u"value"_s));
        QTRY_COMPARE(prompter.begun(), 1);
        QCOMPARE(first.prompts() + second.prompts(), 2);
        prompter.close();
        QCOMPARE(first.outcome().error->kind, SecretError::Kind::Denied);
        QCOMPARE(second.outcome().error->kind, SecretError::Kind::Denied);
        QCOMPARE(prompter.begun(), 1); // one prompt for both
    }

    void whoCancelsIsNotHeldUpByThePrompt()
    {
        SilentPrompter prompter;
        const auto presence = present(prompter);
        KeychainStore store(u"one"_s, SecretStore::Prompt::Allowed);
        auto *firstJob = store.read(u"key"_s);
        auto *secondJob = store.read(u"key"_s);
        Ending first(firstJob);
        Ending second(secondJob);
        QTRY_COMPARE(prompter.begun(), 1);
        firstJob->cancel();
        QCOMPARE(first.outcome().error->kind, SecretError::Kind::Cancelled);
        QCOMPARE(second.count(), 0);
        secondJob->cancel();
        QCOMPARE(second.outcome().error->kind, SecretError::Kind::Cancelled);
        Ending third(store.read(u"key"_s)); // waits for the prompt that is still there
        QTRY_COMPARE(third.prompts(), 1);
        prompter.close();
        QCOMPARE(third.outcome().error->kind, SecretError::Kind::Denied);
        QCOMPARE(prompter.begun(), 1);
        QCOMPARE(availabilityOf(store), SecretAvailability::Locked); // its service lives on
    }

    void theStoreMayGoWhileItWaits()
    {
        SilentPrompter prompter;
        const auto presence = present(prompter);
        auto store = std::make_unique<KeychainStore>(u"one"_s, SecretStore::Prompt::Allowed);
        Ending ending(store->read(u"key"_s));
        QTRY_COMPARE(prompter.begun(), 1);
        store.reset();
        QCOMPARE(ending.count(), 1);
        QCOMPARE(ending.outcome().error->kind, SecretError::Kind::Cancelled);
        prompter.close();
        KeychainStore other(u"one"_s, SecretStore::Prompt::Never);
        QCOMPARE(availabilityOf(other), SecretAvailability::Locked);
    }

    void goesOnOnceItIsUnlocked()
    {
        SilentPrompter prompter;
        const auto presence = present(prompter);
        KeychainStore store(u"one"_s, SecretStore::Prompt::Allowed);
        Ending write(store.write(u"key"_s, u"value"_s));
        Ending read(store.read(u"key"_s));
        QTRY_COMPARE(prompter.begun(), 1);
        QVERIFY(unlockOtherwise());
        prompter.close();
        QVERIFY(write.outcome().isOk());
        QCOMPARE(read.outcome().value, u"value"_s);
        QCOMPARE(availabilityOf(store), SecretAvailability::Available);
    }

private:
    /// Unlocks the keyring as a sign-in does, with the password that it was made with.
    static bool unlockOtherwise()
    {
        const auto name = u"org.freedesktop.secrets"_s;
        const auto path = u"/org/freedesktop/secrets"_s;
        auto open = QDBusMessage::createMethodCall(name, path, u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s);
        open.setArguments({u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
        const auto opened = QDBusConnection::sessionBus().call(open);
        auto unlock = QDBusMessage::createMethodCall(
            name, path, u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s, u"UnlockWithMasterPassword"_s);
        QDBusArgument secret;
        secret.beginStructure();
        secret << opened.arguments().value(1).value<QDBusObjectPath>() << QByteArray() << QByteArray("a password")
               << u"text/plain"_s;
        secret.endStructure();
        unlock.setArguments(
            {QVariant::fromValue(QDBusObjectPath(path + u"/collection/login"_s)), QVariant::fromValue(secret)});
        return QDBusConnection::sessionBus().call(unlock).type() == QDBusMessage::ReplyMessage;
    }

    /// The prompter's name on the bus, for as long as the value lives.
    static std::shared_ptr<void> present(SilentPrompter &prompter)
    {
        const auto path = u"/org/gnome/keyring/Prompter"_s;
        const auto name = u"org.gnome.keyring.SystemPrompter"_s;
        QDBusConnection::sessionBus().registerObject(path, &prompter, QDBusConnection::ExportAllSlots);
        QDBusConnection::sessionBus().registerService(name);
        return {nullptr, [path, name](void *) {
                    QDBusConnection::sessionBus().unregisterService(name);
                    QDBusConnection::sessionBus().unregisterObject(path);
                }};
    }
};

QTEST_GUILESS_MAIN(TestLockedKeychain)
#include "tst_lockedkeychain.moc"
