// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytemplate.h"
#include "texttemplate.h"

namespace Tocsin {

/// The compilation of a body template's text. Each thread keeps its latest ones, as deliveries of one webhook follow
/// one another.
std::shared_ptr<const BodyTemplate::Compilation> compiledTemplate(const QString &text);
/// The same of a header's value or a URL that has placeholders.
std::shared_ptr<const TextTemplate::Compilation> compiledText(const QString &text, TextTemplate::Use use);

} // namespace Tocsin
