// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sentence.h"

namespace Tocsin {

// What is said where a document refers to a secret that is not there.

Sentence missingSecretMessage(const QString &key);
Sentence missingSecretHint(const QString &key); ///< what to do about it

} // namespace Tocsin
