// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateevaluator.h"

#include "templatevalue.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace Tocsin {

namespace {

constexpr std::size_t bytesInAStep = 16;
constexpr std::size_t convertedBytesInAStep = 2;

std::uint64_t stepsToCopy(const Json &value)
{
    std::uint64_t steps = 12;
    if (value.is_string()) {
        steps += value.get_ref<const std::string &>().size() / bytesInAStep;
    } else if (value.is_structured()) {
        for (const auto &inner : value) {
            steps += stepsToCopy(inner);
        }
    }
    return steps;
}

QString toUtf16(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// A text's grapheme clusters, one after the other (UAX #29). Qt 6.4 takes the two halves of a flag for two.
class Graphemes
{
public:
    explicit Graphemes(const QString &text)
        : m_text(text)
        , m_finder(QTextBoundaryFinder::Grapheme, text)
    {
    }

    bool next()
    {
        const auto begin = m_finder.position();
        if (m_finder.toNextBoundary() < 0) {
            return false;
        }
        constexpr qsizetype unitsOfHalf = 2;
        if (m_finder.position() == begin + unitsOfHalf && isHalfOfFlag(begin) && isHalfOfFlag(m_finder.position())) {
            m_finder.toNextBoundary();
        }
        return true;
    }
    qsizetype position() const { return m_finder.position(); }

private:
    bool isHalfOfFlag(qsizetype at) const
    {
        if (at < 0 || at + 1 >= m_text.size() || !m_text[at].isHighSurrogate()) {
            return false;
        }
        const auto codePoint = QChar::surrogateToUcs4(m_text[at], m_text[at + 1]);
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }

    const QString &m_text;
    QTextBoundaryFinder m_finder;
};

} // namespace

TemplateOperand TemplateOperand::made(Json value)
{
    TemplateOperand operand;
    operand.m_made = std::move(value);
    operand.m_isMade = true;
    return operand;
}

TemplateOperand TemplateOperand::list(std::vector<const Json *> items)
{
    TemplateOperand operand;
    operand.m_items = std::move(items);
    operand.m_isList = true;
    return operand;
}

void TemplateOperand::appendText(std::string &out) const
{
    if (!m_isList) {
        if (get()) {
            appendTextOf(out, *get());
        }
        return;
    }
    bool isFirst = true;
    for (const auto *item : m_items) {
        if (item->is_null()) {
            continue;
        }
        out += isFirst ? "" : ", ";
        isFirst = false;
        appendTextOf(out, *item);
        if (out.size() > maximumBodySize) {
            return;
        }
    }
}

TemplateOperand TemplateEvaluator::evaluate(const ProgramExpression &expression)
{
    switch (expression.kind) {
    case ProgramExpression::Kind::Path:
        return atPath(expression.path);
    case ProgramExpression::Kind::Literal:
        return TemplateOperand(&expression.literal);
    case ProgramExpression::Kind::Call:
        break;
    }
    return m_lookup.budget().take() ? call(expression) : TemplateOperand();
}

bool TemplateEvaluator::isTrue(const ProgramExpression &expression)
{
    if (expression.kind == ProgramExpression::Kind::Path) {
        return m_lookup.isTruthyAt(expression.path);
    }
    if (expression.kind == ProgramExpression::Kind::Literal) {
        return isTruthy(expression.literal);
    }
    if (!m_lookup.budget().take()) {
        return false;
    }
    const auto &arguments = expression.arguments;
    switch (expression.function) {
    case TemplateFunction::Equal:
        return isEqual(arguments[0], arguments[1]);
    case TemplateFunction::NotEqual:
        return !isEqual(arguments[0], arguments[1]);
    case TemplateFunction::And:
        return std::all_of(arguments.begin(), arguments.end(), [this](const auto &one) { return isTrue(one); });
    case TemplateFunction::Or:
        return std::any_of(arguments.begin(), arguments.end(), [this](const auto &one) { return isTrue(one); });
    case TemplateFunction::Not:
        return !isTrue(arguments[0]);
    case TemplateFunction::In:
        return isIn(expression);
    default:
        break;
    }
    const auto made = call(expression);
    return made.isList() ? !made.items().empty() : made.get() && isTruthy(*made.get());
}

TemplateOperand TemplateEvaluator::atPath(const ProgramPath &path)
{
    const auto found = m_lookup.find(path);
    if (path.variable != TemplatePath::Variable::None) {
        return TemplateOperand::made(*found.value);
    }
    if (!found.isThroughArray) {
        return TemplateOperand(found.value);
    }
    return TemplateOperand::list(m_lookup.collect(found, path));
}

TemplateOperand TemplateEvaluator::value(const ProgramExpression &expression)
{
    auto operand = evaluate(expression);
    if (!operand.isList()) {
        return operand;
    }
    auto values = Json::array();
    for (const auto *item : operand.items()) {
        if (!m_lookup.budget().take(stepsToCopy(*item))) {
            break;
        }
        values.push_back(*item);
    }
    return TemplateOperand::made(std::move(values));
}

TemplateOperand TemplateEvaluator::call(const ProgramExpression &call)
{
    switch (call.function) {
    case TemplateFunction::None:
        break;
    case TemplateFunction::Equal:
    case TemplateFunction::NotEqual:
    case TemplateFunction::And:
    case TemplateFunction::Or:
    case TemplateFunction::Not:
    case TemplateFunction::In:
        return TemplateOperand::made(isTrue(call));
    case TemplateFunction::Map:
        return map(call);
    case TemplateFunction::Default:
        return otherwise(call);
    case TemplateFunction::Join:
        return join(call);
    case TemplateFunction::Count:
        return TemplateOperand::made(count(call.arguments.front()));
    case TemplateFunction::Upper:
        return TemplateOperand::made(converted(call).toUpper().toStdString());
    case TemplateFunction::Lower:
        return TemplateOperand::made(converted(call).toLower().toStdString());
    case TemplateFunction::Truncate:
        return truncate(call);
    case TemplateFunction::Replace:
        return replace(call);
    case TemplateFunction::Date:
        return date(call);
    case TemplateFunction::AsJson: {
        const auto given = value(call.arguments.front());
        if (m_lookup.budget().isSpent()) {
            return {};
        }
        auto text = given.get() ? writeJsonBeginning(*given.get(), maximumBodySize + 1).text : std::string("null");
        m_lookup.budget().take(text.size() / convertedBytesInAStep);
        return TemplateOperand::made(std::move(text));
    }
    }
    return {};
}

std::string TemplateEvaluator::textOf(const ProgramExpression &expression)
{
    const auto operand = evaluate(expression);
    std::string text;
    if (!m_lookup.budget().isSpent()) {
        operand.appendText(text);
        m_lookup.budget().take(text.size() / bytesInAStep);
    }
    return text;
}

QString TemplateEvaluator::converted(const ProgramExpression &call)
{
    const auto text = textOf(call.arguments.front());
    return m_lookup.budget().take(text.size() / convertedBytesInAStep) ? toUtf16(text) : QString();
}

TemplateOperand TemplateEvaluator::map(const ProgramExpression &call)
{
    const auto subject = evaluate(call.arguments.front());
    std::string made;
    const std::string *text = &made;
    if (!subject.isList() && subject.get() && subject.get()->is_string()) {
        text = subject.get()->get_ptr<const std::string *>();
    } else if (subject.isList() || (!subject.isNothing() && !subject.get()->is_structured())) {
        subject.appendText(made);
    } else {
        text = nullptr;
    }
    if (text) {
        for (const auto &value : call.named) {
            if (value.name == *text) {
                return evaluate(value);
            }
        }
        m_lookup.budget().take(call.named.size() / bytesInAStep);
    }
    return call.otherwise.empty() ? TemplateOperand() : evaluate(call.otherwise.front());
}

TemplateOperand TemplateEvaluator::otherwise(const ProgramExpression &call)
{
    auto given = evaluate(call.arguments[0]);
    const auto *json = given.get();
    const bool isGiven = given.isList() ? !given.items().empty()
                                        : json && !json->is_null() && !(json->is_boolean() && !json->get<bool>())
            && !(json->is_string() && json->get_ref<const std::string &>().empty());
    return isGiven ? given : evaluate(call.arguments[1]);
}

TemplateOperand TemplateEvaluator::join(const ProgramExpression &call)
{
    const auto given = evaluate(call.arguments.front());
    std::string text;
    bool isFirst = true;
    const auto add = [&](const Json &item) {
        if (!item.is_null() && m_lookup.budget().take(1 + call.separator.size() / bytesInAStep)) {
            text += isFirst ? std::string_view() : std::string_view(call.separator);
            isFirst = false;
            appendTextOf(text, item);
        }
        return text.size() <= maximumBodySize;
    };
    if (given.isList()) {
        for (const auto *item : given.items()) {
            if (!add(*item)) {
                break;
            }
        }
    } else if (given.get() && given.get()->is_array()) {
        for (const auto &item : *given.get()) {
            if (!add(item)) {
                break;
            }
        }
    } else {
        given.appendText(text);
    }
    m_lookup.budget().take(text.size() / bytesInAStep);
    return TemplateOperand::made(std::move(text));
}

std::uint64_t TemplateEvaluator::count(const ProgramExpression &counted)
{
    const auto given = evaluate(counted);
    if (given.isList()) {
        return given.items().size();
    }
    return given.isNothing() ? 0 : given.get()->is_structured() ? given.get()->size() : 1;
}

// Targets count code points or UTF-16 code units: with the latter, which are never fewer, a text keeps either limit.
TemplateOperand TemplateEvaluator::truncate(const ProgramExpression &call)
{
    const auto utf8 = textOf(call.arguments.front());
    if (utf8.size() <= call.length) {
        return TemplateOperand::made(utf8);
    }
    // As many bytes as hold one unit too many, and all that a boundary before it depends on.
    constexpr std::size_t mostBytesOfUnit = 3;
    constexpr std::size_t unitsBehind = 8;
    const auto looked = std::min(utf8.size(), (call.length + unitsBehind) * mostBytesOfUnit);
    if (!m_lookup.budget().take(looked / convertedBytesInAStep)) {
        return {};
    }
    const auto text = toUtf16(utf8.substr(0, looked));
    const auto most = static_cast<qsizetype>(call.length);
    if (text.size() <= most) {
        return TemplateOperand::made(utf8);
    }
    Graphemes graphemes(text);
    qsizetype kept = 0;
    while (graphemes.next() && graphemes.position() < most) {
        kept = graphemes.position();
    }
    if (kept == 0 && most > 1) { // the first alone is too long
        kept = most - (text[most - 2].isHighSurrogate() ? 2 : 1);
    }
    return TemplateOperand::made(QString(text.first(kept) + QChar(0x2026)).toStdString());
}

TemplateOperand TemplateEvaluator::replace(const ProgramExpression &call)
{
    const auto text = textOf(call.arguments.front());
    const auto &replacements = call.replacements;
    if (!m_lookup.budget().take(text.size() * replacements.size() / bytesInAStep)) {
        return {};
    }
    std::string made;
    for (std::size_t at = 0; at < text.size() && made.size() <= maximumBodySize;) {
        const auto rest = std::string_view(text).substr(at);
        const auto found = std::find_if(replacements.begin(), replacements.end(), [&](const auto &one) {
            return one.first.front() == rest.front() && m_lookup.budget().take(1 + one.first.size() / bytesInAStep)
                && rest.starts_with(one.first);
        });
        made += found == replacements.end() ? rest.substr(0, 1) : std::string_view(found->second);
        at += found == replacements.end() ? 1 : found->first.size();
    }
    m_lookup.budget().take(made.size() / bytesInAStep);
    return TemplateOperand::made(std::move(made));
}

TemplateOperand TemplateEvaluator::date(const ProgramExpression &call)
{
    auto given = evaluate(call.arguments.front());
    const auto moment = given.get() ? momentOf(*given.get()) : std::nullopt;
    if (!moment) {
        return given;
    }
    if (call.format->isUnix()) {
        return TemplateOperand::made(std::chrono::floor<std::chrono::seconds>(*moment).time_since_epoch().count());
    }
    std::string text;
    call.format->append(text, *moment);
    return TemplateOperand::made(std::move(text));
}

bool TemplateEvaluator::isEqual(const ProgramExpression &left, const ProgramExpression &right)
{
    const auto one = value(left);
    const auto other = value(right);
    return isSame(one.get(), other.get());
}

bool TemplateEvaluator::isSame(const Json *left, const Json *right)
{
    const bool isNothing = !left || left->is_null();
    if (isNothing || !right || right->is_null()) {
        return isNothing && (!right || right->is_null());
    }
    if (left->is_string() && right->is_string()) {
        return left->get_ref<const std::string &>() == right->get_ref<const std::string &>();
    }
    return jsonEquals(*left, *right, m_lookup.budget());
}

bool TemplateEvaluator::isIn(const ProgramExpression &call)
{
    const auto sought = value(call.arguments.front());
    const auto isSought = [&](const Json *candidate) {
        return m_lookup.budget().take() && isSame(sought.get(), candidate);
    };
    return std::any_of(call.arguments.begin() + 1, call.arguments.end(), [&](const ProgramExpression &argument) {
        const auto given = evaluate(argument);
        if (given.isList()) {
            return std::any_of(given.items().begin(), given.items().end(), isSought);
        }
        if (given.get() && given.get()->is_array()) {
            return std::any_of(given.get()->begin(), given.get()->end(),
                               [&isSought](const Json &item) { return isSought(&item); });
        }
        return isSought(given.get());
    });
}

} // namespace Tocsin
