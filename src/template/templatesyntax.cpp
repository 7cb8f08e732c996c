// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "templatesyntax.h"

namespace Tocsin {

void TemplateExpression::forEachPath(const std::function<void(const TemplateExpression &)> &visit) const
{
    if (isPath()) {
        visit(*this);
    }
    for (const auto &argument : arguments) {
        argument.forEachPath(visit);
    }
    for (const auto &[name, value] : named) {
        value.forEachPath(visit);
    }
}

} // namespace Tocsin
