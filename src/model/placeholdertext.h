// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// Whether a header's value or a URL has placeholders to render; else it is what it is, its references to secrets
/// aside.
bool hasPlaceholders(QStringView text);

/// The text with an x for each character of a placeholder, so that the rules for what stands around can be held.
QString withPlaceholdersBlanked(const QString &text);

} // namespace Tocsin
