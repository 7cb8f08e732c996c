// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonlocator.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestJsonLocator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("place");
        const auto text =
            "{\n \"a\": {\"b.c\": [1, {\"d\": \"x\"}, \"]\"], \"b\": 2},\n \"ü\\u0022\": 3, \"e\": -1e5 }"_ba;
        QTest::newRow("all") << text << QString() << u"1:1"_s;
        QTest::newRow("root") << text << u"$"_s << u"1:1"_s;
        QTest::newRow("member") << text << u"a"_s << u"2:7"_s;
        QTest::newRow("with root") << text << u"$.a"_s << u"2:7"_s;
        QTest::newRow("name with a dot") << text << u"a.b.c"_s << u"2:15"_s;
        QTest::newRow("shorter name") << text << u"a.b"_s << u"2:42"_s;
        QTest::newRow("element") << text << u"a.b.c[1].d"_s << u"2:25"_s;
        QTest::newRow("after brackets in a string") << text << u"a.b.c[2]"_s << u"2:31"_s;
        QTest::newRow("no such element") << text << u"a.b.c[3]"_s << u"2:15"_s;
        QTest::newRow("no such member") << text << u"a.zzz.y"_s << u"2:7"_s;
        QTest::newRow("escaped name") << text << u"ü\""_s << u"3:13"_s;
        QTest::newRow("last") << text << u"e"_s << u"3:21"_s;
        QTest::newRow("array") << "[ [], {\"n\" : null} ]"_ba << u"[1].n"_s << u"1:14"_s;
        QTest::newRow("empty array") << "[]"_ba << u"[0].n"_s << u"1:1"_s;
        QTest::newRow("scalar") << " 17"_ba << u"a.b"_s << u"1:2"_s;
        QTest::newRow("after a byte order mark") << "\xef\xbb\xbf{\n\"a\": 1}"_ba << u"a"_s << u"2:6"_s;
    }

    void finds()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, field);
        const auto position = locateField(text, field);
        QTEST(u"%1:%2"_s.arg(position.line).arg(position.column), "place");
    }

    void findsItems_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("items"); // line:column:text
        QTest::newRow("none") << "[ ]"_ba << QStringList();
        QTest::newRow("no array") << "{\"a\": [1]}"_ba << QStringList();
        QTest::newRow("scalars") << " [1,\n  null , \"ü\",true]"_ba
                                 << QStringList{u"1:3:1"_s, u"2:3:null"_s, u"2:10:\"ü\""_s, u"2:14:true"_s};
        QTest::newRow("nested") << "[[1, [2]], {\"a\": [\"]\", \"\\\"\"]},\n[]]"_ba
                                << QStringList{u"1:2:[1, [2]]"_s, u"1:12:{\"a\": [\"]\", \"\\\"\"]}"_s, u"2:1:[]"_s};
    }

    void findsItems()
    {
        QFETCH(const QByteArray, text);
        QStringList items;
        for (const auto &item : locateItems(text)) {
            QCOMPARE(item.start.offset, item.text.data() - text.constData());
            items.append(
                u"%1:%2:%3"_s.arg(item.start.line).arg(item.start.column).arg(QString::fromUtf8(item.text).trimmed()));
        }
        QTEST(items, "items");
    }

    void findsInsideAString_data()
    {
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("expected");
        QTest::newRow("start") << 1 << 1 << 7;
        QTest::newRow("after an escape") << 1 << 3 << 10;
        QTest::newRow("second line") << 2 << 1 << 12;
        QTest::newRow("after a surrogate pair") << 2 << 2 << 24;
        QTest::newRow("after raw UTF-8") << 2 << 3 << 25;
        QTest::newRow("beyond the end") << 9 << 9 << 26;
    }

    void findsInsideAString()
    {
        QFETCH(const int, line);
        QFETCH(const int, column);
        const auto text = "{\"a\":\"x\\t\\n\\ud83d\\ude00üz\"}"_ba;
        QTEST(locateField(text, u"a"_s, {.line = line, .column = column, .offset = -1}).column, "expected");
    }
};

QTEST_GUILESS_MAIN(TestJsonLocator)
#include "tst_jsonlocator.moc"
