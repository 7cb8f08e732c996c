// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "messagebar.h"
#include "outbox.h"

#include <QPointer>

class QWidget;

namespace Tocsin {

/// What can be done to deliveries. Each ends in a message that says what happened; what is many is asked about first.
class DeliveryCommands : public QObject
{
    Q_OBJECT

public:
    /// From so many on it is asked first.
    static constexpr int many = 10;

    /// `window` is where the question stands.
    explicit DeliveryCommands(QWidget *window);

    void setOutbox(Outbox &outbox) { m_outbox = &outbox; }

    void replay(const QStringList &ids);
    /// Those of `cause` that `filter` finds, and that had died when the cause was read.
    void replayCause(const DeathCause &cause, const DeliveryFilter &filter);
    void replayAllDead(const QString &webhookId, const QString &webhookName, qint64 count);

Q_SIGNALS:
    void started(); ///< a replay; message() says how it ended
    void message(const Tocsin::MessageBar::Message &message);

private:
    void confirm(const QString &question, std::function<void()> replay);
    void tell(const Result<int> &replayed);

    QWidget *m_window;
    QPointer<Outbox> m_outbox;
};

} // namespace Tocsin
