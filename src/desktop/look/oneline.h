// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace Tocsin {

/// What is pasted or set into `edit` is one line as soon as the event loop comes to it: line breaks at its ends go, and
/// those within it become spaces. Undo takes it back as any paste.
void keepToOneLine(QLineEdit *edit);

} // namespace Tocsin
