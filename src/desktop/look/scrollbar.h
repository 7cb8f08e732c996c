// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QStyle>

class QPainter;
class QStyleOptionSlider;

namespace Tocsin {

// How CalmStyle lays out and draws a scroll bar: a handle that is the darker part, in a groove without arrows.

/// The place of one of its parts; empty for an arrow. `shortest`: of the handle, in logical pixels.
QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part, int shortest);
void drawScrollBar(const QStyleOptionSlider &bar, const QRect &handle, QPainter &painter);

} // namespace Tocsin
