// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templatecase.h"

#include <functional>
#include <optional>
#include <vector>

namespace Tocsin {

/// One way in which a condition may fall.
struct ConditionOutcome
{
    TemplateCase which; ///< with what is known then
    bool isTrue = false;
};

/// The truth of a path that is known whatever the values are: where an item stands.
using KnownTruth = std::function<std::optional<bool>(const TemplatePath &path)>;

/// Every way in which a condition may fall in a case. `and`, `or`, `not` and comparisons with literals are understood;
/// what other helpers make may be anything.
std::vector<ConditionOutcome> outcomesOf(const TemplateExpression &condition, const TemplateCase &which,
                                         const KnownTruth &known);

} // namespace Tocsin
