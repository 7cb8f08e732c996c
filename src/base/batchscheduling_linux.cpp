// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "batchscheduling.h"

#include <sched.h>

namespace Tocsin {

void scheduleThisThreadAsBatch()
{
    constexpr pid_t callingThread = 0;
    const sched_param parameters{}; // of no meaning for this policy, and 0
    sched_setscheduler(callingThread, SCHED_BATCH, &parameters);
}

} // namespace Tocsin
