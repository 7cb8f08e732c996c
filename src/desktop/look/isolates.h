// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLabel;

namespace Tocsin {

// In a window that runs from right to left, what a machine wrote (a URL, a size with its unit, a status line) still
// runs from left to right. Isolates (Unicode UAX #9, LRI and PDI) hold it together; they are for the screen alone, and
// reach neither clipboard, files, the store nor assistive technology.

/// The text within isolates.
QString isolated(const QString &text);
/// The same where the program runs from right to left, else the text itself: for a part of a sentence.
QString leftToRight(const QString &text);
QString withoutIsolates(QString text);
/// Whether there is a letter that runs from right to left.
bool hasRightToLeftLetter(const QString &text);

/// What a label shows; its accessible name is the same without isolates.
void setMixedText(QLabel *label, const QString &text);

} // namespace Tocsin
