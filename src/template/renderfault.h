// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"
#include "templaterenderer.h"

#include <string_view>

namespace Tocsin {

/// A fault in words; `where` is one of those of BodyTemplate or TextTemplate, the position points into `source`.
Error errorOf(const RenderFault &fault, std::string_view source);

} // namespace Tocsin
