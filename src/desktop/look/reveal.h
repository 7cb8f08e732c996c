// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace Tocsin {

/// Leads a person to `field`, from wherever it is asked for: scrolls it into sight (also where its section was opened
/// just now), selects what it holds, gives it the focus, and flashes a frame around it once, unless the system asks for
/// less motion.
void reveal(QWidget *field);

} // namespace Tocsin
