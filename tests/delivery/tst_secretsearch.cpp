// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction.h"

#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace Qt::Literals::StringLiterals;
using namespace Tocsin;

namespace {

/// A text as it is escaped again and again, which remembers what in it comes from the secret.
struct Marked
{
    QByteArray bytes;
    QByteArray flags; ///< 's' where a byte says something of the secret, else ' '

    void append(const QByteArray &text, char flag)
    {
        bytes += text;
        flags += QByteArray(text.size(), flag);
    }

    QByteArray redacted() const
    {
        const auto begin = flags.indexOf('s');
        const auto end = flags.lastIndexOf('s') + 1;
        return bytes.first(begin) + redactionMark.toUtf8() + bytes.sliced(end);
    }
};

struct Escape
{
    QByteArray name;
    std::function<Marked(const Marked &)> apply;
};

/// `escape` writes a character (UTF-8) in its way.
Escape byCharacter(const QByteArray &name, const std::function<QByteArray(const QByteArray &)> &escape)
{
    return {name, [escape](const Marked &text) {
                Marked result;
                qsizetype at = 0;
                while (at < text.bytes.size()) {
                    auto end = at + 1;
                    while (end < text.bytes.size() && (static_cast<uchar>(text.bytes[end]) & 0xc0) == 0x80) {
                        ++end;
                    }
                    result.append(escape(text.bytes.sliced(at, end - at)), text.flags[at]);
                    at = end;
                }
                return result;
            }};
}

QByteArray percent(const QByteArray &character, bool isSmall)
{
    const auto digits = character.toHex();
    QByteArray result;
    for (qsizetype i = 0; i < digits.size(); i += 2) {
        result += '%' + (isSmall ? digits.sliced(i, 2) : digits.sliced(i, 2).toUpper());
    }
    return result;
}

bool isUnreserved(const QByteArray &c)
{
    return c.size() == 1 && (QByteArrayView("-._~").contains(c[0]) || QChar(QLatin1Char(c[0])).isLetterOrNumber());
}

QByteArray units(const QByteArray &character, const char *format)
{
    QByteArray result;
    for (const auto unit : QString::fromUtf8(character)) {
        result += QString::asprintf(format, unit.unicode()).toLatin1();
    }
    return result;
}

QByteArray json(const QByteArray &c)
{
    static const QHash<QByteArray, QByteArray> named{{"\"", "\\\""}, {"\\", "\\\\"}, {"\n", "\\n"}, {"\r", "\\r"},
                                                     {"\t", "\\t"},  {"\b", "\\b"},  {"\f", "\\f"}};
    return named.value(c, c.size() == 1 && uchar(c[0]) < 0x20 ? units(c, "\\u%04x") : c);
}

QByteArray html(const QByteArray &c)
{
    static const QHash<QByteArray, QByteArray> named{
        {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}};
    return named.value(c, c);
}

QByteArray entity(const QByteArray &c, int base)
{
    const auto code = QString::fromUtf8(c).toUcs4().value(0);
    return (base == 16 ? "&#x" : "&#") + QByteArray::number(code, base) + ';';
}

/// `lineLength` 0: on one line.
Escape base64(const QByteArray &name, QByteArray::Base64Options options, qsizetype lineLength)
{
    return {name, [options, lineLength](const Marked &text) {
                const auto encoded = text.bytes.toBase64(options);
                Marked result;
                for (qsizetype i = 0; i < encoded.size(); ++i) {
                    const auto first = 6 * i / 8;
                    const auto last = (6 * i + 5) / 8;
                    const bool isSecret = encoded[i] != '='
                        && (text.flags.sliced(first).startsWith('s') || text.flags.mid(last, 1) == "s");
                    if (lineLength > 0 && i > 0 && i % lineLength == 0) {
                        result.append("\r\n", ' ');
                    }
                    result.append(encoded.sliced(i, 1), isSecret ? 's' : ' ');
                }
                return result;
            }};
}

Escape hexadecimal(const QByteArray &name, bool isSmall, const QByteArray &separator)
{
    return {name, [isSmall, separator](const Marked &text) {
                Marked result;
                for (qsizetype i = 0; i < text.bytes.size(); ++i) {
                    const auto digits = text.bytes.sliced(i, 1).toHex();
                    result.append(i > 0 ? separator : QByteArray(), ' ');
                    result.append(isSmall ? digits : digits.toUpper(), text.flags[i]);
                }
                return result;
            }};
}

const QList<Escape> &characterEscapes()
{
    static const QList<Escape> all{
        byCharacter("percent", [](const QByteArray &c) { return isUnreserved(c) ? c : percent(c, false); }),
        byCharacter("percent, small", [](const QByteArray &c) { return isUnreserved(c) ? c : percent(c, true); }),
        byCharacter("percent, all", [](const QByteArray &c) { return percent(c, false); }),
        byCharacter("form",
                    [](const QByteArray &c) { return c == " "       ? "+"
                                                  : isUnreserved(c) ? c
                                                                    : percent(c, false); }),
        byCharacter("JSON", json),
        byCharacter("JSON, slash", [](const QByteArray &c) { return c == "/" ? QByteArray("\\/") : json(c); }),
        byCharacter(
            "JSON of Go and .NET",
            [](const QByteArray &c) { return QByteArrayView("<>&+'\"`").contains(c) ? units(c, "\\u%04X") : json(c); }),
        byCharacter("JSON, ASCII", [](const QByteArray &c) { return c.size() > 1 ? units(c, "\\u%04x") : json(c); }),
        byCharacter("JSON, all", [](const QByteArray &c) { return units(c, "\\u%04x"); }),
        byCharacter("HTML", html),
        byCharacter("HTML, decimal", [](const QByteArray &c) { return isUnreserved(c) ? c : entity(c, 10); }),
        byCharacter("HTML, hexadecimal", [](const QByteArray &c) { return isUnreserved(c) ? c : entity(c, 16); }),
    };
    return all;
}

const QList<Escape> &blockEscapes()
{
    static const QList<Escape> all{
        base64("base64", QByteArray::Base64Encoding, 0),
        base64("base64 without padding", QByteArray::OmitTrailingEquals, 0),
        base64("base64 for URLs", QByteArray::Base64UrlEncoding, 0),
        base64("base64, lines", QByteArray::Base64Encoding, 76),
        base64("base64, short lines", QByteArray::Base64Encoding, 5),
        hexadecimal("hexadecimal", true, {}),
        hexadecimal("hexadecimal, capitals", false, {}),
        hexadecimal("hexadecimal, colons", false, ":"),
        hexadecimal("hexadecimal, blanks", true, " "),
    };
    return all;
}

class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
    {
    }

    int number(int below) { return m_random.bounded(below); }

    template <typename List>
    const auto &of(const List &list)
    {
        return list[number(static_cast<int>(list.size()))];
    }

    QString secret()
    {
        static const QStringList alphabets{
            u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"_s,
            u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="_s,
            u"abcXYZ019-._~!$&'()*+,;=:@/?%\\\"<>#[]{}|^` "_s,
            u"aZ9+/\"\\%&;#u02nfxXltamp"_s,
            u"aß€ü日本😀🔔é/+\""_s,
            u"0123456789abcdef"_s,
        };
        const auto characters = of(alphabets).toUcs4();
        const int length = 6 + number(number(4) == 0 ? 80 : 24);
        QString result;
        while (result.size() < length) {
            result += QString::fromUcs4(reinterpret_cast<const char32_t *>(&of(characters)), 1);
        }
        return result.trimmed() == result ? result : secret();
    }

    QByteArray context()
    {
        static const QByteArrayList texts{"",
                                          "x",
                                          " ",
                                          "{\"a\": \"",
                                          "\", \"b\": 1}",
                                          "token=",
                                          "&x=1",
                                          "<p>",
                                          "</p>",
                                          "user:",
                                          "a longer text, with \"quotes\" & such: ",
                                          "\n",
                                          "ü",
                                          "0",
                                          "ab"};
        return of(texts);
    }

private:
    QRandomGenerator m_random;
};

MappedText plain(const QByteArray &bytes)
{
    return {.bytes = bytes};
}

} // namespace

class TestSecretSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hidesASecretThroughAllEscapes_data()
    {
        QTest::addColumn<int>("blocks"); // where among the escapes base64 or hexadecimal stands, and how often
        QTest::newRow("characters") << 0;
        QTest::newRow("a block within") << 1;
        QTest::newRow("a block around") << 2;
        QTest::newRow("a block between") << 3;
        QTest::newRow("a block in a block") << 4;
    }

    void hidesASecretThroughAllEscapes()
    {
        QFETCH(const int, blocks);
        for (quint32 seed = 0; seed < 1000; ++seed) {
            Generator generator(seed);
            QList<Escape> escapes;
            const auto addCharacters = [&generator, &escapes](int most) {
                for (int i = generator.number(most + 1); i > 0; --i) {
                    escapes.append(generator.of(characterEscapes()));
                }
            };
            addCharacters(blocks == 0 ? 3 : 1 + blocks % 2);
            if (blocks > 0) {
                escapes.append(generator.of(blockEscapes()));
                addCharacters(blocks == 3 ? 2 : 1);
            }
            if (blocks == 4) {
                escapes.append(generator.of(blockEscapes()));
            }
            const auto secret = generator.secret();
            Marked text;
            text.append(generator.context(), ' ');
            text.append(secret.toUtf8(), 's');
            text.append(generator.context(), ' ');
            QByteArray names;
            for (const auto &escape : escapes) {
                text = escape.apply(text);
                names += ", " + escape.name;
            }
            Redaction redaction;
            redaction.add(secret);
            const auto result = redaction.redact(text.bytes);
            if (result != text.redacted()) {
                qWarning().noquote() << "seed" << seed << "secret" << secret << names;
                QCOMPARE(result, text.redacted());
            }
        }
    }

    void leavesNearMissesAlone()
    {
        const auto secret = u"xoxb-4711/ab+cd \"q\" ü%&é-Z9"_s;
        Redaction redaction;
        redaction.add(secret);
        redaction.add(u"0123456789abcdef0123456789abcdef"_s);
        Generator generator(7);
        QByteArray body;
        const auto whole = secret.toUtf8();
        while (body.size() < 1024 * 1024) {
            auto near = whole;
            const auto at = generator.number(static_cast<int>(near.size()));
            if (generator.number(2) == 0) {
                near.remove(at, 1 + generator.number(2));
            } else {
                near[at] = near[at] == 'x' ? 'y' : 'x';
            }
            Marked text;
            text.append(generator.context() + near + generator.context(), ' ');
            if (text.bytes.contains(whole)) {
                continue;
            }
            for (int i = generator.number(4); i > 0; --i) {
                text = generator.of(generator.number(4) == 0 ? blockEscapes() : characterEscapes()).apply(text);
            }
            body += text.bytes + ' ' + QByteArray::number(generator.number(1000000), 16) + '\n';
        }
        const auto result = redaction.redact(body);
        const auto hit = result.indexOf(redactionMark.toUtf8());
        QVERIFY2(result == body, body.mid(hit - 60, 400).constData());
        QCOMPARE(redaction.redact(body + percent(whole, true)), body + redactionMark.toUtf8());
    }

    void worksInLinearTime_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<int>("stepsPerByte");
        const auto near = "xoxb-123456789-abcdefghijk "_ba;
        QByteArray twice;
        for (const auto byte : near) {
            twice += "%25%32%35" + QByteArray(1, byte).toHex();
        }
        QTest::newRow("words") << "The quick brown fox jumps over the lazy dog, "_ba << 4;
        QTest::newRow("JSON") << "{\"name\": \"a \\\"b\\\"\", \"path\": \"c:\\\\d\", \"n\": 1.5}, "_ba << 12;
        QTest::newRow("near misses") << near << 4;
        QTest::newRow("near misses, escaped") << "%78oxb%2d123456789-abcdefghijk \\u0078oxb\\u002d123456789 "_ba << 16;
        QTest::newRow("near misses, escaped twice") << twice << 16;
        QTest::newRow("near misses in base64") << near.toBase64().toBase64().toBase64() << 70;
        QTest::newRow("letters") << "V"_ba << 70;
        QTest::newRow("digits") << "0123456789abcdef"_ba << 70;
        QTest::newRow("backslashes") << "\\"_ba << 70;
        QTest::newRow("percent of percent") << "%25"_ba << 16;
        QTest::newRow("percent of percent, long") << "%2525252525252525"_ba << 16;
        QTest::newRow("entities of entities") << "&amp;amp;amp;amp;"_ba << 32;
        QTest::newRow("units of units") << "\\u005cu005cu005c"_ba << 32;
        QTest::newRow("mixed") << "%5cu0025&#37;5c&#x5c;u0026amp;"_ba << 32;
        QTest::newRow("byte 0") << QByteArray(1, '\0') << 16;
        QTest::newRow("line breaks") << "\n \r\n"_ba << 16;
    }

    void worksInLinearTime()
    {
        QFETCH(const QByteArray, piece);
        QFETCH(const int, stepsPerByte);
        const auto steps = [&piece](qsizetype size, int secrets) {
            Generator generator(3);
            SecretSearch search;
            search.add("xoxb-123456789-abcdefghijkl");
            for (int i = 1; i < secrets; ++i) {
                search.add(QByteArray("xoxb-" + generator.secret().toUtf8().repeated(5)));
            }
            search.link();
            const auto text = piece.repeated(size / piece.size());
            const auto found = search.find(plain(text), static_cast<quint32>(text.size()), {});
            return found.ranges.empty() ? found.steps : 0;
        };
        constexpr qsizetype size = 256 * 1024;
        const auto half = steps(size / 2, 1);
        const auto whole = steps(size, 1);
        QCOMPARE_GT(half, 0U);
        QVERIFY2(whole < half * 2 + half / 50, qPrintable(u"%1, then %2"_s.arg(half).arg(whole)));
        QVERIFY2(whole < quint64(stepsPerByte) * size, qPrintable(u"%1 a byte"_s.arg(double(whole) / size)));
        const auto many = steps(size, 200);
        QVERIFY2(many < whole * 2, qPrintable(u"%1, with many %2"_s.arg(whole).arg(many)));
    }

    void aCutTextHidesTheBeginningOfASecret_data()
    {
        QTest::addColumn<QByteArray>("encoded"); // the secret, and what follows it
        QTest::addColumn<int>("hidden"); // bytes of it that may be shown at the end of a cut text
        const auto secret = "s3cr3t/+\"token\"-Z9"_ba;
        QTest::newRow("as it is") << secret << 5;
        QTest::newRow("percent") << secret.toPercentEncoding() << 5;
        QTest::newRow("all percent") << percent(secret, true) << 17;
        QTest::newRow("percent of percent") << secret.toPercentEncoding().toPercentEncoding() << 5;
        QTest::newRow("JSON") << "s3cr3t\\/\\u002b\\\"token\\\"-Z9"_ba << 5;
        QTest::newRow("HTML") << "s3cr3t&#47;&plus;&quot;token&quot;-Z9"_ba << 5;
        QTest::newRow("base64") << secret.toBase64() << 7;
        QTest::newRow("hexadecimal") << secret.toHex() << 11;
    }

    void aCutTextHidesTheBeginningOfASecret()
    {
        QFETCH(const QByteArray, encoded);
        QFETCH(const int, hidden);
        Redaction redaction;
        redaction.add(u"s3cr3t/+\"token\"-Z9"_s);
        for (qsizetype size = 0; size <= encoded.size(); ++size) {
            const QByteArray before = "{\"a\": \"";
            const QByteArray cut = before + encoded.first(size);
            const auto result = redaction.redactCut(cut);
            if (size <= hidden) {
                QCOMPARE(result, cut);
            } else {
                QVERIFY2(result.startsWith(QByteArray(before + redactionMark.toUtf8())), result.constData());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSecretSearch)
#include "tst_secretsearch.moc"
