// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Tocsin {

/// Installs the accessible interfaces of Tocsin's own, once: name and value apart for combo boxes, and for every widget
/// class with a property `accessibleValue` (switches, chips); scroll areas that can be asked for a child that has just
/// gone. Call it after QApplication, and before the first widget is made.
void installAccessibility();

} // namespace Tocsin
