// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretvalue.h"

namespace Tocsin {

HiddenTyping::HiddenTyping() = default;
HiddenTyping::~HiddenTyping() = default;

} // namespace Tocsin
