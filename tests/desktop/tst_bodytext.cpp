// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodytext.h"
#include "jsontext.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestBodyText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indents_data();
    void indents();
    void indentationIsBounded();
    void findsPlaces_data();
    void findsPlaces();
    void tellsKinds_data();
    void tellsKinds();
    void keepsNumbersAsTheyCame();
    void cutWithinACharacter();
    void readsByTheCharset_data();
    void readsByTheCharset();
    void dumpsBytes();
    void shortensLongLines();
};

void TestBodyText::indents_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("nested") << QByteArray(R"({"a":[1,{"b":"x, [y]: \"z\""}],"c":{}})")
                            << QByteArray(
                                   "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x, [y]: \\\"z\\\"\"\n    }\n  ],\n"
                                   "  \"c\": {}\n}");
    QTest::newRow("already laid out") << QByteArray("{ \"a\" :\n 1 }") << QByteArray("{\n  \"a\": 1\n}");
    QTest::newRow("scalar") << QByteArray(" true ") << QByteArray("true");
    QTest::newRow("cut") << QByteArray(R"({"a":[1,"b)") << QByteArray("{\n  \"a\": [\n    1,\n    \"b");
    QTest::newRow("cut after a backslash") << QByteArray(R"(["b\)") << QByteArray("[\n  \"b\\");
    QTest::newRow("too many closed") << QByteArray("]]1") << QByteArray("\n]\n]1");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestBodyText::indents()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(indentedJson(text.toStdString())), expected);
}

void TestBodyText::indentationIsBounded()
{
    const std::string deep(100'000, '[');
    QVERIFY(indentedJson(deep).size() < deep.size() * 70);
}

void TestBodyText::findsPlaces_data()
{
    QTest::addColumn<QString>("text"); // | is the place
    QTest::addColumn<QString>("path"); // "none": no value there
    QTest::addColumn<QString>("value");
    QTest::newRow("member's value") << uR"({"a": {"b": |"x"}})"_s << u".a.b"_s << u"x"_s;
    QTest::newRow("member's name") << uR"({"a": {"|b": "x"}})"_s << u".a.b"_s << u"x"_s;
    QTest::newRow("in an array") << uR"({"a": [1, {"c": tr|ue}]})"_s << u".a[1].c"_s << u"true"_s;
    QTest::newRow("odd name") << uR"({"it's": {"": |-1.5e3}})"_s << uR"(['it\'s'][''])"_s << u"-1.5e3"_s;
    QTest::newRow("escapes") << uR"({"a": "|x\"\u00e4"})"_s << u".a"_s << u"x\"ä"_s;
    QTest::newRow("root") << u"|12"_s << QString() << u"12"_s;
    QTest::newRow("name of an object") << uR"({"|a": {"b": "x"}})"_s << u"none"_s << QString();
    QTest::newRow("between") << uR"({"a": 1,| "b": 2})"_s << u"none"_s << QString();
    QTest::newRow("after all") << uR"({"a": 1}|)"_s << u"none"_s << QString();
}

void TestBodyText::findsPlaces()
{
    QFETCH(QString, text);
    QFETCH(QString, path);
    QFETCH(QString, value);
    const QByteArray marked = text.toUtf8();
    const auto place = jsonPlaceAt(QByteArray(marked).replace('|', "").toStdString(), std::size_t(marked.indexOf('|')));
    if (path == u"none") {
        QVERIFY(!place);
    } else {
        QVERIFY(place);
        QCOMPARE(place->path, path);
        QCOMPARE(place->value, value);
    }
}

void TestBodyText::tellsKinds_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<BodyText::Kind>("kind");
    QTest::newRow("empty") << QByteArray() << u"application/json"_s << false << BodyText::Kind::Empty;
    QTest::newRow("json") << QByteArray("{}") << u"text/plain"_s << false << BodyText::Kind::JsonText;
    QTest::newRow("not json after all") << QByteArray("{") << u"application/json"_s << false << BodyText::Kind::Text;
    QTest::newRow("cut json") << QByteArray("{") << u"application/problem+json; charset=utf-8"_s << true
                              << BodyText::Kind::JsonText;
    QTest::newRow("cut text") << QByteArray("{") << u"text/plain"_s << true << BodyText::Kind::Text;
    QTest::newRow("text") << QByteArray("ok\r\n") << QString() << false << BodyText::Kind::Text;
    QTest::newRow("not utf-8") << QByteArray("\xff\x80") << u"application/json"_s << false << BodyText::Kind::Binary;
    QTest::newRow("nul") << QByteArray("a\0b", 3) << u"text/plain"_s << false << BodyText::Kind::Binary;
}

void TestBodyText::tellsKinds()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, type);
    QFETCH(bool, isCut);
    QFETCH(BodyText::Kind, kind);
    QVERIFY(bodyText(body, type, isCut).kind == kind);
}

void TestBodyText::keepsNumbersAsTheyCame()
{
    const BodyText text = bodyText(R"([1.50,123456789012345678901234567890,"\u00e4"])", {}, false);
    QCOMPARE(text.pretty, u"[\n  1.50,\n  123456789012345678901234567890,\n  \"\\u00e4\"\n]"_s);
}

void TestBodyText::cutWithinACharacter()
{
    const BodyText text = bodyText(QByteArray("a\xf0\x9f\x98"), {}, true);
    QVERIFY(text.kind == BodyText::Kind::Text);
    QCOMPARE(text.raw, u"a"_s);
    QVERIFY(bodyText(QByteArray("a\xf0\x9f\x98"), {}, false).kind == BodyText::Kind::Binary);
}

void TestBodyText::readsByTheCharset_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("type");
    QTest::addColumn<BodyText::Kind>("kind");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("encoding");
    QTest::newRow("Latin-1") << QByteArray("f\xfcr") << u"text/plain; charset=iso-8859-1"_s << BodyText::Kind::Text
                             << u"für"_s << u"ISO-8859-1"_s;
    QTest::newRow("not named") << QByteArray("f\xfcr") << u"text/plain"_s << BodyText::Kind::Text << u"für"_s
                               << u"ISO-8859-1"_s;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe{\0}\0", 6) << u"application/json"_s << BodyText::Kind::Text
                            << u"{}"_s << u"UTF-16"_s;
    QTest::newRow("JSON, Latin-1 said") << QByteArray("\"f\xc3\xbcr\"") << u"text/plain; charset=iso-8859-1"_s
                                        << BodyText::Kind::JsonText << u"\"für\""_s << QString();
}

void TestBodyText::readsByTheCharset()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, type);
    QFETCH(BodyText::Kind, kind);
    const BodyText text = bodyText(body, type, false);
    QVERIFY(text.kind == kind);
    QTEST(text.raw, "raw");
    QTEST(text.encoding, "encoding");
}

void TestBodyText::dumpsBytes()
{
    QCOMPARE(hexDump(QByteArray("\0A\xff"
                                "0123456789abcdef",
                                19)),
             u"000000  00 41 ff 30 31 32 33 34 35 36 37 38 39 61 62 63  .A.0123456789abc\n"
             "000010  64 65 66                                         def"_s);
    const BodyText text = bodyText(QByteArray(1024 * 1024, '\0'), {}, false);
    QVERIFY(text.isShortened);
    QVERIFY(text.raw.size() < 1024 * 1024);
}

void TestBodyText::shortensLongLines()
{
    const BodyText text = bodyText(QByteArray(1024 * 1024, 'x'), {}, false);
    QVERIFY(text.isShortened);
    QCOMPARE(text.raw.size(), 64 * 1024);
    const BodyText lines = bodyText(QByteArray("x\n").repeated(512 * 1024), {}, false);
    QVERIFY(!lines.isShortened);
}

QTEST_MAIN(TestBodyText)
#include "tst_bodytext.moc"
