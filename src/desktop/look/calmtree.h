// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hiddencells.h"

#include <QTreeView>

namespace Tocsin {

/// A tree as .ui files name it.
class CalmTree : public HiddenCells<QTreeView>
{
    Q_OBJECT

public:
    using HiddenCells::HiddenCells;
};

} // namespace Tocsin
