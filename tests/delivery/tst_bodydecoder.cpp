// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bodydecoder.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestBodyDecoder : public QObject
{
    Q_OBJECT

private:
    // {"packed": true}, by gzip
    static QByteArray packed()
    {
        return QByteArray::fromHex("1f8b0800000000000203ab562a484cce4e4d"
                                   "51b25228292a4dad0500b9d0bb7310000000");
    }

private Q_SLOTS:
    void takesBytesOneByOne()
    {
        BodyDecoder decoder("gzip", 100);
        for (const char byte : packed()) {
            QVERIFY(decoder.append(QByteArray(1, byte)));
        }
        QCOMPARE(decoder.body(), "{\"packed\": true}"_ba);
        QVERIFY(!decoder.isCut());
    }

    void keepsWhatItDoesNotKnow()
    {
        BodyDecoder decoder("br", 100);
        QVERIFY(decoder.append("abc"));
        QVERIFY(decoder.append("def"));
        QCOMPARE(decoder.body(), "abcdef"_ba);
    }

    void keepsWhatIsNotCodedAsSaid_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::newRow("gzip") << "gzip"_ba;
        QTest::newRow("x-gzip") << "x-gzip"_ba;
    }

    void keepsWhatIsNotCodedAsSaid()
    {
        QFETCH(const QByteArray, coding);
        BodyDecoder decoder(coding, 100);
        QVERIFY(decoder.append("{"));
        QVERIFY(decoder.append("\"ok\""));
        QVERIFY(decoder.append(": true}"));
        QCOMPARE(decoder.body(), "{\"ok\": true}"_ba);
    }

    void readsBareDeflateData()
    {
        BodyDecoder decoder("deflate", 100);
        const auto bare = packed().mid(10).chopped(8); // without the header and the trailer of gzip
        for (const char byte : bare) {
            QVERIFY(decoder.append(QByteArray(1, byte)));
        }
        QCOMPARE(decoder.body(), "{\"packed\": true}"_ba);
    }

    void cutsAtItsLimit()
    {
        BodyDecoder decoder("", 5);
        QVERIFY(decoder.append("abcde"));
        QVERIFY(!decoder.isCut());
        QVERIFY(!decoder.append("f"));
        QVERIFY(decoder.isCut());
        QVERIFY(!decoder.append("g"));
        QCOMPARE(decoder.body(), "abcde"_ba);
    }

    void keepsWhatCameBeforeAFault()
    {
        auto broken = packed();
        broken[broken.size() - 6] = 'x'; // its checksum
        BodyDecoder decoder("GZIP", 100);
        QVERIFY(decoder.append(broken));
        QVERIFY(decoder.append("more"));
        QCOMPARE(decoder.body(), "{\"packed\": true}"_ba);
    }
};

QTEST_GUILESS_MAIN(TestBodyDecoder)
#include "tst_bodydecoder.moc"
