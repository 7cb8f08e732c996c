// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace Tocsin {

/// Rows of as many cells each, as lines whose columns stand under each other.
QString textTable(const QList<QStringList> &rows);

} // namespace Tocsin
