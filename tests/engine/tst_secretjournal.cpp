// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretjournal.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestSecretJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isHeldByOneAtATime()
    {
        const QTemporaryDir profile;
        auto journal = SecretJournal::begin(profile.path(), u"w"_s);
        QVERIFY(journal);
        QVERIFY(SecretJournal::begin(profile.path(), u"other"_s));
        for (int i = 0; i < 2; ++i) {
            const auto refused = SecretJournal::begin(profile.path(), u"w"_s);
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.contains("under way"_L1), qPrintable(refused.error().message));
        }
        journal.value().reset();
        QVERIFY(SecretJournal::begin(profile.path(), u"w"_s));
        QDirIterator files(profile.path(), QDir::Files, QDirIterator::Subdirectories);
        QVERIFY(!files.hasNext());
    }

    /// What a process leaves that is killed while it takes it: a file in which nothing stands yet.
    void isFreeAfterAKill()
    {
        const QTemporaryDir profile;
        QDir(profile.path()).mkpath(u"pending-secrets"_s);
        QVERIFY(QFile(profile.filePath(u"pending-secrets/w.pending.lock"_s)).open(QIODevice::WriteOnly));
        const auto journal = SecretJournal::begin(profile.path(), u"w"_s);
        QVERIFY2(journal, journal ? "" : qPrintable(journal.error().message));
        QVERIFY(!SecretJournal::begin(profile.path(), u"w"_s));
    }

    void remembersWhatAnUndoNeeds()
    {
        const QTemporaryDir profile;
        auto one = SecretJournal::begin(profile.path(), u"one"_s);
        auto two = SecretJournal::begin(profile.path(), u"an odd/ id"_s);
        QVERIFY(one.value()->mark({u"one/header/X/1"_s, u"team/key"_s}));
        QVERIFY(two.value()->mark({}));
        QVERIFY(two.value()->mark({u"two/url/7"_s}));
        two.value().reset();
        const QStringList marked = SecretJournal::marked(profile.path());
        QCOMPARE(QSet<QString>(marked.begin(), marked.end()), (QSet<QString>{u"one"_s, u"an odd/ id"_s}));
        QCOMPARE(SecretJournal::neededKeys(profile.path(), {}).size(), 3);
        QCOMPARE(SecretJournal::neededKeys(profile.path(), u"an odd/ id"_s),
                 (QStringList{u"one/header/X/1"_s, u"team/key"_s}));
        one.value()->settle();
        QCOMPARE(SecretJournal::neededKeys(profile.path(), {}), QStringList{u"two/url/7"_s});
    }

    void saysThatAFolderCannotBeMade()
    {
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath(u"profile"_s)).open(QIODevice::WriteOnly));
        const auto refused = SecretJournal::begin(folder.filePath(u"profile"_s), u"w"_s);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains("cannot be written"_L1), qPrintable(refused.error().message));
    }
};

QTEST_GUILESS_MAIN(TestSecretJournal)
#include "tst_secretjournal.moc"
