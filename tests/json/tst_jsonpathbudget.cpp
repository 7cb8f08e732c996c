// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonof.h"
#include "jsonpath.h"

#include <QTest>

#include <algorithm>

using namespace Tocsin;

/// What a query may cost.
class TestJsonPathBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsNodesOverUntilItIsEnough()
    {
        const Json document = json("[1,[2,3],4]");
        const auto path = JsonPath::compile("$..*");
        StepBudget budget;
        std::string seen;
        const auto upTo = [&seen](std::size_t count) {
            return [&seen, count](const Json &node) {
                seen += writeJson(node) + ' ';
                return std::count(seen.begin(), seen.end(), ' ') < static_cast<std::ptrdiff_t>(count);
            };
        };
        QVERIFY(path->visit(document, budget, upTo(2)));
        QCOMPARE(seen, "1 [2,3] ");
        seen.clear();
        QVERIFY(path->visit(document, budget, upTo(99)));
        QCOMPARE(seen, "1 [2,3] 4 2 3 ");
    }

    void endsWithItsBudget_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("isThrough");
        // Ten thousand elements: what looks at each a few times is through, what looks at all for each is not.
        const auto row = [](const char *path, bool isThrough) {
            QTest::newRow(path) << QByteArray(path) << isThrough;
        };
        row("$..*", true);
        row("$[*]", true);
        row("$[::-2]", true);
        row("$[?@.a]", true);
        row("$[?@.a == $[0].a]", true);
        row("$[?count(@..*) == 2]", true);
        row("$[?count($..*) == 2]", true);
        row("$[?$..b]", true);
        row("$[?value($..b) == 1]", true);
        row("$[?match(@.b, $[0].b)]", true);
        row("$[?@.a == @.b || length(@.b) > 3]", true);
        row("$[?count(@[?$[?@.b == 1]]) == 0]", true);
        row("$[*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*].a", false);
        row("$[?$[?@.a == 2][?@ == 1]]", true);
        row("$[?@ == $[9999] || count($[?@.b]) == 3]", true);
    }
    void endsWithItsBudget()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const bool, isThrough);
        const Json document = json(QByteArray('[' + QByteArray(R"({"a":1,"b":"x"},)").repeated(9999) + R"({"a":2}])"));
        const auto compiled = JsonPath::compile(path.toStdString());
        QVERIFY(compiled);
        StepBudget budget(500'000);
        QCOMPARE(compiled->visit(document, budget, [](const Json &) { return true; }), isThrough);
        QCOMPARE(budget.isSpent(), !isThrough);
    }

    void findsThePlaceOfANode()
    {
        const Json document = json(R"({"a":[0,{"b":1}]})");
        StepBudget budget;
        QCOMPARE(pathOfJson(document, document, budget), "$");
        QCOMPARE(pathOfJson(document, document["a"][1]["b"], budget), "$['a'][1]['b']");
        QCOMPARE(pathOfJson(document, Json(1), budget), "");
        StepBudget small(2);
        QCOMPARE(pathOfJson(document, document["a"][1]["b"], small), "");
    }
};

QTEST_APPLESS_MAIN(TestJsonPathBudget)
#include "tst_jsonpathbudget.moc"
