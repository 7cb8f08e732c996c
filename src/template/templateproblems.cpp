// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templateproblems.h"

#include "utf8.h"

#include <algorithm>

namespace Tocsin {

namespace {

constexpr qsizetype mostReported = 100;

} // namespace

TemplateProblems::TemplateProblems(std::string_view source, const QString &field)
    : m_source(source)
    , m_field(field)
{
}

void TemplateProblems::error(std::size_t offset, const QString &message)
{
    add(Severity::Error, offset, message);
}

void TemplateProblems::warning(std::size_t offset, const QString &message)
{
    add(Severity::Warning, offset, message);
}

void TemplateProblems::add(Severity severity, std::size_t offset, const QString &message)
{
    if (m_problems.size() >= mostReported && (severity == Severity::Warning || hasErrors())) {
        return;
    }
    const Problem problem{
        .severity = severity, .field = m_field, .message = message, .position = textPosition(m_source, offset)};
    if (!m_problems.contains(problem)) {
        m_problems.append(problem);
    }
}

bool TemplateProblems::isFull() const
{
    return m_problems.size() >= mostReported && hasErrors();
}

bool TemplateProblems::hasErrors() const
{
    return Tocsin::hasErrors(m_problems);
}

Problems TemplateProblems::inOrder() const
{
    auto problems = m_problems;
    std::stable_sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) {
        return a.position.offset < b.position.offset
            || (a.position.offset == b.position.offset && a.severity < b.severity);
    });
    return problems;
}

} // namespace Tocsin
