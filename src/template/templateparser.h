// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "templateproblems.h"
#include "templatesyntax.h"

#include <string_view>

namespace Tocsin {

/// Reads a template's text into its syntax tree, reporting everything that is not template language. The tree is whole
/// only where no error was reported.
TemplateNodes parseTemplate(std::string_view source, TemplateProblems &problems);

} // namespace Tocsin
