// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsetext.h"

#include <QStringEncoder>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

class TestResponseText : public QObject
{
    Q_OBJECT

private:
    static QByteArray encoded(const QString &text, QStringConverter::Encoding encoding, bool hasMark = false)
    {
        return QStringEncoder(encoding, hasMark ? QStringEncoder::Flag::WriteBom : QStringEncoder::Flag::Default)(text);
    }

private Q_SLOTS:
    void parameters_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("charset");
        QTest::newRow("plain") << u"text/plain; charset=utf-8"_s << u"utf-8"_s;
        QTest::newRow("case and spaces") << u"Text/Plain ;  CharSet=ISO-8859-1 "_s << u"ISO-8859-1"_s;
        QTest::newRow("quoted") << u"text/plain;charset=\"iso-8859-1\""_s << u"iso-8859-1"_s;
        QTest::newRow("escaped") << u"text/plain; charset=\"iso\\-8859\\-1\""_s << u"iso-8859-1"_s;
        QTest::newRow("after another") << u"text/plain; x=\"a;charset=b\\\"\"; charset=c; d=e"_s << u"c"_s;
        QTest::newRow("after one without a value") << u"text/plain; x; charset=c"_s << u"c"_s;
        QTest::newRow("the first counts") << u"text/plain; charset=a; charset=b"_s << u"a"_s;
        QTest::newRow("unfinished") << u"text/plain; charset=\"a"_s << u"a"_s;
        QTest::newRow("none") << u"text/plain"_s << QString();
        QTest::newRow("empty") << u"text/plain; charset="_s << QString();
        QTest::newRow("no value") << u"text/plain; charset"_s << QString();
        QTest::newRow("another name") << u"text/plain; xcharset=a"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }

    void parameters()
    {
        QFETCH(QString, type);
        QTEST(contentTypeParameter(type, u"charset"), "charset");
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<bool>("isGuess");
        const auto row = [](const char *name, const QByteArray &body, const QString &type, const QString &text,
                            const QString &encoding, bool isGuess = false) {
            QTest::newRow(name) << body << type << text << encoding << isGuess;
        };
        const auto latin1 = "f\xfcr"_ba;
        const auto word = u"für"_s;
        using Encoding = QStringConverter::Encoding;
        row("Latin-1", latin1, u"text/plain; charset=iso-8859-1"_s, word, u"ISO-8859-1"_s);
        row("Latin-1, quoted", latin1, u"text/plain; charset=\"ISO-8859-1\""_s, word, u"ISO-8859-1"_s);
        row("UTF-8 named", word.toUtf8(), u"text/plain; charset=UTF-8"_s, word, u"UTF-8"_s);
        row("UTF-8 not named", word.toUtf8(), u"text/plain"_s, word, u"UTF-8"_s);
        row("UTF-8 with a mark", "\xef\xbb\xbf" + word.toUtf8(), QString(), word, u"UTF-8"_s);
        row("ASCII", "fur"_ba, u"text/plain; charset=us-ascii"_s, u"fur"_s, u"UTF-8"_s);
        row("the mark counts", encoded(word, Encoding::Utf16LE, true), u"text/plain; charset=iso-8859-1"_s, word,
            u"UTF-16"_s);
        row("UTF-16 big-endian, mark", encoded(word, Encoding::Utf16BE, true), QString(), word, u"UTF-16"_s);
        row("UTF-32, mark", encoded(word, Encoding::Utf32LE, true), QString(), word, u"UTF-32"_s);
        row("UTF-16 named", encoded(u"☎"_s, Encoding::Utf16BE), u"text/plain; charset=utf-16"_s, u"☎"_s, u"UTF-16"_s);
        row("UTF-16 named, little-endian", encoded(u"{\"ü\":1}"_s, Encoding::Utf16LE), u"a/b; charset=utf-16"_s,
            u"{\"ü\":1}"_s, u"UTF-16"_s);
        row("UTF-16LE named", encoded(u"☎"_s, Encoding::Utf16LE), u"text/plain; charset=UTF-16LE"_s, u"☎"_s,
            u"UTF-16"_s);
        row("UTF-16 that looks so", encoded(u"{\"ü\":1}"_s, Encoding::Utf16LE), QString(), u"{\"ü\":1}"_s, u"UTF-16"_s,
            true);
        row("UTF-32 that looks so", encoded(u"[\"ü\"]"_s, Encoding::Utf32BE), QString(), u"[\"ü\"]"_s, u"UTF-32"_s,
            true);
        row("neither named nor UTF-8", latin1, u"text/plain"_s, word, u"ISO-8859-1"_s, true);
        row("a charset that nobody knows, UTF-8", word.toUtf8(), u"text/plain; charset=x-nobody"_s, word, u"UTF-8"_s);
        row("a charset that nobody knows", latin1, u"text/plain; charset=x-nobody"_s, word, u"ISO-8859-1"_s, true);
        row("zeros among bytes", QByteArray("\1\0\2\0", 4), QString(), QString::fromLatin1("\1\0\2\0", 4), u"UTF-8"_s);
        row("nothing", {}, QString(), QString(), u"UTF-8"_s);
    }

    void reads()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, type);
        const auto read = responseText(body, type);
        QTEST(read.text, "text");
        QTEST(read.encoding, "encoding");
        QTEST(read.isGuess, "isGuess");
        QVERIFY(read.isWhole);
    }

    void readsWhatQtKnowsBesides()
    {
        if (!QStringDecoder("windows-1252").isValid()) {
            QCOMPARE(responseText("f\xfcr", u"a/b; charset=windows-1252"_s).text, u"für"_s);
            QSKIP("This Qt was built without ICU: it knows no other charsets.");
        }
        const auto windows = responseText("\x80 f\xfcr", u"text/plain; charset=windows-1252"_s);
        QCOMPARE(windows.text, u"€ für"_s);
        QCOMPARE(windows.encoding, u"WINDOWS-1252"_s);
        QVERIFY(windows.isWhole && !windows.isGuess);
        QCOMPARE(responseText("\x93\xfa\x96\x7b", u"text/plain; charset=Shift_JIS"_s).text, u"日本"_s);
    }

    void saysWhatIsNotOfTheNamedCharset()
    {
        const auto read = responseText("f\xfcr", u"text/plain; charset=utf-8"_s);
        QVERIFY(!read.isWhole);
        QCOMPARE(read.text, u"f\ufffdr"_s);
        QVERIFY(!responseText("f\xfcr", u"text/plain; charset=us-ascii"_s).isWhole);
    }

    void leavesOutHalfACharacterOfACutBody()
    {
        const auto read = responseText("ab\xf0\x9f\x98", QString(), true);
        QCOMPARE(read.text, u"ab"_s);
        QVERIFY(read.isWhole && read.isUtf8());
        const auto wide = encoded(u"ab"_s, QStringConverter::Utf16LE).chopped(1);
        QCOMPARE(responseText(wide, u"text/plain; charset=utf-16le"_s, true).text, u"a"_s);
        QVERIFY(!responseText(wide, u"text/plain; charset=utf-16le"_s).isWhole);
    }
};

QTEST_GUILESS_MAIN(TestResponseText)
#include "tst_responsetext.moc"
