// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outboxclock.h"

#include <chrono>
#include <ctime>

namespace Tocsin {

qint64 millisecondsSinceBoot()
{
    using namespace std::chrono;
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return duration_cast<milliseconds>(seconds(time.tv_sec) + nanoseconds(time.tv_nsec)).count();
}

} // namespace Tocsin
