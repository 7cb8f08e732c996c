// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "problem.h"

#include <QList>
#include <QString>

#include <string>
#include <string_view>

namespace Tocsin {

/// A change of a template's text that does away with a problem.
struct TemplateMend
{
    QString label; ///< what a button says, translated: "Replace with data.name"
    std::size_t begin = 0; ///< bytes: what `text` takes the place of
    std::size_t length = 0;
    std::string text;

    bool operator==(const TemplateMend &) const = default;
};

/// The largest template that is mended, in bytes: each mend is tried before it is offered.
inline constexpr std::size_t largestMended = 64 * 1024;

/// The mends of a problem of this very text, the likeliest first, three at most: each was compiled and seen to help.
QList<TemplateMend> mendsOf(std::string_view source, const Problem &problem);

} // namespace Tocsin
