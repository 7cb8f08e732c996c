// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace Tocsin {

/// Calls `apply` now, and again whenever the palette around `widget` changes (another appearance, high contrast): for
/// what derives colours of its own from it. `apply` may set the widget's palette, and lives as long as the widget.
void keepPalette(QWidget *widget, std::function<void()> apply);

} // namespace Tocsin
