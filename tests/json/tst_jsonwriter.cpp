// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "json.h"
#include "jsonwriter.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;
using namespace std::string_literals;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nests()
    {
        JsonWriter writer;
        writer.beginObject();
        writer.key("empty");
        writer.beginArray();
        writer.endArray();
        writer.key("list");
        writer.beginArray();
        writer.number(qint64(1));
        writer.beginObject();
        writer.endObject();
        writer.beginObject();
        writer.key("a");
        writer.boolean(true);
        writer.key("b");
        writer.null();
        writer.endObject();
        writer.endArray();
        writer.key("raw");
        writer.json(R"([1,"x"])");
        writer.key("last");
        writer.boolean(false);
        writer.endObject();
        QCOMPARE(writer.take(), R"({"empty":[],"list":[1,{},{"a":true,"b":null}],"raw":[1,"x"],"last":false})"s);
    }

    void writesStringsAsTheLibraryDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("quotes") << u"\"C:\\temp\""_s;
        QTest::newRow("not ASCII") << u"grün 🔔 \u2028"_s;
        QString controls;
        for (char16_t unit = 0; unit <= 0x20; ++unit) {
            controls += unit;
        }
        QTest::newRow("controls") << QString(controls % u'\x7f');
    }

    void writesStringsAsTheLibraryDoes()
    {
        QFETCH(const QString, text);
        JsonWriter writer;
        writer.string(text);
        QCOMPARE(writer.take(), writeJson(toJson(text)));
    }

    void writesNumbersThatReadBackAsTheSame_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("zero") << 0.0;
        QTest::newRow("whole") << 3.0;
        QTest::newRow("large and whole") << 1e20;
        QTest::newRow("fraction") << 20.421694000000002;
        QTest::newRow("smallest") << std::numeric_limits<double>::denorm_min();
        QTest::newRow("largest") << std::numeric_limits<double>::max();
        QTest::newRow("most digits") << -2.2250738585072014e-308;
    }

    void writesNumbersThatReadBackAsTheSame()
    {
        QFETCH(const double, value);
        JsonWriter writer;
        writer.number(value);
        const auto text = writer.take();
        const auto read = parseJson(QByteArray::fromStdString(text));
        QVERIFY2(read, text.c_str());
        QVERIFY2(read->is_number_float(), text.c_str());
        QCOMPARE(std::bit_cast<quint64>(read->get<double>()), std::bit_cast<quint64>(value));
    }

    void hasNoNumberForWhatIsNone()
    {
        JsonWriter writer;
        writer.beginArray();
        writer.number(std::nan(""));
        writer.number(-std::numeric_limits<double>::infinity());
        writer.number(std::numeric_limits<qint64>::min());
        writer.endArray();
        QCOMPARE(writer.take(), "[null,null,-9223372036854775808]"s);
    }
};

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
