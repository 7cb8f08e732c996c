// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventdraft.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using Field = EventDraft::Field;

namespace {

void fillIn(EventDraft &draft)
{
    draft.setValue(Field::Id, u"orders-db"_s);
    draft.setValue(Field::Name, u"Orders database"_s);
    draft.setValue(Field::Type, u"postgresql"_s);
}

} // namespace

/// The event that Send event… composes, as a form and as JSON.
class TestEventDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithAnEventOfNow()
    {
        const EventDraft draft;
        QCOMPARE(draft.value(Field::EventType), u"IntegrationStatusChanged"_s);
        QCOMPARE(draft.value(Field::Status), u"Error"_s);
        const auto time = QDateTime::fromString(draft.value(Field::EventTime), Qt::ISODateWithMs);
        QVERIFY(time.isValid());
        QCOMPARE_LE(time, QDateTime::currentDateTimeUtc());
        QVERIFY(!draft.eventToSend());
        QCOMPARE(draft.problems().size(), 1);
        QCOMPARE(draft.problems().constFirst().field, u"$.data.id"_s);
    }

    void formIsInTheJson()
    {
        EventDraft draft;
        QSignalSpy changes(&draft, &EventDraft::changed);
        fillIn(draft);
        draft.setValue(Field::Status, u"Warning"_s);
        draft.setIssues({{.status = u"Warning"_s, .message = u"Slow \"disk\""_s}});
        QCOMPARE(changes.size(), 5);
        draft.setValue(Field::Status, u"Warning"_s);
        QCOMPARE(changes.size(), 5);
        QVERIFY(draft.eventToSend());
        QCOMPARE(draft.eventToSend()->integrationId, u"orders-db"_s);
        QVERIFY(draft.eventToSend()->status == IntegrationStatus::Warning);
        QVERIFY(parseJson(draft.text().toUtf8()).value() == draft.eventToSend()->document);
        QVERIFY(draft.eventToSend()->document["data"]["issues"][0]["message"] == "Slow \"disk\"");
        QVERIFY(draft.problems().isEmpty());
    }

    void jsonIsInTheForm()
    {
        EventDraft draft;
        draft.setText(uR"({"event_type": "x", "event_time": 1696263265.5, "team": {"on_call": "Ada"},
            "data": {"id": "k8s", "name": "Cluster", "type": "kubernetes", "status": "Disabled", "region": "eu",
                     "issues": [{"status": "Error", "message": "m", "code": 7}]}})"_s);
        QVERIFY(draft.eventToSend());
        QCOMPARE(draft.value(Field::Id), u"k8s"_s);
        QCOMPARE(draft.value(Field::EventTime), u"1696263265.5"_s);
        QCOMPARE(draft.issues(), (QList<EventDraft::Issue>{{.status = u"Error"_s, .message = u"m"_s}}));

        draft.setValue(Field::Name, u"Another"_s); // and what the form does not know stays
        draft.setIssues({{.status = u"Error"_s, .message = u"new"_s}});
        const Json document = draft.eventToSend()->document;
        QVERIFY(document["team"]["on_call"] == "Ada");
        QVERIFY(document["data"]["region"] == "eu");
        QVERIFY(document["data"]["issues"][0]["code"] == 7);
        QVERIFY(document["data"]["issues"][0]["message"] == "new");
        QVERIFY(document["event_time"] == 1696263265.5);
        QVERIFY(document["data"]["name"] == "Another");
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::addColumn<TextPosition>("place");
        QTest::addColumn<bool>("readable");
        const QString event = u"{\"event_type\": \"x\", \"event_time\": 1,\n \"data\": {\"id\": %1, \"name\": \"n\",\n"
                              " \"type\": \"t\", \"status\": %2}}"_s;
        QTest::newRow("no JSON") << u"{\n  \"a\": ]"_s << QString() << TextPosition{.line = 2, .column = 8, .offset = 9}
                                 << false;
        QTest::newRow("empty") << QString() << QString() << TextPosition{.line = 1, .column = 1, .offset = 0} << false;
        QTest::newRow("a member twice") << event.arg(u"\"1\", \"id\": \"2\""_s, u"\"Error\""_s) << u"$.data.id"_s
                                        << TextPosition{.line = 2, .column = 22, .offset = 59} << false;
        QTest::newRow("no object") << u"[1]"_s << u"$"_s << TextPosition{.line = 1, .column = 1, .offset = 0} << false;
        QTest::newRow("empty id") << event.arg(u"\"\""_s, u"\"Error\""_s) << u"$.data.id"_s
                                  << TextPosition{.line = 2, .column = 17, .offset = 54} << true;
        QTest::newRow("unknown status") << event.arg(u"\"1\""_s, u"\"Broken\""_s) << u"$.data.status"_s
                                        << TextPosition{.line = 3, .column = 25, .offset = 96} << true;
        QTest::newRow("nothing") << u"{}"_s << u"$.event_type"_s << TextPosition{.line = 1, .column = 1, .offset = 0}
                                 << true;
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, field);
        QFETCH(const TextPosition, place);
        QFETCH(const bool, readable);
        EventDraft draft;
        draft.setText(text);
        QVERIFY(!draft.eventToSend());
        QCOMPARE(draft.isReadable(), readable);
        QCOMPARE(draft.problems().size(), 1);
        QCOMPARE(draft.problems().constFirst().field, field);
        QCOMPARE(draft.problems().constFirst().position.line, place.line);
        QCOMPARE(draft.problems().constFirst().position.column, place.column);
        QVERIFY(!draft.problems().constFirst().message.isEmpty());
        QCOMPARE(draft.text(), text);
    }

    void keepsTextThatCannotBeRead()
    {
        EventDraft draft;
        fillIn(draft);
        draft.setText(u"{\"half\": "_s);
        draft.setValue(Field::Name, u"Typed in the form"_s);
        draft.setIssues({{.status = u"Error"_s, .message = u"m"_s}});
        QCOMPARE(draft.text(), u"{\"half\": "_s);
        QCOMPARE(draft.value(Field::Name), u"Orders database"_s);
    }

    void survivesOddShapes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("data is a list") << u"{\"data\": [1, 2]}"_s;
        QTest::newRow("data is null") << u"{\"data\": null}"_s;
        QTest::newRow("issues are text") << u"{\"data\": {\"issues\": \"none\"}}"_s;
        QTest::newRow("an issue is a number") << u"{\"data\": {\"issues\": [3, null, {\"status\": 4}]}}"_s;
    }

    void survivesOddShapes()
    {
        QFETCH(const QString, text);
        EventDraft draft;
        draft.setText(text);
        draft.issues();
        draft.setIssues({{.status = u"Error"_s, .message = u"m"_s}});
        fillIn(draft);
        draft.setValue(Field::EventType, u"x"_s);
        draft.setValue(Field::Status, u"Error"_s);
        draft.setTimeToNow();
        QVERIFY2(draft.eventToSend(), qPrintable(draft.problems().value(0).message));
        QCOMPARE(draft.issues(), (QList<EventDraft::Issue>{{.status = u"Error"_s, .message = u"m"_s}}));
    }
};

QTEST_GUILESS_MAIN(TestEventDraft)
#include "tst_eventdraft.moc"
