// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto key = u"egress.allow_link_local"_s;

} // namespace

/// tocsinctl setting, and what other commands make of a profile's settings.
class TestCtlSetting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = m_folder->filePath(u"profile"_s);
    }

    void setsAndGets()
    {
        QCOMPARE(setting({u"get"_s, key}).out, "false\n"_ba);
        for (const auto &[text, value] : {std::pair("true"_ba, true), std::pair("false"_ba, false)}) {
            const auto set = setting({u"set"_s, key, QString::fromLatin1(text)});
            QVERIFY2(set.exitCode == 0, set.err.constData());
            QCOMPARE(set.err, QByteArray());
            QCOMPARE(set.out, "egress.allow_link_local is " + text + " now.\n");
            QCOMPARE(setting({u"get"_s, key}).out, text + '\n');
            QCOMPARE(setting({u"get"_s, key, u"--json"_s}).json(), Json(value));
        }
        const auto set = setting({u"set"_s, key, u"true"_s, u"--json"_s});
        QCOMPARE(set.exitCode, 0);
        QCOMPARE(set.json(), Json({{"key", key.toStdString()}, {"value", true}}));
        QCOMPARE(setting({u"get"_s, key, u"--json"_s}).json(), Json(true));
    }

    void lists()
    {
        QCOMPARE(setting({u"set"_s, key, u"true"_s}).exitCode, 0);
        const auto list = setting({u"list"_s, u"--json"_s});
        QCOMPARE(list.exitCode, 0);
        QCOMPARE(list.json().size(), std::size_t(1));
        const Json first = list.json()[0];
        QCOMPARE(first.size(), std::size_t(4));
        QCOMPARE(first["key"], Json(key.toStdString()));
        QCOMPARE(first["value"], Json(true));
        QCOMPARE(first["default"], Json(false));
        QVERIFY(first["description"].get<std::string>().ends_with("."));

        const auto table = setting({u"list"_s});
        QCOMPARE(table.exitCode, 0);
        const QRegularExpression row(u"^egress\\.allow_link_local  +true +Whether .*\\.$"_s,
                                     QRegularExpression::MultilineOption);
        QVERIFY2(row.match(QString::fromUtf8(table.out)).hasMatch(), table.out.constData());
        QCOMPARE(table.out.count('\n'), 2);
    }

    void wrongCalls_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no verb") << QStringList{} << "After setting comes one of: list, get, set."_ba;
        QTest::newRow("unknown verb") << QStringList{u"unset"_s, key} << "list, get, set"_ba;
        QTest::newRow("get nothing") << QStringList{u"get"_s} << "The command setting get needs KEY."_ba;
        QTest::newRow("set nothing") << QStringList{u"set"_s} << "The command setting set needs KEY."_ba;
        QTest::newRow("set to nothing") << QStringList{u"set"_s, key} << "The command setting set needs VALUE."_ba;
        QTest::newRow("list one") << QStringList{u"list"_s, key} << "setting list takes fewer"_ba;
        QTest::newRow("get two") << QStringList{u"get"_s, key, key} << "setting get takes fewer"_ba;
        QTest::newRow("set to two") << QStringList{u"set"_s, key, u"true"_s, u"false"_s} << "takes fewer"_ba;
        QTest::newRow("get unknown") << QStringList{u"get"_s, u"egress.allow_linklocal"_s}
                                     << "the nearest known one is \"egress.allow_link_local\"."_ba;
        QTest::newRow("set unknown") << QStringList{u"set"_s, u"Egress.Allow_Link_Local"_s, u"true"_s}
                                     << "the nearest known one is \"egress.allow_link_local\"."_ba;
        QTest::newRow("far from all") << QStringList{u"set"_s, u"x"_s, u"true"_s} << "There is no setting \"x\""_ba;
        QTest::newRow("bad value") << QStringList{u"set"_s, key, u"maybe"_s}
                                   << "egress.allow_link_local takes true or false, not \"maybe\"."_ba;
        QTest::newRow("empty value") << QStringList{u"set"_s, key, u""_s} << "not \"\"."_ba;
        QTest::newRow("a value of two lines") << QStringList{u"set"_s, key, u"true\nfalse"_s} << "not \""_ba;
        QTest::newRow("another command's option") << QStringList{u"list"_s, u"--replace"_s} << "--replace"_ba;
    }

    void wrongCalls()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, says);
        const auto run = setting(arguments);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out, QByteArray());
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.startsWith("tocsinctl: ") && run.err.contains(says), run.err.constData());
        QVERIFY(!QDir(m_profile).exists());
    }

    void aProfileThatCannotBe()
    {
        writeFile(m_profile, "text");
        for (const auto &arguments : {QStringList{u"list"_s}, {u"get"_s, key}, {u"set"_s, key, u"true"_s}}) {
            const auto run = setting(arguments);
            QCOMPARE(run.exitCode, 2);
            QCOMPARE(run.out, QByteArray());
            QCOMPARE(run.problems().size(), 1);
        }
    }

    /// A document without secrets needs no profile.
    void aTestOfAFileMakesNoProfile()
    {
        QCOMPARE(testFile().exitCode, 1); // nobody listens there
        QVERIFY(!QDir(m_profile).exists());
    }

    void aTestOfAFileGoesOnWithoutAProfileThatCannotBeOpened()
    {
        QVERIFY(QDir().mkdir(m_profile));
        writeFile(m_profile + "/tocsin.db"_L1, "no database, but longer than nothing");
        const auto run = testFile();
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.startsWith(QByteArray(m_profile.toUtf8() + "/tocsin.db: ")), run.err.constData());
        QVERIFY(run.json().contains("verdict"));
    }

    /// Seen by what an open profile keeps of the test of a webhook that it knows.
    void aTestOfAFileOpensTheProfileThatIsThere()
    {
        const QString path = m_folder->filePath(u"webhook.json"_s);
        writeJsonFile(path, sampleDocument());
        const auto imported = ctl({u"--json"_s, u"webhook"_s, u"import"_s, path});
        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(testFile(imported.json()[0]["id"]).exitCode, 1);
        QVERIFY(ctl({u"--json"_s, u"webhook"_s, u"list"_s}).json()[0]["last_invocation"].is_object());
    }

private:
    CtlRun ctl(const QStringList &arguments) const
    {
        return runCtl(QStringList{u"--profile"_s, m_profile} + arguments);
    }

    CtlRun setting(const QStringList &arguments) const { return ctl(QStringList{u"setting"_s} + arguments); }

    CtlRun testFile(const Json &id = nullptr) const
    {
        Json document = sampleDocument();
        document["type"]["http_request"]["url"] = "https://127.0.0.1:1/";
        if (!id.is_null()) {
            document["id"] = id;
        }
        const QString path = m_folder->filePath(u"tested.json"_s);
        writeJsonFile(path, document);
        return ctl({u"--json"_s, u"test"_s, u"--webhook"_s, path});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_profile;
};

QTEST_GUILESS_MAIN(TestCtlSetting)
#include "tst_ctlsetting.moc"
