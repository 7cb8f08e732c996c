// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"
#include "jsonwriter.h"
#include "sentence.h"

#include <optional>

namespace Tocsin {

// A sentence as JSON: a text as a string, a number as a number; else an object: `context`, `source`, `count` and `with`
// of what is translated, `moment` (ISO 8601, UTC), `system_error`, `joined`.

void write(JsonWriter &out, const Sentence &sentence);
std::optional<Sentence> sentenceFromJson(const Json &value); ///< nothing where it is none

/// Of a column that holds one sentence: a text as it is, the rest as JSON. What cannot be read as a sentence is a text.
QString sentenceToColumn(const Sentence &sentence);
Sentence sentenceFromColumn(const QString &column);

} // namespace Tocsin
