// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Tocsin {

/// Writes U+FFFD where a JSON text has the escape of one half of a surrogate pair without its other half (RFC 8259 §8.2
/// leaves open what that means, and parseJson() refuses it); says how many there were. All else stays in its place.
int replaceLoneSurrogates(QByteArray &text);

} // namespace Tocsin
