// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "json.h"
#include "jsonof.h"
#include "lonesurrogates.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray nested(int depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrips_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QList<QByteArray> texts = {"null",
                                         "true",
                                         "\"\"",
                                         "{}",
                                         "[]",
                                         "0",
                                         "-1",
                                         "9223372036854775807",
                                         "-9223372036854775808",
                                         "18446744073709551615",
                                         "1.5",
                                         "0.1",
                                         "1e+100",
                                         "1e100",
                                         "1E3",
                                         "0.10",
                                         "-0",
                                         "-0.0",
                                         "0e0",
                                         "100000.0",
                                         "1696263265.851898000",
                                         "12345678901234567890",
                                         "-98765432109876543210",
                                         "3.14159265358979323846264338327950288",
                                         "1e400",
                                         "-1e-400",
                                         "{\"a\":[1.50,{\"b\":1e1}]}",
                                         "{\"z\":1,\"a\":{\"y\":[],\"b\":2}}",
                                         "\"\\u0000\\u001f\\n\\\"\\\\\"",
                                         "\"\xF0\x9F\x98\x80\xE2\x80\xA8\"",
                                         "[[],[[]],{}]"};
        for (const QByteArray &text : texts) {
            QTest::newRow(text.constData()) << text;
        }
    }
    void roundTrips()
    {
        QFETCH(QByteArray, text);
        const auto parsed = parseJson(text);
        QVERIFY(parsed);
        QCOMPARE(QByteArray::fromStdString(writeJson(*parsed)), text);
    }

    void takes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("blanks") << " \t\r\n[ 1 , { \"a\" : 2 } ]\n"_ba
                                << "[1,{\"a\":2}]"_ba;
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF[1]"_ba
                                         << "[1]"_ba;
        QTest::newRow("the last of two members, in the first one's place") << "{\"a\":[1],\"b\":2,\"a\":{\"c\":3}}"_ba
                                                                           << "{\"a\":{\"c\":3},\"b\":2}"_ba;
        QTest::newRow("three times") << R"({"a":1,"":0,"a":2,"b":{"a":5,"a":6},"":7,"a":3})"_ba
                                     << R"({"a":3,"":7,"b":{"a":6}})"_ba;
        QTest::newRow("surrogate pair") << "\"\\uD83D\\ude00\""_ba
                                        << "\"\xF0\x9F\x98\x80\""_ba;
        QTest::newRow("solidus") << "\"\\/\""_ba
                                 << "\"/\""_ba;
        QTest::newRow("512 levels") << nested(maximumJsonDepth) << nested(maximumJsonDepth);
    }
    void takes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        const auto parsed = parseJson(text);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QCOMPARE(QByteArray::fromStdString(writeJson(*parsed)), written);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const QByteArray &text, int line, int column, const QString &message) {
            QTest::newRow(name) << text << line << column << message;
        };
        row("empty", "", 1, 1, u"The text is empty, where a JSON value was expected."_s);
        row("only blanks", " \n ", 2, 2, u"The text is empty, where a JSON value was expected."_s);
        row("trailing text", "{} x", 1, 4, u"“x” follows the JSON value, where the text should end."_s);
        row("a second value", "1\n2", 2, 1, u"“2” follows the JSON value, where the text should end."_s);
        row("NUL at the end", QByteArray("[1]\0[", 5), 1, 4,
            u"U+0000 follows the JSON value, where the text should end."_s);
        row("no value", "[1,]", 1, 4, u"“]” stands where a JSON value was expected."_s);
        row("no comma", "[1 2]", 1, 4, u"“2” stands where “,” or “]” was expected."_s);
        row("open array", "[1", 1, 3, u"The end of the text stands where “,” or “]” was expected."_s);
        row("open object", "{\"a\":1", 1, 7, u"The end of the text stands where “,” or “}” was expected."_s);
        row("wrong bracket", "[1}", 1, 3, u"“}” stands where “,” or “]” was expected."_s);
        row("member without quotes", "{a:1}", 1, 2,
            u"“a” stands where a member name in double quotes or “}” was expected."_s);
        row("comma at the end", "{\"a\":1,}", 1, 8, u"“}” stands where a member name in double quotes was expected."_s);
        row("no colon", "{\"a\" 1}", 1, 6, u"“1” stands where “:” after the member name was expected."_s);
        row("no member value", "{\"a\":}", 1, 6, u"“}” stands where a JSON value was expected."_s);
        row("column in code points", "[\"\xC3\xA4\xF0\x9F\x98\x80\", x]", 1, 8,
            u"“x” stands where a JSON value was expected."_s);
        row("word", "[true, nul]", 1, 8, u"“n” stands where a JSON value was expected."_s);
        row("comment", "[1] // one", 1, 5, u"“/” follows the JSON value, where the text should end."_s);
        row("single quotes", "['a']", 1, 2, u"“'” stands where a JSON value was expected."_s);
        row("leading zero", "[01]", 1, 2, u"A number starts with a zero that does not belong there."_s);
        row("plus", "+1", 1, 1, u"“+” stands where a JSON value was expected."_s);
        row("only minus", "-", 1, 2, u"The end of the text stands where a digit was expected."_s);
        row("no fraction", "[1.]", 1, 4, u"“]” stands where a digit after the decimal point was expected."_s);
        row("no exponent", "1e+", 1, 4, u"The end of the text stands where a digit of the exponent was expected."_s);
        row("NaN", "NaN", 1, 1, u"“N” stands where a JSON value was expected."_s);
        row("open string", "{\"a\": \"b}", 1, 7, u"The string that starts here has no closing quote."_s);
        row("backslash at the end", "\"\\", 1, 2,
            u"The escape is none that JSON knows: \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u with four hexadecimal digits."_s);
        row("unknown escape", "\"\\x\"", 1, 2,
            u"The escape is none that JSON knows: \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u with four hexadecimal digits."_s);
        row("short escape", "\"\\u12\"", 1, 2, u"\\u has to be followed by four hexadecimal digits."_s);
        row("signed escape", "\"\\u+123\"", 1, 2, u"\\u has to be followed by four hexadecimal digits."_s);
        row("line break in a string", "\"a\nb\"", 1, 3,
            u"U+000a is a control character, which a string holds only escaped, as \\n or \\u000a."_s);
        const QString lone = u"The escape is one half of a surrogate pair without its other half."_s;
        row("high surrogate alone", "[1,\n\"a\\uD800b\"]", 2, 3, lone);
        row("low surrogate alone", "\"\\uDC00\"", 1, 2, lone);
        row("two high surrogates", "\"\\uD800\\uD800\"", 1, 2, lone);
        row("high surrogate before a letter", "\"\\uD800\\u0041\"", 1, 2, lone);
        row("high surrogate before a broken escape", "\"\\uD800\\u00\"", 1, 8,
            u"\\u has to be followed by four hexadecimal digits."_s);
        const QString noUtf8 = u"The text is not UTF-8: it has the byte 0x%1 where a character was expected."_s;
        row("Latin-1", "[\"\xE4\"]", 1, 3, noUtf8.arg(u"e4"));
        row("encoded surrogate", "\"\xED\xA0\x80\"", 1, 2, noUtf8.arg(u"ed"));
        row("overlong", "\"\xC0\xAF\"", 1, 2, noUtf8.arg(u"c0"));
        row("above Unicode", "\"\xF4\x90\x80\x80\"", 1, 2, noUtf8.arg(u"f4"));
        row("cut character", "\"\xE2\x82", 1, 2, noUtf8.arg(u"e2"));
        const QString deep = u"Arrays and objects nest deeper here than the 512 levels that are allowed."_s;
        row("513 levels", nested(maximumJsonDepth + 1), 1, 513, deep);
        row("a million levels", QByteArray(1'000'000, '['), 1, 513, deep);
        row("a million objects", QByteArray("{\"a\":").repeated(1'000'000), 1, 2561, deep);
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, message);
        const auto parsed = parseJson(text);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().message, message);
        QCOMPARE(parsed.error().position.line, line);
        QCOMPARE(parsed.error().position.column, column);
    }

    void isBoundedByTheNumberOfValues_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("values");
        QTest::newRow("one value") << "\"a\""_ba << 1;
        QTest::newRow("an array is a value, too") << "[0,null,[]]"_ba << 4;
        QTest::newRow("a name is none") << R"({"a":{"b":[true]},"c":"d"})"_ba << 5;
        QTest::newRow("a repeated member is one each time") << R"({"a":1,"a":2})"_ba << 3;
    }
    void isBoundedByTheNumberOfValues()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, values);
        const JsonLimits enough{.values = static_cast<std::size_t>(values)};
        const JsonLimits tooFew{.values = enough.values - 1};
        QVERIFY(parseJson(text, enough));
        QVERIFY(checkJson(text, enough));
        const auto refused = parseJson(text, tooFew);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message,
                 u"The text holds more than the %1 values that are read from it."_s.arg(tooFew.values));
        QVERIFY(refused.error().position.isValid());
        QCOMPARE(checkJson(text, tooFew), Result<void>(refused.error()));
    }

    void namesTheValueThatHoldsALoneSurrogate_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::newRow("alone") << R"("\ud800")"_ba << QString();
        QTest::newRow("in a member") << R"({"data":{"id":"1","name":"a\ud83d"}})"_ba << u"data.name"_s;
        QTest::newRow("in an item") << R"([{"a":"x"},{"a":["y","\udc00"]}])"_ba << u"[1].a[1]"_s;
        QTest::newRow("in a name") << R"([{"a":{"b":1,"\ud800":2}}])"_ba << u"[0].a"_s;
        QTest::newRow("after an array") << R"({"a":[1,2],"b\u0020c":"\ud800"})"_ba << u"b c"_s;
    }
    void namesTheValueThatHoldsALoneSurrogate()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, where);
        const auto refused = parseJson(text);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message, u"The escape is one half of a surrogate pair without its other half."_s);
        QCOMPARE(refused.error().where, where);
    }

    void replacesLoneSurrogates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("replaced");
        QTest::addColumn<int>("count");
        const auto row = [](const char *text, const char *replaced, int count) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(replaced) << count;
        };
        row("", "", 0);
        row(R"("\ud83d\ude00")", R"("\ud83d\ude00")", 0);
        row(R"("\ud83d")", R"("\ufffd")", 1);
        row(R"("\uDE00\uD83D")", R"("\ufffd\ufffd")", 2);
        row(R"("\ud83d\ud83d\ude00")", R"("\ufffd\ud83d\ude00")", 1);
        row(R"("\\ud83d\\\ud83d")", R"("\\ud83d\\\ufffd")", 1);
        row(R"("\ud83d\n")", R"("\ufffd\n")", 1);
        row(R"("\ud8)", R"("\ud8)", 0);
        row(R"("\)", R"("\)", 0);
        row(R"("\ud83d\u")", R"("\ufffd\u")", 1);
        row(R"("\u+d80")", R"("\u+d80")", 0);
    }
    void replacesLoneSurrogates()
    {
        QFETCH(QByteArray, text);
        QFETCH(const QByteArray, replaced);
        QFETCH(const int, count);
        QCOMPARE(replaceLoneSurrogates(text), count);
        QCOMPARE(text, replaced);
    }

    void pointsToTheFirstValueThatIsTooMany()
    {
        const auto refused = parseJson("[1,\n 2, 3]", JsonLimits{.values = 2});
        QVERIFY(!refused);
        QCOMPARE(refused.error().position, (TextPosition{.line = 2, .column = 2, .offset = 5}));
    }

    void keepsManyRepeatedMembersApart()
    {
        // Quadratic work would not end within the test's time.
        constexpr int count = 200'000;
        QByteArray text = "{";
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < count; ++i) {
                text += "\"" + QByteArray::number(i) + "\":" + QByteArray::number(i + round) + ",";
            }
        }
        text.back() = '}';
        const auto parsed = parseJson(text);
        QVERIFY(parsed);
        const auto &object = parsed->get_ref<const Json::object_t &>();
        QCOMPARE(object.size(), static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            const auto member = object.begin() + i;
            QVERIFY(member->first == std::to_string(i) && member->second == i + 1);
        }
    }

    void refusesRepeatedMembers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("column");
        const auto row = [](const char *name, const QByteArray &text, const QString &path, int column) {
            QTest::newRow(name) << text << path << column;
        };
        row("at the top", R"({"a": 1, "b": 2, "a": 3})", u"a"_s, 18);
        row("escaped", R"({"a": 1, "\u0061": 3})", u"a"_s, 10);
        row("deeper", R"({"a": {"b": [0, {"ü": {}, "ü": {}}]}})", u"a.b[1].ü"_s, 27);
        row("after a closed one", R"({"a": [{"x": 1}, {"y": [{}, []], "x": 2, "y": 3}]})", u"a[1].y"_s, 42);
        row("the first of two", R"([{"a": 1, "a": 2, "b": 1, "b": 2}])", u"[0].a"_s, 11);
        row("thrice", R"({"a": 1, "a": 2, "a": 3})", u"a"_s, 10);
        row("nowhere", R"({"a": {"a": {"a": 1}}, "b": [{"c": 1}, {"c": 1}], "A": 1, "": 0})", {}, 0);
    }

    void refusesRepeatedMembers()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, path);
        QFETCH(const int, column);
        QVERIFY(parseJson(text));
        const auto parsed = parseJson(text, RepeatedMembers::Refused);
        QCOMPARE(parsed.isOk(), path.isEmpty());
        if (!parsed) {
            QCOMPARE(parsed.error().where, path);
            QCOMPARE(parsed.error().position.line, 1);
            QCOMPARE(parsed.error().position.column, column);
            QVERIFY2(parsed.error().message.contains(u"stands here twice"_s), qPrintable(parsed.error().message));
        }
    }

    void namesNoMoreOfALongMemberThanIsRead()
    {
        const QByteArray member = '"' + QByteArray(1'000'000, 'n') + "\":";
        const QByteArray text = '{' + member + '{' + member + "0," + member + "0}}";
        const auto parsed = parseJson(text, RepeatedMembers::Refused);
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().message.contains(u"“nnnn…”"_s), qPrintable(parsed.error().message));
        QVERIFY(parsed.error().message.size() < 200);
        QCOMPARE(parsed.error().where.size(), 2 * 129 + 1);
    }

    void pointsToTheByte()
    {
        const auto parsed = parseJson("[\"\xC3\xA4\",\n\"\xC3\xA4\" x]");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().position, (TextPosition{.line = 2, .column = 5, .offset = 12}));
    }

    void writesIndented()
    {
        QCOMPARE(writeJson(json("{\"b\":[1],\"a\":{}}"), JsonFormat::Indented),
                 "{\n  \"b\": [\n    1\n  ],\n  \"a\": {}\n}");
    }

    void writesWhatIsNotUtf8()
    {
        QCOMPARE(writeJson(Json("a\xFF"
                                "b")),
                 "\"a\xEF\xBF\xBD"
                 "b\"");
    }

    void writesWhatIsNoNumberAsNull() { QCOMPARE(writeJson(Json(std::nan(""))), "null"); }

    void convertsText()
    {
        QCOMPARE(toQString(std::string("a\0\xE2\x98\xBA", 5)), u"a\0☺"_s);
        QCOMPARE(writeJson(toJson(u"☺"_s)), "\"\xE2\x98\xBA\"");
    }

    void equals_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<bool>("equal");
        const auto row = [](const char *left, const char *right, bool equal) {
            QTest::addRow("%s and %s", left, right) << QByteArray(left) << QByteArray(right) << equal;
        };
        row("{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}", "{\"b\":[{\"d\":3.0,\"c\":2}],\"a\":1}", true);
        row("{\"a\":1}", "{\"a\":1,\"b\":2}", false);
        row("{\"a\":1,\"c\":2}", "{\"a\":1,\"b\":2}", false);
        row("{\"a\":null}", "{}", false);
        row("[1,2]", "[2,1]", false);
        row("[1,2]", "[1,2,3]", false);
        row("[]", "{}", false);
        row("1", "1.0", true);
        row("100", "1e2", true);
        row("0", "-0.0", true);
        row("1", "true", false);
        row("0", "null", false);
        row("1", "\"1\"", false);
        row("9007199254740993", "9007199254740993.0", true);
        row("9007199254740992", "9007199254740992.0", true);
        row("9223372036854775807", "9223372036854775808", false);
        row("9223372036854775807", "9223372036854775808.0", false);
        row("9223372036854775808", "9223372036854775808.0", true);
        row("-9223372036854775808", "-9223372036854775808.0", true);
        row("18446744073709551615", "18446744073709551616.0", false);
        row("18446744073709551615", "-1", false);
        row("1", "1.5", false);
        row("0.1", "0.10", true);
        row("0.1", "1e-1", true);
        row("1000", "1e3", true);
        row("1000", "1.000E+03", true);
        row("1000.5", "10005e-1", true);
        row("0", "-0", true);
        row("0e99", "0.000", true);
        row("12345678901234567890123", "12345678901234567890123.0", true);
        row("12345678901234567890123", "12345678901234567890124", false);
        row("1696263265.851898000", "1696263265.851898", true);
        row("1696263265.851898000", "1696263265.8518980001", false);
        row("0.1000000000000000055511151231257827", "0.1", false);
        row("1e23", "100000000000000000000000", true);
        row("1801439850948199e1", "18014398509481990", true);
        row("1e400", "10e399", true);
        row("1e400", "1e401", false);
        row("1e-400", "0", false);
        row("1e400", "-1e400", false);
    }
    void equals()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(bool, equal);
        QCOMPARE(jsonEquals(json(left), json(right)), equal);
        QCOMPARE(jsonEquals(json(right), json(left)), equal);
        QVERIFY(jsonEquals(json(left), json(left)));
    }

    void tellsNumbersOfEveryKind()
    {
        for (const char *text : {"1", "-1", "1.5", "0.10", "1e400"}) {
            QVERIFY2(isJsonNumber(json(text)), text);
        }
        for (const char *text : {"\"1\"", "null", "true", "[1]", "{}"}) {
            QVERIFY2(!isJsonNumber(json(text)), text);
        }
        QVERIFY(!isJsonNumber(Json::binary({'1'})));
        QCOMPARE(toDouble(json("0.10")), 0.1);
        QCOMPARE(toDouble(json("12345678901234567890123")), 12345678901234567890123.0);
        QCOMPARE(toDouble(json("1e400")), std::numeric_limits<double>::infinity());
        QCOMPARE(toDouble(json("-1e400")), -std::numeric_limits<double>::infinity());
        QCOMPARE(toDouble(json("-1e-400")), 0.0);
        QCOMPARE(toDouble(json("7")), 7.0);
    }

    void comparesEqualIntegersOfBothKinds()
    {
        QVERIFY(jsonEquals(Json(std::int64_t(7)), Json(std::uint64_t(7))));
        QVERIFY(!jsonEquals(Json(std::int64_t(-1)), Json(std::numeric_limits<std::uint64_t>::max())));
        QVERIFY(!jsonEquals(Json(std::nan("")), Json(std::nan(""))));
    }

    void ordersNumbers()
    {
        const std::vector<Json> ascending = {Json(-std::numeric_limits<double>::infinity()),
                                             Json(-1e300),
                                             Json(std::numeric_limits<std::int64_t>::min()),
                                             Json(-1.5),
                                             Json(-1),
                                             Json(-0.5),
                                             Json(std::uint64_t(0)),
                                             Json(0.5),
                                             Json(1),
                                             Json(1.5),
                                             Json(2U),
                                             Json(9007199254740992.0),
                                             Json(9007199254740993),
                                             Json(std::numeric_limits<std::int64_t>::max()),
                                             Json(9223372036854775808.0),
                                             Json(std::numeric_limits<std::uint64_t>::max()),
                                             Json(18446744073709551616.0),
                                             Json(1e300)};
        for (std::size_t i = 0; i < ascending.size(); ++i) {
            for (std::size_t j = 0; j < ascending.size(); ++j) {
                QVERIFY2(compareJsonNumbers(ascending[i], ascending[j]) == (i <=> j),
                         (writeJson(ascending[i]) + " against " + writeJson(ascending[j])).c_str());
            }
        }
        const std::vector<QByteArray> ascendingTexts = {"-1e401",
                                                        "-1e400",
                                                        "-12345678901234567891",
                                                        "-0.10",
                                                        "-1e-400",
                                                        "0e9",
                                                        "1e-400",
                                                        "0.0001",
                                                        "0.00010000000000000001",
                                                        "0.9999999999999999999",
                                                        "1",
                                                        "1.00000000000000000000001",
                                                        "9.5",
                                                        "10.0",
                                                        "18446744073709551615",
                                                        "18446744073709551616",
                                                        "1.8446744073709551617e19",
                                                        "1e400",
                                                        "1e99999999999999999999"};
        for (std::size_t i = 0; i < ascendingTexts.size(); ++i) {
            for (std::size_t j = 0; j < ascendingTexts.size(); ++j) {
                QVERIFY2(compareJsonNumbers(json(ascendingTexts[i]), json(ascendingTexts[j])) == (i <=> j),
                         qPrintable(QLatin1StringView(ascendingTexts[i]) + " against "_L1
                                    + QLatin1StringView(ascendingTexts[j])));
            }
        }
        QVERIFY(compareJsonNumbers(Json(1), Json("1")) == std::partial_ordering::unordered);
        QVERIFY(compareJsonNumbers(Json(std::nan("")), Json(1)) == std::partial_ordering::unordered);
        QVERIFY(compareJsonNumbers(Json(1), Json(std::nan(""))) == std::partial_ordering::unordered);
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
