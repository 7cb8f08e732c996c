// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonpathparser.h"

#include "hexdigits.h"
#include "utf8.h"

#include <charconv>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

using namespace JsonPathSyntax;

namespace {

/// How deep filters, parentheses and functions may nest.
constexpr int maximumNesting = 100;
/// Indexes and slices stay within what every JSON implementation counts exactly (RFC 7493, RFC 9535 §2.1).
constexpr std::int64_t largestInteger = 9007199254740991;

bool isSingular(const Segment &segment)
{
    return !segment.descendant && segment.selectors.size() == 1
        && (std::holds_alternative<NameSelector>(segment.selectors.front())
            || std::holds_alternative<IndexSelector>(segment.selectors.front()));
}

} // namespace

JsonPathParser::JsonPathParser(std::string_view expression)
    : m_text(expression)
{
}

Result<Query> JsonPathParser::parse()
{
    Query result;
    const std::size_t invalid = firstInvalidUtf8(m_text);
    if (invalid != std::string_view::npos) {
        fail(invalid, say("The path is not UTF-8 here."));
    } else if (!isAt('$')) {
        expected(say("“$”, with which every path starts,"));
    } else if (query(result) && !atEnd()) {
        expected(say("“.”, “[” or the end of the path"));
    }
    if (m_error) {
        return *m_error;
    }
    return result;
}

bool JsonPathParser::isAtNameStart() const
{
    if (atEnd()) {
        return false;
    }
    const char first = m_text[m_at];
    return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_'
        || static_cast<unsigned char>(first) >= 0x80;
}

bool JsonPathParser::take(char character)
{
    if (!isAt(character)) {
        return false;
    }
    ++m_at;
    return true;
}

bool JsonPathParser::take(std::string_view text)
{
    if (!isAt(text)) {
        return false;
    }
    m_at += text.size();
    return true;
}

bool JsonPathParser::skipBlanks()
{
    const std::size_t start = m_at;
    while (isAt(' ') || isAt('\t') || isAt('\n') || isAt('\r')) {
        ++m_at;
    }
    return m_at > start;
}

bool JsonPathParser::fail(std::size_t offset, const Sentence &message)
{
    m_error = Error::of(message, {}, textPosition(m_text, offset));
    return false;
}

bool JsonPathParser::expected(const Sentence &what)
{
    if (atEnd()) {
        return fail(m_at, say("The path ends where %1 was expected.", what));
    }
    const char32_t codePoint = decodeUtf8(m_text, m_at).value;
    if (codePoint == U' ') {
        return fail(m_at, say("A space stands where %1 was expected.", what));
    }
    if (codePoint < 0x20 || codePoint == 0x7F) {
        return fail(m_at,
                    say("The character U+%1 stands where %2 was expected.",
                        u"%1"_s.arg(static_cast<uint>(codePoint), 4, 16, '0'_L1).toUpper(), what));
    }
    return fail(m_at, say("“%1” stands where %2 was expected.", QString::fromUcs4(&codePoint, 1), what));
}

bool JsonPathParser::enter(std::size_t offset)
{
    if (m_depth == maximumNesting) {
        return fail(offset,
                    say("Filters, parentheses and functions nest deeper here than the %1 levels that are allowed.",
                        maximumNesting));
    }
    ++m_depth;
    return true;
}

bool JsonPathParser::query(Query &query)
{
    query.relative = isAt('@');
    ++m_at;
    return segments(query);
}

bool JsonPathParser::segments(Query &query)
{
    while (true) {
        const std::size_t end = m_at;
        skipBlanks();
        Segment segment;
        bool blanks = false;
        if (isAt('[')) {
            if (!bracketedSegment(segment, blanks)) {
                return false;
            }
        } else if (isAt('.')) {
            if (!dotSegment(segment)) {
                return false;
            }
        } else {
            // The blanks belong to what follows the query.
            m_at = end;
            return true;
        }
        query.singular = query.singular && isSingular(segment) && !blanks;
        query.segments.push_back(std::move(segment));
    }
}

bool JsonPathParser::dotSegment(Segment &segment)
{
    segment.descendant = take("..");
    if (segment.descendant && isAt('[')) {
        bool blanks = false;
        return bracketedSegment(segment, blanks);
    }
    if (!segment.descendant) {
        take('.');
    }
    if (take('*')) {
        segment.selectors.emplace_back(WildcardSelector{});
        return true;
    }
    if (!isAtNameStart()) {
        return expected(segment.descendant ? say("a name, “*” or “[” after “..”") : say("a name or “*” after “.”"));
    }
    segment.selectors.emplace_back(NameSelector{memberName()});
    return true;
}

std::string JsonPathParser::memberName()
{
    const std::size_t start = m_at;
    while (isAtNameStart() || isAtDigit()) {
        ++m_at;
    }
    return std::string(m_text.substr(start, m_at - start));
}

bool JsonPathParser::bracketedSegment(Segment &segment, bool &blanks)
{
    take('[');
    do {
        blanks = skipBlanks() || blanks;
        if (!selector(segment)) {
            return false;
        }
        blanks = skipBlanks() || blanks;
    } while (take(','));
    return take(']') || expected(say("“,” or “]” after a selector"));
}

bool JsonPathParser::selector(Segment &segment)
{
    if (isAtQuote()) {
        NameSelector name;
        if (!string(name.name)) {
            return false;
        }
        segment.selectors.emplace_back(std::move(name));
        return true;
    }
    if (take('*')) {
        segment.selectors.emplace_back(WildcardSelector{});
        return true;
    }
    if (isAt('?')) {
        return filter(segment);
    }
    if (isAtDigit() || isAt('-') || isAt(':')) {
        return indexOrSlice(segment);
    }
    return expected(say("a name in quotes, an index, a slice, “*” or “?”"));
}

bool JsonPathParser::indexOrSlice(Segment &segment)
{
    std::int64_t number = 0;
    SliceSelector slice;
    if (!isAt(':')) {
        if (!integer(number)) {
            return false;
        }
        const std::size_t end = m_at;
        skipBlanks();
        if (!isAt(':')) {
            m_at = end;
            segment.selectors.emplace_back(IndexSelector{number});
            return true;
        }
        slice.start = number;
    }
    take(':');
    skipBlanks();
    if (isAtDigit() || isAt('-')) {
        if (!integer(number)) {
            return false;
        }
        slice.end = number;
        skipBlanks();
    }
    if (take(':')) {
        skipBlanks();
        if ((isAtDigit() || isAt('-')) && !integer(slice.step)) {
            return false;
        }
    }
    segment.selectors.emplace_back(slice);
    return true;
}

bool JsonPathParser::filter(Segment &segment)
{
    const std::size_t start = m_at;
    take('?');
    skipBlanks();
    auto condition = std::make_unique<Condition>();
    if (!enter(start) || !anyOf(*condition)) {
        return false;
    }
    --m_depth;
    segment.selectors.emplace_back(FilterSelector{std::move(condition)});
    return true;
}

bool JsonPathParser::integer(std::int64_t &value)
{
    const std::size_t start = m_at;
    const bool negative = take('-');
    if (!isAtDigit()) {
        return expected(say("a digit"));
    }
    const std::size_t firstDigit = m_at;
    while (isAtDigit()) {
        ++m_at;
    }
    const std::string_view digits = m_text.substr(firstDigit, m_at - firstDigit);
    if (digits.front() == '0' && (negative || digits.size() > 1)) {
        return fail(start, say("The whole number is written with a needless zero or minus sign: 0 is written 0."));
    }
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || value > largestInteger) {
        return fail(start,
                    say("The whole number is out of bounds: indexes and slices go from -%1 to %1.", largestInteger));
    }
    value = negative ? -value : value;
    return true;
}

bool JsonPathParser::string(std::string &value)
{
    const std::size_t start = m_at;
    const char quote = m_text[m_at++];
    while (!atEnd()) {
        if (take(quote)) {
            return true;
        }
        if (isAt('\\')) {
            if (!escape(value, quote)) {
                return false;
            }
        } else if (static_cast<unsigned char>(m_text[m_at]) < 0x20) {
            return expected(say("a character of a string or an escape as \\n or \\u000a"));
        } else {
            value += m_text[m_at++];
        }
    }
    return fail(start, say("The string that starts here has no closing quote."));
}

bool JsonPathParser::escape(std::string &value, char quote)
{
    constexpr std::string_view letters = "bfnrt/\\";
    constexpr std::string_view meanings = "\b\f\n\r\t/\\";
    const std::size_t start = m_at++;
    if (take(quote)) {
        value += quote;
        return true;
    }
    if (take('u')) {
        return hexadecimalEscape(value, start);
    }
    const std::size_t letter = atEnd() ? std::string_view::npos : letters.find(m_text[m_at]);
    if (letter == std::string_view::npos) {
        return fail(
            start,
            say("The escape is none that a path knows: \\%1, \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u with four "
                "hexadecimal digits.",
                QString(QLatin1Char(quote))));
    }
    value += meanings[letter];
    ++m_at;
    return true;
}

bool JsonPathParser::hexadecimalEscape(std::string &value, std::size_t start)
{
    std::optional<char32_t> codePoint = hexadecimal();
    if (codePoint && *codePoint >= 0xD800 && *codePoint <= 0xDBFF && take("\\u")) {
        const std::optional<char32_t> low = hexadecimal();
        if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
            appendUtf8(value, 0x10000 + ((*codePoint - 0xD800) << 10) + (*low - 0xDC00));
            return true;
        }
    }
    if (!codePoint) {
        return fail(start, say("\\u has to be followed by four hexadecimal digits."));
    }
    if (*codePoint >= 0xD800 && *codePoint <= 0xDFFF) {
        return fail(start, say("The escape is one half of a surrogate pair without its other half."));
    }
    appendUtf8(value, *codePoint);
    return true;
}

std::optional<char32_t> JsonPathParser::hexadecimal()
{
    const auto value = hexUnit(m_text.substr(m_at));
    m_at += value ? 4 : 0;
    return value;
}

} // namespace Tocsin
