// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace Tocsin {

/// What is wrong with where the parts of a window stand: what overlaps, is cut off by its parent, shows less than its
/// text, is too small to be hit (under 24 logical pixels), or stands beside its label at another height. A sentence for
/// each; empty: nothing.
QStringList layoutFaults(const QWidget &window);

/// The texts that cannot be read: a contrast under 4.5:1 between what is painted and what lies behind it.
QStringList contrastFaults(QWidget &window);

} // namespace Tocsin
