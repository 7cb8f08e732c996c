// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonweight.h"

#include <QTest>

using namespace Tocsin;

class TestJsonWeight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsValues_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("values");
        QTest::newRow("number") << QByteArray("0") << 1;
        QTest::newRow("array") << QByteArray("[0, 1, 2]") << 4;
        QTest::newRow("object") << QByteArray(R"({"a": 1, "b": [true, null]})") << 5;
        QTest::newRow("empty ones count twice") << QByteArray("[[], {}]") << 5;
        QTest::newRow("in strings") << QByteArray("[\"[,{\", \"\\\",[\", \"\\\\\", 1]") << 5;
        QTest::newRow("an open string") << QByteArray("[\"[,,,\\") << 2;
        QTest::newRow("nothing") << QByteArray() << 1;
    }

    void countsValues()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, values);
        QCOMPARE(mostJsonValues(text), qsizetype(values));
        QCOMPARE(jsonWeight(text), jsonWeight(text.size(), values));
        QVERIFY(jsonWeight(text) > text.size());
    }
};

QTEST_APPLESS_MAIN(TestJsonWeight)
#include "tst_jsonweight.moc"
