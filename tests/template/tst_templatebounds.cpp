// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"

#include <QTest>

#include <algorithm>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

/// What a template or an event may cost, however they are written.
class TestTemplateBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundsTheSteps_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column"); // of the second line
        const auto row = [](const char *name, const QString &text, int column) {
            QTest::newRow(name) << QString(u"[\"\",\n"_s + text) << column;
        };
        row("blocks that write nothing",
            u"\"{{#each data.many}}{{#each @root.data.many}}{{#if ../gone}}x{{/if}}{{/each}}{{/each}}\"]"_s, 21);
        row("empty blocks", u"{{#each data.many}}{{#each @root.data.many}}{{/each}}{{/each}}1]"_s, 20);
        row("paths through arrays", u"\"{{#each data.many}}{{@root.data.many.gone}}{{/each}}\"]"_s, 21);
        row("conditions on paths through arrays",
            u"\"{{#each data.many}}{{#if @root.data.many.gone}}x{{/if}}{{/each}}\"]"_s, 21);
        row("blocks on paths through arrays",
            u"\"{{#each data.many}}{{#each @root.data.many.gone}}x{{/each}}{{/each}}\"]"_s, 21);
        row("nulls that are joined", u"\"{{#each data.many}}{{@root.data.many.null}}{{/each}}\"]"_s, 21);
        row("names in a large object", u"\"{{#each data.many}}{{@root.data.large.gone}}{{/each}}\"]"_s, 21);
    }

    void boundsTheSteps()
    {
        QFETCH(const QString, text);
        QFETCH(const int, column);
        constexpr int many = 4000;
        Json values;
        values["data"]["many"] = Json::array_t(many, Json{{"null", nullptr}});
        Json::object_t large;
        for (int i = 0; i < 4 * many; ++i) {
            large.emplace_back("n" + std::to_string(i), i);
        }
        values["data"]["large"] = large;
        const auto compilation = BodyTemplate::compile(text.toStdString());
        QVERIFY2(compilation.bodyTemplate, qPrintable(compilation.problems.last().message));
        const auto body = compilation.bodyTemplate->render(values);
        QVERIFY(!body);
        QCOMPARE(body.error().where, BodyTemplate::tooManySteps);
        QCOMPARE(body.error().message, u"With this event the template takes more than 10,000,000 steps to render."_s);
        QCOMPARE(body.error().position.line, 2);
        QCOMPARE(body.error().position.column, column);
    }

    void leavesLargeEventsTheirSteps()
    {
        const Json::array_t issues(5000, Json{{"status", "Error"}, {"message", "It is full."}});
        Json event;
        event["data"]["issues"] = issues;
        const auto compilation =
            BodyTemplate::compile(R"({"text": "{{data.issues.message}}", "all": [{"m": "{{data.issues.message}}",
                                      "s": {{#if data.issues.status}}1{{else}}2{{/if}}}]})");
        QVERIFY(compilation.bodyTemplate);
        const auto body = compilation.bodyTemplate->render(event);
        QVERIFY2(body, body ? "" : qPrintable(body.error().message));
        QCOMPARE(parseJson(QByteArray::fromStdString(*body))->at("all").size(), issues.size());
    }

    void refusesWhatGoesTooManyWays()
    {
        std::string text;
        for (int i = 0; i < 50; ++i) {
            text += "{{#if data.a" + std::to_string(i) + "}}[{{/if}}";
        }
        const auto compilation = BodyTemplate::compile(text + '1');
        QVERIFY(!compilation.bodyTemplate);
        const auto isSaid = [](const Problem &problem) {
            return problem.message.startsWith(u"The blocks up to here make too many different texts"_s);
        };
        QVERIFY(std::any_of(compilation.problems.begin(), compilation.problems.end(), isSaid));
    }

    void refusesPathsDeeperThanAnyEvent()
    {
        const auto path = "{{data" + QByteArray(".a").repeated(maximumJsonDepth).toStdString() + "}}";
        const auto compilation = BodyTemplate::compile(path);
        QVERIFY(!compilation.bodyTemplate);
        QCOMPARE(compilation.problems.first().message,
                 u"The path is longer than the 512 names that an event can nest."_s);
        QVERIFY(BodyTemplate::compile("{{data" + QByteArray(".a").repeated(maximumJsonDepth - 1).toStdString() + "}}")
                    .bodyTemplate);
    }

    void compilesHostileTextInBoundedTime_data()
    {
        QTest::addColumn<QString>("text");
        constexpr qsizetype many = 100'000;
        QTest::newRow("brackets in a string") << QString(u'"' + QString(many, u'[') + u"{{data.id}}\"");
        QTest::newRow("strings that look like JSON")
            << QString(u'[' + u"\"[x \\\"{{data.id}}\\\"]\","_s.repeated(many / 20) + u"1]");
        QTest::newRow("blocks in a row") << QString(
            u"[1" + u"{{#if data.name}},1{{/if}}{{#if data.id}},2{{/if}}"_s.repeated(2000) + u']');
        QTest::newRow("blocks in one another")
            << QString(u"{{#each data.issues}}"_s.repeated(64) + u"{{/each}}"_s.repeated(64) + u'1');
        QString text(u'[');
        for (int i = 0; i < 2000; ++i) {
            text += u"{{#if data.a%1}}1,{{/if}}"_s.arg(i);
        }
        QTest::newRow("many conditions") << QString(text + u"1]");
        QTest::newRow("brackets that come in many ways") << QString(u"{{#if data.name}}[{{/if}}"_s.repeated(200));
        text.clear();
        for (int i = 0; i < 200; ++i) {
            text += u"{{#if data.a%1}}[{{/if}}"_s.arg(i);
        }
        QTest::newRow("brackets of many conditions") << QString(text + u'1');
        QTest::newRow("positions in one another")
            << QString(u"[\"" + u"{{#each @root.data.issues}}{{#if @last}}x{{/if}}"_s.repeated(20)
                       + u"{{/each}}"_s.repeated(20) + u"\"]");
        QTest::newRow("a long path") << QString(u"[\"{{data." + u"a."_s.repeated(3 * many) + u"b}}\"]");
        QTest::newRow("long paths") << QString(
            u'[' + QString(u"\"{{data." + u"a."_s.repeated(400) + u"b}}\",").repeated(300) + u"1]");
        text = u"[\""_s;
        for (int i = 0; i < 10'000; ++i) {
            text += u"{{data.issues.a%1}}"_s.arg(i);
        }
        QTest::newRow("many paths through an array") << QString(text + u"\"]");
        text = u"["_s;
        for (int i = 0; i < 20'000; ++i) {
            text += u"${secret:s%1},"_s.arg(i);
        }
        QTest::newRow("many secrets") << QString(text + u"1]");
        QTest::newRow("open braces") << u"{{"_s.repeated(5 * many);
        QTest::newRow("open brackets") << u"{{[a"_s.repeated(2 * many);
        QTest::newRow("open texts") << u"{{a \"b\\\" '"_s.repeated(many);
        QTest::newRow("unknown zones") << u"{{date event_time tz=\"Qq\"}}"_s.repeated(many / 4);
        QTest::newRow("values of in") << QString(
            u'[' + QString(u"{{#if (in data.type "_s + u"\"a\" "_s.repeated(60) + u")}}1,{{/if}}"_s).repeated(500)
            + u"1]");
        QTest::newRow("problems") << u"{{{x}}} "_s.repeated(many);
    }

    void compilesHostileTextInBoundedTime()
    {
        QFETCH(QString, text);
        BodyTemplate::compile(text.toStdString()); // the test's own limit is the bound
    }
};

QTEST_GUILESS_MAIN(TestTemplateBounds)
#include "tst_templatebounds.moc"
