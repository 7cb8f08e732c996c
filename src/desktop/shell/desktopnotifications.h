// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusAbstractInterface>
#include <QObject>

namespace Tocsin {

/// The signals of org.freedesktop.Notifications, by the names they have there.
class NotificationsInterface : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit NotificationsInterface(QObject *parent = nullptr);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
};

/// The desktop's notifications, as org.freedesktop.Notifications has them (specification 1.2): one at a time, each in
/// the place of the one before. Never waits for who shows them.
class DesktopNotifications : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifications(QObject *parent = nullptr);

    /// Plain text. Without such a service: unavailable().
    void show(const QString &title, const QString &text, const QString &actionText);

Q_SIGNALS:
    void clicked();
    void closed();
    void unavailable(const QString &title, const QString &text);

private:
    NotificationsInterface *m_interface = nullptr; ///< made when there is something to show
    uint m_id = 0; ///< of the one on the screen; 0: none
};

} // namespace Tocsin
