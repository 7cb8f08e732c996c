// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Started with arguments, this program is its own other process: `--child readonly|full FOLDER` tries to use a profile
// under that condition and prints what the store says.
#include "asking.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <csignal>

#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr uid_t nobody = 65534;

/// Gives up the right to write everywhere.
bool becomeNobody()
{
    return ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(nobody) == 0 && ::setuid(nobody) == 0);
}

/// From now on no file may grow beyond `size` bytes, which is how a full disk looks to a process.
bool limitFiles(rlim_t size)
{
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{size, size};
    return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

QString said(const auto &result)
{
    return result ? u"ok"_s : result.error().message;
}

int child(const QStringList &arguments)
{
    const QString &condition = arguments[2];
    Store store(arguments[3]);
    QStringList lines;
    if (condition == u"readonly"_s) {
        if (!becomeNobody()) {
            return 1;
        }
        lines << said(openStore(store));
    } else if (condition == u"full"_s) {
        if (!limitFiles(0)) {
            return 1;
        }
        lines << said(openStore(store));
    } else if (condition == u"fills"_s) {
        lines << said(openStore(store)) << said(save(store, webhookNamed(u"before"_s)));
        constexpr rlim_t kilobytes = 256 * 1024;
        if (!limitFiles(kilobytes)) {
            return 1;
        }
        auto large = webhookNamed(u"large"_s);
        large.bodyTemplate = u"{\"text\": \"%1\"}"_s.arg(QString(1024 * 1024, u'x'));
        lines << said(save(store, large)) << QString::number(webhooksOf(store)->size())
              << said(save(store, webhookNamed(u"after"_s)));
    }
    QTextStream(stdout) << lines.join(u'\n') << Qt::endl;
    return 0;
}

QStringList runChild(const QString &condition, const QString &folder)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {u"--child"_s, condition, folder});
    process.waitForFinished(60'000);
    return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

/// Everything about a folder that could change: names, modes, contents.
QStringList pictureOf(const QString &folder)
{
    QStringList picture;
    for (const auto &info :
         QDir(folder).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name)) {
        QFile file(info.filePath());
        QByteArray content;
        if (info.isFile() && file.open(QIODevice::ReadOnly)) {
            content = file.readAll();
        }
        picture << info.fileName() + u' ' + QString::number(info.permissions().toInt(), 16) + u' '
                + QString::number(info.lastModified().toMSecsSinceEpoch()) + u' '
                + QString::fromLatin1(content.toHex());
    }
    return picture;
}

} // namespace

class TestStoreFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // not in the test's own home, where another user may not go
        m_folder = std::make_unique<QTemporaryDir>(u"/tmp/tocsin-failures-XXXXXX"_s);
        QVERIFY(m_folder->isValid());
        QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    }

    void refusesWhatIsNoProfile_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("words");
        QTest::newRow("text") << u"text"_s << u"is not a database"_s;
        QTest::newRow("short text") << u"short"_s << u"is not a database"_s;
        QTest::newRow("zeros") << u"zeros"_s << u"is not a database"_s;
        QTest::newRow("a folder") << u"folder"_s << u"is not a file"_s;
        QTest::newRow("newer") << u"newer"_s << u"newer version of Tocsin"_s;
        QTest::newRow("newer, its log left behind") << u"newer log"_s << u"newer version of Tocsin"_s;
        QTest::newRow("another program's") << u"other"_s << u"another program"_s;
        QTest::newRow("another program's, unnumbered") << u"other unnumbered"_s << u"another program"_s;
        QTest::newRow("cut") << u"cut"_s << u"damaged"_s;
        QTest::newRow("overwritten") << u"overwritten"_s << u"damaged"_s;
    }

    void refusesWhatIsNoProfile()
    {
        QFETCH(const QString, what);
        QFETCH(const QString, words);
        make(what);
        const auto before = pictureOf(m_folder->path());
        {
            Store store(m_folder->path());
            const auto opened = openStore(store);
            QVERIFY(!opened.isOk());
            QVERIFY2(isSentenceAbout(opened.error().message, database()), qPrintable(opened.error().message));
            QVERIFY2(opened.error().message.contains(words), qPrintable(opened.error().message));
            // and so says every other call
            QCOMPARE(webhooksOf(store).error(), opened.error());
            QCOMPARE(save(store, webhookNamed(u"a"_s)).error(), opened.error());
        }
        QCOMPARE(pictureOf(m_folder->path()), before);
    }

    void aDamageFoundLaterIsSaid()
    {
        {
            Store store(m_folder->path());
            QVERIFY(openStore(store).isOk());
            QVERIFY(save(store, webhookNamed(u"a"_s)).isOk());
        }
        onFile({u"UPDATE webhook SET document = '{\"name\": '"_s});
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        const auto webhooks = webhooksOf(store);
        QVERIFY(!webhooks.isOk());
        QVERIFY(webhooks.error().message.contains(database()));
    }

    void refusesAFolderThatIsNone_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("a file") << u"file"_s;
        QTest::newRow("below a file") << u"file/profile"_s;
        QTest::newRow("where nothing can be made") << u"/proc/tocsin/profile"_s;
    }

    void refusesAFolderThatIsNone()
    {
        QFETCH(const QString, path);
        QFile file(m_folder->filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("content");
        file.close();
        const QString folder = path.startsWith(u'/') ? path : m_folder->filePath(path);
        const auto before = pictureOf(m_folder->path());
        Store store(folder);
        const auto opened = openStore(store);
        QVERIFY(!opened.isOk());
        QVERIFY2(isSentenceAbout(opened.error().message, folder), qPrintable(opened.error().message));
        QCOMPARE(pictureOf(m_folder->path()), before);
    }

    void opensWhereACheckpointWasCutShort()
    {
        const QString copy = m_folder->filePath(u"copy"_s);
        QVERIFY(QDir().mkdir(copy));
        {
            Store store(m_folder->path());
            QVERIFY(openStore(store).isOk());
            QVERIFY(save(store, webhookNamed(u"kept"_s)).isOk());
            QVERIFY(QFile::copy(database() + u"-wal"_s, copy + u"/tocsin.db-wal"_s));
        }
        // All is in the file and in the copied log now; a kill may leave any part of the file unwritten.
        constexpr qint64 twoPages = 2 * 4096;
        QVERIFY(QFile::copy(database(), copy + u"/tocsin.db"_s));
        QVERIFY(QFile::resize(copy + u"/tocsin.db"_s, twoPages));
        Store store(copy);
        const auto opened = openStore(store);
        QVERIFY2(opened.isOk(), qPrintable(opened ? QString() : opened.error().message));
        QCOMPARE(webhooksOf(store)->size(), 1);
    }

    void waitsForAnotherProgramBeforeItChangesTheJournal()
    {
        {
            Store store(m_folder->path());
            QVERIFY(openStore(store).isOk());
        }
        onFile({u"PRAGMA journal_mode = DELETE"_s});
        {
            auto other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            other.setDatabaseName(database());
            QVERIFY(other.open());
            QVERIFY(QSqlQuery(other).exec(u"BEGIN IMMEDIATE"_s));
            Store store(m_folder->path());
            QTimer::singleShot(200, this, [&other] { QSqlQuery(other).exec(u"ROLLBACK"_s); });
            const auto opened = openStore(store);
            QVERIFY2(opened.isOk(), qPrintable(opened ? QString() : opened.error().message));
        }
        QSqlDatabase::removeDatabase(u"other"_s);
    }

    void opensOnceTheReasonIsGone()
    {
        make(u"text"_s);
        Store store(m_folder->path());
        QVERIFY(!openStore(store).isOk());
        QVERIFY(QFile::rename(database(), m_folder->filePath(u"away"_s)));
        QVERIFY(openStore(store).isOk());
        QVERIFY(save(store, webhookNamed(u"a"_s)).isOk());
    }

    void refusesWhatIsReadOnly_data()
    {
        QTest::addColumn<bool>("exists");
        QTest::addColumn<int>("folderMode");
        QTest::addColumn<int>("fileMode");
        QTest::newRow("an empty folder") << false << 0555 << 0;
        QTest::newRow("a profile's folder") << true << 0555 << 0666;
        QTest::newRow("a profile's folder and file") << true << 0555 << 0444;
        QTest::newRow("a profile's file") << true << 0777 << 0444;
        QTest::newRow("an unreadable file") << true << 0777 << 0000;
        QTest::newRow("an unreadable folder") << true << 0000 << 0666;
    }

    void refusesWhatIsReadOnly()
    {
        QFETCH(const bool, exists);
        QFETCH(const int, folderMode);
        QFETCH(const int, fileMode);
        if (exists) {
            Store store(m_folder->path());
            QVERIFY(openStore(store).isOk());
            QVERIFY(save(store, webhookNamed(u"a"_s)).isOk());
        }
        if (exists) {
            QCOMPARE(::chmod(QFile::encodeName(database()).constData(), static_cast<mode_t>(fileMode)), 0);
        }
        const auto before = pictureOf(m_folder->path());
        const QByteArray folder = QFile::encodeName(m_folder->path());
        QCOMPARE(::chmod(folder.constData(), static_cast<mode_t>(folderMode)), 0);
        const auto lines = runChild(u"readonly"_s, m_folder->path());
        QCOMPARE(::chmod(folder.constData(), 0755), 0);
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines.first().contains(m_folder->path()), qPrintable(lines.first()));
        QVERIFY2(lines.first().contains(u"read-only"_s) || fileMode == 0 || folderMode == 0, qPrintable(lines.first()));
        QVERIFY(isSentenceAbout(lines.first(), lines.first().contains(database()) ? database() : m_folder->path()));
        QCOMPARE(pictureOf(m_folder->path()), before);
    }

    void refusesAFullDisk()
    {
        const auto lines = runChild(u"full"_s, m_folder->filePath(u"profile"_s));
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines.first().contains(u"full"_s), qPrintable(lines.first()));
        QVERIFY(isSentenceAbout(lines.first(), m_folder->filePath(u"profile/tocsin.db"_s)));
        Store store(m_folder->filePath(u"profile"_s)); // with room again, it is a profile
        QVERIFY(openStore(store).isOk());
    }

    void losesNothingWhenTheDiskFills()
    {
        const auto lines = runChild(u"fills"_s, m_folder->path());
        QCOMPARE(lines.size(), 5);
        QCOMPARE(lines[0], u"ok"_s);
        QCOMPARE(lines[1], u"ok"_s);
        QVERIFY2(lines[2].contains(u"full"_s), qPrintable(lines[2]));
        QVERIFY(isSentenceAbout(lines[2], database()));
        QCOMPARE(lines[3], u"1"_s);
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        const auto webhooks = webhooksOf(store);
        QCOMPARE(webhooks->last().webhook.name, u"before"_s);
        QCOMPARE(webhooks->size(), lines[4] == u"ok"_s ? 2 : 1);
    }

private:
    QString database() const { return m_folder->filePath(u"tocsin.db"_s); }

    /// Runs statements on the database from outside.
    void onFile(const QStringList &statements)
    {
        {
            auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
            connection.setDatabaseName(database());
            QVERIFY(connection.open());
            for (const auto &statement : statements) {
                QVERIFY2(QSqlQuery(connection).exec(statement), qPrintable(statement));
            }
        }
        QSqlDatabase::removeDatabase(u"test"_s);
    }

    void write(const QByteArray &content, qint64 at = 0)
    {
        QFile file(database());
        QVERIFY(file.open(at == 0 ? QIODevice::WriteOnly : QIODevice::ReadWrite));
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(content), content.size());
    }

    void makeProfile()
    {
        Store store(m_folder->path());
        QVERIFY(openStore(store).isOk());
        for (int i = 0; i < 100; ++i) {
            auto webhook = webhookNamed(u"webhook %1"_s.arg(i));
            webhook.bodyTemplate = u"{\"text\": \"%1\"}"_s.arg(QString(1000, u'x'));
            QVERIFY(save(store, webhook).isOk());
        }
    }

    void make(const QString &what)
    {
        if (what == u"text"_s) {
            write(QByteArray("Dear diary,\n").repeated(1000));
        } else if (what == u"short"_s) {
            write("x");
        } else if (what == u"zeros"_s) {
            write(QByteArray(8192, '\0'));
        } else if (what == u"folder"_s) {
            QVERIFY(QDir(m_folder->path()).mkdir(u"tocsin.db"_s));
        } else if (what == u"newer"_s) {
            makeProfile();
            onFile({u"PRAGMA user_version = 999"_s});
        } else if (what == u"newer log"_s) {
            makeProfile();
            onFile({u"PRAGMA user_version = 999"_s});
            QFile log(database() + u"-wal"_s);
            QVERIFY(log.open(QIODevice::WriteOnly));
            log.write(QByteArray(32, '\0'));
        } else if (what == u"other"_s) {
            onFile({u"CREATE TABLE t (a)"_s, u"PRAGMA user_version = 2"_s, u"PRAGMA application_id = 7"_s});
        } else if (what == u"other unnumbered"_s) {
            onFile({u"CREATE TABLE t (a)"_s});
        } else if (what == u"cut"_s) {
            makeProfile();
            QVERIFY(QFile::resize(database(), QFile(database()).size() / 2 / 4096 * 4096));
        } else if (what == u"overwritten"_s) {
            makeProfile();
            write(QByteArray(3 * 4096, 'x'), 4 * 4096);
        } else {
            QFAIL(qPrintable(what));
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--child"_s) {
        return child(application.arguments());
    }
    TestStoreFailures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storefailures.moc"
