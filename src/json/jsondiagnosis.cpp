// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsondiagnosis.h"

#include "hexdigits.h"
#include "shownname.h"
#include "utf8.h"

#include <QCoreApplication>

#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

/// Walks the text along RFC 8259's grammar until something is amiss.
class JsonDiagnosis
{
    static constexpr SentenceMaker say{"Tocsin::JsonDiagnosis"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::JsonDiagnosis)

public:
    enum class Aim { Grammar, RepeatedMember };

    explicit JsonDiagnosis(std::string_view text, const JsonLimits &limits, Aim aim = Aim::Grammar)
        : m_text(text)
        , m_limits(limits)
        , m_aim(aim)
    {
    }

    Error find()
    {
        if (const std::size_t offset = firstInvalidUtf8(m_text); offset != std::string_view::npos) {
            return error(offset,
                         say("The text is not UTF-8: it has the byte 0x%1 where a character was expected.",
                             u"%1"_s.arg(static_cast<unsigned char>(m_text[offset]), 2, 16, '0'_L1)));
        }
        if (m_text.substr(0, 3) == "\xEF\xBB\xBF") {
            m_at = 3;
        }
        skipBlanks();
        if (atEnd()) {
            return error(m_at, say("The text is empty, where a JSON value was expected."));
        }
        if (!walk()) {
            return *m_error;
        }
        skipBlanks();
        if (!atEnd()) {
            return error(m_at, say("%1 follows the JSON value, where the text should end.", found()));
        }
        return error(0, say("The text is not JSON."));
    }

private:
    /// An array or object that is not closed yet, and how far it is read.
    struct Level
    {
        char bracket;
        std::set<std::string> names{}; ///< where repeated members are sought
        std::string_view name{}; ///< of the member that is being read, as it is written; empty: none yet
        int index = 0;
    };

    bool atEnd() const { return m_at >= m_text.size(); }
    char here() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool isDigit() const { return here() >= '0' && here() <= '9'; }

    Error error(std::size_t offset, const Sentence &message) const
    {
        return Error::of(message, {}, textPosition(m_text, offset));
    }

    bool fail(std::size_t offset, const Sentence &message)
    {
        m_error = error(offset, message);
        return false;
    }

    /// What stands at this place, for the start of a sentence.
    Sentence found() const
    {
        if (atEnd()) {
            return say("The end of the text");
        }
        const char32_t codePoint = decodeUtf8(m_text, m_at).value;
        if (codePoint < 0x20 || codePoint == 0x7F) {
            return Sentence(u"U+%1"_s.arg(static_cast<uint>(codePoint), 4, 16, '0'_L1));
        }
        return Sentence(u"“%1”"_s.arg(QString::fromUcs4(&codePoint, 1)));
    }

    bool expected(const Sentence &what) { return fail(m_at, say("%1 stands where %2 was expected.", found(), what)); }

    void skipBlanks()
    {
        while (!atEnd() && isJsonSpace(here())) {
            ++m_at;
        }
    }

    /// One value with all that is in it; the open brackets are kept in a list, so that depth costs no stack.
    bool walk()
    {
        std::vector<Level> &open = m_open;
        const auto closing = [&open] {
            return open.back().bracket == '{' ? '}' : ']';
        };
        bool valueExpected = true;
        std::size_t values = 0;
        while (true) {
            skipBlanks();
            if (valueExpected) {
                if (!atEnd() && values++ == m_limits.values) {
                    return fail(m_at,
                                say("The text holds more than the %L1 values that are read from it.", m_limits.values));
                }
                if (here() == '{' || here() == '[') {
                    if (open.size() == maximumJsonDepth) {
                        return fail(m_at,
                                    say("Arrays and objects nest deeper here than the %1 levels that are allowed.",
                                        maximumJsonDepth));
                    }
                    open.push_back({.bracket = here()});
                    ++m_at;
                    skipBlanks();
                    if (here() != closing()) {
                        if (closing() == '}' && !member(say("a member name in double quotes or “}”"))) {
                            return false;
                        }
                        continue;
                    }
                    ++m_at;
                    open.pop_back();
                } else if (!scalar()) {
                    return false;
                }
                valueExpected = false;
            } else if (open.empty()) {
                return true;
            } else if (here() == ',' && !atEnd()) {
                ++m_at;
                if (closing() == '}' && !member(say("a member name in double quotes"))) {
                    return false;
                }
                ++open.back().index;
                valueExpected = true;
            } else if (!atEnd() && here() == closing()) {
                ++m_at;
                open.pop_back();
            } else {
                return expected(closing() == '}' ? say("“,” or “}”") : say("“,” or “]”"));
            }
        }
    }

    bool member(const Sentence &what)
    {
        m_open.back().name = {};
        skipBlanks();
        if (here() != '"') {
            return expected(what);
        }
        const std::size_t start = m_at;
        if (!string()) {
            return false;
        }
        m_open.back().name = m_text.substr(start, m_at - start);
        if (m_aim == Aim::RepeatedMember && !isFirst(start)) {
            return false;
        }
        skipBlanks();
        if (here() != ':') {
            return expected(say("“:” after the member name"));
        }
        ++m_at;
        return true;
    }

    /// Whether the name that was just read is new to its object: escaped or not, it is the same name.
    bool isFirst(std::size_t start)
    {
        const std::string name = nameOf(m_open.back());
        return m_open.back().names.insert(name).second
            || failAtMember(start, say("The member “%1” stands here twice.", shownName(toQString(name))));
    }

    static std::string nameOf(const Level &level)
    {
        const auto name = parseJson(QByteArrayView(level.name.data(), static_cast<qsizetype>(level.name.size())));
        return name ? name->get<std::string>() : std::string();
    }

    /// A name may be as long as the text.
    static QString shown(const std::string &name)
    {
        constexpr qsizetype longest = 128; // characters
        const QString text = toQString(name);
        return text.size() > longest ? QString(text.first(longest) % QChar(0x2026)) : text;
    }

    /// With the path of the value that is being read (`a.b[0].c`).
    bool failAtMember(std::size_t offset, const Sentence &message)
    {
        QString path;
        for (const Level &level : m_open) {
            if (level.bracket == '[') {
                path += u"[%1]"_s.arg(level.index);
            } else if (!level.name.empty()) {
                path += (path.isEmpty() ? QString() : u"."_s) + shown(nameOf(level));
            }
        }
        fail(offset, message);
        m_error->where = path;
        return false;
    }

    bool scalar()
    {
        if (here() == '"') {
            return string();
        }
        if (here() == '-' || isDigit()) {
            return number();
        }
        for (const std::string_view word : {"true", "false", "null"}) {
            if (m_text.substr(m_at, word.size()) == word) {
                m_at += word.size();
                return true;
            }
        }
        return expected(say("a JSON value"));
    }

    bool number()
    {
        const std::size_t start = m_at;
        if (here() == '-') {
            ++m_at;
        }
        if (!isDigit()) {
            return expected(say("a digit"));
        }
        if (here() == '0') {
            ++m_at;
            if (isDigit()) {
                return fail(start, say("A number starts with a zero that does not belong there."));
            }
        }
        skipDigits();
        if (here() == '.') {
            ++m_at;
            if (!skipDigits()) {
                return expected(say("a digit after the decimal point"));
            }
        }
        if (here() == 'e' || here() == 'E') {
            ++m_at;
            if (here() == '+' || here() == '-') {
                ++m_at;
            }
            if (!skipDigits()) {
                return expected(say("a digit of the exponent"));
            }
        }
        return true;
    }

    bool skipDigits()
    {
        const std::size_t start = m_at;
        while (isDigit()) {
            ++m_at;
        }
        return m_at > start;
    }

    bool string()
    {
        const std::size_t start = m_at;
        ++m_at;
        while (!atEnd()) {
            const auto byte = static_cast<unsigned char>(here());
            if (byte == '"') {
                ++m_at;
                return true;
            }
            if (byte < 0x20) {
                return fail(m_at,
                            say("%1 is a control character, which a string holds only escaped, as \\n or \\u%2.",
                                found(), u"%1"_s.arg(byte, 4, 16, '0'_L1)));
            }
            if (byte != '\\') {
                ++m_at;
            } else if (!escape()) {
                return false;
            }
        }
        return fail(start, say("The string that starts here has no closing quote."));
    }

    bool escape()
    {
        const std::size_t start = m_at;
        ++m_at;
        if (!atEnd() && std::string_view("\"\\/bfnrt").find(here()) != std::string_view::npos) {
            ++m_at;
            return true;
        }
        if (here() != 'u') {
            return fail(start,
                        say("The escape is none that JSON knows: \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u "
                            "with four hexadecimal digits."));
        }
        const std::optional<char32_t> unit = hexadecimal(start);
        if (!unit) {
            return false;
        }
        if (*unit >= 0xDC00 && *unit <= 0xDFFF) {
            return loneSurrogate(start);
        }
        if (*unit >= 0xD800 && *unit <= 0xDBFF) {
            if (m_text.substr(m_at, 2) != "\\u") {
                return loneSurrogate(start);
            }
            ++m_at;
            const std::optional<char32_t> low = hexadecimal(m_at - 1);
            if (!low) {
                return false;
            }
            if (*low < 0xDC00 || *low > 0xDFFF) {
                return loneSurrogate(start);
            }
        }
        return true;
    }

    bool loneSurrogate(std::size_t start)
    {
        return failAtMember(start, say("The escape is one half of a surrogate pair without its other half."));
    }

    /// The four digits after the `u` at this place.
    std::optional<char32_t> hexadecimal(std::size_t start)
    {
        ++m_at;
        const auto value = hexUnit(m_text.substr(m_at));
        if (!value) {
            fail(start, say("\\u has to be followed by four hexadecimal digits."));
            return std::nullopt;
        }
        m_at += 4;
        return value;
    }

    std::string_view m_text;
    JsonLimits m_limits;
    Aim m_aim;
    std::size_t m_at = 0;
    std::vector<Level> m_open;
    std::optional<Error> m_error;
};

} // namespace

Error diagnoseJson(std::string_view text, const JsonLimits &limits)
{
    return JsonDiagnosis(text, limits).find();
}

Error findRepeatedMember(std::string_view text)
{
    return JsonDiagnosis(text, {}, JsonDiagnosis::Aim::RepeatedMember).find();
}

} // namespace Tocsin
