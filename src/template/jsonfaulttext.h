// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonreading.h"
#include "templatecase.h"

#include <QString>

#include <string_view>

namespace Tocsin {

/// Whether values can fall as the facts say: surely, only against the payload schema, or perhaps.
enum class Likelihood { Sure, Unlikely, Open };
Likelihood likelihoodOf(const TemplateFacts &facts);

/// Says what is wrong at `offset` and, where it takes certain values, which.
QString describeFault(const JsonFault &fault, std::string_view source, std::size_t offset, const TemplateFacts &facts);

} // namespace Tocsin
