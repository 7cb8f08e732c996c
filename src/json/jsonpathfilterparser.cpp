// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonpathparser.h"

#include "jsonnumber.h"
#include "shownname.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

// The part of the grammar that only filters use (RFC 9535 §2.3.5 and §2.4).
namespace Tocsin {

using namespace JsonPathSyntax;

namespace {

struct FunctionSignature
{
    std::string_view name;
    Function function;
    FunctionType result;
    FunctionType parameter;
    std::size_t parameterCount;
};

constexpr std::array<FunctionSignature, 5> signatures = {{
    {"length", Function::Length, FunctionType::Value, FunctionType::Value, 1},
    {"count", Function::Count, FunctionType::Value, FunctionType::Nodes, 1},
    {"match", Function::Match, FunctionType::Logical, FunctionType::Value, 2},
    {"search", Function::Search, FunctionType::Logical, FunctionType::Value, 2},
    {"value", Function::Value, FunctionType::Value, FunctionType::Nodes, 1},
}};

const FunctionSignature &signatureOf(const FunctionCall &call)
{
    return *std::find_if(signatures.begin(), signatures.end(),
                         [&call](const FunctionSignature &signature) { return signature.function == call.function; });
}

struct OperatorText
{
    std::string_view text;
    Operator meaning;
};

/// The longer before the shorter that begins the same.
constexpr std::array<OperatorText, 6> operators = {{
    {"==", Operator::Equal},
    {"!=", Operator::NotEqual},
    {"<=", Operator::LessOrEqual},
    {">=", Operator::GreaterOrEqual},
    {"<", Operator::Less},
    {">", Operator::Greater},
}};

QString functionName(std::string_view name)
{
    return shownName(toQString(name)) + "()"_L1;
}

} // namespace

bool JsonPathParser::isAtComparison() const
{
    return std::any_of(operators.begin(), operators.end(),
                       [this](const OperatorText &known) { return isAt(known.text); });
}

bool JsonPathParser::anyOf(Condition &condition)
{
    AnyOf all;
    do {
        skipBlanks();
        if (!allOf(all.conditions.emplace_back())) {
            return false;
        }
        const std::size_t end = m_at;
        skipBlanks();
        if (!isAt("||")) {
            m_at = end;
        }
    } while (take("||"));
    if (all.conditions.size() == 1) {
        condition = std::move(all.conditions.front());
    } else {
        condition.test = std::move(all);
    }
    return true;
}

bool JsonPathParser::allOf(Condition &condition)
{
    AllOf all;
    do {
        skipBlanks();
        if (!basic(all.conditions.emplace_back())) {
            return false;
        }
        const std::size_t end = m_at;
        skipBlanks();
        if (!isAt("&&")) {
            m_at = end;
        }
    } while (take("&&"));
    if (all.conditions.size() == 1) {
        condition = std::move(all.conditions.front());
    } else {
        condition.test = std::move(all);
    }
    return true;
}

bool JsonPathParser::basic(Condition &condition)
{
    if (isAt('!')) {
        return negated(condition);
    }
    return isAt('(') ? parenthesized(condition) : testOrComparison(condition);
}

bool JsonPathParser::parenthesized(Condition &condition)
{
    const std::size_t start = m_at;
    take('(');
    if (!enter(start) || !anyOf(condition)) {
        return false;
    }
    --m_depth;
    skipBlanks();
    if (!take(')')) {
        return expected(say("“&&”, “||” or “)”"));
    }
    const std::size_t end = m_at;
    skipBlanks();
    if (isAtComparison()) {
        return fail(m_at, say("What stands in parentheses is a condition, which cannot be compared."));
    }
    m_at = end;
    return true;
}

bool JsonPathParser::negated(Condition &condition)
{
    const std::size_t start = m_at;
    take('!');
    skipBlanks();
    if (isAt('(')) {
        if (!parenthesized(condition)) {
            return false;
        }
        condition.negated = !condition.negated;
        return true;
    }
    if (isAt('!')) {
        return expected(say("a path, a function or “(” after “!”"));
    }
    const std::size_t operandStart = m_at;
    Argument tested;
    if (!operand(tested)) {
        return false;
    }
    const std::size_t end = m_at;
    skipBlanks();
    if (isAtComparison()) {
        return fail(start, say("“!” negates a comparison only when that stands in parentheses: !(…)."));
    }
    m_at = end;
    condition.negated = true;
    return test(condition, std::move(tested), operandStart);
}

bool JsonPathParser::testOrComparison(Condition &condition)
{
    const std::size_t leftStart = m_at;
    Argument left;
    if (!operand(left)) {
        return false;
    }
    const std::size_t end = m_at;
    skipBlanks();
    const auto *found = std::find_if(operators.begin(), operators.end(),
                                     [this](const OperatorText &known) { return isAt(known.text); });
    if (found == operators.end()) {
        m_at = end;
        return test(condition, std::move(left), leftStart);
    }
    if (!checkComparable(left, leftStart)) {
        return false;
    }
    take(found->text);
    skipBlanks();
    const std::size_t rightStart = m_at;
    Argument right;
    if (!operand(right) || !checkComparable(right, rightStart)) {
        return false;
    }
    condition.test.emplace<Comparison>(
        Comparison{.left = std::move(left), .comparison = found->meaning, .right = std::move(right)});
    return true;
}

bool JsonPathParser::test(Condition &condition, Argument operand, std::size_t start)
{
    if (std::holds_alternative<Literal>(operand)) {
        return fail(start, say("A literal is no condition on its own: it has to be compared."));
    }
    if (auto *query = std::get_if<Query>(&operand)) {
        condition.test.emplace<Query>(std::move(*query));
        return true;
    }
    auto &call = std::get<std::unique_ptr<FunctionCall>>(operand);
    const FunctionSignature &signature = signatureOf(*call);
    if (signature.result == FunctionType::Value) {
        return fail(start,
                    say("%1 gives a value, which is no condition on its own: it has to be compared.",
                        functionName(signature.name)));
    }
    condition.test.emplace<FunctionCall>(std::move(*call));
    return true;
}

bool JsonPathParser::checkComparable(const Argument &operand, std::size_t start)
{
    if (const auto *query = std::get_if<Query>(&operand); query && !query->singular) {
        return fail(start,
                    say("A path that is compared has to select one node at most: only names and single indexes, and no "
                        "space within brackets."));
    }
    if (const auto *call = std::get_if<std::unique_ptr<FunctionCall>>(&operand)) {
        const FunctionSignature &signature = signatureOf(**call);
        if (signature.result != FunctionType::Value) {
            return fail(start, say("%1 is a condition, which cannot be compared.", functionName(signature.name)));
        }
    }
    return true;
}

bool JsonPathParser::operand(Argument &operand)
{
    if (isAtQuote()) {
        std::string text;
        if (!string(text)) {
            return false;
        }
        operand.emplace<Literal>(Literal{Json(std::move(text))});
        return true;
    }
    if (isAtDigit() || isAt('-')) {
        return number(operand.emplace<Literal>().value);
    }
    if (isAt('@') || isAt('$')) {
        return query(operand.emplace<Query>());
    }
    if (!atEnd() && m_text[m_at] >= 'a' && m_text[m_at] <= 'z') {
        return wordOperand(operand);
    }
    return expected(say("a path that starts with “@” or “$”, a function, or a value"));
}

bool JsonPathParser::number(Json &value)
{
    const std::size_t start = m_at;
    const auto digits = [this] {
        const std::size_t before = m_at;
        while (isAtDigit()) {
            ++m_at;
        }
        return m_at > before;
    };
    take('-');
    const std::size_t first = m_at;
    if (!digits()) {
        return expected(say("a digit"));
    }
    if (m_text[first] == '0' && m_at - first > 1) {
        return fail(start, say("A number starts with a zero that does not belong there."));
    }
    if (take('.')) {
        if (!digits()) {
            return expected(say("a digit after the decimal point"));
        }
    }
    if (take('e') || take('E')) {
        if (!take('+')) {
            take('-');
        }
        if (!digits()) {
            return expected(say("a digit of the exponent"));
        }
    }
    value = toJsonNumber(m_text.substr(start, m_at - start)); // the grammar of these numbers is JSON's own
    return true;
}

bool JsonPathParser::wordOperand(Argument &operand)
{
    const std::size_t start = m_at;
    while (isAtDigit() || isAt('_') || (!atEnd() && m_text[m_at] >= 'a' && m_text[m_at] <= 'z')) {
        ++m_at;
    }
    const std::string_view word = m_text.substr(start, m_at - start);
    if (isAt('(')) {
        return function(*operand.emplace<std::unique_ptr<FunctionCall>>(std::make_unique<FunctionCall>()), word, start);
    }
    if (word == "true" || word == "false") {
        operand.emplace<Literal>(Literal{Json(word == "true")});
    } else if (word == "null") {
        operand.emplace<Literal>(Literal{Json(nullptr)});
    } else {
        const std::size_t end = std::min(m_text.find_first_of(" \t\r\n,()[]=<>&|", start), m_text.size());
        return fail(start,
                    say("“%1” is neither a function with “(” right after its name nor true, false or null.",
                        shownName(toQString(m_text.substr(start, end - start)))));
    }
    return true;
}

bool JsonPathParser::function(FunctionCall &call, std::string_view name, std::size_t start)
{
    const auto *signature = std::find_if(signatures.begin(), signatures.end(),
                                         [name](const FunctionSignature &known) { return known.name == name; });
    if (signature == signatures.end()) {
        return fail(start,
                    say("There is no function %1: length(), count(), match(), search() and value() are known.",
                        functionName(name)));
    }
    call.function = signature->function;
    if (!enter(start)) {
        return false;
    }
    take('(');
    skipBlanks();
    if (!isAt(')')) {
        do {
            skipBlanks();
            if (!argument(call, name)) {
                return false;
            }
            skipBlanks();
        } while (take(','));
    }
    if (!take(')')) {
        return expected(say("“,” or “)” after an argument"));
    }
    --m_depth;
    if (call.arguments.size() != signature->parameterCount) {
        return fail(start,
                    signature->parameterCount == 1 ? say("%1 takes exactly one argument.", functionName(name))
                                                   : say("%1 takes exactly two arguments.", functionName(name)));
    }
    if (signature->result == FunctionType::Logical) {
        const auto *pattern = std::get_if<Literal>(&call.arguments.back());
        if (pattern && pattern->value.is_string()) {
            call.regexp = IRegexp::compile(pattern->value.get_ref<const std::string &>());
        }
    }
    return true;
}

bool JsonPathParser::argument(FunctionCall &call, std::string_view name)
{
    const std::size_t start = m_at;
    bool condition = isAt('(') || isAt('!');
    if (!condition) {
        if (!operand(call.arguments.emplace_back())) {
            return false;
        }
        const std::size_t end = m_at;
        skipBlanks();
        condition = isAtComparison() || isAt("&&") || isAt("||");
        m_at = end;
    }
    if (condition) {
        return fail(start, say("%1 takes no condition as an argument.", functionName(name)));
    }
    return checkArgument(call, name, start);
}

bool JsonPathParser::checkArgument(const FunctionCall &call, std::string_view name, std::size_t start)
{
    const Argument &argument = call.arguments.back();
    const auto *query = std::get_if<Query>(&argument);
    if (signatureOf(call).parameter == FunctionType::Nodes) {
        return query || fail(start, say("%1 takes a path as its argument.", functionName(name)));
    }
    const auto *inner = std::get_if<std::unique_ptr<FunctionCall>>(&argument);
    const bool isValue = query ? query->singular : !inner || signatureOf(**inner).result == FunctionType::Value;
    return isValue
        || fail(start,
                say("%1 takes a value: a literal, a function that gives a value, or a path that selects one node "
                    "at most (only names and single indexes, and no space within brackets).",
                    functionName(name)));
}

} // namespace Tocsin
