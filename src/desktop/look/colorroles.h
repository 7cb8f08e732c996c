// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace Tocsin {

/// The meanings that QPalette has no colour for. Each also has an icon of its own (icons.h): nothing is told by colour
/// alone.
enum class ColorRole { Success, Warning, Error, Inactive, Placeholder };

/// Text and marks in this role, on the palette's Window or Base: contrast of at least 4.5:1 (7:1 in high contrast).
QColor color(ColorRole role, const QPalette &palette);
/// A quiet background in this role, for a strip: both the role's colour and WindowText keep 4.5:1 on it.
QColor tint(ColorRole role, const QPalette &palette);
/// Text that matters less than WindowText, still at 4.5:1 on Window and Base.
QColor quietText(const QPalette &palette);
/// A line between things, derived from the palette.
QColor hairline(const QPalette &palette);
/// What stands around a control on a dark or high-contrast palette, at 3:1 on Window.
QColor outline(const QPalette &palette);
/// What shows where the focus is, at 3:1 on Window.
QColor focusColor(const QPalette &palette);

/// The palette with a selection that leaves text and marks in their own colours readable (high contrast keeps its own).
QPalette quietSelection(const QPalette &palette);

/// The roles of a platform's palette that cannot be read as they are (placeholders, disabled texts, every other row),
/// as they should be; the others stay unset.
QPalette mended(const QPalette &palette);

bool isDark(const QPalette &palette);
bool isHighContrast(const QPalette &palette);

/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor &one, const QColor &other);

/// The palettes behind Settings › Appearance, for the Fusion style.
QPalette lightPalette();
QPalette darkPalette();

} // namespace Tocsin
