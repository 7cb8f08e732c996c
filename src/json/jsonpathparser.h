// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonpathquery.h"
#include "result.h"

#include <QCoreApplication>

#include <optional>
#include <string_view>

namespace Tocsin {

/// Reads a JSONPath expression along the grammar of RFC 9535 (Appendix A) and checks that it is well-typed (§2.4.3).
/// Use once.
class JsonPathParser
{
    static constexpr SentenceMaker say{"Tocsin::JsonPathParser"};
    Q_DECLARE_TR_FUNCTIONS(Tocsin::JsonPathParser)

public:
    explicit JsonPathParser(std::string_view expression);

    /// The error's position points into the expression.
    Result<JsonPathSyntax::Query> parse();

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    bool isAt(char character) const { return !atEnd() && m_text[m_at] == character; }
    bool isAt(std::string_view text) const { return m_text.substr(m_at, text.size()) == text; }
    bool isAtDigit() const { return !atEnd() && m_text[m_at] >= '0' && m_text[m_at] <= '9'; }
    bool isAtQuote() const { return isAt('"') || isAt('\''); }
    bool isAtNameStart() const;
    bool isAtComparison() const;
    bool take(char character);
    bool take(std::string_view text);
    /// Whether there was any.
    bool skipBlanks();

    bool fail(std::size_t offset, const Sentence &message);
    /// Fails, saying what stands at this place where `what` was expected.
    bool expected(const Sentence &what);
    bool enter(std::size_t offset);

    bool query(JsonPathSyntax::Query &query);
    bool segments(JsonPathSyntax::Query &query);
    bool dotSegment(JsonPathSyntax::Segment &segment);
    bool bracketedSegment(JsonPathSyntax::Segment &segment, bool &blanks);
    bool selector(JsonPathSyntax::Segment &segment);
    bool indexOrSlice(JsonPathSyntax::Segment &segment);
    bool filter(JsonPathSyntax::Segment &segment);
    bool integer(std::int64_t &value);
    bool string(std::string &value);
    bool escape(std::string &value, char quote);
    bool hexadecimalEscape(std::string &value, std::size_t start);
    std::optional<char32_t> hexadecimal();
    std::string memberName();

    bool anyOf(JsonPathSyntax::Condition &condition);
    bool allOf(JsonPathSyntax::Condition &condition);
    bool basic(JsonPathSyntax::Condition &condition);
    bool parenthesized(JsonPathSyntax::Condition &condition);
    bool negated(JsonPathSyntax::Condition &condition);
    bool testOrComparison(JsonPathSyntax::Condition &condition);
    bool test(JsonPathSyntax::Condition &condition, JsonPathSyntax::Argument operand, std::size_t start);
    bool operand(JsonPathSyntax::Argument &operand);
    bool number(Json &value);
    bool wordOperand(JsonPathSyntax::Argument &operand);
    bool function(JsonPathSyntax::FunctionCall &call, std::string_view name, std::size_t start);
    bool argument(JsonPathSyntax::FunctionCall &call, std::string_view name);
    bool checkArgument(const JsonPathSyntax::FunctionCall &call, std::string_view name, std::size_t start);
    bool checkComparable(const JsonPathSyntax::Argument &operand, std::size_t start);

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::optional<Error> m_error;
};

} // namespace Tocsin
