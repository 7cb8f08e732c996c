// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctlprocess.h"

#include <QTemporaryDir>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// What is wrong with a document, an event or a file is said in one line each, with the place, and changes nothing.
class TestCtlInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = m_folder->filePath(u"profile"_s);
    }

    void documents_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("field");
        const auto faults = parseJson(readFile(QStringLiteral(TOCSIN_CTL_DATA "/faultydocuments.json")));
        QVERIFY(faults.isOk());
        for (const Json &fault : *faults) {
            QTest::newRow(fault["title"].get<std::string>().c_str())
                << QByteArray::fromStdString(fault["at"].get<std::string>())
                << QByteArray::fromStdString(fault["value"].dump())
                << QByteArray::fromStdString(fault["field"].get<std::string>());
        }
    }

    void documents()
    {
        QFETCH(const QByteArray, pointer);
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, field);
        Json document = sampleDocument();
        document[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        const QString file = m_folder->filePath(u"webhook.json"_s);
        writeJsonFile(file, document);
        for (const QStringList &call :
             {QStringList{u"render"_s, u"--webhook"_s, file}, QStringList{u"test"_s, u"--webhook"_s, file},
              QStringList{u"webhook"_s, u"import"_s, file}}) {
            const auto run = ctl(call);
            QCOMPARE(run.exitCode, 2);
            QCOMPARE(run.out, QByteArray());
            QVERIFY2(run.problems().size() == 1, run.err.constData());
            QVERIFY2(run.err.startsWith(QByteArray(file.toUtf8() + ':')), run.err.constData());
            QVERIFY2(run.err.contains(QByteArray(": " + field + ": ")), run.err.constData());
        }
        expectNothingStored();
    }

    void repeatedMembers()
    {
        const QString file = m_folder->filePath(u"webhook.json"_s);
        writeFile(file,
                  "{\n"
                  "  \"name\": \"a\",\n"
                  "  \"type\": {\"http_request\": {\"url\": \"https://localhost\", \"headers\": {\n"
                  "    \"X-Key\": \"a\",\n"
                  "    \"X-Key\": \"b\"}}},\n"
                  "  \"body_template\": \"{}\"\n"
                  "}\n"_ba);
        for (const QStringList &call :
             {QStringList{u"render"_s, u"--webhook"_s, file}, QStringList{u"webhook"_s, u"import"_s, file}}) {
            const auto run = ctl(call);
            QCOMPARE(run.exitCode, 2);
            QCOMPARE(run.err,
                     QByteArray(file.toUtf8()
                                + ":5:5: type.http_request.headers.X-Key: The member “X-Key” stands here twice.\n"));
        }
        expectNothingStored();
    }

    void placesAreExact()
    {
        const QString file = m_folder->filePath(u"webhook.json"_s);
        writeFile(file,
                  "{\n"
                  "  \"name\": \"a/b\",\n"
                  "  \"type\": {\"http_request\": {\"url\": \"http://localhost\"}},\n"
                  "  \"body_template\": \"{\\n\\\"ü\\\": {{data.id\",\n"
                  "  \"timeout_in_sec\": 0\n"
                  "}\n"_ba);
        const auto run = ctl({u"webhook"_s, u"import"_s, file});
        QCOMPARE(run.exitCode, 2);
        const QList<QByteArray> lines = run.problems();
        QCOMPARE(lines.size(), 4);
        QVERIFY2(lines.at(0).startsWith(QByteArray(file.toUtf8() + ":2:11: name: ")), run.err.constData());
        QVERIFY2(lines.at(1).startsWith(QByteArray(file.toUtf8() + ":3:36: type.http_request.url: ")),
                 run.err.constData());
        QVERIFY2(lines.at(2).startsWith(QByteArray(file.toUtf8() + ":4:31: body_template: ")), run.err.constData());
        QVERIFY2(lines.at(3).startsWith(QByteArray(file.toUtf8() + ":5:21: timeout_in_sec: ")), run.err.constData());
    }

    void everyDocumentOfAnArrayIsChecked()
    {
        Json second = sampleDocument("second");
        second["timeout_in_sec"] = 0;
        Json third = sampleDocument("third");
        third["name"] = "";
        const auto run = ctl({u"webhook"_s, u"import"_s},
                             QByteArray::fromStdString(Json::array({sampleDocument("first"), second, third}).dump()));
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.problems().size(), 2);
        QVERIFY2(run.err.contains(": [1].timeout_in_sec: "), run.err.constData());
        QVERIFY2(run.err.contains(": [2].name: "), run.err.constData());
        expectNothingStored();
    }

    void aSecretThatStaysReadableIsAWarning()
    {
        Json document = sampleDocument("one");
        document["body_template"] = "{\"token\": 123456789012, \"auth_token\": [123456789012]}";
        const QString file = m_folder->filePath(u"webhook.json"_s);
        writeJsonFile(file, document);
        for (const QStringList &call :
             {QStringList{u"render"_s, u"--webhook"_s, file}, QStringList{u"webhook"_s, u"import"_s, file},
              QStringList{u"render"_s, u"--webhook"_s, u"one"_s}}) {
            const auto run = ctl(call);
            QCOMPARE(run.exitCode, 0);
            QVERIFY2(run.problems().size() == 1, run.err.constData());
            QVERIFY2(run.err.contains("warning: body_template:") && run.err.contains(": \"token\" looks like a secret"),
                     run.err.constData());
        }
        const auto inList =
            ctl({u"webhook"_s, u"import"_s, u"--replace"_s}, QByteArray::fromStdString(Json::array({document}).dump()));
        QCOMPARE(inList.exitCode, 0);
        QVERIFY2(inList.problems().size() == 1 && inList.err.contains(": [0].body_template: "), inList.err.constData());
    }

    void namesThatExist()
    {
        const auto both = Json::array({sampleDocument("one"), sampleDocument("two")}).dump();
        QCOMPARE(ctl({u"webhook"_s, u"import"_s}, QByteArray::fromStdString(both)).exitCode, 0);
        const auto before = ctl({u"webhook"_s, u"export"_s}).out;
        const auto again = Json::array({sampleDocument("three"), sampleDocument("TWO")}).dump();
        const auto run = ctl({u"webhook"_s, u"import"_s}, QByteArray::fromStdString(again));
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.startsWith("<stdin>:1:") && run.err.contains(": [1].name: "), run.err.constData());
        QCOMPARE(ctl({u"webhook"_s, u"export"_s}).out, before);
    }

    void aMisspeltFieldIsAWarning()
    {
        Json document = sampleDocument();
        document["body_template"] = "{\"id\": \"{{data.idd}}\"}";
        const QString file = m_folder->filePath(u"webhook.json"_s);
        writeJsonFile(file, document);
        const auto run = ctl({u"render"_s, u"--webhook"_s, file});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json(), Json({{"id", ""}}));
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.contains("warning: body_template: ") && run.err.contains("data.id"), run.err.constData());
    }

    void files_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("not UTF-8") << "{\"name\": \"\xff\"}"_ba
                                   << ":1:"_ba;
        QTest::newRow("not JSON") << "{\n  \"name\": nothing\n}"_ba
                                  << ":2:"_ba;
        QTest::newRow("lone surrogate") << "{\"name\": \"\\ud800\"}"_ba
                                        << ":1:"_ba;
        QTest::newRow("empty") << ""_ba
                               << ":1:1"_ba;
        QTest::newRow("not an object") << "17"_ba
                                       << ":1:1"_ba;
        QTest::newRow("too large") << ' ' + " "_ba.repeated(16 * 1024 * 1024) << ": "_ba;
    }

    void files()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, place);
        const QString file = m_folder->filePath(u"input.json"_s);
        writeFile(file, bytes);
        for (const QStringList &call :
             {QStringList{u"render"_s, u"--webhook"_s, file}, QStringList{u"webhook"_s, u"import"_s, file}}) {
            const auto run = ctl(call);
            QCOMPARE(run.exitCode, 2);
            QCOMPARE(run.out, QByteArray());
            QVERIFY2(run.problems().size() == 1, run.err.constData());
            QVERIFY2(run.err.startsWith(QByteArray(file.toUtf8() + place)), run.err.constData());
        }
        expectNothingStored();
    }

    void whatIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("missing") << u"%1/nowhere.json"_s;
        QTest::newRow("a folder") << u"%1"_s;
    }

    void whatIsNoFile()
    {
        QFETCH(const QString, path);
        const QString file = path.arg(m_folder->path());
        for (const QStringList &call :
             {QStringList{u"render"_s, u"--webhook"_s, file}, QStringList{u"webhook"_s, u"import"_s, file},
              QStringList{u"jsonpath"_s, u"$"_s, file}}) {
            const auto run = ctl(call);
            QCOMPARE(run.exitCode, 2);
            QVERIFY2(run.problems().size() == 1, run.err.constData());
            QVERIFY2(run.err.startsWith(QByteArray(file.toUtf8() + ": ")), run.err.constData());
        }
    }

    void events_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::newRow("no object") << "[]"_ba;
        QTest::newRow("no data") << "{\"event_type\": \"IntegrationStatusChanged\"}"_ba;
        Json event = sampleEvent("1");
        event["data"]["status"] = "Broken";
        QTest::newRow("unknown status") << QByteArray::fromStdString(event.dump());
    }

    void events()
    {
        QFETCH(const QByteArray, event);
        const QString webhook = m_folder->filePath(u"webhook.json"_s);
        const QString file = m_folder->filePath(u"event.json"_s);
        writeJsonFile(webhook, sampleDocument());
        writeFile(file, event);
        for (const auto &command : {u"render"_s, u"test"_s}) {
            const auto run = ctl({command, u"--webhook"_s, webhook, u"--event"_s, file});
            QCOMPARE(run.exitCode, 2);
            QCOMPARE(run.out, QByteArray());
            QVERIFY2(run.problems().size() == 1, run.err.constData());
            QVERIFY2(run.err.startsWith(QByteArray(file.toUtf8() + ':')), run.err.constData());
        }
    }

    void aBodyThatIsTooLarge()
    {
        const QString webhook = m_folder->filePath(u"webhook.json"_s);
        const QString file = m_folder->filePath(u"event.json"_s);
        writeJsonFile(webhook, sampleDocument());
        const Json event = sampleEvent(std::string(1024 * 1024, 'x'));
        writeJsonFile(file, event);
        const auto rendered = ctl({u"render"_s, u"--webhook"_s, webhook, u"--event"_s, file});
        QCOMPARE(rendered.exitCode, 2);
        QCOMPARE(rendered.out, QByteArray());
        QCOMPARE(rendered.problems().size(), 1);
        const auto tested = ctl({u"--json"_s, u"test"_s, u"--webhook"_s, webhook, u"--event"_s, file});
        QCOMPARE(tested.exitCode, 2);
        QCOMPARE(tested.problems().size(), 1);
        QCOMPARE(tested.json()["sent"], 0);
    }

    void badJsonPaths_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::newRow("unfinished") << u"$.a["_s;
        QTest::newRow("no root") << u"a.b"_s;
        QTest::newRow("empty name") << u"$.."_s;
    }

    void badJsonPaths()
    {
        QFETCH(const QString, expression);
        const auto run = ctl({u"jsonpath"_s, expression}, "{}");
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out, QByteArray());
        QCOMPARE(run.problems().size(), 1);
        QVERIFY2(run.err.startsWith("EXPR:1:"), run.err.constData());
    }

    void badSecretValues_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("a newline") << "\n"_ba;
        QTest::newRow("not UTF-8") << "\xff\xfe"_ba;
    }

    void badSecretValues()
    {
        QFETCH(const QByteArray, value);
        const auto run = ctl({u"secret"_s, u"set"_s, u"team/token"_s}, value);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.problems().size(), 1);
        QVERIFY(!QDir(m_profile).exists());
    }

private:
    CtlRun ctl(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runCtl(QStringList{u"--profile"_s, m_profile} + arguments, input);
    }

    void expectNothingStored() const
    {
        const auto list = ctl({u"--json"_s, u"webhook"_s, u"list"_s});
        QCOMPARE(list.exitCode, 0);
        QCOMPARE(list.json(), Json::array());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_profile;
};

QTEST_GUILESS_MAIN(TestCtlInput)
#include "tst_ctlinput.moc"
