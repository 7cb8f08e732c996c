// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

/// The only distances there are, in logical pixels.
namespace Tocsin::Metrics {

inline constexpr int tight = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int huge = 24;

inline constexpr int labelColumn = 180; ///< width of a form's labels
inline constexpr int formWidth = 720; ///< a form is never wider
inline constexpr int icon = 16;
inline constexpr int target = 24; ///< the least width and height of what is clicked (WCAG 2.2, 2.5.8)

inline constexpr QSize roomForFrame{16, 48}; ///< the window manager's, which is not known before a window is shown

} // namespace Tocsin::Metrics
