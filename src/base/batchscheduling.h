// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Tocsin {

/// Has the calling thread, and the threads that it starts from now on, run without interrupting others when they wake:
/// what they wake for gathers until a processor is free, so that much work takes fewer switches between threads
/// (SCHED_BATCH of sched(7)). A free processor is theirs at once, as before. Where the system knows no such thing or
/// forbids it, nothing changes.
void scheduleThisThreadAsBatch();

} // namespace Tocsin
