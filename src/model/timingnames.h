// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "invocation.h"

#include <array>

namespace Tocsin {

/// A phase of an invocation, and what it is called in JSON.
struct TimingName
{
    const char *name;
    std::optional<Milliseconds> Timings::*phase;
};

inline constexpr std::array timingNames{
    TimingName{"queued", &Timings::queued},   TimingName{"lookup", &Timings::lookup},
    TimingName{"connect", &Timings::connect}, TimingName{"tls", &Timings::tls},
    TimingName{"send", &Timings::send},       TimingName{"wait", &Timings::wait},
    TimingName{"receive", &Timings::receive}, TimingName{"total", &Timings::total},
};

} // namespace Tocsin
