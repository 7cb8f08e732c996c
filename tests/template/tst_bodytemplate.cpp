// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"

#include "payloadschema.h"
#include "webhook.h"

#include <QTest>

#include <algorithm>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

// An event with everything a rule speaks of.
Json sample()
{
    return Json::parse(R"({
        "event_type": "IntegrationStatusChanged", "event_time": 1696263265.851898,
        "data": {"id": "7", "name": "say \"hi\"\n\\", "type": "postgresql", "status": "Error",
                 "issues": [{"status": "Error", "message": "one"}, {"status": "Warning", "message": "t\"wo"}],
                 "one": [{"status": "Only"}], "none": [], "tags": ["a", "b\""], "deep": [[{"n": 1}], [{"n": 2}, {"n": 3}]],
                 "n": 42, "big": 18446744073709551615, "small": -9223372036854775808, "float": 1.5, "whole": 30.0,
                 "zero": 0, "yes": true, "no": false, "nothing": null, "empty": "", "odd key": "odd", "a.b": "dot",
                 "object": {"x": "1\"", "y": [1, 2]}, "secret": "${secret:KEY}"}})");
}

QByteArray rendered(const QString &text, const Json &values = sample())
{
    const auto compilation = BodyTemplate::compile(text.toStdString());
    if (!compilation.bodyTemplate) {
        return "does not compile: " + compilation.problems.last().message.toUtf8();
    }
    const auto body = compilation.bodyTemplate->render(values, [](const QString &key) {
        return key == "gone"_L1 ? std::nullopt : std::optional<QString>(u"s\"e\\cret\n"_s);
    });
    return body ? QByteArray::fromStdString(*body) : "does not render: " + body.error().message.toUtf8();
}

bool isJson(const QByteArray &text)
{
    return parseJson(text).isOk();
}

} // namespace

class TestBodyTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renders_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &text, const QString &expected) {
            QTest::newRow(name) << text << expected;
        };
        // Rule 1: expressions
        row("path", u"[\"{{data.id}}\"]"_s, u"[\"7\"]"_s);
        row("white space in braces", u"\"{{ data.id }}\""_s, u"\"7\""_s);
        row("white space around is kept", u" [ \"{{data.id}}\" ]\n"_s, u" [ \"7\" ]\n"_s);
        row("index", u"\"{{data.issues.[1].status}}\""_s, u"\"Warning\""_s);
        row("index without brackets", u"\"{{data.issues.1.status}}\""_s, u"\"Warning\""_s);
        row("index out of range", u"\"{{data.issues.[2].status}}\""_s, u"\"\""_s);
        row("odd key", u"\"{{data.[odd key]}}{{data.[a.b]}}\""_s, u"\"odddot\""_s);
        row("this", u"{{#each data.tags}}{{#if @first}}{{json this}}{{/if}}{{else}}0{{/each}}"_s, u"\"a\""_s);
        row("this.x", u"\"{{this.data.id}}{{./data.id}}\""_s, u"\"77\""_s);
        row("root",
            u"[{{#each data.one}}{{#unless @first}},{{/unless}}\"{{@root.data.id}}{{../data.id}}{{status}}\"{{/each}}]"_s,
            u"[\"77Only\"]"_s);
        row("variables",
            u"[{{#each data.tags}}{{#unless @first}},{{/unless}}[{{@index}},{{@key}},{{@first}},{{@last}}]{{/each}}]"_s,
            u"[[0,0,true,false],[1,1,false,true]]"_s);
        row("keys of an object",
            u"{ {{#each data.object}}\"{{@key}}\":{{json this}}{{#unless @last}},{{/unless}}{{/each}} }"_s,
            u"{ \"x\":\"1\\\"\",\"y\":[1,2] }"_s);
        row("escaped braces", u"\"\\{{data.id}}\""_s, u"\"{{data.id}}\""_s);
        row("a backslash before a placeholder", u"\"C:\\\\{{data.id}}\""_s, u"\"C:\\\\7\""_s);
        row("three backslashes", u"\"\\\\\\{{data.id}}\""_s, u"\"\\\\{{data.id}}\""_s);

        // Rule 2: written for where it stands
        row("escaped in a string", u"\"{{data.name}}\""_s, u"\"say \\\"hi\\\"\\n\\\\\""_s);
        row("bare string", u"{{data.name}}"_s, u"\"say \\\"hi\\\"\\n\\\\\""_s);
        row("numbers in a string",
            u"\"{{data.n}} {{data.big}} {{data.small}} {{data.float}} {{event_time}} {{data.whole}}\""_s,
            u"\"42 18446744073709551615 -9223372036854775808 1.5 1696263265.851898 30.0\""_s);
        row("bare numbers", u"[{{data.n}},{{data.big}},{{data.small}},{{data.float}},{{event_time}}]"_s,
            u"[42,18446744073709551615,-9223372036854775808,1.5,1696263265.851898]"_s);
        row("booleans", u"[\"{{data.yes}}{{data.no}}\",{{data.yes}},{{data.no}}]"_s, u"[\"truefalse\",true,false]"_s);
        row("missing and null in a string", u"\"<{{data.gone}}{{data.nothing}}{{data.name.x}}>\""_s, u"\"<>\""_s);
        row("missing and null bare", u"[{{data.gone}},{{data.nothing}}]"_s, u"[null,null]"_s);
        row("object in a string", u"\"{{data.object}}\""_s, u"\"{\\\"x\\\":\\\"1\\\\\\\"\\\",\\\"y\\\":[1,2]}\""_s);
        row("object bare", u"{\"o\":{{data.object}}}"_s, u"{\"o\":{\"x\":\"1\\\"\",\"y\":[1,2]}}"_s);
        row("array in a string", u"\"{{data.tags}}\""_s, u"\"[\\\"a\\\",\\\"b\\\\\\\"\\\"]\""_s);
        row("in a key", u"{\"k {{data.name}}\":1}"_s, u"{\"k say \\\"hi\\\"\\n\\\\\":1}"_s);
        row("never HTML", u"\"{{x}}\""_s, u"\"<&>'\""_s);

        // Rule 3: JSON in a string
        row("JSON in a string", u"{\"m\":\"{\\\"n\\\":\\\"{{data.name}}\\\"}\"}"_s,
            u"{\"m\":\"{\\\"n\\\":\\\"say \\\\\\\"hi\\\\\\\"\\\\n\\\\\\\\\\\"}\"}"_s);
        row("bare in JSON in a string", u"\"{\\\"n\\\":{{data.n}},\\\"s\\\":{{data.id}},\\\"g\\\":{{data.gone}}}\""_s,
            u"\"{\\\"n\\\":42,\\\"s\\\":\\\"7\\\",\\\"g\\\":null}\""_s);
        row("object in JSON in a string", u"\"{\\\"o\\\":{{data.object}}}\""_s,
            u"\"{\\\"o\\\":{\\\"x\\\":\\\"1\\\\\\\"\\\",\\\"y\\\":[1,2]}}\""_s);
        row("array written with quotes", u"\"[\\\"{{data.name}}\\\"]\""_s,
            u"\"[\\\"say \\\\\\\"hi\\\\\\\"\\\\n\\\\\\\\\\\"]\""_s);
        row("brackets around a placeholder are text", u"\"[{{data.name}}]\""_s, u"\"[say \\\"hi\\\"\\n\\\\]\""_s);
        row("quotes in text are text", u"\"it says \\\"{{data.name}}\\\"\""_s,
            u"\"it says \\\"say \\\"hi\\\"\\n\\\\\\\"\""_s);
        row("brackets and quotes that are no JSON", u"\"[Alert: \\\"{{data.name}}\\\"]\""_s,
            u"\"[Alert: \\\"say \\\"hi\\\"\\n\\\\\\\"]\""_s);
        row("braces and a colon that are no JSON", u"\"{status: {{data.name}}}\""_s,
            u"\"{status: say \\\"hi\\\"\\n\\\\}\""_s);
        row("JSON after text", u"\"got {\\\"n\\\":\\\"{{data.name}}\\\"} for {{data.name}}\""_s,
            u"\"got {\\\"n\\\":\\\"say \\\\\\\"hi\\\\\\\"\\\\n\\\\\\\\\\\"} for say \\\"hi\\\"\\n\\\\\""_s);
        row("JSON spelt with unicode escapes", u"\"\\u007b\\u0022n\\u0022:\\u0022{{data.name}}\\u0022}\""_s,
            u"\"\\u007b\\u0022n\\u0022:\\u0022say \\\\\\\"hi\\\\\\\"\\\\n\\\\\\\\\\u0022}\""_s);
        row("white space in JSON in a string", u"\"{\\n\\t\\\"n\\\": {{data.n}}\\n}\""_s,
            u"\"{\\n\\t\\\"n\\\": 42\\n}\""_s);

        // Rule 4: repetition
        row("repeats", u"[{\"s\":\"{{data.issues.status}}\",\"m\":\"{{data.issues.message}}\"}]"_s,
            u"[{\"s\":\"Error\",\"m\":\"one\"},{\"s\":\"Warning\",\"m\":\"t\\\"wo\"}]"_s);
        row("repeats strings", u"[\"{{data.issues.status}}\"]"_s, u"[\"Error\",\"Warning\"]"_s);
        row("repeats bare values", u"[ {{data.issues.status}} ]"_s, u"[ \"Error\" , \"Warning\" ]"_s);
        row("one item", u"[\"{{data.one.status}}\"]"_s, u"[\"Only\"]"_s);
        row("no items", u"{\"a\":[{\"s\":\"{{data.none.status}}\"}]}"_s, u"{\"a\":[]}"_s);
        row("not an array", u"[\"{{data.object.x}}\"]"_s, u"[\"1\\\"\"]"_s);
        row("an array itself is not gone through", u"[{{data.tags}}]"_s, u"[[\"a\",\"b\\\"\"]]"_s);
        row("an index does not repeat", u"[\"{{data.issues.[1].status}}\"]"_s, u"[\"Warning\"]"_s);
        row("two elements do not repeat", u"[1,\"{{data.issues.status}}\"]"_s, u"[1,\"Error, Warning\"]"_s);
        row("the innermost array", u"[[\"{{data.issues.status}}\"]]"_s, u"[[\"Error\",\"Warning\"]]"_s);
        row("an inner array below the item",
            u"[{\"s\":\"{{data.issues.status}}\",\"l\":[\"{{data.issues.message}}\"]}]"_s,
            u"[{\"s\":\"Error\",\"l\":[\"one\"]},{\"s\":\"Warning\",\"l\":[\"t\\\"wo\"]}]"_s);
        row("joined in a string", u"\"{{data.issues.message}}\""_s, u"\"one, t\\\"wo\""_s);
        row("joined through two arrays", u"\"{{data.deep.n}}\""_s, u"\"1, 2, 3\""_s);
        row("an array where bare", u"{\"a\":{{data.issues.message}}}"_s, u"{\"a\":[\"one\",\"t\\\"wo\"]}"_s);
        row("nothing to join", u"[\"{{data.none.x}}\",{{data.none.x}}]"_s, u"[\"\",[]]"_s);
        row("another array beside", u"[{\"s\":\"{{data.issues.status}}\",\"o\":\"{{data.one.status}}\"}]"_s,
            u"[{\"s\":\"Error\",\"o\":\"Only\"},{\"s\":\"Warning\",\"o\":\"Only\"}]"_s);
        row("repeats in JSON in a string", u"\"{\\\"i\\\":[{\\\"m\\\":\\\"{{data.issues.message}}\\\"}]}\""_s,
            u"\"{\\\"i\\\":[{\\\"m\\\":\\\"one\\\"},{\\\"m\\\":\\\"t\\\\\\\"wo\\\"}]}\""_s);
        row("repeats around JSON in a string", u"[\"{\\\"m\\\":\\\"{{data.issues.message}}\\\"}\"]"_s,
            u"[\"{\\\"m\\\":\\\"one\\\"}\",\"{\\\"m\\\":\\\"t\\\\\\\"wo\\\"}\"]"_s);
        row("a condition in the element",
            u"[{\"m\":{{#if data.issues.message}}\"{{data.issues.message}}\"{{else}}null{{/if}}}]"_s,
            u"[{\"m\":\"one\"},{\"m\":\"t\\\"wo\"}]"_s);
        row("below #with it repeats", u"{\"a\":{{#with data}}[\"{{issues.status}}\"]{{else}}0{{/with}}}"_s,
            u"{\"a\":[\"Error\",\"Warning\"]}"_s);
        row("relative to #each it does not",
            u"[{{#each data.deep}}{{#unless @first}},{{/unless}}[\"{{n}}\"]{{/each}}]"_s, u"[[\"1\"],[\"2, 3\"]]"_s);

        // Rule 5: blocks
        row("each with commas",
            u"[{{#each data.issues}}{{#unless @first}},{{/unless}}{\"s\":\"{{status}}\"}{{/each}}]"_s,
            u"[{\"s\":\"Error\"},{\"s\":\"Warning\"}]"_s);
        row("each with commas after", u"[{{#each data.tags}}{{json this}}{{#unless @last}},{{/unless}}{{/each}}]"_s,
            u"[\"a\",\"b\\\"\"]"_s);
        row("each with commas by index", u"[{{#each data.tags}}{{#if @index}},{{/if}}{{json this}}{{/each}}]"_s,
            u"[\"a\",\"b\\\"\"]"_s);
        row("each with leading element", u"[0{{#each data.tags}},{{json this}}{{/each}}]"_s, u"[0,\"a\",\"b\\\"\"]"_s);
        row("each without items", u"[{{#each data.none}}1{{else}}2{{/each}}]"_s, u"[2]"_s);
        row("each of something else", u"[{{#each data.n}}1{{else}}2{{/each}}]"_s, u"[2]"_s);
        row("each in a string", u"\"{{#each data.issues}}{{message}}{{#unless @last}}; {{/unless}}{{/each}}\""_s,
            u"\"one; t\\\"wo\""_s);
        row("each in each, parents",
            u"[{{#each data.deep}}{{#unless @first}},{{/unless}}[{{#each this}}{{#if @index}},{{/if}}"
            u"\"{{n}}{{../../data.id}}\"{{/each}}]{{/each}}]"_s,
            u"[[\"17\"],[\"27\",\"37\"]]"_s);
        for (const auto *value : {"no", "nothing", "gone", "empty", "zero", "none"}) {
            row(value, u"{{#if data.%1}}1{{else}}0{{/if}}"_s.arg(QString::fromLatin1(value)), u"0"_s);
        }
        for (const auto *value : {"yes", "id", "n", "tags", "object", "float"}) {
            row(value, u"{{#unless data.%1}}0{{else}}1{{/unless}}"_s.arg(QString::fromLatin1(value)), u"1"_s);
        }
        row("else if", u"{{#if data.no}}1{{else if data.zero}}2{{else if data.yes}}3{{else}}4{{/if}}"_s, u"3"_s);
        row("else if, the last", u"{{#if data.no}}1{{else if data.zero}}2{{else}}4{{/if}}"_s, u"4"_s);
        row("caret", u"{{#if data.no}}1{{^}}2{{/if}}"_s, u"2"_s);
        row("with", u"{{#with data.object}}{{json x}}{{else}}0{{/with}}"_s, u"\"1\\\"\""_s);
        row("with nothing", u"{{#with data.gone}}{{json x}}{{else}}0{{/with}}"_s, u"0"_s);
        row("with and parent", u"\"{{#with data}}{{id}}{{../event_type}}{{/with}}\""_s,
            u"\"7IntegrationStatusChanged\""_s);
        row("json in a string", u"\"{{json data.tags}}{{json data.gone}}\""_s,
            u"\"[\\\"a\\\",\\\"b\\\\\\\"\\\"]null\""_s);
        row("json of a string in a string", u"\"{{json data.id}}\""_s, u"\"\\\"7\\\"\""_s);
        row("comments", u"[1{{! a comment }}{{!-- with }} braces --}}]"_s, u"[1]"_s);
        row("white space control", u"[ 1 {{~! c ~}} , \"a {{~data.id~}} b\" ]"_s, u"[ 1, \"a7b\" ]"_s);
        row("white space control of blocks", u"\"x {{~#if data.yes~}} y {{~else~}} z {{~/if~}} w\""_s, u"\"xyw\""_s);

        // Secrets
        row("secret in a string", u"\"${secret:k}\""_s, u"\"s\\\"e\\\\cret\\n\""_s);
        row("secret bare", u"[${secret:k}]"_s, u"[\"s\\\"e\\\\cret\\n\"]"_s);
        row("secret in JSON in a string", u"\"{\\\"k\\\":\\\"${secret:k}\\\",\\\"b\\\":${secret:k}}\""_s,
            u"\"{\\\"k\\\":\\\"s\\\\\\\"e\\\\\\\\cret\\\\n\\\",\\\"b\\\":\\\"s\\\\\\\"e\\\\\\\\cret\\\\n\\\"}\""_s);
        row("literal reference", u"\"$${secret:k} ${other} $\""_s, u"\"${secret:k} ${other} $\""_s);
        row("the event holds no references", u"\"{{data.secret}}\""_s, u"\"${secret:KEY}\""_s);

        // Blocks that need each other
        row("a comma that depends on a block",
            u"{\"a\":1{{#if data.yes}},\"b\":2{{/if}}{{#if data.no}},\"c\":3{{/if}}}"_s, u"{\"a\":1,\"b\":2}"_s);
        row("the same condition twice", u"{{#if data.yes}}[{{/if}}1{{#if data.yes}}]{{/if}}"_s, u"[1]"_s);
        row("items and the same condition",
            u"{\"a\":1{{#if data.issues}},\"i\":[{{#each data.issues}}{{#if @index}},{{/if}}1{{/each}}]{{/if}}}"_s,
            u"{\"a\":1,\"i\":[1,1]}"_s);
        row("what the schema requires", u"{{#with data}}{\"id\":\"{{id}}\"}{{/with}}"_s, u"{\"id\":\"7\"}"_s);
    }

    void renders()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        auto values = sample();
        values["x"] = "<&>'";
        const auto body = rendered(text, values);
        QCOMPARE(QString::fromUtf8(body), expected);
        QVERIFY(isJson(body));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("at"); // line:column
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const QString &text, const QString &at, const QString &said) {
            QTest::newRow(name) << text << at << said;
        };
        // What is not JSON
        row("empty", u""_s, u"1:1"_s, u"before the value is complete"_s);
        row("blank", u" \n "_s, u"2:2"_s, u"before the value is complete"_s);
        row("a word", u"hello"_s, u"1:1"_s, u"value is expected before “h”"_s);
        row("a byte order mark", u"\uFEFF"_s, u"1:1"_s, u"value is expected before U+FEFF"_s);
        row("a byte order mark before an object", u"\uFEFF{}"_s, u"1:1"_s, u"value is expected before U+FEFF"_s);
        row("a no-break space", u"[1,\u00A0 2]"_s, u"1:4"_s, u"value is expected before U+00A0"_s);
        row("half a word", u"[tru]"_s, u"1:5"_s, u"true, false and null"_s);
        row("code points", u"[\"🔔ä\" x]"_s, u"1:7"_s, u"before “x”"_s);
        row("a quote", u"[1 \"a\"]"_s, u"1:4"_s, u"before “\"”"_s);
        row("trailing comma", u"{\n  \"a\": 1,\n}"_s, u"3:1"_s, u"key in quotes"_s);
        row("missing comma", u"[1\n2]"_s, u"2:1"_s, u"a comma"_s);
        row("missing colon", u"{\"a\" 1}"_s, u"1:6"_s, u"a colon"_s);
        row("wrong bracket", u"[1}"_s, u"1:3"_s, u"does not close"_s);
        row("open object", u"{\"a\": 1"_s, u"1:8"_s, u"before the value is complete"_s);
        row("open string", u"{\"a"_s, u"1:4"_s, u"inside a string"_s);
        row("two values", u"1 2"_s, u"1:3"_s, u"nothing may follow"_s);
        row("number", u"[01]"_s, u"1:3"_s, u"a comma"_s);
        row("number without digits", u"[-]"_s, u"1:3"_s, u"not complete"_s);
        row("line break in string", u"\"a\nb\""_s, u"1:3"_s, u"line break"_s);
        row("bad escape", u"\"\\x\""_s, u"1:3"_s, u"after a backslash"_s);
        row("lone surrogate", u"\"\\ud83d!\""_s, u"1:8"_s, u"surrogate"_s);
        row("lone low surrogate", u"\"\\udd14\""_s, u"1:7"_s, u"surrogate"_s);
        row("too deep", QString(600, u'['), u"1:513"_s, u"512 deep"_s);
        row("key without quotes", u"{ {{data.id}}: 1}"_s, u"1:3"_s, u"a key stands in quotes"_s);
        row("two placeholders", u"[{{data.id}} {{data.name}}]"_s, u"1:14"_s, u"before this placeholder"_s);
        row("placeholder in a number", u"[1{{data.id}}]"_s, u"1:3"_s, u"cannot continue a number"_s);
        row("number after a placeholder", u"[{{data.id}}1]"_s, u"1:13"_s, u"a comma"_s);
        row("placeholder in an escape", u"\"\\u00{{data.id}}\""_s, u"1:6"_s, u"inside an escape"_s);
        row("placeholder after half a pair", u"\"\\ud83d{{data.id}}\""_s, u"1:8"_s, u"inside an escape"_s);

        // What depends on the values
        row("comma after each item", u"[{{#each data.issues}}1,{{/each}}]"_s, u"1:34"_s, u"data.issues has items"_s);
        row("comma before the second", u"[{{#each data.issues}}{}{{/each}}]"_s, u"1:23"_s, u"data.issues has items"_s);
        row("comma before the block", u"[1,{{#each data.issues}}{{#if @index}},{{/if}}1{{/each}}]"_s, u"1:57"_s,
            u"data.issues has no items"_s);
        row("comma with the last", u"[{{#each data.issues}}1{{#if @last}},{{/if}}{{/each}}]"_s, u"1:54"_s,
            u"data.issues has items"_s);
        row("comma with the first", u"[{{#each data.issues}}{{#if @first}},{{/if}}1{{/each}}]"_s, u"1:37"_s,
            u"one item"_s);
        row("one branch", u"{\"a\":{{#if data.name}}1{{/if}}}"_s, u"1:31"_s, u"data.name is empty or missing"_s);
        row("the other branch", u"{\"a\":{{#if data.name}}1{{else}}1,{{/if}}}"_s, u"1:41"_s, u"empty or missing"_s);
        row("both conditions", u"[{{#if data.name}}{}{{/if}}{{#if data.issues}}{}{{/if}}]"_s, u"1:47"_s,
            u"data.name has a value and data.issues has a value"_s);
        row("conditions on an item and its key",
            u"[1{{#each data.tags}}{{#if this}}{{#if @key}}{}{{/if}}{{/if}}{{/each}}]"_s, u"1:46"_s, u"a comma"_s);
        row("opened in every round", u"{{#each data.issues}}[{{/each}}1"_s, u"1:1"_s, u"from one item to the next"_s);
        row("nothing at all", u"{{#if data.name}}1{{/if}}"_s, u"1:26"_s, u"data.name is empty or missing"_s);
        row("items of #with", u"{{#with data}}[1{{#each issues}}{}{{/each}}]{{/with}}"_s, u"1:33"_s,
            u"issues has items"_s);
        row("in a string and outside", u"{{#if data.name}}\"{{/if}}{{data.id}}{{#if data.name}}\"{{/if}}"_s, u"1:26"_s,
            u"in one case"_s);

        // What is not template language
        row("braces not closed", u"{\"a\": \"{{data.name\"}"_s, u"1:8"_s, u"not closed by }}"_s);
        row("braces half closed", u"{\n\"a\": \"{{data.name}\", \"b\": {\"c\":1}}"_s, u"2:7"_s, u"not closed by }}"_s);
        row("braces in braces", u"\"{{data.id {{data.name}}\""_s, u"1:2"_s, u"not closed by }}"_s);
        row("empty braces", u"\"{{ }}\""_s, u"1:2"_s, u"empty"_s);
        row("comment not closed", u"1{{!-- x }}"_s, u"1:2"_s, u"--}}"_s);
        row("unknown helper", u"\"{{slugify data.name}}\""_s, u"1:4"_s, u"The helper \"slugify\" is unknown"_s);
        row("misspelt json", u"{{jsn data.name}}"_s, u"1:3"_s, u"\"json\""_s);
        row("unknown block helper", u"{{#ifEquals data.name data.id}}1{{/ifEquals}}"_s, u"1:4"_s, u"#unless"_s);
        row("misspelt block", u"{{#eahc data.issues}}1{{/eahc}}"_s, u"1:4"_s, u"\"each\""_s);
        row("section", u"{{#data.issues}}1{{/data.issues}}"_s, u"1:4"_s, u"{{#each data.issues}}"_s);
        row("inverted section", u"{{^data.issues}}1{{/data.issues}}"_s, u"1:1"_s, u"{{#unless name}}"_s);
        row("block without path", u"{{#if}}1{{/if}}"_s, u"1:4"_s, u"#if takes one value: write {{#if "_s);
        row("block as placeholder", u"\"{{each data.issues}}\""_s, u"1:4"_s, u"{{#each path}}"_s);
        row("json without path", u"{{json}}"_s, u"1:3"_s, u"json takes one value: write {{json data.issues}}."_s);
        row("raw", u"\"{{{data.name}}}\""_s, u"1:2"_s, u"{{{raw}}}"_s);
        row("raw with &", u"\"{{&data.name}}\""_s, u"1:2"_s, u"{{&raw}}"_s);
        row("partial", u"{{> footer}}"_s, u"1:1"_s, u"Partials"_s);
        row("partial block", u"{{#> footer}}1{{/footer}}"_s, u"1:1"_s, u"Partial blocks"_s);
        row("decorator", u"{{* x}}1"_s, u"1:1"_s, u"Decorators"_s);
        row("inline partial", u"{{#*inline \"x\"}}1{{/inline}}"_s, u"1:1"_s, u"Inline partials"_s);
        row("lookup", u"\"{{lookup data.issues 0}}\""_s, u"1:4"_s, u"data.issues.[0].message"_s);
        row("block parameters", u"{{#each data.issues as |issue|}}1{{/each}}"_s, u"1:21"_s, u"Block parameters"_s);
        row("named argument", u"{{#if data.n includeZero=true}}1{{/if}}"_s, u"1:14"_s,
            u"#if takes nothing that has a name"_s);
        row("slashes", u"\"{{data/name}}\""_s, u"1:8"_s, u"data.name"_s);
        row("text in quotes", u"{{\"text\"}}"_s, u"1:3"_s, u"not a text in quotes"_s);
        row("odd character", u"\"{{data.na%me}}\""_s, u"1:11"_s, u"not allowed"_s);
        row("ends in a dot", u"\"{{data.}}\""_s, u"1:8"_s, u"ends in a dot"_s);
        row("two dots", u"\"{{data..name}}\""_s, u"1:9"_s, u"name is missing"_s);
        row("bracket without dot", u"\"{{data.issues[0]}}\""_s, u"1:15"_s, u"dot is missing"_s);
        row("variable outside", u"\"{{@index}}\""_s, u"1:4"_s, u"inside {{#each}} only"_s);
        row("unknown variable", u"\"{{@level}}\""_s, u"1:4"_s, u"@root, @index"_s);
        row("above the event", u"\"{{../data.id}}\""_s, u"1:4"_s, u"above the event"_s);
        row("block not closed", u"[\n{{#each data.issues}}1]"_s, u"2:1"_s, u"{{#each}} of line 2"_s);
        row("block closed by another", u"\n{{#if data.id}}1{{/each}}"_s, u"2:17"_s,
            u"{{#if}} that was opened in line 2"_s);
        row("closed without block", u"1{{/if}}"_s, u"1:2"_s, u"never opened"_s);
        row("else without block", u"1{{else}}"_s, u"1:2"_s, u"outside a block"_s);
        row("two elses", u"{{#if data.id}}1{{else}}2{{else}}3{{/if}}"_s, u"1:26"_s, u"already"_s);
        row("blocks too deep", u"{{#if data.id}}"_s.repeated(65) + u'1' + u"{{/if}}"_s.repeated(65), u"1:961"_s,
            u"64 deep"_s);
        row("secret not closed", u"\"${secret:k\""_s, u"1:2"_s, u"not closed"_s);
        row("secret's key", u"\"${secret:a b}\""_s, u"1:2"_s, u"1 to 128"_s);
        row("too large", QString(u'"' + QString(1024 * 1024, u'a') + u'"'), u"1:1"_s, u"1 MiB"_s);
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto compilation = BodyTemplate::compile(text.toStdString());
        QVERIFY(!compilation.bodyTemplate);
        const auto &problems = compilation.problems;
        const auto error = std::find_if(problems.begin(), problems.end(),
                                        [](const Problem &problem) { return problem.severity == Severity::Error; });
        QVERIFY(error != problems.end());
        QCOMPARE(error->field, u"body_template"_s);
        QVERIFY2(error->message.contains(said), qUtf8Printable(error->message));
        QTEST(QString(QString::number(error->position.line) + u':' + QString::number(error->position.column)), "at");
    }

    void refusesWhatIsNotUtf8()
    {
        const auto compilation = BodyTemplate::compile("{\n\"\xc3\xa4\xff\":1}");
        QVERIFY(!compilation.bodyTemplate);
        QCOMPARE(compilation.problems.first().position, (TextPosition{.line = 2, .column = 3, .offset = 5}));
    }

    void reportsAllAtOnce()
    {
        const auto problems =
            BodyTemplate::compile("[\"{{{a}}}\", \"{{slugify data.id}}\",\n \"{{data/id}}\"]").problems;
        QCOMPARE(problems.size(), 3);
        QCOMPARE(problems[0].position.column, 3);
        QCOMPARE(problems[1].position.column, 16);
        QCOMPARE(problems[2].position.line, 2);
    }

    void warns_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said"); // empty: nothing
        const auto row = [](const char *name, const QString &text, const QString &said) {
            QTest::newRow(name) << text << said;
        };
        row("known", u"[\"{{data.name}}\", \"{{data.issues.[0].status}}\"]"_s, {});
        row("misspelt", u"\"{{data.nmae}}\""_s, u"nearest known name is \"data.name\""_s);
        row("nothing near", u"\"{{zzzzzz}}\""_s, u"\"zzzzzz\" is not in the event's payload schema."_s);
        row("wrong level", u"\"{{status}}\""_s, u"\"data.status\""_s);
        row("in a block's head", u"[{{#if data.stauts}}1{{else}}2{{/if}}]"_s, u"\"data.status\""_s);
        row("known in #each",
            u"\"{{#each data.issues}}{{message}}{{this.status}}{{../data.id}}{{@root.event_type}}{{/each}}\""_s, {});
        row("misspelt in #each", u"\"{{#each data.issues}}{{mesage}}{{/each}}\""_s,
            u"nearest known name is \"message\""_s);
        row("root's name in #each", u"\"{{#each data.issues}}{{name}}{{/each}}\""_s, u"\"@root.data.name\""_s);
        row("known in #with", u"\"{{#with data}}{{id}}{{/with}}\""_s, {});
        row("misspelt in #with", u"\"{{#with data}}{{nmae}}{{/with}}\""_s, u"\"name\""_s);
        row("#each over an object's members", u"\"{{#each data}}{{@key}}{{whatever}}{{/each}}\""_s, {});
        row("like an object", u"\"{\\\"id\\\": \\\"{{data.id}}\\\"\""_s, u"begins like a JSON object"_s);
        row("like an object, with a fault", u"\"{\\\"id\\\": \\\"{{data.id}}\\\",}\""_s,
            u"begins like a JSON object"_s);
        row("conditions that may not come together",
            u"[1{{#if data.x}}{{else}},{{/if}}{{#unless data.x}}2{{/unless}}{{#if data.y}},{{#each data.y}}{{#if "
            u"@index}},"
            "{{/if}}3{{/each}}{{/if}}]"_s,
            u"data.y has no items"_s);
    }

    void warns()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto compilation = BodyTemplate::compile(text.toStdString());
        QVERIFY2(compilation.bodyTemplate.has_value(), qUtf8Printable(compilation.problems.value(0).message));
        QStringList messages;
        for (const auto &problem : compilation.problems) {
            QVERIFY(problem.severity == Severity::Warning);
            QVERIFY(problem.position.isValid());
            messages.append(problem.message);
        }
        if (said.isEmpty()) {
            QCOMPARE(messages, QStringList());
        } else {
            QVERIFY2(messages.join(u'\n').contains(said), qUtf8Printable(messages.join(u'\n')));
        }
    }

    void neverSendsWhatIsNotJson()
    {
        const auto compilation = BodyTemplate::compile("{{#with data}}\n{\"id\":\"{{id}}\"}{{/with}}");
        QVERIFY(compilation.bodyTemplate.has_value());
        QVERIFY(compilation.bodyTemplate->render(sample()).isOk());
        const auto body = compilation.bodyTemplate->render(Json::object());
        QVERIFY(!body.isOk());
        QCOMPARE(body.error().where, BodyTemplate::notJson);
        QVERIFY(body.error().position.isValid());
    }

    void missingListsAreEmptyLists()
    {
        const auto text = u"{\"issues\":[{\"s\":\"{{data.issues.status}}\"}],\"other\":[\"{{data.other.x}}\"]}"_s;
        for (const auto *values :
             {R"({"data":{}})", R"({"data":{"issues":null}})", R"({"data":{"issues":[]}})", "{}"}) {
            QCOMPARE(rendered(text, Json::parse(values)), QByteArray("{\"issues\":[],\"other\":[\"\"]}"));
        }
    }

    void listsItsSecrets()
    {
        const auto compilation = BodyTemplate::compile("[\"${secret:b}${secret:a}\", ${secret:b}, \"$${secret:c}\"]");
        QCOMPARE(compilation.bodyTemplate->secretKeys(), QStringList({u"b"_s, u"a"_s}));
    }

    void namesTheSecretThatIsMissing()
    {
        const auto compilation = BodyTemplate::compile("[\"{{data.id}}\",\n ${secret:gone}]");
        for (const auto &lookup : {BodyTemplate::SecretLookup(), BodyTemplate::SecretLookup([](const QString &) {
                                       return std::optional<QString>();
                                   })}) {
            const auto body = compilation.bodyTemplate->render(sample(), lookup);
            QVERIFY(!body.isOk());
            QCOMPARE(body.error().where, BodyTemplate::unknownSecret);
            QVERIFY(body.error().message.contains(u"\"gone\""_s));
            QCOMPARE(body.error().position, (TextPosition{.line = 2, .column = 2, .offset = 17}));
        }
    }

    void boundsTheBody()
    {
        auto values = sample();
        values["data"]["id"] = std::string(maximumBodySize - 4, 'x');
        const auto compilation = BodyTemplate::compile("[\"{{data.id}}\"]");
        const auto body = compilation.bodyTemplate->render(values);
        QVERIFY(body.isOk());
        QCOMPARE(body->size(), maximumBodySize);
        values["data"]["id"] = std::string(maximumBodySize - 3, 'x');
        const auto larger = compilation.bodyTemplate->render(values);
        QVERIFY(!larger.isOk());
        QCOMPARE(larger.error().where, BodyTemplate::tooLarge);
    }

    void keepsTheDigitsOfNumbers()
    {
        const QByteArray numbers =
            "[1696263265.851898000,12345678901234567890,0.10,1e3,1E+3,-0,1e400,-98765432109876543210.5]";
        const auto event =
            parseJson(QByteArray("{\"data\":{\"numbers\":" + numbers + ",\"one\":1696263265.851898000}}"));
        QVERIFY(event);
        QCOMPARE(rendered(u"{{data.numbers}}"_s, *event), numbers);
        QCOMPARE(rendered(u"\"{{json data.numbers}}\""_s, *event), '"' + numbers + '"');
        QCOMPARE(rendered(u"[{{data.one}},\"{{data.one}}\"]"_s, *event),
                 QByteArray("[1696263265.851898000,\"1696263265.851898000\"]"));
        const auto zeros = parseJson(R"({"data":{"numbers":[0,-0,0.0,0.00,0e9,-0.0,1e-400]}})");
        QVERIFY(zeros);
        QCOMPARE(rendered(u"\"{{#each data.numbers}}{{#if this}}y{{else}}n{{/if}}{{/each}}\""_s, *zeros),
                 QByteArray("\"nnnnnny\""));
    }

    void checksAWebhookInTheOrderOfItsForm()
    {
        Webhook webhook;
        webhook.url = u"http://example.com"_s;
        webhook.bodyTemplate = u"{\"a\": \"{{data.nmae}}\", \"b\": \"{{{x}}}\"}"_s;
        webhook.timeout = std::chrono::seconds(0);
        QStringList fields;
        for (const auto &problem : checkWebhook(webhook)) {
            fields.append(problem.field);
        }
        QCOMPARE(fields,
                 QStringList({u"name"_s, u"type.http_request.url"_s, u"body_template"_s, u"body_template"_s,
                              u"timeout_in_sec"_s}));
        webhook.bodyTemplate.clear();
        QCOMPARE(checkWebhook(webhook).size(), 4);
    }
};

QTEST_GUILESS_MAIN(TestBodyTemplate)
#include "tst_bodytemplate.moc"
