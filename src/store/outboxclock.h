// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace Tocsin {

/// The clocks of the outbox. Both functions are called on its writer thread.
struct OutboxClock
{
    std::function<qint64()> wall; ///< milliseconds since 1970, UTC; may jump
    std::function<qint64()> steady; ///< milliseconds; the same for every process of the machine, never set
    QString boot; ///< names the boot in which `steady` counts; may be empty where the system has no name for it

    static OutboxClock system();
};

} // namespace Tocsin
