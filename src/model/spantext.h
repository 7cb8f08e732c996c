// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sentence.h"

#include <chrono>

namespace Tocsin {

/// A time that somebody set, exactly and in one unit: "90 s", "15 min", "2 h", "30 days".
Sentence spanInWords(std::chrono::seconds length);
/// The same to the nearest unit of which it has two, for who says that it is about so long: "90 s", "4 min", "3 days".
Sentence roughSpanInWords(std::chrono::seconds length);

} // namespace Tocsin
