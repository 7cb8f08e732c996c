// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace Tocsin {

/// Puts a text on the clipboard, and says so beside the button that asked for it.
void copyText(const QString &text, QWidget *button);

} // namespace Tocsin
