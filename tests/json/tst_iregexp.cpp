// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "iregexp.h"
#include "json.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

std::string shown(const QString &text)
{
    return writeJson(toJson(text));
}

} // namespace

class TestIRegexp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<bool>("part");
        const auto row = [](const QString &pattern, const QString &text, bool whole, bool part) {
            QTest::addRow("%s on %s", shown(pattern).c_str(), shown(text).c_str()) << pattern << text << whole << part;
        };
        row(u""_s, u""_s, true, true);
        row(u""_s, u"a"_s, false, true);
        row(u"a|"_s, u""_s, true, true);
        row(u"()"_s, u""_s, true, true);
        row(u"a|bc"_s, u"bc"_s, true, true);
        row(u"a|bc"_s, u"ac"_s, false, true);
        row(u"ab|cd"_s, u"abd"_s, false, true);
        row(u"(ab)+"_s, u"abab"_s, true, true);
        row(u"(a|(b|c)d)*e"_s, u"abdcde"_s, true, true);
        row(u"A"_s, u"a"_s, false, false);

        row(u"."_s, u"\n"_s, false, false);
        row(u"."_s, u"\r"_s, false, false);
        row(u"."_s, u"\u2028"_s, true, true);
        row(u"."_s, u"\u0085"_s, true, true);
        row(u"."_s, u"😀"_s, true, true);
        row(u".."_s, u"😀"_s, false, false);
        row(u"[^a]"_s, u"\n"_s, true, true);
        row(u"a.b"_s, u"a𐄁b"_s, true, true);

        row(u"a{2}"_s, u"aa"_s, true, true);
        row(u"a{2}"_s, u"aaa"_s, false, true);
        row(u"a{2,}"_s, u"aaaa"_s, true, true);
        row(u"a{1,2}"_s, u"aaa"_s, false, true);
        row(u"a{0}b"_s, u"b"_s, true, true);
        row(u"(ab){1,2}c?"_s, u"ababc"_s, true, true);
        row(u"a{02}"_s, u"aa"_s, true, true);

        row(u"[a-c]+"_s, u"abc"_s, true, true);
        row(u"[^a-c]"_s, u"b"_s, false, false);
        row(u"[-a]"_s, u"-"_s, true, true);
        row(u"[a-]"_s, u"-"_s, true, true);
        row(u"[a-b-]"_s, u"-"_s, true, true);
        row(u"[^-]"_s, u"-"_s, false, false);
        row(u"[-]"_s, u"-"_s, true, true);
        row(u"[--]"_s, u"-"_s, true, true);
        row(u"[^]"_s, u"^"_s, true, true);
        row(u"[^^]"_s, u"^"_s, false, false);
        row(u"[a^]"_s, u"^"_s, true, true);
        row(u"[.$|?*+(){}]+"_s, u".$|?*+(){}"_s, true, true);
        row(u"[\\[\\]\\\\\\-\\^]+"_s, u"[]\\-^"_s, true, true);
        row(u"[\\n\\r\\t]+"_s, u"\n\r\t"_s, true, true);
        row(u"[\\[:alpha:\\]]+"_s, u"[:]"_s, true, true);
        row(u"[:digit:]"_s, u"5"_s, false, false);
        row(u"[&&]"_s, u"&"_s, true, true);
        row(u"[😀-😂]"_s, u"😁"_s, true, true);
        row(u"[\u0000-\u001f]"_s, u"\u0010"_s, true, true);

        row(u"\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}"_s, u"()*+-.?[\\]^{|}"_s, true, true);
        row(u"\\n\\r\\t"_s, u"\n\r\t"_s, true, true);
        row(u"a,b-c/d:e=f@g~!\"#%&'<>_`;"_s, u"a,b-c/d:e=f@g~!\"#%&'<>_`;"_s, true, true);
        row(u" # x"_s, u" # x"_s, true, true);

        row(u"\\p{L}+"_s, u"aжß阿"_s, true, true);
        row(u"\\p{Lu}"_s, u"Ж"_s, true, true);
        row(u"\\p{Lu}"_s, u"ж"_s, false, false);
        row(u"\\P{Lu}"_s, u"ж"_s, true, true);
        row(u"[\\p{Lu}\\p{Nd}]+"_s, u"A5"_s, true, true);
        row(u"[^\\p{Lu}]"_s, u"A"_s, false, false);
        row(u"[\\P{L}x]+"_s, u"1x!"_s, true, true);
        row(u"[^\\P{L}]"_s, u"x"_s, true, true);
        row(u"\\p{Sc}"_s, u"€"_s, true, true);
        row(u"\\p{Zs}"_s, u" "_s, true, true);
        row(u"\\p{Pc}"_s, u"_"_s, true, true);
        row(u"\\p{Cc}"_s, u"\u0007"_s, true, true);
        row(u"\\p{Cn}"_s, u"\u0378"_s, true, true);
        row(u"\\p{Cn}"_s, u"a"_s, false, false);
        row(u"\\P{Cn}"_s, u"a"_s, true, true);
        row(u"\\P{Cn}"_s, u"\u0378"_s, false, false);
        row(u"\\p{C}+"_s, u"\u0378\u0007\u200d"_s, true, true);
        row(u"\\P{C}"_s, u"\u0378"_s, false, false);
        row(u"[x\\p{Cn}]+"_s, u"x\u0378"_s, true, true);
        row(u"[^x\\p{Cn}]"_s, u"\u0378"_s, false, false);

        row(u"^ab.*"_s, u"abc"_s, true, true);
        row(u"^ab.*"_s, u"xab"_s, false, false);
        row(u"b$"_s, u"ab"_s, false, true);
        row(u"b$"_s, u"abc"_s, false, false);
        row(u"b$"_s, u"ab\n"_s, false, false);
        row(u"x|^b|c$"_s, u"bc"_s, false, true);
        row(u"(^a|b$)"_s, u"cb"_s, false, true);
        row(u"a^b"_s, u"a^b"_s, true, true);
        row(u"a$b"_s, u"a$b"_s, true, true);
        row(u"a$+"_s, u"a$$"_s, true, true);
        row(u"^+a"_s, u"^^a"_s, true, true);
        row(u"\\^a"_s, u"^a"_s, true, true);
        row(u"[$]a"_s, u"$a"_s, true, true);
    }
    void matches()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QFETCH(bool, whole);
        QFETCH(bool, part);
        const auto regexp = IRegexp::compile(pattern.toStdString());
        QVERIFY(regexp);
        QCOMPARE(regexp->matches(text.toStdString()), whole);
        QCOMPARE(regexp->found(text.toStdString()), part);
    }

    void treatsNulAsACharacter()
    {
        using namespace std::string_view_literals;
        const auto regexp = IRegexp::compile("a\0b"sv);
        QVERIFY(regexp);
        QVERIFY(regexp->matches("a\0b"sv));
        QVERIFY(!regexp->matches("a"sv));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        const QList<QByteArray> patterns = {"*",           "+a",
                                            "?",           "a**",
                                            "a+?",         "a{1}{2}",
                                            "{1}",         "a{",
                                            "a{}",         "a{,2}",
                                            "a{1",         "a{1,",
                                            "a{2,1}",      "a{-1}",
                                            "a{1001}",     "a{99999999999999999999}",
                                            "(",           ")",
                                            "(a",          "a)",
                                            "(?:a)",       "(?i)a",
                                            "[",           "[]",
                                            "[^",          "[a",
                                            "]",           "}",
                                            "a}",          "[]a]",
                                            "[a-",         "[b-a]",
                                            "[a-b-c]",     "[a--]",
                                            "[--a]",       "[[a]",
                                            "[[:alpha:]]", "[a&&[b]]",
                                            "[a-\\p{L}]",  "[\\p{L}-z]",
                                            "\\",          "a\\",
                                            "\\d",         "\\w",
                                            "\\s",         "\\b",
                                            "\\D",         "\\S",
                                            "\\W",         "[\\d]",
                                            "\\1",         "\\A",
                                            "\\z",         "\\Q",
                                            "\\$",         "\\/",
                                            "\\a",         "\\x41",
                                            "\\u0041",     "\\N",
                                            "\\e",         "\\0",
                                            "\\p",         "\\pL",
                                            "\\p{}",       "\\p{Lx}",
                                            "\\p{Cs}",     "\\p{LC}",
                                            "\\p{Latin}",  "\\p{IsBasicLatin}",
                                            "\\p{^L}",     "\\p{L",
                                            "\\p{Llu}",    "[\\p{Q}]",
                                            "(?P<a>b)",    "(?=a)",
                                            "\xE4",        "[\xED\xA0\x80]"};
        for (const QByteArray &pattern : patterns) {
            QTest::newRow(pattern.toPercentEncoding("\\[](){}*+?^|&<>=:").constData()) << pattern;
        }
        QTest::newRow("too long") << QByteArray(5000, 'a');
        QTest::newRow("groups too deep") << QByteArray(QByteArray(2000, '(') + QByteArray(2000, ')'));
        QTest::newRow("more repetitions than can be counted") << "((((a{100}){100}){100}){100}){100}"_ba;
    }
    void refuses()
    {
        QFETCH(QByteArray, pattern);
        QVERIFY(!IRegexp::compile(pattern.toStdString()));
    }

    void takesTimeInLineWithTheText()
    {
        // What explodes in a matcher that tries one way after the other.
        const auto regexp = IRegexp::compile("(a|aa|a?)*(a*)*b");
        QVERIFY(regexp);
        const std::string text(200'000, 'a');
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!regexp->matches(text));
        QVERIFY(!regexp->found(text));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_APPLESS_MAIN(TestIRegexp)
#include "tst_iregexp.moc"
