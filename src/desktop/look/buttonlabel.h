// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPainter;
class QStyle;
class QStyleOptionButton;

namespace Tocsin {

/// Whether Qt would draw the label wrongly: from right to left it puts the words of a push button with an icon at the
/// left end, onto a menu's arrow (up to 6.4 at least: the alignment, which is mirrored already, is mirrored again).
bool isMirroredTwice(const QStyleOptionButton &button);
/// The icon at the right and the words beside it, both in the middle of the room that a menu's arrow leaves.
void drawLabelFromRight(const QStyleOptionButton &button, QPainter &painter, const QStyle &style);

} // namespace Tocsin
