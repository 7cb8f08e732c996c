// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"

#include "json.h"
#include "payloadschema.h"

#include <QFile>
#include <QRegularExpression>

#include <QTest>

#include <algorithm>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

Json sample()
{
    return Json::parse(R"({
        "event_type": "IntegrationStatusChanged", "event_time": 1696263265.851898,
        "data": {"id": "7", "name": "say \"hi\"", "type": "postgresql", "status": "Error",
                 "issues": [{"status": "Error", "message": "one"}, {"status": "Warning", "message": "t\"wo"}],
                 "none": [], "tags": ["a", "b\""], "mixed": [1, null, "x", [2], true],
                 "n": 42, "zero": 0, "yes": true, "no": false, "nothing": null, "empty": "", "text": "42",
                 "object": {"x": 1, "y": 2}, "again": {"y": 2.0, "x": 1}, "long": "äöü👩‍👩‍👧🇩🇪xyz", "stacked": "e\u0301\u0301\u0301xy"}})");
}

QByteArray rendered(const QString &text, const Json &values = sample())
{
    const auto compilation = BodyTemplate::compile(text.toStdString());
    if (!compilation.bodyTemplate) {
        return "does not compile: " + compilation.problems.last().message.toUtf8();
    }
    const auto body = compilation.bodyTemplate->render(
        values, [](const QString &) { return std::optional<QString>(u"s"_s); },
        {.webhookName = "pager \"1\"", .deliveryId = "msg_1", .attempt = 3, .isTest = false});
    return body ? QByteArray::fromStdString(*body) : "does not render: " + body.error().message.toUtf8();
}

} // namespace

/// Helpers, subexpressions, literals and the variables of a delivery.
class TestTemplateLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renders_data();
    void renders();
    void repeatsByWhatHelpersAreGiven();
    void aPathMeansItsItemWhereItIsRepeated_data();
    void aPathMeansItsItemWhereItIsRepeated();
    void refuses_data();
    void refuses();
    void warns_data();
    void warns();
    void provesWhatConditionsAllow_data();
    void provesWhatConditionsAllow();
    void rendersWhatTheReadmeSays();
    void boundsWhatHelpersDo_data();
    void boundsWhatHelpersDo();
};

void TestTemplateLanguage::renders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    // Comparisons: missing and null are one, a text is no number, numbers are equal as their digits say.
    row(R"([{{eq data.status "Error"}},{{eq data.n 42}},{{eq data.text 42}},{{eq data.n "42"}}])",
        "[true,true,false,false]");
    row(R"([{{eq data.gone null}},{{eq data.nothing null}},{{eq data.gone data.nothing}},{{eq data.empty null}}])",
        "[true,true,true,false]");
    row(R"([{{eq data.object data.again}},{{eq data.n 42.0}},{{eq data.yes true}},{{ne data.no false}}])",
        "[true,true,true,false]");
    row(R"([{{eq "it's" 'it\'s'}},{{eq "a\"b" 'a"b'}},{{eq -1.5 -1.50}}])", "[true,true,true]");
    row(R"([{{in data.status "Warning" "Error"}},{{in data.status "Active"}},{{in "b\"" data.tags}},{{in "Error" data.issues.status}}])",
        "[true,false,true,true]");
    row(R"([{{and data.n data.name}},{{and data.n data.zero}},{{or data.none data.yes}},{{or data.none data.empty}},{{not data.none}}])",
        "[true,false,true,false,true]");
    row(R"({{#if (and (eq data.status "Error") (not (in data.type "mysql")))}}1{{else}}2{{/if}})", "1");
    row(R"({{#unless (eq data.status "Error")}}1{{else if (ne data.n 42)}}2{{else}}3{{/unless}})", "3");
    row(R"("{{eq data.n 42}}{{#if true}}y{{/if}}{{#if 0}}n{{/if}}{{#if ""}}n{{/if}}")", R"("truey")");
    // map
    row(R"({{map data.status Error="critical" Warning="warning" else="info"}})", R"("critical")");
    row(R"("{{map data.status Active="ok" else="it's \"bad\""}}")", R"("it's \"bad\"")");
    row(R"([{{map data.status Error=1}},{{map data.status Error=true}},{{map data.status Error=null}},{{map data.status Active=1}}])",
        "[1,true,null,null]");
    row(R"([{{map data.n 42="n"}},{{map data.yes true="y"}},{{map data.object x=1 else=2}},{{map data.gone [null]=1 else=2}}])",
        R"(["n","y",2,2])");
    row(R"({{map data.status Error=(upper data.type) else=data.name}})", R"("POSTGRESQL")");
    row(R"({{map data.name [say "hi"]=1}})", "1");
    // default
    row(R"([{{default data.gone "x"}},{{default data.no 7}},{{default data.empty data.n}},{{default data.zero 5}},{{default data.none 5}}])",
        R"(["x",7,42,0,[]])");
    row(R"("{{default data.issues.gone "none"}}{{default data.issues.message "none"}}")", R"("noneone, t\"wo")");
    row(R"({{default data.gone (default data.nothing (default data.no "deep"))}})", R"("deep")");
    // join, count
    row(R"("{{join data.issues.message}}|{{join data.tags " / "}}|{{join data.none ","}}|{{join data.gone ","}}|{{join data.name ","}}")",
        R"("one, t\"wo|a / b\"|||say \"hi\"")");
    row(R"("{{join data.mixed "-"}}")", R"("1-x-[2]-true")");
    row(R"("{{join data.issues.message "\n"}}{{join data.tags "\t"}}")", R"("one\nt\"woa\tb\"")");
    row(R"([{{count data.issues}},{{count data.none}},{{count data.gone}},{{count data.object}},{{count data.name}},{{count data.issues.message}}])",
        "[2,0,0,2,1,2]");
    row(R"("{{count data.issues}} issue{{#if (ne (count data.issues) 1)}}s{{/if}}")", R"("2 issues")");
    // texts
    row(R"(["{{upper data.type}}",{{lower data.status}},{{upper "straße"}},{{upper data.gone}},{{upper data.n}}])",
        R"(["POSTGRESQL","error","STRASSE","","42"])");
    row(R"(["{{truncate data.name 4}}","{{truncate data.name 8}}","{{truncate data.long 5}}","{{truncate data.long 6}}","{{truncate data.long 8}}","{{truncate data.name 1}}"])",
        R"(["say…","say \"hi\"","äöü…","äöü…","äöü…","…"])");
    // Lengths are in UTF-16 code units: a family is 8, a flag 4. Only a first character that alone is too long is cut.
    row(R"(["{{truncate data.long 12}}","{{truncate data.long 16}}","{{truncate data.long 17}}","{{truncate data.long 18}}"])",
        R"(["äöü👩‍👩‍👧…","äöü👩‍👩‍👧🇩🇪…","äöü👩‍👩‍👧🇩🇪x…","äöü👩‍👩‍👧🇩🇪xyz"])");
    row(R"(["{{truncate data.stacked 4}}","{{truncate data.stacked 5}}","{{truncate (lower data.stacked) 6}}"])",
        R"(["é́…","é́́…","é́́xy"])");
    row(R"(["{{truncate "👩‍👩‍👧" 1}}","{{truncate "👩‍👩‍👧" 2}}","{{truncate "👩‍👩‍👧" 3}}","{{truncate "👩‍👩‍👧" 7}}"])",
        R"(["…","…","👩…","👩‍👩‍…"])");
    row(R"(["{{replace data.name "say" "think" "\"" "'"}}","{{replace data.gone "a" "b"}}",{{replace data.n "4" ""}},"{{replace "a/b\c" "/" "\n" "\u005c" ":"}}"])",
        R"(["think 'hi'","","2","a\nb:c"])");
    row(R"("{{replace "aaa<&" "aa" "b" "a" "c" "&" "&amp;" "<" "&lt;"}}{{replace data.issues.message ", " "+"}}")",
        R"("bc&lt;&amp;one+t\"wo")");
    row(R"("{{json data.object}}{{upper (json data.object)}}")", R"("{\"x\":1,\"y\":2}{\"X\":1,\"Y\":2}")");
    // In JSON in a string everything is escaped twice.
    row(R"("{\"m\":\"{{map data.status Error="say \"x\""}}\",\"c\":{{count data.issues}},\"s\":{{lower data.status}}}")",
        R"("{\"m\":\"say \\\"x\\\"\",\"c\":2,\"s\":\"error\"}")");
    // dates
    row(R"(["{{date event_time}}","{{date event_time "iso"}}",{{date event_time "unix"}},{{date event_time "unix" tz="Asia/Tokyo"}}])",
        R"(["2023-10-02T16:14:25.851Z","2023-10-02T16:14:25.851Z",1696263265,1696263265])");
    row(R"("{{date event_time "yyyy-MM-dd HH:mm:ss" tz="Europe/Berlin"}} {{date event_time "iso" tz="America/St_Johns"}}")",
        R"("2023-10-02 18:14:25 2023-10-02T13:44:25.851-02:30")");
    row(R"("{{date data.gone}}|{{date data.name "yyyy"}}|{{date data.text "yyyy"}}")", R"("|say \"hi\"|1970")");
    row(R"([{{date data.gone "iso"}},{{date data.nothing}}])", "[null,null]");
    // variables
    row(R"(["{{@webhook.name}}",{{@delivery.id}},{{@delivery.attempt}},{{@delivery.test}},{{eq @delivery.attempt 3}}])",
        R"(["pager \"1\"","msg_1",3,false,true])");
    row(R"([{{#each data.issues}}{{#unless (eq @index 0)}},{{/unless}}{{#if (and @first @delivery.test)}}1{{else}}2{{/if}}{{/each}}])",
        "[2,2]");
    row(R"("{{#each data.tags}}{{#if (eq this "a")}}{{upper this}}{{else}}{{default ../x @key}}{{/if}}{{/each}}")",
        R"("A1")");
    row(R"("{{#each data.issues}}{{map status Error="E" else="-"}}{{eq @root.data.n 42}}{{/each}}")",
        R"("Etrue-true")");
    // Where Handlebars does otherwise: what is null is nothing, and a line with nothing but a block stays.
    row(R"("{{#each data.mixed}}[{{this}}]{{/each}}{{#each data.again}}{{../data.n}}{{/each}}")",
        R"("[1][][x][[2]][true]4242")");
    row("[\n{{#if data.n}}\n1\n{{/if}}\n]", "[\n\n1\n\n]");
    row(R"("{{~ upper   data.status ~}}  {{! a comment with "quotes }}")", R"("ERROR")");
}

void TestTemplateLanguage::renders()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto body = rendered(text);
    QCOMPARE(QString::fromUtf8(body), expected);
    QVERIFY(parseJson(body).isOk());
}

void TestTemplateLanguage::repeatsByWhatHelpersAreGiven()
{
    QCOMPARE(rendered(uR"({"i":[{"s":"{{map data.issues.status Error="E" else="W"}}","of":{{count data.issues}}}]})"_s),
             QByteArray(R"({"i":[{"s":"E","of":2},{"s":"W","of":2}]})"));
    QCOMPARE(rendered(uR"([{"m":"{{upper data.issues.message}}","all":"{{join data.issues.message "+"}}"}])"_s),
             QByteArray(R"([{"m":"ONE","all":"one+t\"wo"},{"m":"T\"WO","all":"one+t\"wo"}])"));
    QCOMPARE(rendered(uR"(["{{join data.issues.message "+"}}"])"_s), QByteArray(R"(["one+t\"wo"])"));
    QCOMPARE(
        rendered(uR"([{"m":"{{data.issues.message}}"{{#if (eq data.issues.status "Error")}},"page":true{{/if}}}])"_s),
        QByteArray(R"([{"m":"one","page":true},{"m":"t\"wo"}])"));
    QCOMPARE(
        rendered(uR"([{"s":"{{default data.issues.status "none"}}"}])"_s, Json::parse(R"({"data":{"issues":[]}})")),
        QByteArray("[]"));
}

// The same path inside and outside of what is repeated is not the same value: nothing may be concluded from one to the
// other, and nothing of an event's gets out of its string.
void TestTemplateLanguage::aPathMeansItsItemWhereItIsRepeated_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("compiles"); // else it is said when it would be no JSON
    const auto row = [](const char *text, bool compiles) {
        QTest::newRow(text) << QString::fromUtf8(text) << compiles;
    };
    row(R"({{#if data.issues.x}}{"a":[{"m":"{{data.issues.message}}","k":{{#if data.issues.x}}1{{else}}oops{{/if}}}]}{{else}}{}{{/if}})",
        false);
    row(R"({"text":"hi"{{#if data.issues.x}},"fields":[{"title":"{{data.issues.message}}","value":{{#if data.issues.x}}"{{data.issues.x}}"{{/if}}}]{{/if}}})",
        false);
    row(R"({{#if data.issues.x}}{"a":[{"m":"{{data.issues.message}}","k":"{{#if data.issues.x}}1{{else}}no {{data.issues.message}}{{/if}}"}]}{{else}}{}{{/if}})",
        true);
    row(R"({{#if (in "Error" data.issues.status)}}[{"m":"{{data.issues.message}}","k":{{#if (eq data.issues.status "Error")}}1{{else}}oops{{/if}}}]{{else}}{}{{/if}})",
        true); // doubtful: read again
    row(R"({{#if data.issues.x}}[{{#if data.issues.x}}{"m":"{{data.issues.message}}"}{{/if}}]{{else}}1{{/if}})", true);
    row(R"([{{#each data.issues}}{{#unless @first}},{{/unless}}[{"m":"{{@root.data.issues.message}}","k":{{#if @root.data.issues.x}}1{{else}}oops{{/if}}}]{{/each}}])",
        false);
    row(R"({"a":[{"m":"{{data.name}}","k":{{#if data.name}}1{{else}}2{{/if}}}]{{#unless data.name}}{{#if data.name}}oops{{/if}}{{/unless}}})",
        true);
}

void TestTemplateLanguage::aPathMeansItsItemWhereItIsRepeated()
{
    QFETCH(QString, text);
    QFETCH(bool, compiles);
    const auto compilation = BodyTemplate::compile(text.toStdString());
    QCOMPARE(compilation.bodyTemplate.has_value(), compiles);
    if (!compiles) {
        const auto &problems = compilation.problems;
        QVERIFY(std::any_of(problems.begin(), problems.end(), [](const Problem &problem) {
            return problem.severity == Severity::Error && problem.message.contains(u"So it is when"_s);
        }));
        return;
    }
    const auto issue = [](const char *status, bool hasMember) {
        Json made{{"status", status}, {"message", "a\"b"}};
        if (hasMember) {
            made["x"] = 1;
        }
        return made;
    };
    auto ofSchema = sample();
    ofSchema["data"]["issues"] = {issue("Error", true), issue("Warning", false)};
    const Json others{{"data", {{{"name", ""}}, {{"name", "n\"m"}}}}};
    for (const auto &event : {ofSchema, others}) {
        const auto body = compilation.bodyTemplate->render(event);
        if (body) {
            QVERIFY2(parseJson(QByteArray::fromStdString(*body)).isOk(), body->c_str());
        } else {
            QCOMPARE(body.error().where, BodyTemplate::notJson);
        }
    }
}

void TestTemplateLanguage::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *text, int column, const char *said) {
        QTest::newRow(text) << QString::fromUtf8(text) << column << QString::fromUtf8(said);
    };
    row("{{eq data.status}}", 3, "eq takes two values: write (eq data.status \"Error\").");
    row("{{eq 1 2 3}}", 3, "eq takes two values");
    row("{{not}}", 3, "not takes one value");
    row("{{and data.id}}", 3, "and takes two values or more");
    row("{{count}}", 3, "count takes one value: write {{count data.issues}}.");
    row("{{map data.status}}", 3, "what is written for each text");
    row("{{map data.status Error=\"a\" Error=\"b\"}}", 29, "a second time");
    row("{{map data.status Error=}}", 19, "A value is missing behind “Error=”.");
    row("{{map data.status Error=\"x\" data.id}}", 29, "stands before what has one");
    row("{{default data.name}}", 3, "default takes a value and what stands in its place");
    row("{{upper data.name x=1}}", 19, "upper takes nothing that has a name");
    row("{{join data.issues data.name}}", 20, "a text in quotes");
    row("{{truncate data.name 0}}", 22, "a whole number from 1 to 1,000,000");
    row("{{truncate data.name 1.5}}", 22, "a whole number");
    row("{{truncate data.name \"5\"}}", 22, "a whole number");
    row("{{truncate data.name data.n}}", 22, "a whole number");
    row("{{replace data.name \"a\"}}", 3, "pairs of a text in quotes");
    row("{{replace data.name \"a\" \"b\" \"c\"}}", 3, "pairs of a text in quotes");
    row("{{replace data.name \"a\" data.n}}", 25, "stands in quotes");
    row("{{replace data.name \"\" \"b\"}}", 21, "at least one character");
    row("{{truncate data.name 007}}", 22, "does not begin with 0");
    row("{{date event_time \"YYYY\"}}", 20, "“YYYY” means nothing here: a year is yyyy");
    row("{{date event_time \"yyyy-mm Q\"}}", 28, "“Q” means nothing here");
    row("{{date event_time \"yyyy 'at\"}}", 25, "in single quotes in this format is not closed");
    row("{{date event_time 5}}", 19, "stands in quotes");
    row("{{date event_time tz=\"Mars/Base\"}}", 22, "There is no time zone");
    row("{{date event_time tz=\"Europe/Belrin\"}}", 22, "the nearest known one is “Europe/Berlin”");
    row("{{date event_time tz=5}}", 22, "tz=\"Europe/Berlin\"");
    row("{{date event_time zone=\"UTC\"}}", 19, "date knows no “zone”");
    row("{{date event_time \"HH:mmZ\" tz=\"Asia/Tokyo\"}}", 25, "“Z” says UTC");
    row("{{#if (eq data.status \"Error\"}}1{{/if}}", 7, "This ( is not closed by ).");
    row("{{#if (}}1{{/if}}", 7, "This ( is not closed by ).");
    row("{{#if eq data.id \"7\"}}1{{/if}}", 7, "stands in parentheses");
    row("{{#if data.id)}}1{{/if}}", 14, "#if takes one value");
    row("{{eq data.id 1)}}", 15, "closes nothing");
    row("{{#if data.id data.name}}1{{/if}}", 15, "#if takes one value");
    row("{{#if (data.id)}}1{{/if}}", 8, "The helper \"data.id\" is unknown");
    row("{{#if (equal data.id 1)}}1{{/if}}", 8, "is unknown");
    row("{{#if (euq data.id 1)}}1{{/if}}", 8, "\"eq\"");
    row("{{#if (if data.id)}}1{{/if}}", 8, "is a block");
    row("{{#if (\"x\")}}1{{/if}}", 8, "stands a helper first");
    row("{{#if data.status == \"Error\"}}1{{/if}}", 19, "compared by helpers: write {{#if (eq");
    row("{{#if data.status != \"Error\"}}1{{/if}}", 19, "compared by helpers");
    row("{{#if data.n > 1}}1{{/if}}", 14, "compared by helpers");
    row("{{#if data.id and data.name}}1{{/if}}", 15, "write {{#if (and ");
    row("{{map data.status Error=\"${secret:a}\" else=\"\"}}", 25, "write it between blocks");
    row("{{(eq 1 2)}}", 3, "not with a parenthesis");
    row("{{#each (eq 1 2)}}1{{/each}}", 9, "#each takes a path");
    row("{{#with \"x\"}}1{{/with}}", 9, "#with takes a path");
    row("{{eq data.id undefined}}", 14, "write null");
    row("{{default data.id \"x}}", 19, "is not closed");
    row("{{default data.id 'x}}", 19, "is not closed");
    row("{{default data.id \\\"x\\\"}}", 19, "without backslashes");
    row("{{default data.id =}}", 11, "default takes nothing that has a name");
    row("{{@delivery}}", 3, "is unknown");
    row("{{@delivery.ids}}", 3, "\"@delivery.id\"");
    row("{{@webhook.nam}}", 3, "\"@webhook.name\"");
    row("{{#each @webhook.name}}1{{/each}}", 9, "#each takes a path");
    const auto deep = [](int times) {
        return QByteArray("{{upper " + QByteArray("(upper ").repeated(times) + "data.id"
                          + QByteArray(")").repeated(times) + "}}");
    };
    row(deep(17).constData(), 9 + 16 * 7, "more than 16 deep");
    QVERIFY(BodyTemplate::compile(deep(16).toStdString()).bodyTemplate);
}

void TestTemplateLanguage::refuses()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    QFETCH(QString, said);
    const auto compilation = BodyTemplate::compile(text.toStdString());
    QVERIFY(!compilation.bodyTemplate);
    const auto &problems = compilation.problems;
    const auto error = std::find_if(problems.begin(), problems.end(),
                                    [](const Problem &problem) { return problem.severity == Severity::Error; });
    QVERIFY(error != problems.end());
    QVERIFY2(error->message.contains(said), qPrintable(error->message));
    QCOMPARE(error->position.column, column);
}

void TestTemplateLanguage::warns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said"); // empty: nothing
    const auto row = [](const char *text, const char *said) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(said);
    };
    row("{{eq data.status \"Error\"}}", "");
    row("{{eq data.status \"error\"}}", "1:18 data.status is never “error”; the nearest that it can be is “Error”.");
    row("{{eq \"Eror\" data.status}}", "1:6 data.status is never “Eror”; the nearest that it can be is “Error”.");
    row("{{in data.status \"Error\" \"Critical\"}}",
        "1:26 data.status is never “Critical”; it is one of Initializing, Refreshing, Active, Warning, Error, "
        "Disabled.");
    row("{{map data.status error=\"x\"}}", "1:19 data.status is never “error”; the nearest that it can be is “Error”.");
    row("{{eq data.issues.status \"Fatal\"}}", ""); // any text may stand there
    row("{{eq data.status Error}}", "1:18 \"Error\" is not in the event's payload schema; a text stands in quotes.");
    row("{{upper (default data.nmae \"x\")}}",
        "1:18 \"data.nmae\" is not in the event's payload schema; the nearest known name is \"data.name\".");
}

void TestTemplateLanguage::warns()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const auto compilation = BodyTemplate::compile(text.toStdString());
    QVERIFY(compilation.bodyTemplate);
    QStringList all;
    for (const auto &problem : compilation.problems) {
        all.append(u"%1:%2 %3"_s.arg(problem.position.line).arg(problem.position.column).arg(problem.message));
    }
    QCOMPARE(all.join(u'\n'), said);
}

void TestTemplateLanguage::provesWhatConditionsAllow_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said"); // empty: every rendering is JSON
    const auto row = [](const char *text, const char *said) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(said);
    };
    row(R"({{#if (eq data.status "Error")}}{"a":1{{/if}}{{#if (ne data.status "Error")}}{"b":2{{/if}}})", "");
    row(R"({{#if (in data.status "Error" "Warning")}}[1{{/if}}{{#unless (or (eq data.status "Error") (eq "Warning" data.status))}}[2{{/unless}}])",
        "");
    row(R"({{#if (not data.name)}}[1{{/if}}{{#if data.name}}[2{{/if}}])", "");
    row(R"({{#if (and data.name data.id)}}[1{{else if data.name}}[2{{/if}}{{#unless data.name}}[3{{/unless}}])", "");
    row(R"({{#if (eq data.name "")}}[1{{else if data.name}}[2{{else}}[3{{/if}}])", "");
    // Two statuses at once are none.
    row(R"([1{{#if (eq data.status "Error")}}{{#if (eq data.status "Active")}},{{/if}}{{/if}}])", "");
    row(R"([1{{#if (eq data.status "Error")}}{{#unless data.status}},{{/unless}}{{/if}}])", "");
    // Nor is none of the six one.
    row(R"({{#if (in data.status "Initializing" "Refreshing" "Active")}}1{{else if (in data.status "Warning" "Error" "Disabled")}}2{{/if}})",
        "");
    row(R"({"a":1{{#if (eq data.status "Error")}},{{/if}}})", "So it is when data.status is “Error”.");
    row(R"({"a":1{{#unless (eq data.status "Error")}},{{/unless}}})", "So it is when data.status is not “Error”.");
    row(R"({{#if (eq data.status "Error")}}1{{else if (eq data.status "Active")}}2{{/if}})",
        "data.status is not “Active”");
    row(R"([1{{#if (or data.name (eq data.id "7"))}},{{/if}}])", "So it is when");
    row(R"({"a":1{{#if (eq data.name data.id)}},{{/if}}})", "a key in quotes is expected");
    row(R"({{map data.status Error="k"}}: 1)", "This is not JSON");
    row(R"({"a":{{#if (ne data.id data.name)}}{{#if (eq (ne data.id data.name) true)}}oops{{else}}1{{/if}}{{else}}2{{/if}}})",
        "a value is expected before “o”. So it is when");
    row(R"({"a":{{#if (ne data.id data.name)}}oops{{else}}2{{/if}}})", "(ne data.id data.name) is true");
    row(R"({{#if (eq event_time 1)}}{{#if (eq event_time 1.0)}}1{{else}}oops{{/if}}{{else}}2{{/if}})", "");
    row(R"([{{#each data.issues}}{{#if (ne @index 0)}},{{/if}}{{json this}}{{/each}}])", "");
    row(R"([{{#each data.issues}}{{json this}}{{#if (eq @last false)}},{{/if}}{{/each}}])", "");
    row(R"({"a":1{{#if (in data.type "0" "1" "2" "3" "4" "5" "6" "7" "8" "9" "a" "b" "c" "d")}},"b":{"c":1{{/if}}{{#if (in data.type "0" "1" "2" "3" "4" "5" "6" "7" "8" "9" "a" "b" "c" "d")}}}{{/if}}})",
        "So it is when");
    row(R"({ {{upper data.name}}: 1 })", "a key stands in quotes");
}

void TestTemplateLanguage::provesWhatConditionsAllow()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const auto compilation = BodyTemplate::compile(text.toStdString());
    QString all;
    for (const auto &problem : compilation.problems) {
        all += problem.message;
    }
    if (!said.isEmpty()) {
        QVERIFY2(all.contains(said), qPrintable(all));
        return;
    }
    QCOMPARE(all, QString());
    QVERIFY(compilation.bodyTemplate);
    for (const auto *status : {"Initializing", "Refreshing", "Active", "Warning", "Error", "Disabled"}) {
        for (const auto *name : {"", "x"}) {
            auto values = sample();
            values["data"]["status"] = status;
            values["data"]["name"] = name;
            QVERIFY2(parseJson(rendered(text, values)).isOk(), rendered(text, values).constData());
        }
    }
}

void TestTemplateLanguage::rendersWhatTheReadmeSays()
{
    QFile readme(QStringLiteral(TOCSIN_TEST_DATA "/../../README.md"));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    const auto text = QString::fromUtf8(readme.readAll());
    const auto table = text.section(u"| helper |"_s, 1).section(u"\n\n"_s, 0, 0);
    static const QRegularExpression row(u"^\\| `(.+?)` \\| `(.+?)`"_s, QRegularExpression::MultilineOption);
    int rows = 0;
    for (auto found = row.globalMatch(table); found.hasNext(); ++rows) {
        const auto match = found.next();
        const auto compilation = BodyTemplate::compile(match.captured(1).toStdString());
        QVERIFY2(compilation.bodyTemplate, qPrintable(match.captured(1)));
        const auto body =
            compilation.bodyTemplate->render(PayloadSchema::instance().mockEvent(), {}, sampleContext(u"pager"_s));
        QVERIFY(body);
        QCOMPARE(QString::fromStdString(*body), match.captured(2));
    }
    QCOMPARE(rows, 12);
}

void TestTemplateLanguage::boundsWhatHelpersDo_data()
{
    QTest::addColumn<QString>("text");
    for (
        const char *text :
        {R"("{{#each data.many}}{{#if (eq @root.data.many @root.data.same)}}x{{/if}}{{/each}}")",
         R"("{{#each data.many}}{{count @root.data.many.gone}}{{/each}}")",
         R"("{{#each data.many}}{{#if (in "x" @root.data.many.n)}}x{{/if}}{{/each}}")",
         R"("{{#each data.many}}{{truncate @root.data.text 1}}{{/each}}")",
         R"("{{#each data.many}}{{truncate (replace @root.data.text "y" "z") 1}}{{/each}}")",
         R"("{{#each data.many}}{{truncate (replace @root.data.text "x" "xxxxxxxxxxxxxxxxxxxx") 1}}{{/each}}")",
         R"("{{#each data.many}}{{truncate (upper @root.data.text) 1}}{{/each}}")",
         R"("{{#each data.many}}{{truncate (join @root.data.many.n "") 1}}{{/each}}")",
         R"("{{#each data.many}}{{truncate (json @root.data.many) 1}}{{/each}}")",
         R"("{{#each data.many}}{{map @root.data.text x="y" else=""}}{{#if (not (eq @root.data.many.n 1))}}{{/if}}{{/each}}")"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
    // All in one expression.
    const QString many = u" (eq (upper (lower data.text)) \"q\")"_s.repeated(60);
    QTest::newRow("one expression") << QString(u"\"{{#if (or"_s + QString(u" (or"_s + many + u')').repeated(60)
                                               + u")}}x{{/if}}\"");
}

void TestTemplateLanguage::boundsWhatHelpersDo()
{
    QFETCH(QString, text);
    constexpr int many = 4000;
    Json values;
    values["data"]["many"] = Json::array_t(many, Json{{"n", "nnnnnnnnnnnnnnnnnnnn"}});
    values["data"]["same"] = values["data"]["many"];
    values["data"]["text"] = std::string(100'000, 'x');
    const auto compilation = BodyTemplate::compile(text.toStdString());
    QVERIFY2(compilation.bodyTemplate, qPrintable(compilation.problems.last().message));
    const auto body = compilation.bodyTemplate->render(values);
    QVERIFY(!body);
    QCOMPARE(body.error().where, BodyTemplate::tooManySteps);
}

QTEST_GUILESS_MAIN(TestTemplateLanguage)
#include "tst_templatelanguage.moc"
