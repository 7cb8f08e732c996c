// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

namespace Tocsin {

class BackgroundDelivery;

/// What is left on the screen while deliveries go on without the window: state, pause and resume, and the way back.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    explicit TrayIcon(BackgroundDelivery &delivery, QObject *parent = nullptr);

    static bool isAvailable();
    void show();
    void hide();
    bool isShown() const { return m_icon.isVisible(); }
    /// A notification of the tray's own, for desktops without another way.
    void notify(const QString &title, const QString &text);
    QMenu &menu() { return m_menu; }

Q_SIGNALS:
    void openRequested();
    void quitRequested();
    void notificationClicked();

private:
    void showState();

    BackgroundDelivery &m_delivery;
    QMenu m_menu;
    QAction *m_state;
    QSystemTrayIcon m_icon;
};

} // namespace Tocsin
