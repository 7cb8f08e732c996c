// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// Through which events come in: an event's own id (IntegrationEvent::ownId) is unique for each door.
class EventDoor
{
public:
    EventDoor() = default; ///< none, as for what a person sends by hand: ids are kept, and compared with nothing

    static EventDoor ingest() { return EventDoor(QStringLiteral("ingest")); }
    static EventDoor emitCommand() { return EventDoor(QStringLiteral("emit")); }
    static EventDoor source(const QString &sourceId) { return EventDoor(QStringLiteral("source/") + sourceId); }

    bool isNone() const { return m_name.isEmpty(); }
    const QString &name() const { return m_name; } ///< the same for ever: ids are kept under it

    bool operator==(const EventDoor &) const = default;

private:
    explicit EventDoor(const QString &name)
        : m_name(name)
    {
    }

    QString m_name;
};

} // namespace Tocsin
