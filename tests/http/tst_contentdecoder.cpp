// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contentdecoder.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestContentDecoder : public QObject
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
        ContentDecoder decoder("gzip", 100);
        for (const char byte : packed()) {
            QVERIFY(decoder.append(QByteArray(1, byte)));
        }
        QCOMPARE(decoder.body(), "{\"packed\": true}"_ba);
        QVERIFY(!decoder.isCut());
    }

    void keepsWhatItDoesNotKnow()
    {
        ContentDecoder decoder("br", 100);
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
        ContentDecoder decoder(coding, 100);
        QVERIFY(decoder.append("{"));
        QVERIFY(decoder.append("\"ok\""));
        QVERIFY(decoder.append(": true}"));
        QCOMPARE(decoder.body(), "{\"ok\": true}"_ba);
    }

    void readsBareDeflateData()
    {
        ContentDecoder decoder("deflate", 100);
        const auto bare = packed().mid(10).chopped(8); // without the header and the trailer of gzip
        for (const char byte : bare) {
            QVERIFY(decoder.append(QByteArray(1, byte)));
        }
        QCOMPARE(decoder.body(), "{\"packed\": true}"_ba);
    }

    void cutsAtItsLimit()
    {
        ContentDecoder decoder("", 5);
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
        ContentDecoder decoder("GZIP", 100);
        QVERIFY(!decoder.append(broken));
        QVERIFY(decoder.isDamaged());
        QVERIFY(!decoder.append("more"));
        QCOMPARE(decoder.body(), "{\"packed\": true}"_ba);
    }

    void isDamagedWhereItIsCutShort_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<bool>("isDamaged");
        QTest::newRow("nothing") << qsizetype(0) << false;
        for (qsizetype size = 1; size < packed().size(); ++size) {
            QTest::addRow("%d bytes", int(size)) << size << true;
        }
        QTest::newRow("whole") << packed().size() << false;
    }

    void isDamagedWhereItIsCutShort()
    {
        QFETCH(const qsizetype, size);
        QFETCH(const bool, isDamaged);
        ContentDecoder decoder("gzip", 100);
        QVERIFY(decoder.append(packed().first(size)));
        decoder.finish();
        QCOMPARE(decoder.isDamaged(), isDamaged);
    }

    void aSingleByteThatIsNotCodedIsKept()
    {
        ContentDecoder decoder("gzip", 100);
        QVERIFY(decoder.append("7"));
        decoder.finish();
        QVERIFY(!decoder.isDamaged());
        QCOMPARE(decoder.body(), "7"_ba);
    }

    void passesOverWhatPadsTheLastMember()
    {
        ContentDecoder decoder("gzip", 100);
        QVERIFY(decoder.append(QByteArray(packed() + packed() + QByteArray(512, '\0'))));
        decoder.finish();
        QVERIFY(!decoder.isDamaged());
        QCOMPARE(decoder.body(), "{\"packed\": true}{\"packed\": true}"_ba);
    }
};

QTEST_GUILESS_MAIN(TestContentDecoder)
#include "tst_contentdecoder.moc"
