// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "iregexp.h"
#include "jsonpath.h"

#include <QFile>
#include <QTest>

#include <random>

using namespace Tocsin;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int rounds = 20'000;
constexpr std::size_t largestText = 4096;

/// Changes texts at random, the same way in every run.
class Mutator
{
public:
    explicit Mutator(std::uint64_t seed)
        : m_random(seed)
    {
    }

    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : m_random() % bound; }

    /// One or two changes; `tokens` are put in, and so are pieces of `other`.
    std::string mutated(std::string text, const std::vector<std::string> &tokens, const std::string &other)
    {
        const std::size_t changes = 1 + below(2);
        for (std::size_t i = 0; i < changes; ++i) {
            change(text, tokens, other);
        }
        text.resize(std::min(text.size(), largestText));
        return text;
    }

private:
    void change(std::string &text, const std::vector<std::string> &tokens, const std::string &other)
    {
        const std::size_t place = below(text.size() + 1);
        const std::size_t length = below(std::min<std::size_t>(text.size() - place, 8) + 1);
        switch (below(6)) {
        case 0:
            text.erase(place, length);
            break;
        case 1:
            text.insert(place, tokens[below(tokens.size())]);
            break;
        case 2:
            text.replace(place, length, tokens[below(tokens.size())]);
            break;
        case 3:
            text.insert(place, text.substr(place, length));
            break;
        case 4: {
            const std::size_t from = below(other.size() + 1);
            text.insert(place, other.substr(from, below(other.size() - from + 1)));
            break;
        }
        default:
            if (place < text.size()) {
                text[place] = static_cast<char>(below(256));
            }
        }
    }

    std::mt19937_64 m_random;
};

const std::vector<std::string> pathTokens = {"$",
                                             "@",
                                             ".",
                                             "..",
                                             "[",
                                             "]",
                                             "*",
                                             "?",
                                             "(",
                                             ")",
                                             "!",
                                             "&&",
                                             "||",
                                             "==",
                                             "!=",
                                             "<",
                                             "<=",
                                             ">",
                                             ">=",
                                             ",",
                                             ":",
                                             "'",
                                             "\"",
                                             "\\",
                                             "0",
                                             "-1",
                                             "-0",
                                             "1e3",
                                             "2.5",
                                             "true",
                                             "null",
                                             "a",
                                             "['a']",
                                             "[0]",
                                             "[::-1]",
                                             "..*",
                                             " ",
                                             "\n",
                                             "\\u",
                                             "\\uD83D",
                                             "\\uDE00",
                                             "count(",
                                             "length(",
                                             "match(",
                                             "search(",
                                             "value(",
                                             "[?@.a]",
                                             "[?@==$]",
                                             "é",
                                             "😀",
                                             "9007199254740991",
                                             "9007199254740992",
                                             "1e400",
                                             "'a.*'",
                                             "'\\\\p{Lu}'",
                                             "@.*",
                                             "$..*",
                                             "\xFF"};

const std::vector<std::string> documentTokens = {"{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ",",
                                                 ":",
                                                 "\"",
                                                 "\\",
                                                 "\\u0000",
                                                 "\\uD83D\\uDE00",
                                                 "\\uD800",
                                                 "null",
                                                 "true",
                                                 "0",
                                                 "-1.5e3",
                                                 "1e400",
                                                 "18446744073709551615",
                                                 "18446744073709551616",
                                                 "\"a\":",
                                                 "[[]]",
                                                 "{}",
                                                 " ",
                                                 "\n",
                                                 "é",
                                                 "😀",
                                                 "\xED\xA0\x80",
                                                 "\xFF",
                                                 std::string(1, '\0')};

const std::vector<std::string> patternTokens = {
    "a", "b", ".",  "*",      "+",       "?",      "{1,3}", "{1000}", "(", ")", "|",  "[",   "]",    "^",
    "$", "-", "\\", "\\p{L}", "\\P{Cn}", "\\p{C}", "[a-z]", "[^-]",   "é", "😀", "\n", "\\d", "\xFF", "(a*)*"};

} // namespace

class TestJsonMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TOCSIN_TEST_DATA "/jsonpath-cases.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto parsed = parseJson(file.readAll());
        QVERIFY(parsed);
        for (const Json &test : parsed->at("tests")) {
            m_paths.push_back(test.at("selector").get<std::string>());
            m_documents.push_back(writeJson(test.contains("document") ? test.at("document") : Json::array({1, "a"})));
        }
    }

    void everyPathIsTakenOrRefused()
    {
        Mutator mutator(20240229);
        int taken = 0;
        int nodesSeen = 0;
        for (int i = 0; i < rounds; ++i) {
            const std::size_t index = mutator.below(m_paths.size());
            const std::string text =
                mutator.mutated(m_paths[index], pathTokens, m_paths[mutator.below(m_paths.size())]);
            const auto path = JsonPath::compile(text);
            if (!path) {
                QVERIFY(!path.error().message.isEmpty());
                QVERIFY(path.error().position.isValid());
                QVERIFY(path.error().position.offset >= 0);
                QVERIFY(static_cast<std::size_t>(path.error().position.offset) <= text.size());
                continue;
            }
            ++taken;
            // Every other time the document that the path was written for, where it has something to select.
            const std::size_t place = i % 2 == 0 ? index : mutator.below(m_documents.size());
            const auto document = parseJson(QByteArray::fromStdString(m_documents[place]));
            QVERIFY(document);
            const int nodes = checkNodes(*path, *document);
            nodesSeen += nodes;
            if (nodes > 0) {
                keep(m_paths[index], text);
            }
            if (QTest::currentTestFailed()) {
                qWarning("%s", writeJson(Json(text)).c_str());
                return;
            }
        }
        // Otherwise the mutations would be too wild to try anything.
        QVERIFY(taken > rounds / 10);
        QVERIFY(nodesSeen > rounds / 10);
    }

    void everyDocumentIsTakenOrRefused()
    {
        Mutator mutator(20240301);
        int taken = 0;
        const auto everything = JsonPath::compile("$..*");
        QVERIFY(everything);
        for (int i = 0; i < rounds; ++i) {
            const std::size_t index = mutator.below(m_documents.size());
            const std::string text =
                mutator.mutated(m_documents[index], documentTokens, m_documents[mutator.below(m_documents.size())]);
            const auto document = parseJson(QByteArray::fromStdString(text));
            QVERIFY2(checkJson(QByteArray::fromStdString(text)).isOk() == document.isOk(), text.c_str());
            // The library knows the same grammar; it refuses numbers beyond a double's range, and ends at a NUL.
            if (text.find('\0') == std::string::npos && Json::accept(text)) {
                QVERIFY2(document, text.c_str());
            }
            if (!document) {
                QVERIFY2(document.error().message != u"The text is not JSON."_s, text.c_str());
                QVERIFY(document.error().position.isValid());
                QVERIFY(static_cast<std::size_t>(document.error().position.offset) <= text.size());
                continue;
            }
            ++taken;
            const auto again = parseJson(QByteArray::fromStdString(writeJson(*document)));
            QVERIFY2(again, text.c_str());
            QVERIFY2(jsonEquals(*document, *again), text.c_str());
            QCOMPARE(writeJson(*again), writeJson(*document));
            checkNodes(*everything, *document);
            keep(m_documents[index], text);
            if (QTest::currentTestFailed()) {
                qWarning("%s", writeJson(Json(text)).c_str());
                return;
            }
        }
        QVERIFY(taken > rounds / 10);
    }

    void everyPatternIsTakenOrRefused()
    {
        Mutator mutator(20240302);
        int taken = 0;
        int matched = 0;
        std::string text = "aab";
        for (int i = 0; i < rounds / 4; ++i) {
            const std::string pattern =
                mutator.mutated(patternTokens[mutator.below(patternTokens.size())], patternTokens, "(a|b)*[^x].{2}");
            const auto regexp = IRegexp::compile(pattern);
            if (!regexp) {
                continue;
            }
            ++taken;
            text = mutator.mutated(text, {"a", "b", "\n", "é", "X", "😀"}, text);
            text.resize(std::min<std::size_t>(text.size(), 100));
            // What matches the whole also matches somewhere.
            QVERIFY2(!regexp->matches(text) || regexp->found(text), pattern.c_str());
            matched += regexp->found(text) ? 1 : 0;
        }
        QVERIFY(taken > rounds / 20);
        QVERIFY(matched > 0);
    }

private:
    /// What was taken is changed further, as long as it is small.
    static void keep(std::string &text, const std::string &changed)
    {
        if (changed.size() < 80) {
            text = changed;
        }
    }

    /// Both ways of selecting agree, and each node's path leads to that node alone. Returns how many nodes there were.
    int checkNodes(const JsonPath &path, const Json &document)
    {
        const auto values = path.select(document);
        const auto nodes = path.selectWithPaths(document);
        if (values.size() != nodes.size()) {
            QTest::qFail("select() and selectWithPaths() differ", __FILE__, __LINE__);
            return 0;
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (values[i] != nodes[i].value) {
                QTest::qFail("select() and selectWithPaths() differ in order", __FILE__, __LINE__);
                return 0;
            }
            if (i >= 20) {
                continue;
            }
            const auto own = JsonPath::compile(nodes[i].path);
            if (!own || own->select(document) != std::vector<const Json *>{nodes[i].value}
                || own->selectWithPaths(document).front().path != nodes[i].path) {
                QTest::qFail(nodes[i].path.c_str(), __FILE__, __LINE__);
                return 0;
            }
        }
        return static_cast<int>(nodes.size());
    }

    std::vector<std::string> m_paths;
    std::vector<std::string> m_documents;
};

QTEST_APPLESS_MAIN(TestJsonMutations)
#include "tst_jsonmutations.moc"
