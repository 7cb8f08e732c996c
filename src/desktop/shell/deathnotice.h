// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outbox.h"

#include <QMap>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace Tocsin {

/// Tells, on the desktop, of deliveries that died: many at once in one notification, which grows while it is not looked
/// at. Says nothing that an invocation would hide.
class DeathNotice : public QObject
{
    Q_OBJECT

public:
    /// The first ones are waited for as long as `first`; later notifications are `later` apart.
    explicit DeathNotice(std::chrono::milliseconds first = std::chrono::seconds(1),
                         std::chrono::milliseconds later = std::chrono::seconds(10), QObject *parent = nullptr);

    void note(const Delivery &dead);
    void note(const CondemnedDeliveries &dead);
    /// The webhook of all that it told of since they were seen last; empty: there are several.
    QString webhookId() const;
    /// It was seen: what dies from now on is counted anew.
    void seen();

Q_SIGNALS:
    void due(const QString &title, const QString &text); ///< both plain text

private:
    struct Deaths
    {
        QString name;
        int count = 0;
    };

    void add(const QString &webhookId, const QString &webhookName, int count, const QString &reason);
    void tell();

    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_later;
    QTimer m_wait;
    QMap<QString, Deaths> m_webhooks; ///< by id
    QString m_lastReason;
    QString m_lastText; ///< of one alone
    int m_count = 0;
    bool m_isUntold = false;
};

} // namespace Tocsin
