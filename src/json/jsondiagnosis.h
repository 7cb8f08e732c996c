// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <string_view>

namespace Tocsin {

/// Says where and why `text` is not JSON that parseJson() takes. Only for texts that it refused.
Error diagnoseJson(std::string_view text, const JsonLimits &limits);

/// The first member whose name its object has already. Only for JSON texts that have one.
Error findRepeatedMember(std::string_view text);

} // namespace Tocsin
