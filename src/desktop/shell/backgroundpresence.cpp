// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "backgroundpresence.h"

#include "backgrounddelivery.h"
#include "preferences.h"

namespace Tocsin {

BackgroundPresence::BackgroundPresence(BackgroundDelivery &delivery, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_tray(delivery)
{
    connect(&m_preferences, &Preferences::deliveryChanged, this, &BackgroundPresence::apply);
    connect(&m_tray, &TrayIcon::openRequested, this, &BackgroundPresence::openRequested);
    connect(&m_tray, &TrayIcon::quitRequested, this, &BackgroundPresence::quitRequested);
    connect(&m_tray, &TrayIcon::notificationClicked, this, &BackgroundPresence::showDead);
    const auto note = [this](const auto &dead) {
        if (m_preferences.notifiesOfDead()) {
            m_notice.note(dead);
        }
    };
    connect(&delivery, &BackgroundDelivery::died, this, note);
    connect(&delivery, &BackgroundDelivery::condemned, this, note);
    connect(&m_notice, &DeathNotice::due, this, [this](const QString &title, const QString &text) {
        m_notifications.show(title, text, tr("View Deliveries"));
    });
    connect(&m_notifications, &DesktopNotifications::unavailable, &m_tray, &TrayIcon::notify);
    connect(&m_notifications, &DesktopNotifications::closed, &m_notice, &DeathNotice::seen);
    connect(&m_notifications, &DesktopNotifications::clicked, this, &BackgroundPresence::showDead);
    apply();
}

void BackgroundPresence::leave()
{
    m_tray.hide();
}

void BackgroundPresence::showDead()
{
    const QString webhookId = m_notice.webhookId();
    m_notice.seen();
    Q_EMIT deadRequested(webhookId);
}

void BackgroundPresence::apply()
{
    if (m_preferences.deliversWhileOpen() && m_preferences.staysInTray() && TrayIcon::isAvailable()) {
        m_tray.show();
    } else {
        m_tray.hide();
    }
}

} // namespace Tocsin

#include "moc_backgroundpresence.cpp"
