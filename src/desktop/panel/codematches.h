// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace Tocsin {

/// Where a text was found; bytes.
struct CodeMatch
{
    int begin = 0;
    int end = 0;

    bool operator==(const CodeMatch &) const = default;
};

/// Every place, in order, where `sought` stands in UTF-8 text; none overlaps another. Letters are compared as Qt folds
/// them. A mebibyte takes a few milliseconds.
std::vector<CodeMatch> findMatches(std::string_view text, const QString &sought, Qt::CaseSensitivity caseSensitivity);

} // namespace Tocsin
