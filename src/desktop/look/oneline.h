// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace Tocsin {

/// What is pasted or set into `edit` stays one line: line breaks at its ends go, and those within it become spaces.
void keepToOneLine(QLineEdit *edit);

} // namespace Tocsin
