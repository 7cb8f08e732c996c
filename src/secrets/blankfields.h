// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "problem.h"

#include <QStringView>

namespace Tocsin {

struct Webhook;

/// Whether it still holds what presets and manuals leave to their reader: a word in capitals, as in YOUR-TOKEN.
bool holdsPlaceholderWord(QStringView text);
/// Whether somebody has yet to fill it in: empty, or with such a word.
bool isLeftToFill(QStringView text);
/// What is left so in a webhook, a warning a field: URLs, headers that look like secrets, OAuth's client.
Problems blankFields(const Webhook &webhook);

} // namespace Tocsin
