// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentencejson.h"

#include <QTest>
#include <QTranslator>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

class Words
{
public:
    static constexpr SentenceMaker say{"Words"};
    static constexpr CountedSentenceMaker sayCounted{"Words"};
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// German for what this test says.
class German : public QTranslator
{
public:
    German() { QCoreApplication::installTranslator(this); }
    ~German() override { QCoreApplication::removeTranslator(this); }
    Q_DISABLE_COPY_MOVE(German)

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *, int n) const override
    {
        if (QByteArrayView(context) != "Words") {
            return {};
        }
        const QByteArrayView text(source);
        return text == "The name %1 was not found." ? u"Den Namen %1 gibt es nicht."_s
            : text == "%1 of %2, since %3."         ? u"Seit %3: %1 von %2."_s
            : text == " or "                        ? u" oder "_s
            : text == "the proxy %1"                ? u"der Proxy %1"_s
            : text == "%1 took longer than %n second(s)."
            ? (n == 1 ? u"%1 brauchte länger als eine Sekunde."_s : u"%1 brauchte länger als %n Sekunden."_s)
            : QString();
    }
};

Sentence readAgain(const Sentence &sentence)
{
    JsonWriter out;
    write(out, sentence);
    const auto json = parseJson(QByteArray::fromStdString(out.take()));
    return sentenceFromJson(*json).value_or(Sentence(u"unreadable"_s));
}

} // namespace

class TestSentence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void isWrittenInTheLanguageOfItsReader()
    {
        const auto kept = readAgain(Words::say("The name %1 was not found.", u"a.test"_s));
        QCOMPARE(kept.text(), u"The name a.test was not found."_s);
        const German german;
        QCOMPARE(kept.text(), u"Den Namen a.test gibt es nicht."_s);
    }

    void putsPartsWhereTheLanguageWantsThem()
    {
        const QDateTime moment(QDate(2026, 3, 5), QTime(9, 7), Qt::UTC);
        const auto kept = readAgain(Words::say("%1 of %2, since %3.", 3, u"%1 %3"_s, moment));
        QCOMPARE(kept.parts.at(2), Sentence::ofMoment(moment));
        QCOMPARE(kept.text(), u"3 of %1 %3, since Thursday, 5 March 2026 09:07 UTC."_s);
        const German german;
        QVERIFY(kept.text().startsWith(u"Seit "_s));
        QVERIFY(kept.text().endsWith(u": 3 von %1 %3."_s));
    }

    void countsAndGroupsByLanguage()
    {
        const auto late = [](int seconds) {
            return readAgain(Words::sayCounted("%1 took longer than %n second(s).", seconds, u"a.test:443"_s));
        };
        QLocale::setDefault(QLocale(QLocale::German));
        const auto grouped = readAgain(Words::say("%L1 and %2", 1'234'567, 1'234'567)).text();
        QLocale::setDefault(QLocale::c());
        QCOMPARE(grouped, u"1.234.567 and 1234567"_s);
        const German german;
        QCOMPARE(late(1).text(), u"a.test:443 brauchte länger als eine Sekunde."_s);
        QCOMPARE(late(5).text(), u"a.test:443 brauchte länger als 5 Sekunden."_s);
    }

    void beginsWithACapital()
    {
        const auto kept = readAgain(
            Words::sayCounted("%1 took longer than %n second(s).", 1, Words::say("the proxy %1", u"p:3128"_s)));
        QCOMPARE(kept.text(), u"The proxy p:3128 took longer than 1 second(s)."_s);
        const German german;
        QCOMPARE(kept.text(), u"Der Proxy p:3128 brauchte länger als eine Sekunde."_s);
        QCOMPARE(Words::say("%1 is here.", u"a.test"_s).text(), u"a.test is here."_s);
    }

    void joinsWhatItIsMadeOf()
    {
        const auto kept =
            readAgain(Sentence::joined({Sentence(u"1"_s), Sentence(u"2"_s), Sentence(u"3"_s)}, Words::say(" or ")));
        QCOMPARE(kept.text(), u"1 or 2 or 3"_s);
        const German german;
        QCOMPARE(kept.text(), u"1 oder 2 oder 3"_s);
        QCOMPARE(Sentence::joined({}, Words::say(" or ")).text(), QString());
    }

    void endsInOneFullStop()
    {
        QCOMPARE(Words::say("It failed: %1.", u"No such file."_s).text(), u"It failed: No such file."_s);
        QCOMPARE(Words::say("It failed: %1.", Words::say("Nothing at %1.", u"$.a"_s)).text(),
                 u"It failed: Nothing at $.a."_s);
        QCOMPARE(Words::say("It waits: %1.", u"so long ..."_s).text(), u"It waits: so long ...."_s);
        QCOMPARE(withoutStop(u"One."_s), u"One"_s);
        QCOMPARE(withoutStop(u"One"_s), u"One"_s);
        QCOMPARE(withoutStop({}), QString());
    }

    void leavesPercentSignsThatAreNoPlaces()
    {
        QCOMPARE(Words::say("%1 ends with a space: write %20.", u"URL"_s).text(),
                 u"URL ends with a space: write %20."_s);
        QCOMPARE(Words::say("100 % of %1 and %", u"a"_s).text(), u"100 % of a and %"_s);
        QCOMPARE(Words::say("%1", u"%1 %2"_s).text(), u"%1 %2"_s);
    }

    void keepsWordsOfTheSystemAsTheirNumber()
    {
        const auto kept = readAgain(Sentence::ofSystemError(111));
        QCOMPARE(kept, Sentence::ofSystemError(111));
        QCOMPARE(kept.text(), qt_error_string(111));
    }

    void comesBackFromAColumn()
    {
        for (const auto &sentence :
             {Sentence(), Sentence(u"The target answered 500."_s), Sentence(u"{\"a\": 1}"_s), Sentence(u"\"quoted\""_s),
              Sentence(u"{\"context\": \"x\", \"source\": \"y\"}"_s), Words::say("The name %1 was not found.", u"ä"_s),
              Words::sayCounted("%n", 3), Sentence::joined({Sentence(u"a"_s)}, Sentence(u" "_s))}) {
            const auto column = sentenceToColumn(sentence);
            QVERIFY(!column.isNull());
            QCOMPARE(sentenceFromColumn(column), sentence);
        }
        // What an earlier version has written.
        QCOMPARE(sentenceFromColumn(u"The target answered 500."_s).text(), u"The target answered 500."_s);
        QCOMPARE(sentenceFromColumn(u"{not JSON"_s).text(), u"{not JSON"_s);
        QCOMPARE(sentenceFromColumn(u"{\"code\": 7}"_s).text(), u"{\"code\": 7}"_s);
    }

    void refusesWhatIsNoSentence()
    {
        QByteArray deep = "1";
        for (int i = 0; i < 40; ++i) {
            deep = R"({"joined": [" ", )" + deep + "]}";
        }
        for (const auto &text :
             {QByteArray("null"), QByteArray("[]"), QByteArray("1.5"), QByteArray("{}"),
              QByteArray(R"({"context": "a"})"), QByteArray(R"({"context": "a", "source": 1})"),
              QByteArray(R"({"context": "a", "source": "b", "with": 1})"), QByteArray(R"({"joined": [null]})"), deep}) {
            QVERIFY2(!sentenceFromJson(*parseJson(text)), text.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestSentence)
#include "tst_sentence.moc"
