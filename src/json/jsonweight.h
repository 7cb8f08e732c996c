// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Tocsin {

/// How many values a JSON text holds at the most, told by its brackets and commas without parsing it: exact but for
/// empty arrays and objects, which count twice. Of what is no JSON it says nothing. Linear, any thread.
qsizetype mostJsonValues(QByteArrayView text);

/// About how many bytes a JSON text takes once it is parsed: those of its own, and some for each of its values.
qsizetype jsonWeight(QByteArrayView text);
qsizetype jsonWeight(qsizetype textSize, qsizetype values);

} // namespace Tocsin
