// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs twice: where no keychain service is, and where one has no keyring to put secrets in.
#include "keychainstore.h"
#include "outcome.h"

#include <QDir>
#include <QDirIterator>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestAbsentKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatNoneIsThere_data()
    {
        QTest::addColumn<SecretStore::Prompt>("prompt");
        QTest::newRow("never prompting") << SecretStore::Prompt::Never;
        QTest::newRow("prompting") << SecretStore::Prompt::Allowed;
    }

    void saysThatNoneIsThere()
    {
        QFETCH(const SecretStore::Prompt, prompt);
        KeychainStore store(u"one"_s, prompt);
        QCOMPARE(availabilityOf(store), SecretAvailability::Absent);
        for (const auto &request : allRequests(store, u"a-secret-value"_s)) {
            Ending ending(request());
            const auto outcome = ending.outcome();
            QCOMPARE(outcome.error->kind, SecretError::Kind::Absent);
            QVERIFY2(isOneSentence(outcome.error->message), qPrintable(outcome.error->message));
            QVERIFY(!outcome.error->message.text().contains(u"a-secret-value"_s));
            QCOMPARE(ending.prompts(), 0);
        }
    }

    void writesNothingElsewhere()
    {
        KeychainStore store(u"one"_s, SecretStore::Prompt::Allowed);
        QVERIFY(!outcomeOf(store.write(u"key"_s, u"a-secret-value"_s)).isOk());
        QDirIterator iterator(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (iterator.hasNext()) {
            QFile file(iterator.next());
            QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("a-secret-value"),
                     qPrintable(file.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(TestAbsentKeychain)
#include "tst_absentkeychain.moc"
