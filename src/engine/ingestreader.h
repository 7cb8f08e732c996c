// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "ingestanswer.h"
#include "ingestbody.h"
#include "integrationevent.h"

#include <atomic>
#include <deque>
#include <functional>

namespace Tocsin {

/// Reads the events of one request after the other, on a thread of its own: the server's threads parse nothing. What it
/// has read waits to be stored; while that is much it reads no more. Short bodies do not wait for long ones. Lives on
/// its thread, and calls back there.
class IngestReader
{
public:
    using Ticket = quint64; ///< names a request

    struct Work
    {
        Ticket ticket = 0;
        IngestBody body{};
        bool isPacked = false; ///< with gzip (RFC 9110 §8.4.1.3)
        QString bodyId{}; ///< EventReading::bodyId
    };

    enum class Length { Short, Long };

    /// What events take, in bytes as jsonWeight() counts.
    struct Weight
    {
        Length length = Length::Short;
        qsizetype bytes = 0;
    };

    struct Callbacks
    {
        std::function<void(Ticket, const IngestAnswer &)> refuse;
        /// Followed by stored() with the same weight.
        std::function<void(Ticket, const QList<IntegrationEvent> &, Weight)> store;
    };

    /// Once `isStopped`, it does nothing more.
    IngestReader(Callbacks callbacks, const std::atomic<bool> &isStopped);

    void read(Work work);
    void stored(Weight weight);

private:
    struct Lane
    {
        std::deque<Work> waiting{};
        qsizetype unstored = 0; ///< bytes

        bool mayGoOn() const;
    };

    Lane &lane(Length length) { return length == Length::Short ? m_short : m_long; }
    void goOn();
    void readNext(Length length);
    void readOne(const Work &work, Length length);

    Callbacks m_callbacks;
    const std::atomic<bool> &m_isStopped;
    Lane m_short;
    Lane m_long;
    CallQueue m_calls;
};

} // namespace Tocsin
