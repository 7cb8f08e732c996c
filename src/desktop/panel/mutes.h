// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "messagebar.h"
#include "mute.h"
#include "result.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace Tocsin {

class Outbox;

/// What is muted now, whichever process mutes it, and the commands that change it, without a window: each ends in a
/// message that says what happened.
class Mutes : public QObject
{
    Q_OBJECT

public:
    struct Named
    {
        MuteSubject subject;
        QString name;
    };

    explicit Mutes(QObject *parent = nullptr);

    /// Call it when the outbox is open.
    void setOutbox(Outbox &outbox);

    const QList<Mute> &all() const { return m_mutes; }
    std::optional<Mute> of(MuteSubject::Kind kind, const QString &id) const;

    /// Mutes all of them alike; the message offers to end that.
    void mute(const QList<Named> &subjects, const MuteSpan &span);
    void unmute(const QList<Named> &subjects);

Q_SIGNALS:
    void changed(); ///< all() is another one: somebody muted or unmuted, or a mute has ended
    void message(const Tocsin::MessageBar::Message &message);

private:
    void readSoon();
    void read();
    void take(const QList<Mute> &mutes);
    void dropEnded();
    void report(const Error &error);

    /// Gives the command to each of them, and hands on those for which it did something when all have answered. A fault
    /// is reported instead.
    using Command = std::function<void(const MuteSubject &subject, Reply<Result<bool>> reply)>;
    void tellAll(const QList<Named> &subjects, const Command &command,
                 const std::function<void(const QList<Named> &done)> &then);

    Outbox *m_outbox = nullptr;
    QList<Mute> m_mutes;
    QTimer m_pause; ///< while it runs, what changed is not read yet
    QTimer m_end; ///< of the next mute that ends by itself
    bool m_isStale = false;
};

} // namespace Tocsin
