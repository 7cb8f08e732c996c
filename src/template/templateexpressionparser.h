// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatepathparser.h"
#include "templatewords.h"

#include <optional>
#include <vector>

namespace Tocsin {

struct TemplateHelper;

/// Reads what helpers are given: paths, literals and subexpressions, seen from the innermost of `contexts`. What is
/// wrong is reported, and nothing comes back.
class TemplateExpressionParser
{
public:
    TemplateExpressionParser(std::string_view source, const std::vector<BracesWord> &words,
                             const std::vector<TemplateContext> &contexts, TemplateProblems &problems);

    /// The whole of a placeholder: one path, or a helper with what it takes.
    std::optional<TemplateExpression> placeholder();
    /// What a block takes, behind its name: one expression.
    std::optional<TemplateExpression> blockArgument(std::string_view block);

private:
    using Expression = std::optional<TemplateExpression>;
    using Kind = BracesWord::Kind;

    bool atEnd() const { return m_at == m_words.size(); }
    const BracesWord &word() const { return m_words[m_at]; }
    bool isBlockParameter() const;
    bool isComparison() const;
    std::nullopt_t blockParameter(std::size_t at);
    bool isNamed() const { return m_at + 1 < m_words.size() && m_words[m_at + 1].kind == Kind::Equals; }
    std::nullopt_t fault(std::size_t offset, const QString &message);
    void nameWritten(TemplateExpression &expression, std::size_t begin, std::size_t end) const;

    Expression argument();
    Expression path();
    Expression number(TemplateExpression &made, std::string_view text);
    Expression subexpression();
    Expression call(const TemplateHelper &helper, std::size_t begin, bool inParentheses);
    bool named(TemplateExpression &made);
    Expression checked(TemplateExpression made);
    Expression checkedTruncate(TemplateExpression made);
    Expression checkedReplace(TemplateExpression made);
    Expression checkedDate(TemplateExpression made);
    std::nullopt_t wrongNumber(const TemplateExpression &made);
    std::nullopt_t unknownHelper(const BracesWord &name);
    void warnOfImpossible(const TemplateExpression &made);
    void warnOfValue(const TemplateExpression &subject, const std::string &value, std::size_t offset);

    std::string_view m_source;
    const std::vector<BracesWord> &m_words;
    const std::vector<TemplateContext> &m_contexts;
    TemplateProblems &m_problems;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
};

} // namespace Tocsin
