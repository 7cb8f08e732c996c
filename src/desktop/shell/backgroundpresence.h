// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deathnotice.h"
#include "desktopnotifications.h"
#include "trayicon.h"

#include <QObject>

namespace Tocsin {

class BackgroundDelivery;
class Preferences;

/// What is seen of the deliveries outside of the window, as the settings have it: the tray's icon, and a notification
/// when some have died.
class BackgroundPresence : public QObject
{
    Q_OBJECT

public:
    BackgroundPresence(BackgroundDelivery &delivery, Preferences &preferences, QObject *parent = nullptr);

    /// Whether deliveries go on when the window is closed: there is a way back to it.
    bool outlivesWindow() const { return m_tray.isShown(); }
    void leave(); ///< takes the icon from the tray

Q_SIGNALS:
    void openRequested();
    void deadRequested(const QString &webhookId); ///< to see its dead deliveries, or all of them where it is empty
    void quitRequested();

private:
    void apply();
    void showDead();

    Preferences &m_preferences;
    TrayIcon m_tray;
    DeathNotice m_notice;
    DesktopNotifications m_notifications;
};

} // namespace Tocsin
