// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonpath.h"

#include <QFile>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// The public compliance suite's cases in tests/data/jsonpath-cases.json, each with what has to come out.
class TestJsonPathCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TOCSIN_TEST_DATA "/jsonpath-cases.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto parsed = parseJson(file.readAll());
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        m_cases = parsed.value().at("tests");
        QCOMPARE(m_cases.size(), 362U);
    }

    void compiles_data() { addRows(); }
    void compiles()
    {
        const Json &test = currentCase();
        const auto path = JsonPath::compile(test.at("selector").get_ref<const std::string &>());
        QCOMPARE(path.isOk(), !test.contains("invalid_selector"));
        if (!path) {
            QVERIFY(!path.error().message.isEmpty());
            QVERIFY(path.error().position.isValid());
        }
    }

    void selects_data() { addRows(); }
    void selects()
    {
        const Json &test = currentCase();
        const auto path = JsonPath::compile(test.at("selector").get_ref<const std::string &>());
        if (!path) {
            QVERIFY(test.contains("invalid_selector"));
            return;
        }
        const Json &document = test.at("document");
        Json values = Json::array();
        for (const Json *value : path->select(document)) {
            values.push_back(*value);
        }
        Json located = Json::array();
        Json paths = Json::array();
        for (const JsonPath::Node &node : path->selectWithPaths(document)) {
            located.push_back(*node.value);
            paths.push_back(node.path);
        }
        QVERIFY(jsonEquals(values, located));
        const Json expectedValues = test.contains("result") ? Json::array({test.at("result")}) : test.at("results");
        const Json expectedPaths =
            test.contains("result_paths") ? Json::array({test.at("result_paths")}) : test.at("results_paths");
        QCOMPARE(expectedValues.size(), expectedPaths.size());
        bool found = false;
        for (std::size_t i = 0; i < expectedValues.size(); ++i) {
            found = found || (jsonEquals(values, expectedValues[i]) && jsonEquals(paths, expectedPaths[i]));
        }
        QVERIFY2(found, (writeJson(values) + " at " + writeJson(paths)).c_str());
    }

private:
    void addRows()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_cases.size(); ++i) {
            QTest::newRow(m_cases[i].at("name").get_ref<const std::string &>().c_str()) << static_cast<int>(i);
        }
    }

    const Json &currentCase() const
    {
        QFETCH(int, index);
        return m_cases[static_cast<std::size_t>(index)];
    }

    Json m_cases;
};

QTEST_APPLESS_MAIN(TestJsonPathCases)
#include "tst_jsonpathcases.moc"
