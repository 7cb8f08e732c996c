// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outboxtransaction.h"

#include <vector>

namespace Tocsin {

// Events with an id of their own are taken once: in the transaction that takes one, its id is looked up and kept.

/// What is to become of a given event.
struct OwnIdFate
{
    enum class Kind {
        New, ///< to be taken; with a key, its id to be kept
        Known, ///< `answer` says what was taken before
        Repeats, ///< the same as the one that has the number `repeated` of those given, which is new
        Refused, ///< for `reason`
    };

    Kind kind = Kind::New;
    QByteArray key{}; ///< empty: it has no id, or came in by no door
    QByteArray content{};
    AcceptedEvent answer{};
    std::size_t repeated = 0;
    QString reason{};
};

/// One for each event. Writes nothing.
Result<std::vector<OwnIdFate>> ownIdFates(OutboxTransaction &transaction, const QList<IntegrationEvent> &events,
                                          const EventDoor &door);
/// Keeps the id of one that was new, and what is said of it.
Result<void> keepOwnId(OutboxTransaction &transaction, const OwnIdFate &fate, const AcceptedEvent &accepted);
/// Forgets ids that are old enough, the oldest first, so many at the most; how many it were.
Result<int> forgetOwnIds(OutboxTransaction &transaction, int maximum);

/// What is said of an event that says again what was known of its integration.
QString suppressedReason(const IntegrationEvent &event);

} // namespace Tocsin
