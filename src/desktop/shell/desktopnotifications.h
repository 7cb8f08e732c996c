// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Tocsin {

/// The desktop's notifications, as org.freedesktop.Notifications has them (specification 1.2): one at a time, each in
/// the place of the one before. Never waits.
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

private Q_SLOTS:
    void noteAction(uint id, const QString &action);
    void noteClosed(uint id, uint reason);

private:
    uint m_id = 0; ///< of the one on the screen; 0: none
};

} // namespace Tocsin
