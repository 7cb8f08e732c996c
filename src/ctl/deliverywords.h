// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "delivery.h"

namespace Tocsin {

/// What came of its last attempt, or why it ended; of one that is not finished also what it waits for, until when, and
/// when it dies of its age. Sentences; may be none.
QString whyInWords(const Delivery &delivery);

} // namespace Tocsin
