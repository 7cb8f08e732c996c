// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPainter;
class QStyle;
class QStyleOption;
class QStyleOptionTab;

namespace Tocsin {

/// A flat tab: nothing around it, and a line below the chosen one.
void drawTabShape(const QStyleOptionTab &tab, QPainter &painter);
void drawTabLabel(const QStyleOptionTab &tab, QPainter &painter, const QStyle &style);
/// The hairline on which tabs stand.
void drawTabBase(const QStyleOption &base, QPainter &painter);

} // namespace Tocsin
