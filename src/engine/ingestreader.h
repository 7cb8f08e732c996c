// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ingestanswer.h"
#include "ingestbody.h"
#include "integrationevent.h"

#include <atomic>
#include <deque>
#include <functional>

namespace Tocsin {

/// Reads the events of one request after the other, on a thread of its own: the server's threads parse nothing. What it
/// has read waits to be stored; while that is much it reads no more. Lives on its thread, and calls back there.
class IngestReader
{
public:
    using Ticket = quint64; ///< names a request

    struct Work
    {
        Ticket ticket = 0;
        IngestBody body{};
        bool isPacked = false; ///< with gzip (RFC 9110 §8.4.1.3)
    };

    struct Callbacks
    {
        std::function<void(Ticket, const IngestAnswer &)> refuse;
        /// Followed by stored() with the same weight.
        std::function<void(Ticket, const QList<IntegrationEvent> &, qsizetype weight)> store;
    };

    /// Once `isStopped`, it does nothing more.
    IngestReader(Callbacks callbacks, const std::atomic<bool> &isStopped);

    void read(Work work);
    void stored(qsizetype weight);

private:
    void goOn();
    void readOne(const Work &work);

    Callbacks m_callbacks;
    const std::atomic<bool> &m_isStopped;
    std::deque<Work> m_waiting;
    qsizetype m_unstored = 0; ///< weight
};

} // namespace Tocsin
