// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "payloadschema.h"

#include "integrationevent.h"
#include "nearestword.h"
#include "shown.h"

#include <QFile>
#include <QTest>
#include <QTranslator>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

// Answers every text of one context, so that what was never sent through translation shows.
class Marker : public QTranslator
{
public:
    QString translate(const char *context, const char *text, const char *, int) const override
    {
        return qstrcmp(context, "Tocsin::PayloadSchema") == 0 ? QString(u"→" + QString::fromUtf8(text)) : QString();
    }
    bool isEmpty() const override { return false; }
};

void collectDescriptions(const QList<PayloadField> &fields, QStringList &descriptions)
{
    for (const auto &field : fields) {
        descriptions.append(field.description);
        collectDescriptions(field.children, descriptions);
    }
}

} // namespace

class TestPayloadSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEveryPath()
    {
        QCOMPARE(PayloadSchema::instance().paths(),
                 QStringList({u"event_type"_s, u"event_time"_s, u"data"_s, u"data.id"_s, u"data.name"_s, u"data.type"_s,
                              u"data.status"_s, u"data.issues"_s, u"data.issues.status"_s, u"data.issues.message"_s,
                              u"id"_s}));
    }

    void describesItsFields()
    {
        const auto fields = PayloadSchema::instance().fields();
        QCOMPARE(fields.size(), 4);
        QCOMPARE(fields[0].name, u"event_type"_s);
        QCOMPARE(fields[0].type, u"string"_s);
        QCOMPARE(shown(fields[0].sample), shown(Json("IntegrationStatusChanged")));
        QCOMPARE(fields[1].type, u"number"_s);
        const auto issues = fields[2].children.last();
        QCOMPARE(issues.type, u"array"_s);
        QCOMPARE(issues.children.size(), 2);
        QCOMPARE(issues.children[1].path, u"data.issues.message"_s);
        QCOMPARE(issues.sample.size(), 2U);
    }

    void translatesWhenAsked()
    {
        QStringList plain;
        collectDescriptions(PayloadSchema::instance().fields(), plain);
        QVERIFY(!plain.contains(QString()));
        Marker marker;
        QCoreApplication::installTranslator(&marker);
        QStringList translated;
        collectDescriptions(PayloadSchema::instance().fields(), translated);
        QCoreApplication::removeTranslator(&marker);
        for (auto &text : plain) {
            text.prepend(u'→');
        }
        QCOMPARE(translated, plain);
    }

    void everyDescriptionCanBeTranslated()
    {
        QFile source(QStringLiteral(TOCSIN_TEST_DATA "/../../src/model/payloadschema.cpp"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const auto text = QString::fromUtf8(source.readAll());
        QStringList descriptions;
        collectDescriptions(PayloadSchema::instance().fields(), descriptions);
        for (const auto &description : descriptions) {
            QVERIFY2(text.contains(QString(u'"' + description + u"\")")), qUtf8Printable(description));
        }
        QCOMPARE(text.count(u"QT_TRANSLATE_NOOP("_s), descriptions.size());
    }

    void knows_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("known");
        QTest::addColumn<QString>("nearest");
        QTest::newRow("field") << u"data.name"_s << true << u"data.name"_s;
        QTest::newRow("through an array") << u"data.issues.status"_s << true << u"data.issues.status"_s;
        QTest::newRow("index") << u"data.issues.[0].status"_s << true << u"data.issues.status"_s;
        QTest::newRow("index alone") << u"data.issues.[1]"_s << true << u"data.issues"_s;
        QTest::newRow("brackets") << u"data.[name]"_s << true << u"data.name"_s;
        QTest::newRow("two indices") << u"data.issues.[0].[0]"_s << false << u"data.issues"_s;
        QTest::newRow("misspelt") << u"data.nmae"_s << false << u"data.name"_s;
        QTest::newRow("misspelt parent") << u"date.status"_s << false << u"data.status"_s;
        QTest::newRow("misspelt item") << u"data.issues.[0].mesage"_s << false << u"data.issues.message"_s;
        QTest::newRow("wrong level") << u"status"_s << false << u"data.status"_s;
        QTest::newRow("below a string") << u"data.name.first"_s << false << u"data.name"_s;
        QTest::newRow("nothing like it") << u"zzzzzz"_s << false << QString();
        QTest::newRow("empty") << QString() << false << QString();
    }

    void knows()
    {
        QFETCH(QString, path);
        QTEST(PayloadSchema::instance().knows(path), "known");
        QTEST(PayloadSchema::instance().nearest(path), "nearest");
    }

    void makesTheMockEventFromItsSamples()
    {
        const auto mock = PayloadSchema::instance().mockEvent();
        QCOMPARE(shown(mock["event_type"]), shown(Json("IntegrationStatusChanged")));
        QCOMPARE(shown(mock["data"]["status"]), shown(Json("Error")));
        QCOMPARE(mock["data"]["issues"].size(), 2U);
        QCOMPARE(shown(mock["data"]["issues"][1]["status"]), shown(Json("Warning")));
        QVERIFY(!mock.contains("id")); // sent twice, it would not be taken twice
        QVERIFY(PayloadSchema::instance().field(u"id"_s)->sample.is_null());
    }

    void offersSampleEvents()
    {
        const auto samples = PayloadSchema::instance().sampleEvents();
        QCOMPARE(samples.size(), 3);
        QCOMPARE(shown(samples[0].second), shown(PayloadSchema::instance().mockEvent()));
        QCOMPARE(shown(samples[1].second["data"]["issues"]), shown(Json::array()));
        const auto hostile = samples[2].second.dump();
        for (const auto *part : {"</script>", "\\\"", "\\\\", "\\n", "🔔"}) {
            QVERIFY2(hostile.find(part) != std::string::npos, part);
        }
        for (const auto &[name, event] : samples) {
            QVERIFY(!name.isEmpty());
            const auto read = integrationEventFromJson(event);
            QVERIFY2(read.isOk(), qUtf8Printable(name));
        }
    }

    void measuresWords_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("distance");
        QTest::newRow("same") << u"name"_s << u"NAME"_s << 0;
        QTest::newRow("swapped") << u"nmae"_s << u"name"_s << 1;
        QTest::newRow("missing") << u"nme"_s << u"name"_s << 1;
        QTest::newRow("added") << u"names"_s << u"name"_s << 1;
        QTest::newRow("replaced") << u"date"_s << u"data"_s << 1;
        QTest::newRow("empty") << u""_s << u"data"_s << 4;
        QTest::newRow("several") << u"kitten"_s << u"sitting"_s << 3;
    }

    void measuresWords()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QTEST(static_cast<int>(editDistance(from, to)), "distance");
        QTEST(static_cast<int>(editDistance(to, from)), "distance");
    }
};

QTEST_GUILESS_MAIN(TestPayloadSchema)
#include "tst_payloadschema.moc"
