// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "problem.h"

#include <cstddef>
#include <string_view>

namespace Tocsin {

/// Gathers what is wrong with a template, each problem at a byte of its text.
class TemplateProblems
{
public:
    explicit TemplateProblems(std::string_view source, const QString &field = QStringLiteral("body_template"));

    void error(std::size_t offset, const QString &message);
    void warning(std::size_t offset, const QString &message);
    bool hasErrors() const;
    bool isFull() const; ///< no more is kept: what costs much need not be looked for
    Problems inOrder() const; ///< by position, errors of one place before warnings

private:
    void add(Severity severity, std::size_t offset, const QString &message);

    std::string_view m_source;
    QString m_field;
    Problems m_problems;
};

} // namespace Tocsin
