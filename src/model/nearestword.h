// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Tocsin {

/// How many insertions, deletions, replacements and swaps of neighbours turn one word into the other, without regard to
/// case.
qsizetype editDistance(const QString &from, const QString &to);

/// The known word closest in spelling, the first of equals; empty where none is close (more than a third of the
/// letters differ).
QString nearestWord(const QString &word, const QStringList &known);

} // namespace Tocsin
