// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatetokens.h"

#include <QTest>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

// "kind:text" of each token; kinds by their first letters.
QStringList shown(const std::string &text)
{
    constexpr const char *kinds[] = {"key",   "str",   "num",     "word",   "punct",
                                     "value", "block", "comment", "secret", "error"};
    QStringList tokens;
    for (const auto &token : tokenize(text)) {
        tokens.append(QString(QString::fromLatin1(kinds[static_cast<int>(token.kind)]) + u':'
                              + QString::fromStdString(text.substr(token.offset, token.length))));
    }
    return tokens;
}

} // namespace

class TestTemplateTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenizes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // by spaces, which the texts have none of
        QTest::newRow("JSON")
            << u"{\"a\":[1,-2.5e3,true,null]}"_s
            << u"punct:{ key:\"a\" punct:: punct:[ num:1 punct:, num:-2.5e3 punct:, word:true punct:, "
               "word:null punct:] punct:}"_s;
        QTest::newRow("placeholder in string") << u"\"a{{b}}c\""_s << u"str:\"a value:{{b}} str:c\""_s;
        QTest::newRow("placeholder alone in string") << u"\"{{b}}\""_s << u"str:\" value:{{b}} str:\""_s;
        QTest::newRow("placeholder in key")
            << u"{\"{{b}}\":1}"_s << u"punct:{ key:\" value:{{b}} key:\" punct:: num:1 punct:}"_s;
        QTest::newRow("bare placeholder") << u"[{{b}}]"_s << u"punct:[ value:{{b}} punct:]"_s;
        QTest::newRow("blocks") << u"{{#if}}1{{else}}2{{/if}}{{^}}"_s
                                << u"block:{{#if}} num:1 block:{{else}} num:2 block:{{/if}} block:{{^}}"_s;
        QTest::newRow("comments") << u"{{!a}}{{!--}}--}}"_s << u"comment:{{!a}} comment:{{!--}}--}}"_s;
        QTest::newRow("secret") << u"\"${secret:k}$${x}\""_s << u"str:\" secret:${secret:k} str:$${x}\""_s;
        QTest::newRow("escapes") << u"\"\\\"\\{{a\\\\{{b}}\""_s << u"str:\"\\\"\\{{a\\\\ value:{{b}} str:\""_s;
        QTest::newRow("no JSON") << u"[hello,1x]"_s << u"punct:[ error:hello punct:, error:1x punct:]"_s;
        QTest::newRow("raw") << u"\"{{{a}}}\""_s << u"str:\" error:{{{ str:a}}}\""_s;
        QTest::newRow("not closed") << u"\"{{data"_s << u"str:\" error:{{ str:data"_s;
        QTest::newRow("secret not closed") << u"\"${secret:k"_s << u"str:\" error:${secret:k"_s;
        QTest::newRow("comment not closed") << u"{{!-- a"_s << QString();
        QTest::newRow("string over a line's end") << u"\"a\n1"_s << u"error:\"a num:1"_s;
        QTest::newRow("letters beyond ASCII") << u"\"ä🔔\":1"_s << u"key:\"ä🔔\" punct:: num:1"_s;
    }

    void tokenizes()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto tokens = shown(text.toStdString());
        if (expected.isEmpty()) {
            QCOMPARE(tokens, QStringList(QString(u"error:" + text)));
        } else {
            QCOMPARE(tokens.join(u' '), expected);
        }
    }

    // Whatever has been typed so far: tokens stay in the text, in order, and never overlap.
    void coversEveryBeginning()
    {
        const std::string text =
            "{\"a\": \"{{#each data.issues}}${secret:k}{{~else~}}\\{{x {{!-- c --}}\\\\{{b}}{{/each}}\", "
            "\"k{{x}}\": [1, tr, {{{r}}}, {{json data}}]}\n";
        for (std::size_t length = 0; length <= text.size(); ++length) {
            std::size_t end = 0;
            for (const auto &token : tokenize(std::string_view(text).substr(0, length))) {
                QVERIFY(token.length > 0);
                QVERIFY(token.offset >= end);
                end = token.offset + token.length;
                QVERIFY(end <= length);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTemplateTokens)
#include "tst_templatetokens.moc"
