// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// A keychain that nobody may open is said plainly, at once, and nothing is stored.
class TestCtlLocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSaid_data()
    {
        QTest::addColumn<QStringList>("call");
        QTest::newRow("import") << QStringList{u"webhook"_s, u"import"_s, u"%1"_s};
        QTest::newRow("test") << QStringList{u"test"_s, u"--json"_s, u"--webhook"_s, u"%1"_s};
        QTest::newRow("secret delete") << QStringList{u"secret"_s, u"delete"_s, u"team/token"_s};
        QTest::newRow("secret set") << QStringList{u"secret"_s, u"set"_s, u"team/token"_s};
    }

    void isSaid()
    {
        QFETCH(QStringList, call);
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"webhook.json"_s);
        Json document = sampleDocument();
        document["type"]["http_request"]["headers"]["Authorization"] =
            call.contains(u"test"_s) ? "Bearer ${secret:team/token}" : "Bearer tok-77d0";
        writeJsonFile(file, document);
        call.replaceInStrings(u"%1"_s, file);
        const QStringList profile{u"--profile"_s, folder.filePath(u"profile"_s)};
        const auto run = runCtl(profile + call, "tok-77d0");
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.problems().size() == 1, run.err.constData());
        QVERIFY2(run.err.contains(qgetenv("TOCSIN_EXPECTED_WORD")), run.err.constData());
        QVERIFY(!run.err.contains("tok-77d0"));
        QCOMPARE(runCtl(profile + QStringList{u"--json"_s, u"webhook"_s, u"list"_s}).json(), Json::array());
        QCOMPARE(runCtl(profile + QStringList{u"--json"_s, u"secret"_s, u"list"_s}).json(), Json::array());
    }

    void aCheckSaysItOnceAndLooksAtTheRest()
    {
        const QTemporaryDir folder;
        const QString credentials = folder.filePath(u"credentials"_s);
        QVERIFY(QDir().mkdir(credentials, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        writeFile(credentials + "/team.token"_L1, "tok-77d0");
        QVERIFY(QFile::setPermissions(credentials + "/team.token"_L1, QFileDevice::ReadOwner));
        Json documents = Json::array({sampleDocument("first"), sampleDocument("second"), sampleDocument("third")});
        for (auto &document : documents) {
            document["type"]["http_request"]["headers"]["Authorization"] = "Bearer ${secret:team/token}";
        }
        const QString file = folder.filePath(u"webhooks.json"_s);
        writeJsonFile(file, documents);
        const QStringList profile{u"--profile"_s, folder.filePath(u"profile"_s)};
        const QStringList import{u"--credentials"_s, credentials, u"webhook"_s, u"import"_s, file};
        QCOMPARE(runCtl(profile + import).exitCode, 0);
        const auto run = runCtl(profile + QStringList{u"check"_s});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.err, QByteArray());
        const auto lines = run.out.split('\n');
        const auto about =
            std::count_if(lines.begin(), lines.end(), [](const QByteArray &line) { return line.contains("Secrets"); });
        QVERIFY2(about == 1, run.out.constData());
        QVERIFY2(run.out.contains(qgetenv("TOCSIN_EXPECTED_WORD")), run.out.constData());
        QCOMPARE(run.out.count("Connection refused"), 3);
        const auto json = runCtl(profile + QStringList{u"--json"_s, u"check"_s, u"second"_s}).json();
        QVERIFY(json.is_array());
        const auto failed = std::count_if(json.begin(), json.end(), [](const Json &line) {
            return line["check"] == "secrets" && line["state"] == "failed" && line["webhook"] == "second";
        });
        QCOMPARE(failed, 1);
    }

    void credentialsServeInItsPlace()
    {
        const QTemporaryDir folder;
        const QString credentials = folder.filePath(u"credentials"_s);
        QVERIFY(QDir().mkdir(credentials, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        writeFile(credentials + "/team.token"_L1, "tok-77d0");
        QVERIFY(QFile::setPermissions(credentials + "/team.token"_L1, QFileDevice::ReadOwner));
        Json document = sampleDocument();
        document["type"]["http_request"]["headers"]["Authorization"] = "Bearer ${secret:team/token}";
        const QString file = folder.filePath(u"webhook.json"_s);
        writeJsonFile(file, document);
        const QStringList options{u"--profile"_s, folder.filePath(u"profile"_s), u"--credentials"_s, credentials};
        const auto imported = runCtl(options + QStringList{u"webhook"_s, u"import"_s, file});
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(runCtl(options + QStringList{u"secret"_s, u"list"_s}).out, "team/token  (sample)\n"_ba);
        const auto refused = runCtl(options + QStringList{u"secret"_s, u"set"_s, u"other"_s}, "value");
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.problems().size(), 1);
        QCOMPARE(runCtl(options + QStringList{u"webhook"_s, u"delete"_s, u"sample"_s}).exitCode, 0);
        QCOMPARE(readFile(credentials + "/team.token"_L1), "tok-77d0"_ba);
    }
};

QTEST_GUILESS_MAIN(TestCtlLocked)
#include "tst_ctllocked.moc"
