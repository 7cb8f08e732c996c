// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace Tocsin {

/// Puts `text` on the clipboard, and says beside `button` that it did, for a moment.
void copyText(const QString &text, QWidget *button);

} // namespace Tocsin
