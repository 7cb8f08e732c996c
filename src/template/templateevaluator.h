// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatelookup.h"

#include <string>
#include <string_view>

namespace Tocsin {

/// What an expression has come to: nothing, a value of the event or the template, or one that was made.
class TemplateOperand
{
public:
    TemplateOperand() = default;
    explicit TemplateOperand(const Json *there)
        : m_there(there)
    {
    }
    static TemplateOperand made(Json value);
    /// The values that a path through an array led to.
    static TemplateOperand list(std::vector<const Json *> items);

    bool isList() const { return m_isList; }
    const std::vector<const Json *> &items() const { return m_items; } ///< of a list
    const Json *get() const { return m_isMade ? &m_made : m_there; } ///< null where there is none, and of a list
    /// Missing or null.
    bool isNothing() const { return !m_isList && (!get() || get()->is_null()); }
    /// As it stands in a string; of a list the values, apart by commas.
    void appendText(std::string &out) const;

private:
    const Json *m_there = nullptr;
    Json m_made;
    std::vector<const Json *> m_items;
    bool m_isMade = false;
    bool m_isList = false;
};

/// What helpers make of values. A text that is written is no longer than a body may be, one byte aside.
class TemplateEvaluator
{
public:
    explicit TemplateEvaluator(TemplateLookup &lookup)
        : m_lookup(lookup)
    {
    }

    TemplateOperand evaluate(const ProgramExpression &expression);
    bool isTrue(const ProgramExpression &expression);

private:
    TemplateOperand atPath(const ProgramPath &path);
    /// The same as one value: a list as an array.
    TemplateOperand value(const ProgramExpression &expression);
    TemplateOperand call(const ProgramExpression &call);
    TemplateOperand map(const ProgramExpression &call);
    TemplateOperand otherwise(const ProgramExpression &call);
    TemplateOperand join(const ProgramExpression &call);
    std::uint64_t count(const ProgramExpression &counted);
    TemplateOperand truncate(const ProgramExpression &call);
    TemplateOperand replace(const ProgramExpression &call);
    TemplateOperand date(const ProgramExpression &call);
    bool isEqual(const ProgramExpression &left, const ProgramExpression &right);
    bool isSame(const Json *left, const Json *right);
    bool isIn(const ProgramExpression &call);
    std::string textOf(const ProgramExpression &expression);
    QString converted(const ProgramExpression &call);

    TemplateLookup &m_lookup;
};

} // namespace Tocsin
