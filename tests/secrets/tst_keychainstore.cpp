// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keychainstore.h"
#include "outcome.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto key = u"6f1c0b1e-2f0a-4a55-9d0e-0d9d0f0b5b11/header/DD-API-KEY"_s;

/// What another program of this session finds under an attribute.
QByteArray foundByOthers(const QString &user)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"tocsin"_s, u"user"_s, user});
    tool.waitForFinished();
    return tool.readAllStandardOutput();
}

} // namespace

class TestKeychainStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAvailable()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        QCOMPARE(availabilityOf(store), SecretAvailability::Available);
        QVERIFY(!store.isReadOnly());
    }

    void keepsAnyText_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << u"0123456789abcdef"_s;
        QTest::newRow("lines") << u"-----BEGIN PRIVATE KEY-----\nMIIE\r\n\n-----END PRIVATE KEY-----\n"_s;
        QTest::newRow("spaces around") << u"  a b\t"_s;
        QTest::newRow("emoji") << u"🔔 größer \u202e 漢字"_s;
        QTest::newRow("a reference") << u"${secret:other} $${"_s;
        QTest::newRow("100 kB") << u"0123456789"_s.repeated(10'000);
        QTest::newRow("empty") << u""_s;
    }

    void keepsAnyText()
    {
        QFETCH(const QString, value);
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        QVERIFY(outcomeOf(store.write(key, value)).isOk());
        const auto outcome = outcomeOf(store.read(key));
        QVERIFY(outcome.isOk());
        QCOMPARE(outcome.value, value);
        QVERIFY(outcomeOf(store.remove(key)).isOk());
        QCOMPARE(errorOf(store.read(key)), SecretError::Kind::NotFound);
    }

    void refusesWhatItCannotKeepWhole()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        const auto outcome = outcomeOf(store.write(key, u"before\0after"_s));
        QCOMPARE(outcome.error->kind, SecretError::Kind::Failed);
        QVERIFY(isOneSentence(outcome.error->message));
        QVERIFY(!outcome.error->message.text().contains(u"before"_s));
        QCOMPARE(errorOf(store.read(key)), SecretError::Kind::NotFound);
    }

    void aSecondWriteReplaces()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        QVERIFY(outcomeOf(store.write(key, u"old"_s)).isOk());
        QVERIFY(outcomeOf(store.write(key, u"new"_s)).isOk());
        QCOMPARE(outcomeOf(store.read(key)).value, u"new"_s);
        QVERIFY(outcomeOf(store.remove(key)).isOk());
        QCOMPARE(errorOf(store.read(key)), SecretError::Kind::NotFound);
    }

    void removingWhatIsNotThereSucceeds()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        QVERIFY(outcomeOf(store.remove(u"never/there"_s)).isOk());
    }

    void saysWhatIsMissing()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        const auto outcome = outcomeOf(store.read(u"never/there"_s));
        QCOMPARE(outcome.error->kind, SecretError::Kind::NotFound);
        QVERIFY(outcome.error->message.text().contains(u"“never/there”"_s));
        QVERIFY(isOneSentence(outcome.error->message));
    }

    void theKeysOfTwoProfilesNeverMeet()
    {
        KeychainStore one(u"one"_s, SecretStore::Prompt::Never);
        KeychainStore two(u"two"_s, SecretStore::Prompt::Never);
        QVERIFY(outcomeOf(one.write(key, u"of one"_s)).isOk());
        QCOMPARE(errorOf(two.read(key)), SecretError::Kind::NotFound);
        QVERIFY(outcomeOf(two.write(key, u"of two"_s)).isOk());
        QVERIFY(outcomeOf(two.remove(key)).isOk());
        QCOMPARE(outcomeOf(one.read(key)).value, u"of one"_s);
        QCOMPARE(foundByOthers(u"one:"_s + key), "of one"_ba);
        QVERIFY(outcomeOf(one.remove(key)).isOk());
    }

    void runsManyAtOnceInOrder()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        std::vector<std::unique_ptr<Ending>> endings;
        for (int i = 0; i < 20; ++i) {
            endings.push_back(std::make_unique<Ending>(store.write(u"many/%1"_s.arg(i), QString::number(i))));
            endings.push_back(std::make_unique<Ending>(store.read(u"many/%1"_s.arg(i))));
        }
        for (std::size_t i = 0; i < endings.size(); ++i) {
            const auto outcome = endings[i]->outcome();
            QVERIFY(outcome.isOk());
            QCOMPARE(outcome.value, i % 2 == 1 ? QString::number(i / 2) : QString());
        }
    }

    void aCancelledJobEndsOnceAtOnce_data()
    {
        QTest::addColumn<int>("turns");
        for (const int turns : {0, 1, 2, 3, 5, 8}) {
            QTest::addRow("after %d turns of the event loop", turns) << turns;
        }
    }

    void aCancelledJobEndsOnceAtOnce()
    {
        QFETCH(const int, turns);
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        auto *job = store.write(u"cancelled"_s, u"value"_s);
        Ending ending(job);
        for (int i = 0; i < turns && ending.count() == 0; ++i) {
            QCoreApplication::processEvents();
        }
        if (ending.count() == 0) {
            job->cancel();
            QCOMPARE(ending.count(), 1);
            QCOMPARE(ending.outcome().error->kind, SecretError::Kind::Cancelled);
            job->cancel();
        }
        QTRY_VERIFY(ending.isGone());
        QVERIFY(outcomeOf(store.remove(u"cancelled"_s)).isOk()); // comes after the job left to itself
        QCOMPARE(ending.count(), 1);
    }

    void aJobMayBeDestroyed()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        for (int turns = 0; turns < 8; ++turns) {
            const QPointer<SecretJob> job = store.write(u"destroyed"_s, u"value"_s);
            for (int i = 0; i < turns && job; ++i) {
                QCoreApplication::processEvents();
            }
            delete job.data();
        }
        QVERIFY(outcomeOf(store.remove(u"destroyed"_s)).isOk());
        QCOMPARE(errorOf(store.read(u"destroyed"_s)), SecretError::Kind::NotFound);
    }

    void theStoreMayGoWhileJobsRun()
    {
        auto store = std::make_unique<KeychainStore>(u"one"_s, SecretStore::Prompt::Never);
        Ending first(store->write(u"left"_s, u"value"_s));
        QCoreApplication::processEvents();
        Ending second(store->read(u"left"_s));
        store.reset();
        QCOMPARE(first.count(), 1);
        QCOMPARE(second.count(), 1);
        QCOMPARE(second.outcome().error->kind, SecretError::Kind::Cancelled);
        KeychainStore other(u"one"_s, SecretStore::Prompt::Never);
        QVERIFY(outcomeOf(other.remove(u"left"_s)).isOk());
    }

    void writesNoPlainText()
    {
        const auto secret = u"correct-horse-battery-staple"_s;
        KeychainStore store(u"one"_s, SecretStore::Prompt::Never);
        QVERIFY(outcomeOf(store.write(key, secret)).isOk());
        int files = 0;
        QDirIterator iterator(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (iterator.hasNext()) {
            QFile file(iterator.next());
            if (file.open(QIODevice::ReadOnly)) {
                ++files;
                QVERIFY2(!file.readAll().contains(secret.toUtf8()), qPrintable(file.fileName()));
            }
        }
        QVERIFY(files > 0); // the keyring's own at least
        QVERIFY(outcomeOf(store.remove(key)).isOk());
    }
};

QTEST_GUILESS_MAIN(TestKeychainStore)
#include "tst_keychainstore.moc"
