// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integrationevent.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <functional>
#include <limits>
#include <optional>

namespace Tocsin {

/// What is wrong with one event of a text.
struct EventFault
{
    QString path; ///< `$.data.status`, `$[3].data.status` in an array; empty: the row is no JSON
    QString message; ///< one sentence
    TextPosition position; ///< in the text
};

/// Events read from a text: one JSON object, an array of them, or NDJSON (an object a line).
struct EventBatch
{
    QList<IntegrationEvent> events; ///< the good ones
    QList<qsizetype> items{}; ///< which one each of them is of all that the text holds, from 0
    QList<EventFault> faults;
    bool isCut = false; ///< there may be more faults: it was read no further
    bool isTooMuch = false; ///< the text holds more values than may be read; nothing else is here
};

/// How far a text is read: time and memory stay within what these say.
struct EventReading
{
    static constexpr qsizetype unlimited = std::numeric_limits<qsizetype>::max();

    qsizetype mostValues = unlimited; ///< JSON values of all events
    qsizetype mostFaults = unlimited;
    QString bodyId{}; ///< an event without an id of its own has this one, with `/0` for the first item and so on
    std::function<void(qsizetype done)> progress{}; ///< hears now and then how many bytes of the text are done
};

/// `$[3].id`: where the id of an event is that is this item (or `$`, for the only one of its text). Where it came
/// beside the text, the item.
QString ownIdPath(const IntegrationEvent &event, std::optional<qsizetype> item);

/// Where in the text that a batch was read from the ids of some of its events are, by their numbers, which ascend;
/// where the event begins that has none there.
QList<TextPosition> ownIdPositions(QByteArrayView text, const EventBatch &batch, const QList<qsizetype> &events);

/// Any thread.
EventBatch readEvents(QByteArrayView text, const EventReading &reading = {});

} // namespace Tocsin
