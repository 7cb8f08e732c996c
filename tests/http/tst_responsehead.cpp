// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsehead.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

class TestResponseHead : public QObject
{
    Q_OBJECT

private:
    /// As libcurl hands them over: each line with its end. False at the first that is refused.
    static bool feed(ResponseHead &head, const QByteArray &text)
    {
        for (qsizetype at = 0; at < text.size();) {
            const auto end = text.indexOf('\n', at) + 1;
            if (!head.take(QByteArrayView(text).sliced(at, end - at))) {
                return false;
            }
            at = end;
        }
        return true;
    }

private Q_SLOTS:
    void keepsFieldsAsTheyCame()
    {
        ResponseHead head;
        QVERIFY(!head.hasBegun());
        QVERIFY(feed(head,
                     "HTTP/1.1 200 All is well\r\nx-A: 1\r\nX-Empty:\r\nX-Blank: \t \r\nX-a:2\r\nx-A: 1\r\n"
                     "X-Colon: a:b: c\r\nX-Raw: f\xfcr\r\n\r\n"));
        QVERIFY(head.isComplete());
        QCOMPARE(head.status(), 200);
        QCOMPARE(head.version(), "1.1"_ba);
        QCOMPARE(head.reasonPhrase(), "All is well"_ba);
        const HttpFields expected{{"x-A", "1"}, {"X-Empty", ""},       {"X-Blank", ""},    {"X-a", "2"},
                                  {"x-A", "1"}, {"X-Colon", "a:b: c"}, {"X-Raw", "f\xfcr"}};
        QCOMPARE(head.fields(), expected);
        QCOMPARE(head.field("X-A"), "1"_ba);
        QCOMPARE(head.field("x-colon"), "a:b: c"_ba);
        QCOMPARE(head.field("X-Nothing"), QByteArray());
        QVERIFY(head.interim().isEmpty() && head.trailers().isEmpty());
    }

    void statusLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("1.1") << "HTTP/1.1 204 No Content"_ba << 204 << "1.1"_ba
                             << "No Content"_ba;
        QTest::newRow("1.0") << "HTTP/1.0 200 OK"_ba << 200 << "1.0"_ba
                             << "OK"_ba;
        QTest::newRow("no reason") << "HTTP/1.1 200 "_ba << 200 << "1.1"_ba
                                   << ""_ba;
        QTest::newRow("nor its space") << "HTTP/1.1 200"_ba << 200 << "1.1"_ba
                                       << ""_ba;
        QTest::newRow("an unknown one") << "HTTP/1.1 799 Whatever"_ba << 799 << "1.1"_ba
                                        << "Whatever"_ba;
        QTest::newRow("not HTTP") << "220 mail.example.test ESMTP"_ba << 0 << ""_ba
                                  << ""_ba;
        QTest::newRow("no number") << "HTTP/1.1 OK"_ba << 0 << ""_ba
                                   << ""_ba;
        QTest::newRow("too small") << "HTTP/1.1 099 A"_ba << 0 << ""_ba
                                   << ""_ba;
        QTest::newRow("two digits") << "HTTP/1.1 20 OK"_ba << 0 << ""_ba
                                    << ""_ba;
        QTest::newRow("a version of another wire") << "HTTP/2 200 OK"_ba << 0 << ""_ba;
        QTest::newRow("four digits") << "HTTP/1.1 2000 OK"_ba << 0 << ""_ba
                                     << ""_ba;
        QTest::newRow("negative") << "HTTP/1.1 -20 OK"_ba << 0 << ""_ba
                                  << ""_ba;
        QTest::newRow("no version") << "HTTP/ 200 OK"_ba << 0 << ""_ba
                                    << ""_ba;
        QTest::newRow("a colon") << "HTTP: 200"_ba << 0 << ""_ba
                                 << ""_ba;
    }

    void statusLines()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const int, status);
        ResponseHead head;
        QCOMPARE(head.take(QByteArray(line + "\r\n")), status > 0);
        if (status > 0) {
            QCOMPARE(head.status(), status);
            QTEST(head.version(), "version");
            QTEST(head.reasonPhrase(), "reason");
        } else {
            QVERIFY(head.fault().text().contains(u"first line"_s));
        }
    }

    void interimAnswersStandBesideTheFinalOne()
    {
        ResponseHead head;
        QVERIFY(feed(head,
                     "HTTP/1.1 102 Processing\r\n\r\n"
                     "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\n"));
        QVERIFY(!head.isComplete());
        QVERIFY(feed(head, "HTTP/1.1 103\r\nLink: </c>\r\n\r\nHTTP/1.1 201 Created\r\nX-A: b\r\n\r\n"));
        QVERIFY(head.isComplete());
        QCOMPARE(head.status(), 201);
        QCOMPARE(head.fields(), (HttpFields{{"X-A", "b"}}));
        QCOMPARE(head.interim().size(), 3);
        QCOMPARE(head.interim().at(0).status, 102);
        QCOMPARE(head.interim().at(0).reasonPhrase, "Processing"_ba);
        QVERIFY(head.interim().at(0).fields.isEmpty());
        QCOMPARE(head.interim().at(1).fields, (HttpFields{{"Link", "</a>"}, {"Link", "</b>"}}));
        QCOMPARE(head.interim().at(2).fields, (HttpFields{{"Link", "</c>"}}));
    }

    void another101IsTheFinalOne()
    {
        ResponseHead head;
        QVERIFY(feed(head, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"));
        QVERIFY(head.isComplete());
        QCOMPARE(head.status(), 101);
        QVERIFY(head.interim().isEmpty());
    }

    void trailersStandApart()
    {
        ResponseHead head;
        QVERIFY(feed(head, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"));
        QVERIFY(feed(head, "X-Sum: 1\r\nContent-Length: 3\r\nX-Sum:\r\n\r\n"));
        QCOMPARE(head.fields().size(), 2);
        QCOMPARE(head.trailers(), (HttpFields{{"X-Sum", "1"}, {"Content-Length", "3"}, {"X-Sum", ""}}));
        QCOMPARE(head.field("X-Sum"), QByteArray());
    }

    void foldedLinesAreOneField()
    {
        ResponseHead head;
        QVERIFY(feed(head, "HTTP/1.1 200 OK\r\nX-A: one\r\n  two\r\n\tthree\r\nX-B: c\r\n\r\n"));
        QCOMPARE(head.fields(), (HttpFields{{"X-A", "one two three"}, {"X-B", "c"}}));
    }

    void badFields_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no colon") << "nonsense"_ba;
        QTest::newRow("no name") << ": value"_ba;
        QTest::newRow("folded before the first") << " value"_ba;
    }

    void badFields()
    {
        QFETCH(const QByteArray, line);
        ResponseHead head;
        QVERIFY(head.take("HTTP/1.1 200 OK\r\n"));
        QVERIFY(!head.take(QByteArray(line + "\r\n")));
        QVERIFY(!head.fault().isEmpty());
    }

    void asManyFieldsAsAllowed()
    {
        for (const bool isOver : {false, true}) {
            ResponseHead head;
            QByteArray text = "HTTP/1.1 200 OK\r\n";
            for (qsizetype i = 0; i < ResponseHead::maximumFields; ++i) {
                text += "X-" + QByteArray::number(i) + ": a\r\n";
            }
            QVERIFY(feed(head, text));
            QCOMPARE(head.take(isOver ? "X-Last: a\r\n" : "\r\n"), !isOver);
            QCOMPARE(head.isComplete(), !isOver);
            QCOMPARE(head.fault().text().contains(u"1,000 fields"_s), isOver);
            QCOMPARE(head.fields().last().first, "X-999"_ba);
        }
    }

    void countsTheFieldsOfAllItsParts()
    {
        ResponseHead head;
        const auto some = [](int count) -> QByteArray {
            return QByteArray("X: a\r\n").repeated(count) + "\r\n";
        };
        QVERIFY(feed(head, "HTTP/1.1 103 Early Hints\r\n" + some(500)));
        QVERIFY(feed(head, "HTTP/1.1 200 OK\r\n" + some(400)));
        QVERIFY(!feed(head, some(101)));
        QVERIFY(head.fault().text().contains(u"1,000 fields"_s));
    }

    void interimAnswersWithoutEndHaveOne()
    {
        ResponseHead head;
        int taken = 0;
        while (feed(head, "HTTP/1.1 102 Processing\r\n\r\n")) {
            QVERIFY(++taken < 100'000);
        }
        QVERIFY(head.fault().text().contains(u"256 KiB"_s));
    }

    void fieldSizes()
    {
        ResponseHead large;
        QVERIFY(feed(large, "HTTP/1.1 200 OK\r\nX-A: " + QByteArray(70 * 1024, 'a') + "\r\n\r\n"));
        QCOMPARE(large.field("X-A").size(), 70 * 1024);
        ResponseHead tooLarge;
        QVERIFY(!feed(tooLarge, "HTTP/1.1 200 OK\r\nX-A: " + QByteArray(101 * 1024, 'a') + "\r\n\r\n"));
        QVERIFY(tooLarge.fault().text().contains(u"100 KiB"_s));
        ResponseHead folded; // no way round
        QVERIFY(!feed(folded,
                      "HTTP/1.1 200 OK\r\nX-A: a\r\n" + QByteArray(" " + QByteArray(99, 'b') + "\n").repeated(3000)));
        QVERIFY(folded.fault().text().contains(u"256 KiB"_s));
        ResponseHead many;
        QVERIFY(!feed(many, "HTTP/1.1 200 OK\r\n" + QByteArray("X: " + QByteArray(1000, 'c') + "\r\n").repeated(300)));
        QVERIFY(many.fault().text().contains(u"256 KiB"_s));
    }

    void lengths_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char *fields, const QString &fault) {
            QTest::newRow(fields) << QByteArray(fields) << fault;
        };
        row("Content-Length: 5\r\n", {});
        row("Content-Length: 0\r\n", {});
        row("Content-Length: 5\r\nContent-Length: 5\r\n", {});
        row("Content-Length: 5\r\ncontent-length: 6\r\n", u"two different Content-Lengths, 5 and 6"_s);
        row("Content-Length: 5, 5\r\n", {});
        row("Content-Length: 5\r\nContent-Length: 05\r\n", {});
        row("Content-Length: 9223372036854775807\r\n", {});
        row("Content-Length: 9223372036854775808\r\n", u"Content-Length"_s);
        row("Content-Length: 5, 6\r\n", u"two different"_s);
        row("Content-Length: 5,\r\n", u"not a number"_s);
        row("Content-Length: -5\r\n", u"not a number"_s);
        row("Content-Length: +5\r\n", u"not a number"_s);
        row("Content-Length: 0x5\r\n", u"not a number"_s);
        row("Content-Length: 5 5\r\n", u"not a number"_s);
        row("Content-Length: five\r\n", u"not a number"_s);
        row("Content-Length:\r\n", u"not a number"_s);
        row("Content-Length: 99999999999999999999999\r\n", u"Content-Length"_s);
    }

    void lengths()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QString, fault);
        ResponseHead head;
        QCOMPARE(feed(head, "HTTP/1.1 200 OK\r\n" + fields + "\r\n"), fault.isEmpty());
        QVERIFY2(head.fault().text().contains(fault), qPrintable(head.fault()));
        QCOMPARE(head.fault().isEmpty(), fault.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestResponseHead)
#include "tst_responsehead.moc"
