// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytemplate.h"

#include "json.h"

#include <QFile>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

Json parsed(const std::string &text)
{
    const auto document = parseJson(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    return document ? *document : Json("not JSON: " + document.error().message.toStdString() + ": " + text);
}

QByteArray shown(const Json &value)
{
    return QByteArray::fromStdString(writeJson(value));
}

// Values that break out of whatever is not escaped for where it stands.
const std::vector<std::string> hostileValues{
    "plain",
    "say \"hi\"",
    "back\\slash \\\" \\n \\u0041",
    "trailing backslash \\",
    "line\nfeed\r\n\ttab \b\f \x01\x1f\x7f",
    "</script><!-- & 'quoted' -->",
    "emoji 🔔👩‍👩‍👧‍👦 日本語 \xe2\x80\xa8\xe2\x80\xa9",
    "{{data.id}} ${secret:KEY} {\"json\": [1, \"two\"]}",
    "\"}]}\", \"injected\": \"",
    std::string("nul \0 inside", 12),
    std::string(100'000, '"') + std::string(100'000, '\\'),
};

Json eventWith(const std::string &value, int issues)
{
    auto list = Json::array();
    for (int i = 0; i < issues; ++i) {
        list.push_back({{"status", value}, {"message", value + std::to_string(i)}});
    }
    return {{"event_type", value},
            {"event_time", 1696263265},
            {"data", {{"id", value}, {"name", value}, {"type", value}, {"status", "Error"}, {"issues", list}}}};
}

// A target's body template as its documentation has it.
QString target(const char *name)
{
    QFile file(QString(QStringLiteral(TOCSIN_TEST_DATA "/targets/") + QString::fromLatin1(name) + u".template"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::string render(const QString &text, const Json &event)
{
    const auto compilation = BodyTemplate::compile(text.toStdString());
    if (!compilation.bodyTemplate) {
        return "does not compile: " + compilation.problems.first().message.toStdString();
    }
    const auto body = compilation.bodyTemplate->render(event, [](const QString &) { return u"k\"e\\y"_s; });
    return body ? *body : "does not render: " + body.error().message.toStdString();
}

// The documented example's result: the event, with its time as text.
Json expectedDocument(Json event)
{
    event["event_time"] = "1696263265";
    return event;
}

} // namespace

class TestTargets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withHostileValues_data()
    {
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("issues");
        for (std::size_t i = 0; i < hostileValues.size(); ++i) {
            const auto count = hostileValues[i].size() > 1000 ? 1 : 3; // bodies end at 1 MiB
            for (int issues = 0; issues <= count; ++issues) {
                QTest::addRow("value %d, %d issues", static_cast<int>(i), issues) << static_cast<int>(i) << issues;
            }
        }
    }

    void withHostileValues()
    {
        QFETCH(int, value);
        QFETCH(int, issues);
        const auto &hostile = hostileValues[static_cast<std::size_t>(value)];
        const auto isLong = hostile.size() > 1000;
        auto event = eventWith(hostile, issues);
        if (isLong) { // one long value at a time
            event = eventWith("plain", issues);
            event["data"]["name"] = hostile.substr(0, 100'000);
        }
        const auto &data = event["data"];
        const auto name = data["name"].get<std::string>();

        QCOMPARE(shown(parsed(render(target("documented"), event))), shown(expectedDocument(event)));

        const auto datadog = parsed(render(target("datadog"), event));
        QCOMPARE(shown(datadog["hostname"]), shown(name));
        QCOMPARE(shown(datadog["ddtags"]), shown("integration:" + data["id"].get<std::string>()));
        QCOMPARE(shown(parsed(datadog["message"].get<std::string>())), shown(expectedDocument(event)));

        const auto serviceNow = parsed(render(target("servicenow"), event));
        QCOMPARE(shown(serviceNow["short_description"]), shown(name + " is Error"));
        QCOMPARE(shown(parsed(serviceNow["description"].get<std::string>())), shown(expectedDocument(event)));

        std::string messages;
        for (const auto &issue : data["issues"]) {
            messages += (messages.empty() ? "" : ", ") + issue["message"].get<std::string>();
        }
        const auto slack = parsed(render(target("slack"), event));
        QCOMPARE(shown(slack["text"]), shown("*" + name + "* says \"Error\": " + messages));

        const auto pagerDuty = parsed(render(target("pagerduty"), event));
        QCOMPARE(shown(pagerDuty["routing_key"]), shown("k\"e\\y"));
        QCOMPARE(shown(pagerDuty["event_action"]), shown(issues > 0 ? "trigger" : "resolve"));
        QCOMPARE(shown(pagerDuty["payload"]["custom_details"]), shown(data));
    }

    void threeLevelsDeep()
    {
        for (const auto &hostile : hostileValues) {
            if (hostile.size() > 1000) {
                continue;
            }
            const auto event = eventWith(hostile, 2);
            const auto body = render(
                u"{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"c\\\\\\\":[\\\\\\\"{{data.issues.message}}\\\\\\\"],\\\\\\\"d\\\\\\\":{{data}}}\\\"}\"}"_s,
                event);
            const auto second = parsed(parsed(body)["a"].get<std::string>());
            const auto third = parsed(second["b"].get<std::string>());
            QCOMPARE(shown(third["c"]), shown({hostile + "0", hostile + "1"}));
            QCOMPARE(shown(third["d"]), shown(event["data"]));
        }
    }
};

QTEST_GUILESS_MAIN(TestTargets)
#include "tst_targets.moc"
