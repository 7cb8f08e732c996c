// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentialsfolderstore.h"
#include "outcome.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestCredentialsFolderStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_store = makeSecretStore(m_folder->path(), u"profile"_s, SecretStore::Prompt::Never);
    }

    void isOnlyRead()
    {
        QVERIFY(m_store->isReadOnly());
        put(u"key"_s, "value");
        for (auto *job : {m_store->write(u"key"_s, u"other-value"_s), m_store->remove(u"key"_s)}) {
            connect(job, &SecretJob::finished, this, [this](const SecretOutcome &outcome) { m_refusals << outcome; });
        }
        QTRY_COMPARE(m_refusals.size(), 2);
        for (const auto &outcome : std::as_const(m_refusals)) {
            QCOMPARE(outcome.error->kind, SecretError::Kind::Failed);
            QVERIFY(outcome.error->message.text().contains(u"only read"_s));
            QVERIFY(outcome.error->message.text().contains(m_folder->path()));
            QVERIFY(!outcome.error->message.text().contains(u"other-value"_s));
            QVERIFY(isOneSentence(outcome.error->message));
        }
        QCOMPARE(outcomeOf(m_store->read(u"key"_s)).value, u"value"_s);
    }

    void readsTheValue_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << "value"_ba << u"value"_s;
        QTest::newRow("one newline goes") << "value\n"_ba << u"value"_s;
        QTest::newRow("only one newline goes") << "value\n\n"_ba << u"value\n"_s;
        QTest::newRow("a carriage return stays") << "value\r\n"_ba << u"value\r"_s;
        QTest::newRow("spaces stay") << " value \n"_ba << u" value "_s;
        QTest::newRow("lines stay") << "a\nb\n"_ba << u"a\nb"_s;
        QTest::newRow("emoji") << QByteArray("🔔 größer") << u"🔔 größer"_s;
        QTest::newRow("empty") << ""_ba << u""_s;
        QTest::newRow("newline") << "\n"_ba << u""_s;
        QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'x') << QString(1024 * 1024, u'x');
    }

    void readsTheValue()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, value);
        put(u"key"_s, content);
        const auto outcome = outcomeOf(m_store->read(u"key"_s));
        QVERIFY(outcome.isOk());
        QCOMPARE(outcome.value, value);
    }

    void writesSlashesAsDots()
    {
        put(u"6f1c.header.DD-API-KEY"_s, "value");
        QCOMPARE(outcomeOf(m_store->read(u"6f1c/header/DD-API-KEY"_s)).value, u"value"_s);
    }

    void neverLeavesItsFolder()
    {
        put(u"outside"_s, "value");
        QVERIFY(QDir(m_folder->path()).mkdir(u"inside"_s, QFile::ReadOwner | QFile::ExeOwner));
        CredentialsFolderStore inside(m_folder->filePath(u"inside"_s));
        QCOMPARE(errorOf(inside.read(u"../outside"_s)), SecretError::Kind::NotFound);
    }

    void refusesAFileThatOthersMayRead_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("refused");
        for (const int mode : {0600, 0400, 0700}) {
            QTest::addRow("%04o is taken", static_cast<unsigned>(mode)) << mode << false;
        }
        for (const int mode : {0640, 0604, 0644, 0620, 0610, 0601, 0666, 0440}) {
            QTest::addRow("%04o is refused", static_cast<unsigned>(mode)) << mode << true;
        }
    }

    void refusesAFileThatOthersMayRead()
    {
        QFETCH(const int, mode);
        QFETCH(const bool, refused);
        put(u"key"_s, "the-value", static_cast<mode_t>(mode));
        const auto outcome = outcomeOf(m_store->read(u"key"_s));
        QCOMPARE(!outcome.isOk(), refused);
        if (refused) {
            QCOMPARE(outcome.error->kind, SecretError::Kind::Denied);
            QVERIFY(outcome.error->message.text().contains(u"0600"_s));
            QVERIFY(outcome.error->message.text().contains(m_folder->filePath(u"key"_s)));
            QVERIFY(!outcome.error->message.text().contains(u"the-value"_s));
            QVERIFY(outcome.value.isEmpty());
        }
    }

    void readsWhatAListGivesToUsAlone_data()
    {
        QTest::addColumn<quint32>("user");
        QTest::addColumn<bool>("refused");
        QTest::newRow("to this user") << static_cast<quint32>(::geteuid()) << false;
        QTest::newRow("to another user") << static_cast<quint32>(::geteuid() + 4242) << true;
    }

    void readsWhatAListGivesToUsAlone()
    {
        QFETCH(const quint32, user);
        QFETCH(const bool, refused);
        put(u"key"_s, "value", 0400);
        const QByteArray list = accessList(user);
        const QByteArray path = QFile::encodeName(m_folder->filePath(u"key"_s));
        if (::setxattr(path.constData(), "system.posix_acl_access", list.constData(), static_cast<size_t>(list.size()),
                       0)
            != 0) {
            QCOMPARE(errno, EOPNOTSUPP); // then no list can be there to be read
            return;
        }
        struct stat status = {};
        QCOMPARE(::stat(path.constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0440u); // the list's mask, where others see the group's permissions
        QCOMPARE(!outcomeOf(m_store->read(u"key"_s)).isOk(), refused);
    }

    void refusesAFolderThatOthersMayWriteTo_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("refused");
        for (const int mode : {0700, 0500, 0755, 0750, 0711, 0550}) { // files are judged by themselves
            QTest::addRow("%04o is taken", static_cast<unsigned>(mode)) << mode << false;
        }
        for (const int mode : {0770, 0707, 0777, 01777, 0720, 0702}) {
            QTest::addRow("%04o is refused", static_cast<unsigned>(mode)) << mode << true;
        }
    }

    void refusesAFolderThatOthersMayWriteTo()
    {
        QFETCH(const int, mode);
        QFETCH(const bool, refused);
        put(u"key"_s, "the-value");
        QCOMPARE(::chmod(folderName().constData(), static_cast<mode_t>(mode)), 0);
        const auto outcome = outcomeOf(m_store->read(u"key"_s));
        QCOMPARE(outcome.isOk(), !refused);
        QCOMPARE(availabilityOf(*m_store), refused ? SecretAvailability::Denied : SecretAvailability::Available);
        if (refused) {
            QCOMPARE(outcome.error->kind, SecretError::Kind::Denied);
            QCOMPARE(outcome.error->message,
                     QString("Others may write to the credentials folder "_L1 % m_folder->path()
                             % ": give it the mode 0700 (chmod 700)."_L1));
        }
        QCOMPARE(::chmod(folderName().constData(), 0700), 0); // so that it can be removed
    }

    /// As systemd has it for a service's user (LoadCredential=): root's folder of the mode 0500, with a list.
    void readsFromAFolderThatAListGivesToUsAlone_data() { readsWhatAListGivesToUsAlone_data(); }

    void readsFromAFolderThatAListGivesToUsAlone()
    {
        QFETCH(const quint32, user);
        QFETCH(const bool, refused);
        put(u"key"_s, "value", 0400);
        const QByteArray list = accessList(user, 7); // who may write
        if (::setxattr(folderName().constData(), "system.posix_acl_access", list.constData(),
                       static_cast<size_t>(list.size()), 0)
            != 0) {
            QCOMPARE(errno, EOPNOTSUPP);
            return;
        }
        struct stat status = {};
        QCOMPARE(::stat(folderName().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0770u);
        QCOMPARE(!outcomeOf(m_store->read(u"key"_s)).isOk(), refused);
    }

    void refusesAFolderOfAnotherUser()
    {
        put(u"key"_s, "value");
        if (::geteuid() != 0) {
            return; // only root can give folders away
        }
        QCOMPARE(::chown(folderName().constData(), 4242, 4242), 0);
        const auto outcome = outcomeOf(m_store->read(u"key"_s));
        QCOMPARE(outcome.error->kind, SecretError::Kind::Denied);
        QVERIFY(outcome.error->message.text().contains(m_folder->path() + " belongs to another user"_L1));
        QCOMPARE(availabilityOf(*m_store), SecretAvailability::Denied);
    }

    void refusesAFileOfAnotherUser()
    {
        put(u"key"_s, "value");
        if (::geteuid() != 0) {
            return; // only root can give files away
        }
        QCOMPARE(::chown(QFile::encodeName(m_folder->filePath(u"key"_s)).constData(), 4242, 4242), 0);
        const auto outcome = outcomeOf(m_store->read(u"key"_s));
        QCOMPARE(outcome.error->kind, SecretError::Kind::Denied);
        QVERIFY(outcome.error->message.text().contains(u"another user"_s));
    }

    void refusesWhatIsNoTextFile_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<SecretError::Kind>("kind");
        QTest::newRow("missing") << u"missing"_s << SecretError::Kind::NotFound;
        QTest::newRow("folder") << u"folder"_s << SecretError::Kind::Failed;
        QTest::newRow("pipe") << u"pipe"_s << SecretError::Kind::Failed;
        QTest::newRow("dots") << u".."_s << SecretError::Kind::Failed;
        QTest::newRow("not UTF-8") << u"latin1"_s << SecretError::Kind::Failed;
        QTest::newRow("cut UTF-8") << u"cut"_s << SecretError::Kind::Failed;
        QTest::newRow("too large") << u"large"_s << SecretError::Kind::Failed;
    }

    void refusesWhatIsNoTextFile()
    {
        QFETCH(const QString, key);
        QFETCH(const SecretError::Kind, kind);
        QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
        QCOMPARE(::mkfifo(QFile::encodeName(m_folder->filePath(u"pipe"_s)).constData(), 0600), 0);
        put(u"latin1"_s,
            "gr\xf6\xdf"
            "er");
        put(u"cut"_s, "gr\xc3");
        put(u"large"_s, QByteArray(1024 * 1024 + 1, 'x'));
        const auto outcome = outcomeOf(m_store->read(key));
        QCOMPARE(outcome.error->kind, kind);
        const QString message = QString(outcome.error->message).remove(m_folder->filePath(key));
        QVERIFY2(isOneSentence(message), qPrintable(message));
    }

    void saysWhetherTheFolderIsThere()
    {
        QCOMPARE(availabilityOf(*m_store), SecretAvailability::Available);
        CredentialsFolderStore missing(m_folder->filePath(u"missing"_s));
        QCOMPARE(availabilityOf(missing), SecretAvailability::Absent);
        QCOMPARE(errorOf(missing.read(u"key"_s)), SecretError::Kind::Absent);
        put(u"file"_s, "");
        CredentialsFolderStore file(m_folder->filePath(u"file"_s));
        QCOMPARE(availabilityOf(file), SecretAvailability::Absent);
    }

    void aCancelledJobEndsOnce()
    {
        put(u"key"_s, "value");
        auto *job = m_store->read(u"key"_s);
        Ending ending(job);
        job->cancel();
        job->cancel();
        QCOMPARE(ending.count(), 1);
        QCOMPARE(ending.outcome().error->kind, SecretError::Kind::Cancelled);
        QTRY_VERIFY(ending.isGone());
        QCOMPARE(ending.count(), 1);
    }

    void theStoreMayGoWhileJobsRun()
    {
        Ending ending(m_store->read(u"key"_s));
        m_store.reset();
        QCOMPARE(ending.count(), 1);
        QCOMPARE(ending.outcome().error->kind, SecretError::Kind::Cancelled);
    }

private:
    void put(const QString &name, const QByteArray &content, mode_t mode = 0600)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        file.close();
        QCOMPARE(::chmod(QFile::encodeName(file.fileName()).constData(), mode), 0);
    }

    QByteArray folderName() const { return QFile::encodeName(m_folder->path()); }

    /// user::r--, user:<user>:r--, group::---, mask::r--, other::---, as the kernel takes it (version 2); 5 for r-x.
    static QByteArray accessList(quint32 user, quint16 permissions = 4)
    {
        struct Entry
        {
            quint16 tag;
            quint16 permissions;
            quint32 id;
        };
        constexpr quint32 nobody = 0xffffffff;
        QByteArray list;
        const auto append = [&list](auto number) {
            const auto bytes = qToLittleEndian(number);
            list.append(reinterpret_cast<const char *>(&bytes), sizeof bytes);
        };
        append(quint32{2});
        for (const Entry &entry : {Entry{0x01, permissions, nobody}, Entry{0x02, permissions, user},
                                   Entry{0x04, 0, nobody}, Entry{0x10, permissions, nobody}, Entry{0x20, 0, nobody}}) {
            append(entry.tag);
            append(entry.permissions);
            append(entry.id);
        }
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SecretStore> m_store;
    QList<SecretOutcome> m_refusals;
};

QTEST_GUILESS_MAIN(TestCredentialsFolderStore)
#include "tst_credentialsfolderstore.moc"
