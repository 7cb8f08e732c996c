// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateexpressionparser.h"

#include "dateformat.h"
#include "json.h"
#include "jsonnumber.h"
#include "nearestword.h"
#include "schemapromise.h"
#include "shownname.h"
#include "templatehelpers.h"

#include <QCoreApplication>

#include <algorithm>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ExpressionText
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::BodyTemplate)
};

constexpr int mostCharacters = 1'000'000;

// What Handlebars takes for a number: digits, a sign before them, a fraction behind.
bool isNumber(std::string_view text)
{
    const auto digits = [&text] {
        const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(end);
        return end > 0;
    };
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    if (!digits()) {
        return false;
    }
    if (!text.starts_with('.')) {
        return text.empty();
    }
    text.remove_prefix(1);
    return digits() && text.empty();
}

QString callOf(const TemplateHelper &helper)
{
    const auto example = toQString(helper.example);
    switch (helper.function) {
    case TemplateFunction::Equal:
    case TemplateFunction::NotEqual:
    case TemplateFunction::And:
    case TemplateFunction::Or:
    case TemplateFunction::Not:
    case TemplateFunction::In:
        return u'(' + example + u')';
    default:
        return u"{{"_s + example + u"}}"_s;
    }
}

} // namespace

TemplateExpressionParser::TemplateExpressionParser(std::string_view source, const std::vector<BracesWord> &words,
                                                   const std::vector<TemplateContext> &contexts,
                                                   TemplateProblems &problems)
    : m_source(source)
    , m_words(words)
    , m_contexts(contexts)
    , m_problems(problems)
{
}

std::nullopt_t TemplateExpressionParser::fault(std::size_t offset, const QString &message)
{
    m_problems.error(offset, message);
    return std::nullopt;
}

void TemplateExpressionParser::nameWritten(TemplateExpression &expression, std::size_t begin, std::size_t end) const
{
    expression.begin = begin;
    expression.end = end;
    expression.written = toQString(m_source.substr(begin, end - begin));
}

std::optional<TemplateExpression> TemplateExpressionParser::placeholder()
{
    if (m_problems.isFull()) {
        return std::nullopt;
    }
    const auto &first = word();
    if (first.kind == Kind::Text) {
        return fault(first.begin,
                     ExpressionText::tr("A placeholder holds a path, not a text in quotes: write the text itself, "
                                        "outside the braces."));
    }
    if (first.kind == Kind::Open) {
        return fault(first.begin,
                     ExpressionText::tr("A placeholder begins with a path or with a helper, not with a parenthesis."));
    }
    if (first.kind != Kind::Word) {
        return path();
    }
    if (findHelper(TemplateHelper::Kind::Block, first.text)) {
        return fault(first.begin,
                     ExpressionText::tr("\"%1\" is a block: write {{#%1 path}}…{{/%1}}.").arg(toQString(first.text)));
    }
    if (const auto *helper = findHelper(TemplateHelper::Kind::Value, first.text)) {
        ++m_at;
        return call(*helper, first.begin, false);
    }
    if (m_words.size() > 1 || first.text == "lookup") {
        return unknownHelper(first);
    }
    return path();
}

std::optional<TemplateExpression> TemplateExpressionParser::blockArgument(std::string_view block)
{
    m_at = 1;
    const auto *helper = findHelper(TemplateHelper::Kind::Block, block);
    if (atEnd()) {
        return fault(m_words.front().begin,
                     ExpressionText::tr("#%1 takes %2: write {{%3}}.")
                         .arg(toQString(block), helper->translatedArguments(), toQString(helper->example)));
    }
    const auto &first = word();
    if (first.kind == Kind::Word && m_words.size() > 2 && findHelper(TemplateHelper::Kind::Value, first.text)) {
        return fault(
            first.begin,
            ExpressionText::tr("A helper that a block is given stands in parentheses: write {{#%1 (%2)}}.")
                .arg(toQString(block), toQString(findHelper(TemplateHelper::Kind::Value, first.text)->example)));
    }
    if (isComparison()) {
        return fault(m_words[2].begin,
                     ExpressionText::tr("Values are compared by helpers: write {{#%1 (eq data.status \"Error\")}}.")
                         .arg(toQString(block)));
    }
    auto made = isNamed() ? std::nullopt : argument();
    if (!atEnd() && isNamed()) {
        return fault(word().begin,
                     ExpressionText::tr("#%1 takes nothing that has a name (name=value).").arg(toQString(block)));
    }
    if (made && !atEnd() && (word().isWord("and") || word().isWord("or"))) {
        const auto *joined = findHelper(TemplateHelper::Kind::Value, word().text);
        return fault(word().begin,
                     ExpressionText::tr("A helper stands before what it takes: write {{#%1 (%2)}}.")
                         .arg(toQString(block), toQString(joined->example)));
    }
    if (made && !atEnd()) {
        return isBlockParameter()
            ? blockParameter(m_at)
            : fault(word().begin,
                    ExpressionText::tr("#%1 takes %2: write {{%3}}.")
                        .arg(toQString(block), helper->translatedArguments(), toQString(helper->example)));
    }
    if (made && !made->isPath() && (block == "each" || block == "with")) {
        return fault(made->begin,
                     ExpressionText::tr("#%1 takes a path, not %2.").arg(toQString(block), shownPath(made->written)));
    }
    return made;
}

// What other languages write between two values: ==, != and the like.
bool TemplateExpressionParser::isComparison() const
{
    const auto isSign = [this](std::size_t at) {
        return at < m_words.size() && m_words[at].kind == Kind::Word
            && m_words[at].text.find_first_not_of("=!<>") == std::string_view::npos;
    };
    return isSign(2) || (m_words.size() > 2 && m_words[2].kind == Kind::Equals && isSign(3));
}

bool TemplateExpressionParser::isBlockParameter() const
{
    return word().isWord("as") && m_at + 1 < m_words.size() && m_words[m_at + 1].text.starts_with('|');
}

std::nullopt_t TemplateExpressionParser::blockParameter(std::size_t at)
{
    return fault(m_words[at].begin,
                 ExpressionText::tr("Block parameters (as |name|) are not available: write this, @index and @key."));
}

std::optional<TemplateExpression> TemplateExpressionParser::argument()
{
    const auto &first = word();
    TemplateExpression made;
    switch (first.kind) {
    case Kind::Open:
        return subexpression();
    case Kind::Close:
        return fault(first.begin, ExpressionText::tr("This ) closes nothing that is open."));
    case Kind::Equals:
        return fault(first.begin,
                     ExpressionText::tr("Before = stands a name, behind it a value: write else=\"text\"."));
    case Kind::Text:
        if (first.text.find("${secret:") != std::string_view::npos) {
            return fault(
                first.begin,
                ExpressionText::tr("A secret does not stand in what a helper is given: write it between blocks, as "
                                   "in {{#if path}}${secret:a}{{else}}${secret:b}{{/if}}."));
        }
        ++m_at;
        made.kind = TemplateExpression::Kind::Literal;
        made.literal = first.content();
        nameWritten(made, first.begin, first.end());
        return made;
    case Kind::Word:
        break;
    }
    if (isNumber(first.text)) {
        return number(made, first.text);
    }
    if (first.text == "true" || first.text == "false" || first.text == "null") {
        ++m_at;
        made.kind = TemplateExpression::Kind::Literal;
        made.literal = first.text == "null" ? Json() : Json(first.text == "true");
        nameWritten(made, first.begin, first.end());
        return made;
    }
    if (first.text == "undefined") {
        return fault(first.begin, ExpressionText::tr("\"undefined\" is not available: write null."));
    }
    if (first.text.starts_with('\\')) {
        return fault(
            first.begin,
            ExpressionText::tr("Inside braces a text stands in quotes without backslashes, in a string, too."));
    }
    if (isBlockParameter()) {
        return blockParameter(m_at);
    }
    return path();
}

std::optional<TemplateExpression> TemplateExpressionParser::number(TemplateExpression &made, std::string_view text)
{
    made.kind = TemplateExpression::Kind::Literal;
    const bool isNegative = text.starts_with('-');
    const auto digits = text.substr(isNegative ? 1 : 0);
    if (digits.size() > 1 && digits.starts_with('0') && digits[1] != '.') {
        return fault(word().begin, ExpressionText::tr("A number does not begin with 0 where more digits follow."));
    }
    made.literal = toJsonNumber(text);
    nameWritten(made, word().begin, word().end());
    ++m_at;
    return std::move(made);
}

std::optional<TemplateExpression> TemplateExpressionParser::path()
{
    const auto &first = word();
    TemplateExpression made;
    nameWritten(made, first.begin, first.end());
    auto parsed = parsePath(first.text, first.begin, m_contexts, m_problems, m_at > 0);
    if (!parsed) {
        return std::nullopt;
    }
    ++m_at;
    made.path = std::move(parsed->path);
    made.schemaPath = std::move(parsed->schemaPath);
    made.mayRepeat = made.path.frame == 0 && made.path.segments.size() > objectsOnTheWay(made.path) + 1;
    return made;
}

std::optional<TemplateExpression> TemplateExpressionParser::subexpression()
{
    const auto opening = word().begin;
    ++m_at;
    if (++m_depth > maximumCallDepth) {
        return fault(opening,
                     ExpressionText::tr("Subexpressions stand in one another more than %n deep.", nullptr,
                                        static_cast<int>(maximumCallDepth)));
    }
    if (atEnd()) {
        return fault(opening, ExpressionText::tr("This ( is not closed by )."));
    }
    const auto &name = word();
    if (name.kind != Kind::Word) {
        return fault(name.begin,
                     ExpressionText::tr("In parentheses stands a helper first, as in (eq data.status \"Error\")."));
    }
    const auto *helper = findHelper(TemplateHelper::Kind::Value, name.text);
    if (!helper) {
        return unknownHelper(name);
    }
    ++m_at;
    auto made = call(*helper, name.begin, true);
    if (!made) {
        return std::nullopt;
    }
    if (atEnd()) {
        return fault(opening, ExpressionText::tr("This ( is not closed by )."));
    }
    nameWritten(*made, opening, word().end());
    ++m_at;
    --m_depth;
    return made;
}

std::optional<TemplateExpression> TemplateExpressionParser::call(const TemplateHelper &helper, std::size_t begin,
                                                                 bool inParentheses)
{
    TemplateExpression made;
    made.kind = TemplateExpression::Kind::Call;
    made.helper = &helper;
    while (!atEnd() && !(inParentheses && word().kind == Kind::Close)) {
        if (isNamed()) {
            if (!named(made)) {
                return std::nullopt;
            }
            continue;
        }
        if (!made.named.empty()) {
            return fault(word().begin, ExpressionText::tr("What has no name stands before what has one (name=value)."));
        }
        auto given = argument();
        if (!given) {
            return std::nullopt;
        }
        made.arguments.push_back(std::move(*given));
    }
    nameWritten(made, begin, m_at == 0 ? begin : m_words[m_at - 1].end());
    return checked(std::move(made));
}

bool TemplateExpressionParser::named(TemplateExpression &made)
{
    const auto &name = word();
    const auto shown = shownName(toQString(name.text));
    if (!made.helper->takesNamed()) {
        fault(name.begin,
              ExpressionText::tr("%1 takes nothing that has a name (name=value).").arg(toQString(made.helper->name)));
        return false;
    }
    auto key = name.text;
    if (key.starts_with('[') && key.ends_with(']')) {
        key = key.substr(1, key.size() - 2);
    }
    if (made.helper->function == TemplateFunction::Date && key != "tz") {
        fault(name.begin, ExpressionText::tr("date knows no “%1”, but tz=\"Europe/Berlin\".").arg(shown));
        return false;
    }
    const bool isKnown =
        std::any_of(made.named.begin(), made.named.end(), [key](const auto &entry) { return entry.name == key; });
    if (isKnown) {
        fault(name.begin, ExpressionText::tr("“%1” stands here a second time.").arg(shown));
        return false;
    }
    if (made.named.size() == TemplateHelper::anyNumber) {
        fault(name.begin,
              ExpressionText::tr("map takes no more than %n name(s).", nullptr,
                                 static_cast<int>(TemplateHelper::anyNumber)));
        return false;
    }
    m_at += 2;
    if (atEnd() || isNamed()) {
        fault(name.begin, ExpressionText::tr("A value is missing behind “%1=”.").arg(shown));
        return false;
    }
    auto value = argument();
    if (!value) {
        return false;
    }
    value->name = key;
    made.named.push_back(std::move(*value));
    return true;
}

std::nullopt_t TemplateExpressionParser::wrongNumber(const TemplateExpression &made)
{
    return fault(made.begin,
                 ExpressionText::tr("%1 takes %2: write %3.")
                     .arg(toQString(made.helper->name), made.helper->translatedArguments(), callOf(*made.helper)));
}

std::optional<TemplateExpression> TemplateExpressionParser::checked(TemplateExpression made)
{
    const auto count = made.arguments.size();
    if (count < made.helper->fewest || count > made.helper->most) {
        return wrongNumber(made);
    }
    switch (made.helper->function) {
    case TemplateFunction::Map:
        if (made.named.empty()) {
            return wrongNumber(made);
        }
        break;
    case TemplateFunction::Join:
        if (count == 2 && !made.arguments[1].literal.is_string()) {
            return fault(made.arguments[1].begin,
                         ExpressionText::tr("Between the items stands a text in quotes: write {{%1}}.")
                             .arg(toQString(made.helper->example)));
        }
        break;
    case TemplateFunction::Truncate:
        return checkedTruncate(std::move(made));
    case TemplateFunction::Replace:
        return checkedReplace(std::move(made));
    case TemplateFunction::Date:
        return checkedDate(std::move(made));
    default:
        break;
    }
    warnOfImpossible(made);
    return made;
}

std::optional<TemplateExpression> TemplateExpressionParser::checkedTruncate(TemplateExpression made)
{
    const auto &length = made.arguments[1];
    if (length.kind != TemplateExpression::Kind::Literal || !length.literal.is_number_integer()
        || length.literal.get<std::int64_t>() < 1 || length.literal.get<std::int64_t>() > mostCharacters) {
        return fault(length.begin,
                     ExpressionText::tr("truncate takes a whole number from 1 to %L1 behind the value: write {{%2}}.")
                         .arg(mostCharacters)
                         .arg(toQString(made.helper->example)));
    }
    return made;
}

std::optional<TemplateExpression> TemplateExpressionParser::checkedReplace(TemplateExpression made)
{
    if (made.arguments.size() % 2 == 0) {
        return wrongNumber(made);
    }
    for (std::size_t i = 1; i < made.arguments.size(); ++i) {
        const auto &given = made.arguments[i];
        if (!given.literal.is_string()) {
            return fault(given.begin,
                         ExpressionText::tr("What is replaced, and by what, stands in quotes: write {{%1}}.")
                             .arg(toQString(made.helper->example)));
        }
        if (i % 2 == 1 && given.literal.get_ref<const std::string &>().empty()) {
            return fault(given.begin, ExpressionText::tr("What is replaced is at least one character long."));
        }
    }
    return made;
}

std::optional<TemplateExpression> TemplateExpressionParser::checkedDate(TemplateExpression made)
{
    std::string format("iso");
    std::string zone;
    const auto textOf = [](const TemplateExpression &given, std::string &into) {
        if (!given.literal.is_string()) {
            return false;
        }
        into = given.literal.get<std::string>();
        return true;
    };
    if (made.arguments.size() == 2 && !textOf(made.arguments[1], format)) {
        return fault(made.arguments[1].begin,
                     ExpressionText::tr("How the time is written stands in quotes: write {{%1}}.")
                         .arg(toQString(made.helper->example)));
    }
    if (!made.named.empty() && !textOf(made.named.front(), zone)) {
        return fault(made.named.front().begin,
                     ExpressionText::tr("The time zone stands in quotes: write tz=\"Europe/Berlin\"."));
    }
    if (const auto read = DateFormat::make(format, zone); !read) {
        const bool isZone = read.error().where == DateFormat::zone;
        const auto &at = isZone ? made.named.front() : made.arguments[1];
        const auto inside = std::max(read.error().position.offset, qsizetype(0));
        return fault(at.begin + (isZone ? 0 : 1 + static_cast<std::size_t>(inside)), read.error().message);
    }
    return made;
}

std::nullopt_t TemplateExpressionParser::unknownHelper(const BracesWord &name)
{
    const auto text = toQString(name.text);
    if (name.text == "lookup") {
        return fault(name.begin,
                     ExpressionText::tr("The helper \"lookup\" is not available: write the index or the name into the "
                                        "path, as in data.issues.[0].message."));
    }
    if (findHelper(TemplateHelper::Kind::Block, name.text)) {
        return fault(name.begin, ExpressionText::tr("\"%1\" is a block: write {{#%1 path}}…{{/%1}}.").arg(text));
    }
    const auto near = nearestWord(text, helperNames(TemplateHelper::Kind::Value));
    const auto shown = shownName(text);
    return fault(
        name.begin,
        near.isEmpty()
            ? ExpressionText::tr("The helper \"%1\" is unknown: a placeholder is one path, or a helper and what it "
                                 "takes.")
                  .arg(shown)
            : ExpressionText::tr("The helper \"%1\" is unknown; the nearest known one is \"%2\".").arg(shown, near));
}

// What is compared with a value that the schema does not know there.
void TemplateExpressionParser::warnOfImpossible(const TemplateExpression &made)
{
    const auto function = made.helper->function;
    if (function == TemplateFunction::Map) {
        for (const auto &value : made.named) {
            if (value.name != "else") {
                const auto at = m_source.rfind(value.name, value.begin);
                warnOfValue(made.arguments.front(), value.name, at == std::string_view::npos ? value.begin : at);
            }
        }
    } else if (function == TemplateFunction::Equal || function == TemplateFunction::NotEqual
               || function == TemplateFunction::In) {
        for (const auto &subject : made.arguments) {
            for (const auto &value : made.arguments) {
                if (subject.isPath() && value.literal.is_string()) {
                    warnOfValue(subject, value.literal.get<std::string>(), value.begin);
                }
            }
        }
    }
}

void TemplateExpressionParser::warnOfValue(const TemplateExpression &subject, const std::string &value,
                                           std::size_t offset)
{
    const auto promise = schemaPromiseOf(QString::fromStdString(subject.schemaPath));
    const auto text = QString::fromStdString(value);
    if (promise.values.isEmpty() || promise.values.contains(text)) {
        return;
    }
    const auto near = nearestWord(text, promise.values);
    m_problems.warning(offset,
                       near.isEmpty()
                           ? ExpressionText::tr("%1 is never “%2”; it is one of %3.")
                                 .arg(shownPath(subject.written), shownName(text), promise.values.join(u", "_s))
                           : ExpressionText::tr("%1 is never “%2”; the nearest that it can be is “%3”.")
                                 .arg(shownPath(subject.written), shownName(text), near));
}

} // namespace Tocsin
