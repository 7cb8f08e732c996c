// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"
#include "payloadschema.h"
#include "templatecompletion.h"
#include "templatehelpers.h"
#include "templatemends.h"

#include <QTest>

#include <algorithm>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

/// What is offered at the bar in the text.
std::optional<TemplateCompletion> completionAtBar(QString text)
{
    const auto cursor = text.left(text.indexOf(u'|')).toUtf8().size();
    return completionAt(text.remove(u'|').toStdString(), std::size_t(cursor));
}

QStringList texts(const QList<TemplateWord> &words)
{
    QStringList texts;
    for (const TemplateWord &word : words) {
        texts << word.text;
    }
    return texts;
}

} // namespace

class TestTemplateCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersFieldsFirstThenHelpers();
    void offers_data();
    void offers();
    void knowsWhatItTakesThePlaceOf();
    void offersNothingOutsideOfBraces_data();
    void offersNothingOutsideOfBraces();
    void whatIsOfferedCompiles();
    void describesWhatIsWritten_data();
    void describesWhatIsWritten();
    void mends_data();
    void mends();
    void mendsNothingThatHasGone();
};

void TestTemplateCompletion::offersFieldsFirstThenHelpers()
{
    const auto offered = completionAtBar(u"{\"a\": \"{{|"_s);
    QVERIFY(offered);
    QStringList expected = PayloadSchema::instance().paths();
    expected << u"@webhook.name"_s << u"@delivery.id"_s << u"@delivery.attempt"_s << u"@delivery.test"_s;
    expected << helperNames(TemplateHelper::Kind::Value);
    expected << u"#each"_s << u"#if"_s << u"#unless"_s << u"#with"_s;
    QCOMPARE(texts(offered->words), expected);
    const auto name = std::find_if(offered->words.begin(), offered->words.end(),
                                   [](const TemplateWord &word) { return word.text == u"data.name"_s; });
    const auto field = PayloadSchema::instance().field(u"data.name"_s);
    QVERIFY(field);
    QCOMPARE(name->type, u"string"_s);
    QCOMPARE(name->sample, toQString(field->sample.get<std::string>()));
    QCOMPARE(name->description, field->description);
    for (const TemplateWord &word : offered->words) {
        QVERIFY2(!word.description.isEmpty(), qPrintable(word.text));
    }
}

void TestTemplateCompletion::offers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *text, const char *words) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(words);
    };
    row("{{data.i|", "data.id data.issues data.issues.status data.issues.message");
    row("{{mess|", "data.issues.message");
    row("{{#|", "#each #if #unless #with");
    row("{{#each data.iss|", "data.issues data.issues.status data.issues.message");
    row("{{json data.n|}}", "data.name");
    row("{{#each data.issues}}{{mes|", "message @root.data.issues.message");
    row("{{#each data.issues}}{{@i|", "@index");
    row("{{#each data.issues}}\n{{../data.n|", "../data.name");
    row("{{#each data.issues}}{{/each}}{{mess|", "data.issues.message");
    row("{{#each data.issues}}1{{else}}{{mess|", "data.issues.message");
    row("{{#with data}}{{na|", "name @root.data.name");
    row("{{#if data.name}}{{else if data.na|", "data.name");
    row("{{#if data.name}}{{/|", "/if");
    row("{{#if data.name}}{{el|", "else");
    row("{{el|", "");
    row("{{@|", "@webhook.name @delivery.id @delivery.attempt @delivery.test");
    row("{{#if (|", "eq ne and or not in map default join count upper lower truncate replace date json");
    row("{{#if (eq data.sta|", "data.status");
    row("{{#if (and (eq data.status \"Error\") data.na|", "data.name");
    row("{{#if (not (e|", "eq");
    row("{{eq data.status data.na|", "data.name");
    row("{{map data.status Error=data.na|", "data.name");
    row("{{upper (default data.na|", "data.name");
}

void TestTemplateCompletion::offers()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const auto offered = completionAtBar(text);
    QVERIFY(offered);
    QCOMPARE(texts(offered->words).join(u' '), words);
}

void TestTemplateCompletion::knowsWhatItTakesThePlaceOf()
{
    auto offered = completionAtBar(u"\"ü{{dat|a.x}} {{b}}\""_s);
    QVERIFY(offered);
    QCOMPARE(offered->braces, std::size_t(3));
    QCOMPARE(offered->begin, std::size_t(5));
    QCOMPARE(offered->end, std::size_t(11));
    QVERIFY(offered->isClosed);
    offered = completionAtBar(u"{{dat|,1"_s);
    QVERIFY(offered);
    QCOMPARE(offered->end, std::size_t(5)); // not closed: what follows is not of it
    QVERIFY(!offered->isClosed);
}

void TestTemplateCompletion::offersNothingOutsideOfBraces_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"|", "{|", "data|", "{{a}}|", "\\{{|", "{{! da|", "{{\nda|", "{{data.name da|", "{{#each data.issues da|",
          "{{upper data.name da|", "{{default data.name \"da|", "{{#if (eq data.status \"Error\") da|"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void TestTemplateCompletion::offersNothingOutsideOfBraces()
{
    QFETCH(QString, text);
    QVERIFY(!completionAtBar(text));
}

void TestTemplateCompletion::whatIsOfferedCompiles()
{
    const QString before = u"[{{#each data.issues}}\""_s;
    const auto offered = completionAtBar(before + u"{{|"_s);
    QVERIFY(offered);
    int tried = 0;
    for (const TemplateWord &word : offered->words) {
        if (word.kind == TemplateWord::Kind::Helper) {
            continue;
        }
        const QString text = before + u"{{"_s + word.text + u"}}\"{{#unless @last}},{{/unless}}{{/each}}]"_s;
        const auto problems = BodyTemplate::compile(text.toStdString()).problems;
        QVERIFY2(problems.isEmpty(), qPrintable(text));
        ++tried;
    }
    QVERIFY(tried > 10);
}

void TestTemplateCompletion::describesWhatIsWritten_data()
{
    QTest::addColumn<QString>("text"); // the bar stands before the byte that is asked for
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("field"); // empty: what it says is not of the schema
    const auto row = [](const char *text, const char *word, const char *field) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(word) << QString::fromUtf8(field);
    };
    row("\"{{da|ta.name}}\"", "data.name", "data.name");
    row("\"|{{data.name}}\"", "data.name", "data.name");
    row("\"{|{data.name}}\"", "data.name", "data.name");
    row("\"{{data.name}|}\"", "data.name", "data.name");
    row("{{json da|ta}}", "data", "data");
    row("{{js|on data}}", "json", "");
    row("{{#ea|ch data.issues}}", "#each", "");
    row("{{#each data.issues}}{{mes|sage}}", "message", "data.issues.message");
    row("{{data.issues.[0].mes|sage}}", "data.issues.[0].message", "data.issues.message");
    row("{{#each data.issues}}{{@in|dex}}", "@index", "");
    row("{{#if (e|q data.status \"Error\")}}", "eq", "");
    row("{{#if (eq data.st|atus \"Error\")}}", "data.status", "data.status");
    row("{{map data.st|atus Error=1}}", "data.status", "data.status");
    row("{{up|per (default data.name \"}\")}}", "upper", "");
    row("{{@delivery.a|ttempt}}", "@delivery.attempt", "");
}

void TestTemplateCompletion::describesWhatIsWritten()
{
    QFETCH(QString, text);
    QFETCH(QString, word);
    QFETCH(QString, field);
    const auto offset = std::size_t(text.indexOf(u'|'));
    const auto written = wordAt(text.remove(u'|').toStdString(), offset);
    QVERIFY(written);
    QCOMPARE(written->word.text, word);
    QCOMPARE(text.mid(qsizetype(written->begin), qsizetype(written->end - written->begin)), word);
    QVERIFY(!written->word.description.isEmpty());
    if (!field.isEmpty()) {
        QCOMPARE(written->word.description, PayloadSchema::instance().field(field)->description);
    }
    QVERIFY(!wordAt("\"data.name\" {{data.nmae}}", 3));
    QVERIFY(!wordAt("\"data.name\" {{data.nmae}}", 15));
}

void TestTemplateCompletion::mends_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mended"); // by the first mend of the first problem
    const auto row = [](const char *text, const char *mended) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(mended);
    };
    row(R"({"a": "{{data.nmae}}"})", R"({"a": "{{data.name}}"})");
    row(R"({"a": {{jsno data}}})", R"({"a": {{json data}}})");
    row(R"([{{#each data.issues}}"{{mesage}}"{{#unless @last}},{{/unless}}{{/each}}])",
        R"([{{#each data.issues}}"{{message}}"{{#unless @last}},{{/unless}}{{/each}}])");
    row(R"({"a": "{{data.name"})", R"({"a": "{{data.name}}"})");
    row(R"({"a": "{{data.name}"})", R"({"a": "{{data.name}}"})");
    row(R"({"a": {{data.name, "b": 1})", R"({"a": {{data.name}}, "b": 1})");
    row(R"({"a": "{{{data.name}}}"})", R"({"a": "{{data.name}}"})");
    row(R"({"a": "{{data/name}}"})", R"({"a": "{{data.name}}"})");
    row(R"({"a": "{{data.issues[0].message}}"})", R"({"a": "{{data.issues.[0].message}}"})");
    row(R"({"a": {{#if data.name}}1{{else}}2{{/fi}}})", R"({"a": {{#if data.name}}1{{else}}2{{/if}}})");
    row(R"({"a": "{{#if data.name}}1"})", R"({"a": "{{#if data.name}}1{{/if}}"})");
    row(R"({ {{data.name}}: 1})", R"({ "{{data.name}}": 1})");
    row(R"({"a": id-{{data.id}}})", R"({"a": "id-{{data.id}}"})");
    row(R"({"a": 1 "b": 2})", R"({"a": 1, "b": 2})");
    row(R"({"a" 1})", R"({"a": 1})");
    row(R"({"a": [1, 2, ]})", R"({"a": [1, 2 ]})");
    row(R"({"a": 'x'})", R"({"a": "x"})");
    row(R"({"a": {{eq data.status "error"}}})", R"({"a": {{eq data.status "Error"}}})");
    row(R"({"a": "{{map data.status Waring="w" else="i"}}"})", R"({"a": "{{map data.status Warning="w" else="i"}}"})");
    row(R"({"a": {{eq data.status Error}}})", R"({"a": {{eq data.status "Error"}}})");
    row(R"({"a": "{{#if eq data.status "Error"}}x{{/if}}"})", R"({"a": "{{#if (eq data.status "Error")}}x{{/if}}"})");
    row(R"({"a": "{{#if (eq data.status "Error"}}x{{/if}}"})", R"({"a": "{{#if (eq data.status "Error")}}x{{/if}}"})");
    row(R"({"a": "{{default data.name "x}}"})", R"({"a": "{{default data.name "x"}}"})");
    row(R"({"a": "{{map data.status Error=\"c\" else=\"i\"}}"})", R"({"a": "{{map data.status Error="c" else="i"}}"})");
    row(R"({"a": "{{date event_time "YYYY-MM-dd"}}"})", R"({"a": "{{date event_time "yyyy-MM-dd"}}"})");
    row(R"({"a": "{{date event_time tz="Europe/Berln"}}"})", R"({"a": "{{date event_time tz="Europe/Berlin"}}"})");
    row(R"({"a": "{{#if (euq data.status "Error")}}x{{/if}}"})",
        R"({"a": "{{#if (eq data.status "Error")}}x{{/if}}"})");
    row(R"({"a": "{{@delivery.ip}}"})", R"({"a": "{{@delivery.id}}"})");
    row(R"({"a": [1, {"b": "{{data.name}})", R"({"a": [1, {"b": "{{data.name}}"}]})");
}

void TestTemplateCompletion::mends()
{
    QFETCH(QString, text);
    QFETCH(QString, mended);
    const std::string source = text.toStdString();
    const Problems problems = BodyTemplate::compile(source).problems;
    QVERIFY(!problems.isEmpty());
    const auto mends = mendsOf(source, problems.constFirst());
    QVERIFY2(!mends.isEmpty(), qPrintable(problems.constFirst().message));
    std::string result = source;
    result.replace(mends.constFirst().begin, mends.constFirst().length, mends.constFirst().text);
    QCOMPARE(toQString(result), mended);
    QVERIFY(!mends.constFirst().label.isEmpty());
    QVERIFY(!hasErrors(BodyTemplate::compile(result).problems));
}

void TestTemplateCompletion::mendsNothingThatHasGone()
{
    const Problems problems = BodyTemplate::compile(R"({"a": "{{data.nmae}}"})").problems;
    QVERIFY(!mendsOf(R"({"a": "{{data.nmae}}"})", problems.constFirst()).isEmpty());
    QVERIFY(mendsOf(R"({"a": "{{data.name}}"})", problems.constFirst()).isEmpty());
}

QTEST_GUILESS_MAIN(TestTemplateCompletion)
#include "tst_templatecompletion.moc"
