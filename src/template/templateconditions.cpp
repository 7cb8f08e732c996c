// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateconditions.h"

#include "templatehelpers.h"
#include "templatevalue.h"

#include <algorithm>

namespace Tocsin {

namespace {

using Outcomes = std::vector<ConditionOutcome>;

constexpr std::size_t mostValues = 16; // of an `in` that is understood
constexpr std::size_t mostOutcomes = 64; // of one condition; above, it may fall either way whatever else is known

class ConditionReader
{
public:
    explicit ConditionReader(const KnownTruth &known)
        : m_known(known)
    {
    }

    bool isTooMuch() const { return m_isTooMuch; }

    Outcomes outcomes(const TemplateExpression &condition, const TemplateCase &which)
    {
        switch (condition.kind) {
        case TemplateExpression::Kind::Literal:
            return {{.which = which, .isTrue = isTruthy(condition.literal)}};
        case TemplateExpression::Kind::Path:
            if (const auto truth = m_known(condition.path)) {
                return {{.which = which, .isTrue = *truth}};
            }
            return either(condition, which);
        case TemplateExpression::Kind::Call:
            break;
        }
        switch (condition.helper->function) {
        case TemplateFunction::Not:
            return inverted(outcomes(condition.arguments.front(), which));
        case TemplateFunction::And:
            return inTurn(condition, which, true);
        case TemplateFunction::Or:
            return inTurn(condition, which, false);
        case TemplateFunction::Equal:
            return equal(condition, which);
        case TemplateFunction::NotEqual:
            return comparesLiteral(condition) ? inverted(equal(condition, which)) : either(condition, which);
        case TemplateFunction::In:
            return in(condition, which);
        default:
            return either(condition, which);
        }
    }

    static Outcomes either(const TemplateExpression &condition, const TemplateCase &which)
    {
        Outcomes outcomes;
        for (const bool isTrue : {true, false}) {
            auto taken = which;
            if (assume(taken, condition, isTrue ? TemplateFact::truthy : TemplateFact::falsy, TemplateFact::anyCount)) {
                outcomes.push_back({.which = std::move(taken), .isTrue = isTrue});
            }
        }
        return outcomes;
    }

private:
    static Outcomes inverted(Outcomes outcomes)
    {
        for (auto &outcome : outcomes) {
            outcome.isTrue = !outcome.isTrue;
        }
        return outcomes;
    }

    // One argument after the other, up to the first that decides: a false one of `and`, a true one of `or`.
    Outcomes inTurn(const TemplateExpression &condition, const TemplateCase &which, bool goesOnWhere)
    {
        Outcomes decided;
        std::vector<TemplateCase> open{which};
        for (const auto &argument : condition.arguments) {
            std::vector<TemplateCase> next;
            for (const auto &one : open) {
                for (auto &outcome : outcomes(argument, one)) {
                    if (outcome.isTrue == goesOnWhere) {
                        next.push_back(std::move(outcome.which));
                    } else {
                        decided.push_back(std::move(outcome));
                    }
                }
                if (next.size() + decided.size() > mostOutcomes) {
                    m_isTooMuch = true;
                    return {};
                }
            }
            open = std::move(next);
        }
        for (auto &one : open) {
            decided.push_back({.which = std::move(one), .isTrue = goesOnWhere});
        }
        return decided;
    }

    static bool comparesLiteral(const TemplateExpression &condition)
    {
        return std::any_of(
            condition.arguments.begin(), condition.arguments.end(),
            [](const TemplateExpression &argument) { return argument.kind == TemplateExpression::Kind::Literal; });
    }

    Outcomes equal(const TemplateExpression &condition, const TemplateCase &which)
    {
        const auto &left = condition.arguments[0];
        const auto &right = condition.arguments[1];
        const bool isLeft = left.kind == TemplateExpression::Kind::Literal;
        const bool isRight = right.kind == TemplateExpression::Kind::Literal;
        if (isLeft && isRight) {
            return {{.which = which, .isTrue = jsonEquals(left.literal, right.literal)}};
        }
        if (isLeft || isRight) {
            return equal(isLeft ? right : left, isLeft ? left : right, which);
        }
        return either(condition, which);
    }

    // Where an item stands is known, so that it is the first or not.
    std::optional<bool> knownEqual(const TemplateExpression &asked, const Json &literal) const
    {
        const auto truth = asked.isPath() ? m_known(asked.path) : std::nullopt;
        if (!truth) {
            return std::nullopt;
        }
        if (asked.path.variable == TemplatePath::Variable::Index) {
            return jsonEquals(literal, 0) ? std::optional(!*truth) : std::nullopt;
        }
        return literal.is_boolean() && literal.get<bool>() == *truth;
    }

    Outcomes equal(const TemplateExpression &asked, const TemplateExpression &literal, const TemplateCase &which) const
    {
        if (const auto isEqual = knownEqual(asked, literal.literal)) {
            return {{.which = which, .isTrue = *isEqual}};
        }
        Outcomes outcomes;
        for (const bool isEqual : {true, false}) {
            auto taken = which;
            if (assumeEqual(taken, asked, literal, isEqual)) {
                outcomes.push_back({.which = std::move(taken), .isTrue = isEqual});
            }
        }
        return outcomes;
    }

    Outcomes in(const TemplateExpression &condition, const TemplateCase &which)
    {
        const auto &asked = condition.arguments.front();
        if (condition.arguments.size() > mostValues) {
            return either(condition, which);
        }
        Outcomes decided;
        std::vector<TemplateCase> open{which};
        for (std::size_t i = 1; i < condition.arguments.size(); ++i) {
            const auto &value = condition.arguments[i];
            if (value.kind != TemplateExpression::Kind::Literal || asked.kind == TemplateExpression::Kind::Literal) {
                return either(condition, which);
            }
            std::vector<TemplateCase> next;
            for (const auto &one : open) {
                for (auto &outcome : equal(asked, value, one)) {
                    if (outcome.isTrue) {
                        decided.push_back(std::move(outcome));
                    } else {
                        next.push_back(std::move(outcome.which));
                    }
                }
            }
            open = std::move(next);
        }
        for (auto &one : open) {
            decided.push_back({.which = std::move(one), .isTrue = false});
        }
        return decided;
    }

    const KnownTruth &m_known;
    bool m_isTooMuch = false;
};

} // namespace

std::vector<ConditionOutcome> outcomesOf(const TemplateExpression &condition, const TemplateCase &which,
                                         const KnownTruth &known)
{
    ConditionReader reader(known);
    auto outcomes = reader.outcomes(condition, which);
    return reader.isTooMuch() ? ConditionReader::either(condition, which) : outcomes;
}

} // namespace Tocsin
