// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QRect;
class QWidget;

namespace Tocsin {

/// Leads a person to `field`, from wherever it is asked for: scrolls it into sight (also where its section was opened
/// just now), selects what it holds, gives it the focus, and flashes a frame around it once, unless the system asks for
/// less motion. What belongs to the field and stands below it comes into sight with it, where there is room for all.
void reveal(QWidget *field);

/// Scrolls the areas around `widget` so that `part` of it is in sight; its beginning, where it is higher than they are.
void scrollIntoSight(QWidget *widget, const QRect &part);
/// The same for all of it, once the layouts around it have given it its place.
void scrollIntoSight(QWidget *widget);

} // namespace Tocsin
