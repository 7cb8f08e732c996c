// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QTemporaryDir>
#include <QUrl>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// How tocsinctl may be called, and how not.
class TestCtlCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongCalls_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("nothing") << QStringList{} << "command"_ba;
        QTest::newRow("unknown command") << QStringList{u"reticulate"_s} << "\"reticulate\""_ba;
        QTest::newRow("half a command") << QStringList{u"webhook"_s} << "list, show, import"_ba;
        QTest::newRow("unknown verb") << QStringList{u"secret"_s, u"steal"_s} << "set, delete, list"_ba;
        QTest::newRow("unknown option") << QStringList{u"schema"_s, u"--bogus"_s} << "--bogus"_ba;
        QTest::newRow("unknown short option") << QStringList{u"schema"_s, u"-x"_s} << "-x"_ba;
        QTest::newRow("another command's option") << QStringList{u"schema"_s, u"--replace"_s} << "--replace"_ba;
        QTest::newRow("no value") << QStringList{u"schema"_s, u"--profile"_s} << "--profile DIR"_ba;
        QTest::newRow("empty value") << QStringList{u"schema"_s, u"--profile="_s} << "--profile"_ba;
        QTest::newRow("a value too many") << QStringList{u"schema"_s, u"--json=yes"_s} << "--json"_ba;
        QTest::newRow("twice") << QStringList{u"--json"_s, u"schema"_s, u"--json"_s} << "--json"_ba;
        QTest::newRow("no webhook") << QStringList{u"render"_s} << "--webhook FILE|NAME"_ba;
        QTest::newRow("no name") << QStringList{u"webhook"_s, u"show"_s} << "NAME"_ba;
        QTest::newRow("too much") << QStringList{u"schema"_s, u"more"_s} << "schema"_ba;
        QTest::newRow("no such webhook") << QStringList{u"render"_s, u"--webhook"_s, u"nobody"_s} << "\"nobody\""_ba;
        QTest::newRow("nothing of that name to check") << QStringList{u"check"_s, u"nobody"_s} << "\"nobody\""_ba;
        QTest::newRow("bad key") << QStringList{u"secret"_s, u"set"_s, u"a b"_s} << "key"_ba;
        QTest::newRow("no address") << QStringList{u"receiver"_s, u"--listen"_s, u"here"_s} << "--listen"_ba;
        QTest::newRow("no manner") << QStringList{u"receiver"_s, u"--manner"_s, u"slowly"_s} << "--manner"_ba;
        QTest::newRow("no pause") << QStringList{u"receiver"_s, u"--pause"_s, u"601"_s} << "--pause"_ba;
        QTest::newRow("no certificate") << QStringList{u"receiver"_s, u"--certificate"_s, u"old"_s}
                                        << "--certificate"_ba;
        QTest::newRow("no status") << QStringList{u"receiver"_s, u"--status"_s, u"99"_s} << "--status"_ba;
        QTest::newRow("no count") << QStringList{u"receiver"_s, u"--count"_s, u"0"_s} << "--count"_ba;
        QTest::newRow("no JSON") << QStringList{u"receiver"_s, u"--answer"_s, u"{"_s} << "--answer"_ba;
    }

    void wrongCalls()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, says);
        const auto run = runCtl(arguments);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out, QByteArray());
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.contains(says), run.err.constData());
    }

    void aSecretTypedAsAnArgumentIsNotRepeated()
    {
        const auto run = runCtl({u"secret"_s, u"set"_s, u"team/token"_s, u"tok-5f0e"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(!run.err.contains("tok-5f0e"));
    }

    void help_data()
    {
        QTest::addColumn<QString>("command");
        for (const char *command : {"",
                                    "render",
                                    "jsonpath",
                                    "test",
                                    "check",
                                    "webhook list",
                                    "webhook show",
                                    "webhook import",
                                    "webhook export",
                                    "webhook activate",
                                    "webhook deactivate",
                                    "webhook delete",
                                    "webhook mute",
                                    "webhook unmute",
                                    "webhook sync",
                                    "integration list",
                                    "integration mute",
                                    "integration unmute",
                                    "emit",
                                    "serve",
                                    "delivery list",
                                    "delivery show",
                                    "delivery replay",
                                    "secret set",
                                    "secret delete",
                                    "secret list",
                                    "setting list",
                                    "setting get",
                                    "setting set",
                                    "receiver",
                                    "schema"}) {
            QTest::newRow(command) << QString::fromLatin1(command);
        }
    }

    void help()
    {
        QFETCH(const QString, command);
        const QStringList words = command.split(u' ', Qt::SkipEmptyParts);
        const auto after = runCtl(words + QStringList{u"--help"_s});
        QCOMPARE(after.exitCode, 0);
        QCOMPARE(after.err, QByteArray());
        QVERIFY(after.out.startsWith(QByteArray("Usage: tocsinctl " + command.toUtf8())));
        QVERIFY(after.out.contains("--profile DIR"));
        QCOMPARE(runCtl(QStringList{u"-h"_s} + words).out, after.out);
        if (!command.isEmpty()) {
            QVERIFY(runCtl({u"--help"_s}).out.contains(QByteArray("\n  " + command.toUtf8())));
        }
    }

    void helpForHalfACommand()
    {
        const auto run = runCtl({u"webhook"_s, u"--help"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.out, runCtl({u"--help"_s}).out);
    }

    void speaksTheLanguageOfTheLocale_data()
    {
        QTest::addColumn<QByteArray>("language");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("none") << "C"_ba
                              << "has 65 characters"_ba;
        QTest::newRow("one that is not there") << "eo"_ba
                                               << "has 65 characters"_ba;
        QTest::newRow("German") << "de"_ba
                                << "65 Zeichen"_ba;
    }

    void speaksTheLanguageOfTheLocale()
    {
        QFETCH(const QByteArray, language);
        QFETCH(const QByteArray, words);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"long.json"_s);
        writeJsonFile(path, sampleDocument(std::string(65, 'a').c_str()));
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const auto &name : {u"LC_ALL"_s, u"LANG"_s}) {
            environment.insert(name, u"C.UTF-8"_s);
        }
        environment.insert(u"LANGUAGE"_s, QString::fromLatin1(language));
        if (language != "C") {
            environment.insert(u"LC_ALL"_s, u"en_US.UTF-8"_s); // LANGUAGE counts only beside a locale
        }
        process.setProcessEnvironment(environment);
        process.start(ctlProgram(), {u"render"_s, u"--webhook"_s, path});
        QVERIFY(process.waitForFinished(60'000));
        const auto said = process.readAllStandardError();
        QVERIFY2(said.contains(words), said.constData());
    }

    void livesOnBeyondTheFileSizeLimit()
    {
        const QTemporaryDir folder;
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(u"sh"_s, {u"-c"_s, u"ulimit -f 0; exec \"$0\" --profile profile webhook list"_s, ctlProgram()});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("profile/tocsin.db: "));
    }

    void aFullProfileIsNotBlamedOnTheDocument()
    {
        const QTemporaryDir folder;
        const QString profile = folder.filePath(u"profile"_s);
        QCOMPARE(runCtl({u"--profile"_s, profile, u"webhook"_s, u"list"_s}).exitCode, 0);
        Json document = sampleDocument();
        document["body_template"] = '"' + std::string(900 * 1024, 'x') + '"';
        const QString path = folder.filePath(u"large.json"_s);
        writeJsonFile(path, document);
        QProcess process;
        process.start(u"sh"_s,
                      {u"-c"_s, u"ulimit -f 600; exec \"$@\""_s, u"sh"_s, ctlProgram(), u"--profile"_s, profile,
                       u"webhook"_s, u"import"_s, path});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 2);
        const auto said = process.readAllStandardError();
        QVERIFY2(said.startsWith(QByteArray(profile.toUtf8() + "/tocsin.db: ")), said.constData());
        QCOMPARE(said.count('\n'), 1);
    }

    void aTakenPortIsOneLine()
    {
        QProcess first;
        first.start(ctlProgram(), {u"receiver"_s, u"--json"_s});
        QVERIFY(first.waitForReadyRead(60'000));
        const auto started = parseJson(first.readLine());
        QVERIFY(started.isOk());
        const QUrl url(toQString(started->at("url").get<std::string>()));
        const auto run = runCtl({u"receiver"_s, u"--listen"_s, u"127.0.0.1:%1"_s.arg(url.port())});
        first.kill();
        first.waitForFinished();
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.contains("taken"), run.err.constData());
    }

    void version() { QCOMPARE(runCtl({u"--version"_s}).out, "tocsinctl " TOCSIN_VERSION "\n"_ba); }

    void optionsStandBeforeOrAfter()
    {
        const QTemporaryDir folder;
        const auto expected = runCtl({u"webhook"_s, u"list"_s, u"--json"_s, u"--profile"_s, folder.path()});
        QCOMPARE(expected.exitCode, 0);
        QCOMPARE(expected.json(), Json::array());
        QCOMPARE(runCtl({u"--json"_s, u"--profile="_s + folder.path(), u"webhook"_s, u"list"_s}).out, expected.out);
        QCOMPARE(runCtl({u"webhook"_s, u"--json"_s, u"list"_s, u"--profile="_s + folder.path()}).out, expected.out);
    }

    void aFullOutputIsSaid()
    {
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        process.start(ctlProgram(), {u"schema"_s});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QCOMPARE(process.readAllStandardError().count('\n'), 1);
    }

    void profilesThatCannotBe_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("read-only") << u"/proc/tocsin"_s;
        QTest::newRow("under a file") << u"%1/file/profile"_s;
        QTest::newRow("a file") << u"%1/file"_s;
        QTest::newRow("corrupt") << u"%1/corrupt"_s;
        QTest::newRow("newer") << u"%1/newer"_s;
    }

    void profilesThatCannotBe()
    {
        QFETCH(QString, where);
        const QTemporaryDir folder;
        writeFile(folder.filePath(u"file"_s), "text");
        where = where.contains(u'%') ? where.arg(folder.path()) : where;
        if (where.endsWith("corrupt"_L1) || where.endsWith("newer"_L1)) {
            QCOMPARE(runCtl({u"--profile"_s, where, u"webhook"_s, u"list"_s}).exitCode, 0);
            const QString database = where + "/tocsin.db"_L1;
            QByteArray bytes = readFile(database);
            QVERIFY(bytes.size() > 1000);
            if (where.endsWith("newer"_L1)) {
                bytes.replace(60, 4,
                              QByteArray("\x7f\xff\xff\xff", 4)); // the user version (SQLite's file format, §1.3)
            } else {
                bytes.fill('x');
            }
            writeFile(database, bytes);
        }
        const auto run = runCtl({u"--profile"_s, where, u"webhook"_s, u"list"_s});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out, QByteArray());
        QVERIFY2(run.problems().size() == 1, run.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCtlCalls)
#include "tst_ctlcalls.moc"
