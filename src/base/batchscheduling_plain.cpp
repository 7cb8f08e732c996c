// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "batchscheduling.h"

namespace Tocsin {

void scheduleThisThreadAsBatch()
{
}

} // namespace Tocsin
