// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "integrationevent.h"

#include "payloadschema.h"
#include "shown.h"
#include "webhook.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(Tocsin::Json)

namespace {

Json mock()
{
    return PayloadSchema::instance().mockEvent();
}

Json with(const char *pointer, const Json &value)
{
    auto document = mock();
    document[Json::json_pointer(pointer)] = value;
    return document;
}

std::string repeated(const std::string &text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i) {
        result += text;
    }
    return result;
}

Json without(const char *parent, const char *name)
{
    auto document = mock();
    document[Json::json_pointer(parent)].erase(name);
    return document;
}

} // namespace

class TestIntegrationEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItNeeds()
    {
        auto document = mock();
        document["data"]["region"] = "eu";
        const auto read = integrationEventFromJson(document);
        QVERIFY(read.isOk());
        QCOMPARE(read->integrationId, u"6f1c2a40-8d5e-4b7b-9a55-0c6f3f0f7a11"_s);
        QCOMPARE(read->integrationName, u"Production PostgreSQL"_s);
        QCOMPARE(read->integrationType, u"postgresql"_s);
        QVERIFY(read->status == IntegrationStatus::Error);
        QCOMPARE(shown(read->document), shown(document));
    }

    void accepts_data()
    {
        QTest::addColumn<Json>("document");
        QTest::newRow("whole seconds") << with("/event_time", 1696263265);
        QTest::newRow("RFC 3339, nanoseconds") << with("/event_time", "2023-10-02T16:14:25.851898000Z");
        QTest::newRow("RFC 3339, offset") << with("/event_time", "2023-10-02t16:14:25+05:30");
        QTest::newRow("RFC 3339, leap second") << with("/event_time", "2016-12-31T23:59:60Z");
        QTest::newRow("RFC 3339, small letters") << with("/event_time", "2023-10-02t16:14:25z");
        QTest::newRow("RFC 3339, last second of a day") << with("/event_time", "2024-02-29T23:59:59-23:59");
        QTest::newRow("seconds with many digits") << with("/event_time", *parseJson("1696263265.851898000"));
        QTest::newRow("no issues") << without("/data", "issues");
        QTest::newRow("an id of its own") << with("/id", "order 7/\u0001é");
        QTest::newRow("an id of one character") << with("/id", "é");
        QTest::newRow("an id of 256 characters") << with("/id", repeated("a", 256));
        QTest::newRow("an id of 256 characters of two UTF-16 units") << with("/id", repeated("🔔", 256));
        QTest::newRow("issue with members of its own") << with("/data/issues/0", {{"code", 7}});
        for (const auto status : allIntegrationStatuses()) {
            QTest::newRow(qPrintable(toString(status))) << with("/data/status", toString(status).toStdString());
        }
    }

    void accepts()
    {
        QFETCH(Json, document);
        const auto read = integrationEventFromJson(document);
        QVERIFY2(read.isOk(), read ? "" : qPrintable(read.error().message));
        QCOMPARE(toJson(read->ownId), document.value("id", Json("")));
        QCOMPARE(shown(read->document), shown(document));
    }

    void readsTimes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("inUtc");
        QTest::newRow("UTC") << u"2023-10-02T16:14:25Z"_s << u"2023-10-02T16:14:25.000Z"_s;
        QTest::newRow("nanoseconds") << u"2023-10-02T16:14:25.851898000Z"_s << u"2023-10-02T16:14:25.851Z"_s;
        QTest::newRow("a tenth") << u"2023-10-02T16:14:25.8Z"_s << u"2023-10-02T16:14:25.800Z"_s;
        QTest::newRow("east") << u"2023-10-02t01:14:25+05:30"_s << u"2023-10-01T19:44:25.000Z"_s;
        QTest::newRow("west") << u"2023-12-31T23:14:25-01:00"_s << u"2024-01-01T00:14:25.000Z"_s;
        QTest::newRow("leap second") << u"2016-12-31T23:59:60z"_s << u"2016-12-31T23:59:59.000Z"_s;
        QTest::newRow("leap second elsewhere") << u"2017-01-01T05:29:60+05:30"_s << u"2016-12-31T23:59:59.000Z"_s;
    }

    void readsTimes()
    {
        QFETCH(const QString, text);
        const auto time = timeFromRfc3339(text);
        QVERIFY2(time, time ? "" : qPrintable(time.error().message));
        QTEST(time->toString(Qt::ISODateWithMs), "inUtc");
    }

    void refuses_data()
    {
        QTest::addColumn<Json>("document");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("said");
        QTest::newRow("not an object") << Json::array() << u"$"_s << u"object"_s;
        QTest::newRow("no data") << without("", "data") << u"$.data"_s << u"$.data"_s;
        QTest::newRow("no id") << without("/data", "id") << u"$.data.id"_s << u"$.data.id"_s;
        QTest::newRow("empty id") << with("/data/id", "") << u"$.data.id"_s << u"empty"_s;
        QTest::newRow("number for a name") << with("/data/name", 7) << u"$.data.name"_s << u"a string"_s;
        QTest::newRow("unknown status") << with("/data/status", "Broken") << u"$.data.status"_s << u"Disabled"_s;
        QTest::newRow("status in other case") << with("/data/status", "error") << u"$.data.status"_s << u"\"error\""_s;
        QTest::newRow("time in words") << with("/event_time", "yesterday") << u"$.event_time"_s << u"RFC 3339"_s;
        QTest::newRow("time without offset")
            << with("/event_time", "2023-10-02T16:14:25") << u"$.event_time"_s << u"a zone has to follow"_s;
        QTest::newRow("month 13") << with("/event_time", "2023-13-02T16:14:25Z") << u"$.event_time"_s
                                  << u"no such day"_s;
        QTest::newRow("February 29") << with("/event_time", "2023-02-29T16:14:25Z") << u"$.event_time"_s
                                     << u"no such day"_s;
        QTest::newRow("hour 24") << with("/event_time", "2023-10-02T24:00:00Z") << u"$.event_time"_s
                                 << u"$.event_time is no time: hours go from 00 to 23 (RFC 3339)"_s;
        QTest::newRow("hour 25") << with("/event_time", "2023-10-02T25:00:00Z") << u"$.event_time"_s
                                 << u"no such day or hour"_s;
        QTest::newRow("minute 60") << with("/event_time", "2023-10-02T16:60:00Z") << u"$.event_time"_s
                                   << u"no such day or hour"_s;
        QTest::newRow("second 61") << with("/event_time", "2023-10-02T16:14:61Z") << u"$.event_time"_s
                                   << u"no such day or hour"_s;
        QTest::newRow("offset of 24 hours")
            << with("/event_time", "2023-10-02T16:14:25+24:00") << u"$.event_time"_s << u"offset"_s;
        QTest::newRow("offset of one number")
            << with("/event_time", "2023-10-02T16:14:25+02") << u"$.event_time"_s << u"RFC 3339"_s;
        QTest::newRow("a line end") << with("/event_time", "2023-10-02T16:14:25Z\n") << u"$.event_time"_s
                                    << u"RFC 3339"_s;
        QTest::newRow("a space for the T")
            << with("/event_time", "2023-10-02 16:14:25Z") << u"$.event_time"_s << u"RFC 3339"_s;
        QTest::newRow("time null") << with("/event_time", nullptr) << u"$.event_time"_s << u"a number or a string"_s;
        QTest::newRow("an empty id of its own") << with("/id", "") << u"$.id"_s << u"$.id is empty"_s;
        for (const auto &[name, value] :
             {std::pair("a number", Json(7)), std::pair("null", Json()), std::pair("true", Json(true)),
              std::pair("an object", Json::object()), std::pair("an array", Json::array({"a"}))}) {
            QTest::addRow("%s as an id of its own", name) << with("/id", value) << u"$.id"_s << u"must be a string"_s;
        }
        for (const auto *character : {"a", "🔔"}) {
            QTest::addRow("an id of 257 characters %s", character)
                << with("/id", repeated(character, 257)) << u"$.id"_s << u"257 characters; it may have 256"_s;
        }
        QTest::newRow("issues an object")
            << with("/data/issues", Json::object()) << u"$.data.issues"_s << u"an array"_s;
        QTest::newRow("second issue") << with("/data/issues/1/message", 1) << u"$.data.issues[1].message"_s
                                      << u"a string"_s;
    }

    void refuses()
    {
        QFETCH(Json, document);
        QFETCH(QString, said);
        const auto read = integrationEventFromJson(document);
        QVERIFY(!read.isOk());
        QTEST(read.error().where, "where");
        QVERIFY2(read.error().message.contains(said), qUtf8Printable(read.error().message));
    }

    void filters_data()
    {
        QTest::addColumn<QStringList>("integrations");
        QTest::addColumn<QStringList>("types");
        QTest::addColumn<QList<IntegrationStatus>>("statuses");
        QTest::addColumn<IntegrationStatus>("status");
        QTest::addColumn<bool>("matches");
        using enum IntegrationStatus;
        using Statuses = QList<IntegrationStatus>;
        const QStringList none;
        QTest::newRow("empty, Error") << none << none << Statuses{} << Error << true;
        QTest::newRow("empty, Warning") << none << none << Statuses{} << Warning << true;
        QTest::newRow("empty, Active") << none << none << Statuses{} << Active << false;
        QTest::newRow("status") << none << none << Statuses{Active, Disabled} << Active << true;
        QTest::newRow("other status") << none << none << Statuses{Disabled} << Error << false;
        QTest::newRow("integration") << QStringList{u"x"_s, u"id"_s} << none << Statuses{} << Error << true;
        QTest::newRow("other integration") << QStringList{u"x"_s} << none << Statuses{} << Error << false;
        QTest::newRow("type") << none << QStringList{u"postgresql"_s} << Statuses{} << Error << true;
        QTest::newRow("other type") << none << QStringList{u"mysql"_s} << Statuses{} << Error << false;
        QTest::newRow("all must match") << QStringList{u"id"_s} << QStringList{u"mysql"_s} << Statuses{Error} << Error
                                        << false;
    }

    void filters()
    {
        QFETCH(QStringList, integrations);
        QFETCH(QStringList, types);
        QFETCH(QList<IntegrationStatus>, statuses);
        QFETCH(IntegrationStatus, status);
        const Filters filters{.integrations = integrations, .types = types, .statuses = statuses};
        const IntegrationEvent happened{.integrationId = u"id"_s,
                                        .integrationName = u"name"_s,
                                        .integrationType = u"postgresql"_s,
                                        .status = status,
                                        .document = {}};
        QTEST(filters.matches(happened), "matches");
    }
};

QTEST_GUILESS_MAIN(TestIntegrationEvent)
#include "tst_integrationevent.moc"
