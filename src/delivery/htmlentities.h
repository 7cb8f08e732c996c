// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Tocsin {

inline constexpr qsizetype longestEntityName = 16;

/// What `&name;` stands for in HTML: ASCII's and Latin-1's names, and typography's; 0 where it is none of these.
char32_t htmlEntity(QByteArrayView name);

} // namespace Tocsin
