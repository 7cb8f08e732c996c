// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database.h"
#include "mute.h"

#include <QHash>

namespace Tocsin {

class OutboxTransaction;

/// A mute as it is stored.
struct StoredMute
{
    MuteSubject subject;
    std::optional<qint64> until{}; ///< ms; none: until it is ended
    bool isWall = false; ///< `until` is a moment of the wall clock, else of the database's
    qint64 setAt = 0; ///< ms, wall
    bool isApplied = false; ///< all that waited has been looked through
    qint64 released = 0; ///< where it has ended: the last delivery that was let go of

    bool hasEnded(qint64 wall, qint64 time) const { return until && *until <= (isWall ? wall : time); }
    /// One that ended before it was applied holds until then: what it should have ended does not go out after it.
    bool holds(qint64 wall, qint64 time) const { return !isApplied || !hasEnded(wall, time); }
    bool isSettled(qint64 wall, qint64 time) const { return isApplied && !hasEnded(wall, time); }
};

/// The mutes, as they are stored; some may have ended.
class OutboxMutes
{
public:
    Result<void> read(Database &database);
    void clear();

    bool isEmpty() const { return m_webhooks.isEmpty() && m_integrations.isEmpty(); }
    bool isMuted(const QString &webhookId, const QString &integrationId, qint64 wall, qint64 time) const;
    /// When what is muted is no more; none: not by itself. In the database's time.
    std::optional<qint64> endOf(const QString &webhookId, const QString &integrationId, qint64 wall, qint64 time) const;

    Result<void> set(Database &database, const StoredMute &mute);
    Result<void> forget(Database &database, const MuteSubject &subject);
    StoredMute *find(const MuteSubject &subject);
    /// Those that have ended, or of which not all is applied.
    QList<MuteSubject> unsettled(qint64 wall, qint64 time) const;
    bool areSettled(qint64 wall, qint64 time) const;
    /// Milliseconds until the next one ends.
    std::optional<qint64> untilNextEnd(qint64 wall, qint64 time) const;

private:
    using BySubject = QHash<QString, StoredMute>;

    BySubject &of(MuteSubject::Kind kind) { return kind == MuteSubject::Kind::Webhook ? m_webhooks : m_integrations; }

    BySubject m_webhooks; ///< by id
    BySubject m_integrations; ///< by id
};

/// Those that hold, from the database.
Result<QList<StoredMute>> selectMutes(Database &database);

/// Where the subject is known. Takes the place of another mute of it.
Result<bool> setMute(OutboxTransaction &transaction, const MuteSubject &subject, const MuteSpan &span);
/// Ends a mute; whether there was one.
Result<bool> endMute(OutboxTransaction &transaction, const MuteSubject &subject);

} // namespace Tocsin
