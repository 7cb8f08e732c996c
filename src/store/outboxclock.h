// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace Tocsin {

/// The clocks of the outbox. The functions are called on its own threads.
struct OutboxClock
{
    std::function<qint64()> wall; ///< milliseconds since 1970, UTC; may jump
    std::function<qint64()> steady; ///< milliseconds; the same for every process of the machine, never set
    std::function<qint64()> sinceBoot; ///< the same, and goes on while the machine sleeps
    QString boot; ///< names the boot in which both count; may be empty where the system has no name for it

    static OutboxClock system();
};

/// Milliseconds since the machine started, those that it slept included where the system tells.
qint64 millisecondsSinceBoot();

} // namespace Tocsin
