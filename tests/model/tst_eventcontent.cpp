// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventcontent.h"

#include <QSet>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray digestOf(const QByteArray &text)
{
    const auto value = parseJson(text);
    return value ? eventContentDigest(*value) : QByteArray();
}

} // namespace

class TestEventContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSame_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::newRow("white space") << R"({"a":[1,2],"b":"x y"})"_ba
                                     << R"({ "a" : [ 1,
            2 ] , "b" : "x y" })"_ba;
        QTest::newRow("order of members") << R"({"a":{"c":1,"d":[{"e":1,"f":2}]},"b":2})"_ba
                                          << R"({"b":2,"a":{"d":[{"f":2,"e":1}],"c":1}})"_ba;
        QTest::newRow("escapes") << R"({"ä":"/🔔"})"_ba
                                 << "{\"\\u00e4\":\"\\/\\ud83d\\udd14\"}"_ba;
        QTest::newRow("its own id") << R"({"a":1,"id":"x"})"_ba
                                    << R"({"id":"y","a":1})"_ba;
        QTest::newRow("its own id, or none") << R"({"a":1,"id":"x"})"_ba
                                             << R"({"a":1})"_ba;
    }

    void isTheSame()
    {
        QFETCH(const QByteArray, left);
        QFETCH(const QByteArray, right);
        QCOMPARE(digestOf(left).size(), 32);
        QCOMPARE(digestOf(left), digestOf(right));
    }

    /// Each unlike all others.
    void isAnother()
    {
        const QList<QByteArray> texts{
            R"({})",
            R"({"a":1})",
            R"({"a":1.0})",
            R"({"a":1e0})",
            R"({"a":-1})",
            R"({"a":"1"})",
            R"({"a":[1]})",
            R"({"a":[[1]]})",
            R"({"a":12})",
            R"({"a":[1,2]})",
            R"({"a":[12]})",
            R"({"a":[2,1]})",
            R"({"a":9007199254740993})",
            R"({"a":9007199254740992})",
            R"({"a":null})",
            R"({"a":"null"})",
            R"({"a":true})",
            R"({"a":{}})",
            R"({"a":[]})",
            R"({"a":""})",
            R"({"a":{"b":"c"}})",
            R"({"a":["b","c"]})",
            R"({"a":"b","c":""})",
            "{\"a\":\"b\\\"1:c\"}",
            R"({"a":["b1:","c"]})",
            R"({"a":{"id":"x"}})",
            R"({"a":{"id":"y"}})",
            R"({"A":1})",
            R"({"a ":1})",
            "{\"a\":\"\u00e9\"}", // é as one character, and as two
            "{\"a\":\"e\u0301\"}",
        };
        QSet<QByteArray> digests;
        for (const auto &text : texts) {
            const auto digest = digestOf(text);
            QVERIFY2(!digest.isEmpty() && !digests.contains(digest), text.constData());
            digests.insert(digest);
        }
    }

    void takesWhatIsLarge()
    {
        QByteArray members;
        QByteArray backwards;
        constexpr int count = 100'000;
        for (int i = 0; i < count; ++i) {
            const QByteArray member = '"' + QByteArray::number(i) + "\":" + QByteArray::number(i);
            members += (i == 0 ? "" : ",") + member;
            backwards.prepend(i == 0 ? member : QByteArray(member + ','));
        }
        const QByteArray deep = QByteArray(maximumJsonDepth - 2, '[') + QByteArray(maximumJsonDepth - 2, ']');
        const QByteArray rest = ",\"deep\":" + deep + ",\"long\":\"" + QByteArray(1 << 20, 'x') + "\"}";
        QCOMPARE(digestOf('{' + members + rest).size(), 32);
        QCOMPARE(digestOf('{' + members + rest), digestOf('{' + backwards + rest));
    }
};

QTEST_GUILESS_MAIN(TestEventContent)
#include "tst_eventcontent.moc"
