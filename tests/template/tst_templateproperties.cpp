// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"

#include <QTest>

#include <random>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

// Events of every shape, the same ones in every run.
class EventMaker
{
public:
    explicit EventMaker(unsigned seed)
        : m_random(seed)
    {
    }

    Json event()
    {
        auto event = Json::object();
        for (const auto *name : {"event_type", "event_time", "data", "x"}) {
            if (below(8) > 0) {
                event[name] = name == std::string_view("data") && below(6) > 0 ? data() : value(3);
            }
        }
        return event;
    }

private:
    unsigned below(unsigned bound) { return static_cast<unsigned>(m_random() % bound); }

    Json data()
    {
        auto data = Json::object();
        for (const auto *name : {"id", "name", "type", "status", "tags", "n"}) {
            if (below(6) > 0) {
                data[name] = value(2);
            }
        }
        if (below(5) > 0) {
            auto issues = Json::array();
            for (auto count = below(4); count > 0; --count) {
                issues.push_back(below(6) > 0 ? Json{{"status", value(1)}, {"message", value(2)}} : value(2));
            }
            data["issues"] = issues;
        }
        return data;
    }

    Json value(int depth)
    {
        switch (below(depth > 0 ? 9 : 7)) {
        case 0:
            return nullptr;
        case 1:
            return below(2) == 0;
        case 2:
            return static_cast<std::int64_t>(m_random());
        case 3:
            return static_cast<double>(static_cast<std::int64_t>(m_random())) / 1e7;
        case 7: {
            auto array = Json::array();
            for (auto count = below(4); count > 0; --count) {
                array.push_back(value(depth - 1));
            }
            return array;
        }
        case 8: {
            auto object = Json::object();
            for (auto count = below(4); count > 0; --count) {
                object[string()] = value(depth - 1);
            }
            return object;
        }
        default:
            return string();
        }
    }

    std::string string()
    {
        static const std::vector<std::string> pieces{
            "a",         "\"", "\\",   "\n", "\t", "{", "}",    "[",  "]",    ":",    ",",      "/", "{{",     "}}",
            "${secret:", "🔔",  "\x01", "'",  "<",  "ä", "\\u0", "\r", "\x7f", "null", "status", "n", "message"};
        std::string text;
        for (auto count = below(8); count > 0; --count) {
            text += pieces[below(static_cast<unsigned>(pieces.size()))];
        }
        return text;
    }

    std::mt19937_64 m_random;
};

} // namespace

class TestTemplateProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCompilesRendersToJson_data()
    {
        QTest::addColumn<QString>("text");
        const QStringList texts{
            u"{{this}}"_s,
            u"[{{data}},\"{{data}}\",{{json data}},\"{{json data}}\"]"_s,
            u"{\"{{data.name}}\":{{data.n}},\"b\":\"{{x}} {{event_time}}\"}"_s,
            u"{\"issues\":[{\"s\":\"{{data.issues.status}}\",\"m\":{{data.issues.message}},\"t\":[\"{{data.tags.x}}\"]}]}"_s,
            u"[[[{{data.issues.message.status}}]],\"{{data.issues.message.n}}\"]"_s,
            u"\"{\\\"a\\\":\\\"{{data.name}}\\\",\\\"i\\\":[{\\\"m\\\":{{data.issues.message}}}],\\\"k {{x}}\\\":{{json data}}}\""_s,
            u"\"{\\\"a\\\":\\\"[\\\\\\\"{{data.issues.status}}\\\\\\\",{{data.n}}]\\\"}\""_s,
            u"\"text [{{data.name}}] {\\\"a\\\":\\\"{{data.id}}\\\"} \\\"{{data.type}}\\\"\""_s,
            u"[{{#each data.issues}}{{#unless @first}},{{/unless}}{\"{{@key}}\":{{this}},\"m\":\"{{message}}\"}{{/each}}]"_s,
            u"{ {{#each data}}{{#if @index}},{{/if}}\"{{@key}}\":[{{#each this}}{{json this}}{{#unless @last}},{{/unless}}{{else}}{{this}}{{/each}}]{{/each}} }"_s,
            u"{\"a\":{{#if data.name}}\"{{data.name}}\"{{else if data.id}}{{data.id}}{{else}}[]{{/if}}}"_s,
            u"[1{{#with data}},\"{{name}}{{../x}}\"{{#if tags}},[\"{{tags.n}}\"]{{/if}}{{/with}}]"_s,
            u"{\"a\":1{{#if data.issues}},\"i\":[{{#each data.issues}}{{#unless @first}},{{/unless}}\"{{status}}\"{{/each}}]{{/if}}}"_s,
            u"\"{\\\"l\\\":[{{#each data.issues}}{{#if @index}},{{/if}}{\\\"s\\\":\\\"{{status}}\\\",\\\"m\\\":{{message}}}{{/each}}]}\""_s,
            u"{\"k\":\"{{#each data.tags}}{{this}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}\",\"s\":${secret:k}}"_s,
        };
        for (const auto &text : texts) {
            QTest::newRow(qPrintable(text.left(60))) << text;
        }
    }

    void whatCompilesRendersToJson()
    {
        QFETCH(QString, text);
        const auto compilation = BodyTemplate::compile(text.toStdString());
        QVERIFY2(compilation.bodyTemplate.has_value(),
                 compilation.problems.isEmpty() ? "" : qUtf8Printable(compilation.problems.last().message));
        EventMaker maker(2024);
        for (int i = 0; i < 600; ++i) {
            const auto event = maker.event();
            const auto body = compilation.bodyTemplate->render(event, [](const QString &) { return u"\"\\\n"_s; });
            QVERIFY2(body.isOk(), body.isOk() ? "" : qUtf8Printable(body.error().message));
            const auto parsed = parseJson(QByteArrayView(body->data(), static_cast<qsizetype>(body->size())));
            QVERIFY2(parsed.isOk(), (*body + "\n" + writeJson(event)).c_str());
        }
    }

    // Text put together by chance: what compiles must still render to JSON, or say that it does not.
    void anyTextThatCompiles()
    {
        const std::vector<std::string> pieces{"{",
                                              "}",
                                              "[",
                                              "]",
                                              ",",
                                              ":",
                                              "\"",
                                              "\\\"",
                                              "\\\\\\\"",
                                              "\"a\"",
                                              "\"a\":",
                                              "1",
                                              "-",
                                              "true",
                                              " ",
                                              "x",
                                              "\\",
                                              "{{data.name}}",
                                              "{{data.issues.message}}",
                                              "{{json data}}",
                                              "{{this}}",
                                              "{{@index}}",
                                              "${secret:k}",
                                              "{{#each data.issues}}",
                                              "{{#if data.name}}",
                                              "{{#unless @first}}",
                                              "{{#unless @last}}",
                                              "{{#with data}}",
                                              "{{else}}",
                                              "{{/each}}",
                                              "{{/if}}",
                                              "{{/unless}}",
                                              "{{/with}}",
                                              "{{#each data.issues}}{{#if @index}},{{/if}}",
                                              "[\"{{data.issues.status}}\"]",
                                              "\"{\\\"m\\\":\\\"{{data.name}}\\\"}\"",
                                              "{\"a\":{{data.n}}}"};
        std::mt19937_64 random(7);
        EventMaker maker(11);
        int compiled = 0;
        for (int i = 0; i < 20'000; ++i) {
            std::string text;
            for (auto count = 1 + random() % 7; count > 0; --count) {
                text += pieces[random() % pieces.size()];
            }
            const auto compilation = BodyTemplate::compile(text);
            if (!compilation.bodyTemplate) {
                continue;
            }
            ++compiled;
            for (int j = 0; j < 5; ++j) {
                const auto event = maker.event();
                const auto body = compilation.bodyTemplate->render(event, [](const QString &) { return u"\"\\"_s; });
                if (!body) {
                    QCOMPARE(body.error().where, BodyTemplate::notJson);
                    continue;
                }
                const auto parsed = parseJson(QByteArrayView(body->data(), static_cast<qsizetype>(body->size())));
                QVERIFY2(parsed.isOk(), (text + "\n" + *body + "\n" + writeJson(event)).c_str());
            }
        }
        QVERIFY2(compiled > 200, qPrintable(QString::number(compiled)));
    }
};

QTEST_GUILESS_MAIN(TestTemplateProperties)
#include "tst_templateproperties.moc"
