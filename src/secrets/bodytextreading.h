// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodyunits.h"

#include <functional>

namespace Tocsin {

/// What stands in a JSON text in the place of a value: what is in a string's quotes, its escapes undone; a number; a
/// reference that is no part of a string.
struct BodyValue
{
    enum class Type { String, Number, Reference };
    Type type = Type::String;
    BodyUnits content;
    QString path;
    QString name; ///< of the member; empty in an array
    QString containerName; ///< of the object or array around it, or around that, where it is a secret's
    bool isInObject = false;
};

/// Reads a JSON text, finished or not, in the order of its units, each branch of a block as if it stood there alone.
/// `found` hears of every string, of each number that is long enough for a secret, and of each reference outside of
/// strings. `base` is the path of the whole. Takes time linear in the text.
void readBodyText(const BodyUnits &units, const QString &base,
                  const std::function<void(const BodyValue &value)> &found);

} // namespace Tocsin
